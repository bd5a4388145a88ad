"""Who looked at one's records, when and why, in words for who it is about.

Read from the log (`access.logboek`). Who takes part in the dossier is named; somebody
else by function only. Left out is what would tell of a report to the municipality, of a
restriction for somebody's safety, or of looking after acute danger: the data protection
officer sees those too (C4, VISD 5.10; AVG 15 and 23).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from samenloop.access import doelen, logboek
from samenloop.access.actor import ActorSoort
from samenloop.access.logboek import Inzage, Wijze
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen import rechten
from samenloop.plannen.models import Deelname
from samenloop.plannen.rechten import Recht, Regime
from samenloop.portaal import toestemmingen
from samenloop.portaal.mij import Mij

MAAND = timedelta(days=31)
JAAR = timedelta(days=365)
VEILIG_HANDELEN = frozenset(
    {
        Handeling.SIGNAAL_REGISTREREN,
        Handeling.SIGNAAL_MELDEN,
        Handeling.SIGNAAL_LEZEN,
        Handeling.SIGNAAL_AFHANDELEN,
        Handeling.SIGNALEN_INLEZEN,
        Handeling.TERUGMELDING_LEZEN,
        Handeling.MELDING_ZIEN,
        Handeling.MELDING_TOEWIJZEN,
        Handeling.MELDING_WEGEN,
        Handeling.VERWIJSINDEX_ZIEN,
        Handeling.VERWIJZING_VASTLEGGEN,
        Handeling.TOEGANG_BEPERKEN,
        Handeling.NOODTOEGANG,
    }
)
VEILIG_DOEL = frozenset(
    {
        "samenloop_veiligheid",
        "zorgmelding_politie",
        "melding_aan_veilig_thuis",
        "melding_wegen",
        "signaal_ontvangen",
        "noodtoegang",
    }
)


@dataclass(frozen=True, slots=True)
class Blik:
    """Looks of one somebody on one day for one reason."""

    wie: str
    waarom: str
    hoe: str
    op: datetime
    keer: int


def people(mij: Mij) -> list[Persoon]:
    """Return of whom this citizen may ask who looked (Wmo 5.3.2)."""
    if mij.persoon is None:
        return []
    vandaag, ik = klok.today(), mij.persoon
    return [
        each
        for each in toestemmingen.people(mij)
        if each.pk == ik.pk
        or rechten.who(Recht.INZAGE, Regime.WMO, each, vandaag).may(ik.pk)
    ]


def looks(mij: Mij, wie: Persoon, sinds: timedelta = MAAND) -> list[Blik]:
    """Return who looked at somebody, newest first; once a day for one reason."""
    gevonden = logboek.looks_at(wie.pk, klok.now() - sinds)
    bekend = _known(mij, gevonden)
    per_dag: dict[tuple[object, ...], list[Inzage]] = {}
    for blik in gevonden:
        if not _may_be_told(mij, blik):
            continue
        dag = blik.op.astimezone(klok.AMSTERDAM).date()
        sleutel = (dag, blik.actor_id, _why(blik), _how(blik))
        per_dag.setdefault(sleutel, []).append(blik)
    return [
        Blik(
            _who(rijen[0], bekend),
            _why(rijen[0]),
            _how(rijen[0]),
            rijen[0].op,
            len(rijen),
        )
        for rijen in per_dag.values()
    ]


def _may_be_told(mij: Mij, blik: Inzage) -> bool:
    if blik.actor_soort == ActorSoort.BURGER and blik.actor_id == mij.actor.id:
        return False
    if blik.wijze in (Wijze.GEWEIGERD, Wijze.VERNIETIGD):
        return False
    return blik.handeling not in VEILIG_HANDELEN and blik.doel not in VEILIG_DOEL


def _known(mij: Mij, gevonden: Iterable[Inzage]) -> set[str]:
    """Return whom of these one knows by name: who takes, or took, part."""
    accounts = {
        int(blik.actor_id)
        for blik in gevonden
        if blik.actor_soort == ActorSoort.MEDEWERKER and blik.actor_id.isdigit()
    }
    return {
        str(account)
        for account in Deelname.objects.filter(
            dossier=mij.dossier.pk, account__in=accounts
        ).values_list("account", flat=True)
    }


def _who(blik: Inzage, bekend: set[str]) -> str:
    if blik.actor_soort == ActorSoort.BURGER:
        return _("somebody of your family or network")
    if blik.actor_soort == ActorSoort.SYSTEEM:
        return _("the system, by itself")
    if blik.actor_soort != ActorSoort.MEDEWERKER:
        return _("an organisation or guest that helps")
    if blik.actor_id in bekend:
        return blik.actor_naam
    rollen = [str(Rol(rol).label) for rol in blik.rollen if rol in Rol.values]
    return _("somebody of the municipality (%(rol)s)") % {
        "rol": ", ".join(rollen) or _("worker")
    }


def _why(blik: Inzage) -> str:
    if blik.doel:
        return doelen.label(blik.doel)
    if blik.handeling in Handeling.values:
        return str(Handeling(blik.handeling).label)
    return _("work on your dossier")


def _how(blik: Inzage) -> str:
    if blik.wijze == Wijze.GEVONDEN:
        return _("saw only that you are on a list")
    if blik.wijze == Wijze.GEWIJZIGD:
        return _("wrote something down")
    if blik.wijze == Wijze.VERSTREKT:
        return _("passed something on")
    return _("read")
