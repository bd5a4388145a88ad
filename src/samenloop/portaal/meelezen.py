"""The list of who may read along, as the family keeps it.

Somebody of the family lets others in, to parts that are open to themselves, and takes
that back. Who may decide about the plan alone does so (from sixteen, see
`plannen.rechten`, data of several laws); the director can close parts for safety, and
the family reads that only where it endangers nobody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.plannen import deelnemers, rechten, toegang
from samenloop.plannen.deelnemers import Deelnemer
from samenloop.plannen.models import (
    LEIDEND,
    Deel,
    Deelname,
    Deelnemersrol,
)
from samenloop.plannen.rechten import Recht, Regime, WieOefentUit
from samenloop.portaal.fouten import KanNietGeven, KanNietNemen
from samenloop.portaal.mij import Mij, record
from samenloop.portaal.models import Toelating

# What the family can open. What workers write for each other is theirs to open.
GEEFBAAR = (
    *(Deel.PLAN, Deel.EIGEN_DEEL, Deel.GESPREKKEN, Deel.METINGEN, Deel.TAKEN),
    Deel.DOCUMENTEN,
)
NAAM, PERSOON, ORGANISATIE = "naam", "persoon", "organisatie"
_ROL = {
    NAAM: Deelnemersrol.NETWERK,
    PERSOON: Deelnemersrol.GEZIN,
    ORGANISATIE: Deelnemersrol.HULPVERLENER,
}


@dataclass(frozen=True, slots=True)
class Meelezer:
    """One line of the list, as the family reads it."""

    deelname: UUID
    naam: str
    rol: str
    leidt: bool
    delen: list[str]
    tot: datetime | None
    grond: str
    dicht: list[str]
    dicht_tot: date | None
    dicht_om: str
    van_mij: bool
    ik: bool


def readers(mij: Mij) -> list[Meelezer]:
    """Return who takes part now, in a fixed number of statements."""
    rijen = deelnemers.of(mij.dossier).nu
    mijn = set(mij.mine())
    van_mij = set(
        Toelating.objects.filter(door__in=mijn).values_list("deelname", flat=True)
    )
    return [_line(rij, mijn, van_mij) for rij in rijen]


def _line(rij: Deelnemer, mijn: set[UUID], van_mij: set[UUID]) -> Meelezer:
    ik = rij.deelname.pk in mijn
    beperking = rij.beperking
    toon = beperking is not None and beperking.getoond
    # Not shown is as if it were not there, except to whom it closes the door.
    delen = rij.delen if toon or ik else [*rij.delen, *rij.dicht]
    return Meelezer(
        rij.deelname.pk,
        rij.naam,
        rij.rol,
        rij.leidt,
        delen,
        rij.deelname.tot,
        rij.grond,
        rij.dicht if toon else [],
        beperking.herzien_op if beperking and toon else None,
        str(beperking.get_grond_display()) if beperking and toon else "",
        rij.deelname.pk in van_mij,
        ik,
    )


def givable(mij: Mij) -> list[Deel]:
    """Return the parts one can open to others; none when one may not."""
    if mij.persoon is None or not mij.van_het_gezin or not mij.ziet_toegang:
        return []
    recht = rechten.who(Recht.TOESTEMMING, Regime.HERGEBRUIK, mij.persoon, klok.today())
    if recht.regel.wie is not WieOefentUit.ZELF:
        return []
    return [deel for deel in GEEFBAAR if deel in mij.delen]


def family(mij: Mij) -> list[tuple[str, str]]:
    """Return the others of the family, to choose from."""
    ik = mij.persoon.pk if mij.persoon else None
    return [
        (str(lid.pk), lid.volledige_naam)
        for lid in deelnemers.members(mij.dossier)
        if lid.pk != ik
    ]


@transaction.atomic
def let_in(
    mij: Mij,
    soort: str,
    wie: str,
    *,
    delen: Collection[Deel],
    hoedanigheid: str = "",
    tot: date | None = None,
) -> Deelname:
    """Let somebody in, from now.

    Args:
        mij: who of the family does.
        soort: by name, a person of the family, or an organisation.
        wie: the name, or the key.
        delen: which parts.
        hoedanigheid: what they are to the family, in own words.
        tot: last day; None until it is stopped.

    Raises:
        KanNietGeven: one may not, or not these parts, or not to this one.
        NaamBezet: somebody of this name takes part, or did.
    """
    toegang.require(mij.actor, mij.dossier, Handeling.TOEGANG_GEVEN, Deel.TOEGANG)
    mag = givable(mij)
    if not delen or not set(delen) <= set(mag):
        raise KanNietGeven(_("You can only open what you may read yourself."))
    if tot is not None and tot < klok.today():
        raise KanNietGeven(_("Choose a day that is still to come."))
    if tot is not None and tot >= toegang.VERSTE:
        raise KanNietGeven(_("Choose a day that is nearer."))
    if soort == PERSOON and wie not in dict(family(mij)):
        raise KanNietGeven(_("Choose somebody of your family."))
    if soort == ORGANISATIE and wie not in dict(
        deelnemers.organisations(mij.actor.gemeente)
    ):
        raise KanNietGeven(_("Choose an organisation of the list."))
    if soort == NAAM:
        wie = " ".join(wie.split())
        deelnemers.require_new_name(mij.dossier, wie)
    einde = (
        datetime.combine(tot + timedelta(days=1), time.min, klok.AMSTERDAM)
        if tot
        else None
    )
    with override("nl"):
        grond = _("The family wants it")
    gegeven = toegang.give(
        mij.dossier,
        rol=_ROL[soort],
        door=mij.actor,
        organisatie=UUID(wie) if soort == ORGANISATIE else None,
        persoon=UUID(wie) if soort == PERSOON else None,
        naam=wie if soort == NAAM else "",
        hoedanigheid=hoedanigheid,
        delen=[deel for deel in Deel if deel in delen],
        tot=einde,
        grond=grond,
    )
    Toelating.objects.create(deelname=gegeven, door=_own(mij), op=klok.now())
    record(
        mij,
        Handeling.TOEGANG_GEVEN,
        onderwerp=f"deelname:{gegeven.pk}",
        wijze=Wijze.GEWIJZIGD,
    )
    return gegeven


@transaction.atomic
def stop(mij: Mij, deelname: UUID) -> None:
    """Take back what one gave; from now on they read nothing by it.

    Raises:
        KanNietNemen: it is not what this citizen gave.
    """
    toegang.require(mij.actor, mij.dossier, Handeling.TOEGANG_GEVEN, Deel.TOEGANG)
    gegeven = Toelating.objects.filter(
        deelname=deelname, deelname__dossier=mij.dossier, door__in=mij.mine()
    ).exists()
    if not gegeven:
        raise KanNietNemen()
    with override("nl"):
        reden = _("the family stopped it")
    toegang.end(Deelname.objects.filter(pk=deelname), reden=reden, door=mij.actor)
    record(
        mij,
        Handeling.TOEGANG_GEVEN,
        onderwerp=f"deelname:{deelname}",
        wijze=Wijze.GEWIJZIGD,
    )


def _own(mij: Mij) -> Deelname:
    """Return by which participation one gives: as family before as director."""
    return sorted(mij.deelnames, key=lambda each: each.rol in LEIDEND)[0]
