"""Absence, and who stands in meanwhile.

While a director is away, the substitute has a right in the dossiers they direct: from
the first moment of the absence to its last, and no longer than the director directs.
The rights are written when the absence is recorded, with their own begin and end, so
that nothing has to run on time for them to open or to close.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Aanstelling
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.periode import Periode
from samenloop.plannen.models import Deelname, Deelnemersrol
from samenloop.regie.models import Afwezigheid, Regie, Vervanging

MAG_VERVANGEN = (Rol.REGISSEUR, Rol.CONSULENT)


class GeenVervanger(SamenloopFout, ValueError):
    """The substitute is the absent one, or does not work on dossiers here."""

    melding = _("Choose a colleague who works on dossiers in this municipality.")


class AlAfwezig(SamenloopFout, ValueError):
    """Two absences at the same time."""

    melding = _("Somebody is absent once at a time; end the other absence first.")


@transaction.atomic
def record_absence(
    *,
    account: int,
    periode: Periode,
    vervanger: int | None,
    door: Actor,
) -> Afwezigheid:
    """Record that somebody is away, and open their dossiers to who stands in.

    Raises:
        GeenToegang: not for this role.
        GeenVervanger: this colleague cannot stand in.
        AlAfwezig: they are away already in that time.
    """
    _may_manage(door)
    if vervanger is not None and (
        vervanger == account or not _works_here(vervanger, door.gemeente)
    ):
        raise GeenVervanger()
    # Two at once: the second finds what the first wrote, or is refused at the end.
    if Afwezigheid.objects.filter(
        gemeente=door.gemeente, account=account, geldig__overlap=periode.as_range()
    ).exists():
        raise AlAfwezig()
    afwezigheid = Afwezigheid.objects.create(
        gemeente_id=door.gemeente,
        account=account,
        vervanger=vervanger,
        geldig=periode.as_range(),
        vastgelegd_door=door.account_id,
    )
    cover_absence(afwezigheid)
    return afwezigheid


@transaction.atomic
def end_absence(afwezigheid: Afwezigheid, laatste: date, *, door: Actor) -> None:
    """Let an absence end earlier; one that had not begun never was.

    Args:
        afwezigheid: which.
        laatste: the last day of it.
        door: who records it.

    Raises:
        GeenToegang: not for this role.
    """
    _may_manage(door)
    vast = Afwezigheid.objects.select_for_update().get(pk=afwezigheid.pk)
    if vast.geldig.isempty or vast.geldig.lower is None:
        return
    tot = laatste + timedelta(days=1)
    if vast.geldig.upper is not None and vast.geldig.upper <= tot:
        return
    begin = vast.geldig.lower
    vast.geldig = DateRange(begin, tot) if tot > begin else DateRange(empty=True)
    vast.save(update_fields=["geldig"])
    einde = _midnight(tot)
    for recht in Deelname.objects.filter(vervanging__afwezigheid=vast):
        if recht.tot is None or recht.tot > einde:
            recht.tot = max(recht.van, einde)
            recht.reden_einde = "Regisseur is terug"
            recht.beeindigd_door = door.account_id
            recht.save(update_fields=["tot", "reden_einde", "beeindigd_door"])


def cover_absence(afwezigheid: Afwezigheid) -> int:
    """Open the dossiers that the absent one directs to who stands in; how many."""
    lopend = Regie.objects.filter(
        account=afwezigheid.account,
        casus__gemeente=afwezigheid.gemeente_id,
        geldig__contains=klok.now(),
    ).select_related("casus")
    return sum(_stand_in(afwezigheid, regie) for regie in lopend)


def cover_case(regie: Regie) -> int:
    """Open a case to who stands in for its new director, now or later; how many."""
    if regie.account is None:
        return 0
    afwezig = Afwezigheid.objects.filter(
        gemeente=regie.casus.gemeente_id,
        account=regie.account,
        vervanger__isnull=False,
        geldig__endswith__gt=klok.today(),
    ) | Afwezigheid.objects.filter(
        gemeente=regie.casus.gemeente_id,
        account=regie.account,
        vervanger__isnull=False,
        geldig__upper_inf=True,
    )
    return sum(_stand_in(each, regie) for each in afwezig)


def cover_all() -> int:
    """Open what is not open yet, in all municipalities; how many dossiers."""
    vandaag = klok.today()
    return sum(
        cover_absence(afwezigheid)
        for afwezigheid in Afwezigheid.objects.filter(
            vervanger__isnull=False, geldig__contains=vandaag
        )
    )


def _stand_in(afwezigheid: Afwezigheid, regie: Regie) -> bool:
    """Give the substitute a right of its own in one case, once."""
    begin, einde = afwezigheid.geldig.lower, afwezigheid.geldig.upper
    nu = klok.now()
    if afwezigheid.vervanger is None or begin is None or regie.geldig.lower is None:
        return False
    van = max(_midnight(begin), regie.geldig.lower, nu)
    grenzen = [_midnight(einde) if einde else None, regie.geldig.upper]
    tot = min((grens for grens in grenzen if grens is not None), default=None)
    if tot is not None and tot <= van:
        return False
    dossier = regie.casus.dossier_id
    if (
        dossier is None
        or Vervanging.objects.filter(afwezigheid=afwezigheid, regie=regie).exists()
    ):
        return False
    Vervanging.objects.create(
        afwezigheid=afwezigheid,
        regie=regie,
        deelname=Deelname.objects.create(
            dossier_id=dossier,
            rol=Deelnemersrol.VERVANGER,
            account=afwezigheid.vervanger,
            van=van,
            tot=tot,
            grond="Vervangt de regisseur bij afwezigheid",
            gegeven_door=afwezigheid.vastgelegd_door,
        ),
    )
    return True


def _works_here(account: int, gemeente: str) -> bool:
    return Aanstelling.objects.filter(
        gebruiker=account,
        gemeente=gemeente,
        rol__in=MAG_VERVANGEN,
        geldig__contains=klok.today(),
        gebruiker__is_active=True,
    ).exists()


def _may_manage(door: Actor) -> None:
    if not besluiten.may(door, Handeling.TEAM_BEHEREN):
        raise GeenToegang(besluiten.reason(door, (Handeling.TEAM_BEHEREN,)))


def _midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(), tzinfo=klok.AMSTERDAM)
