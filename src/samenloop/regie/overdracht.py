"""Handing a case to another municipality, with what may go along and no more.

First a proposal, on which stands line by line what goes and what stays, and why; then
sending. The receiving municipality gets a dossier and a case of its own, ours closes
with the reason and the number there. All of it happens in one transaction within the
border of both: there is never a case in two municipalities, or in none.

Rooms that keep something on a dossier register what may go along. Rooms below this
floor cannot; theirs stands in `meegaan`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.models import Aanstelling
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Gemeente, Toestemming
from samenloop.plannen import toegang
from samenloop.plannen.models import Dossier
from samenloop.regie import afsluiten, casussen, regisseurs, soort
from samenloop.regie.models import Casus, Overdracht, Stapstand

VERZONDEN = "casus-overgedragen"
REDEN = "overgedragen"


@dataclass(frozen=True, slots=True)
class Regel:
    """A line of what goes along or stays: what, how many of it, and why."""

    wat: str
    aantal: int
    mee: bool
    waarom: str = ""

    def as_json(self) -> dict[str, object]:
        """Return what is kept of it with the transfer; nothing of anybody."""
        return {"wat": str(self.wat), "aantal": self.aantal, "waarom": str(self.waarom)}


@dataclass(frozen=True, slots=True)
class Grond:
    """What may go along by consent: the content, and the signals that led to it."""

    inhoud: bool
    signalen: bool


Zicht = Callable[[Dossier, Grond], Iterable[Regel]]
Meegaan = Callable[[Dossier, Dossier, Grond], None]
_delen: list[tuple[Zicht, Meegaan]] = []


class GeenGrond(SamenloopFout, ValueError):
    """The family did not agree to the transfer."""

    melding = _(
        "Record first on which day the family agreed to this transfer; without that "
        "nothing is sent."
    )


class LooptAl(SamenloopFout, ValueError):
    """There is a proposal already, or it was sent or called off."""

    melding = _("This transfer was changed in the meantime; look at the case again.")


class NietHier(SamenloopFout, ValueError):
    """The municipality does not work with this system, or is our own."""

    melding = _("Choose another municipality that works with this system.")


def register(zicht: Zicht, meegaan: Meegaan) -> None:
    """Let a room say what goes along, and take it along.

    Args:
        zicht: gives the lines for the proposal; changes nothing.
        meegaan: copies what goes, from the old dossier to the new one.
    """
    if (zicht, meegaan) not in _delen:
        _delen.append((zicht, meegaan))


def ground(dossier: Dossier, akkoord_op: date | None) -> Grond:
    """Return what may go along today: consent that holds, and agreeing to this."""
    vandaag = klok.today()
    gegeven = set(
        Toestemming.objects.in_force(vandaag)
        .filter(persoon=dossier.betrokkene_id, gemeente=dossier.gemeente_id)
        .values_list("categorie", flat=True)
    )
    akkoord = akkoord_op is not None and akkoord_op <= vandaag
    return Grond(akkoord and "plan" in gegeven, akkoord and "signalen" in gegeven)


def lines(dossier: Dossier, grond: Grond) -> list[Regel]:
    """Return line by line what goes along and what stays, of all rooms."""
    return [regel for zicht, _meegaan in _delen for regel in zicht(dossier, grond)]


def receivers(gemeente: str) -> list[Gemeente]:
    """Return the municipalities to which a case of this one can go."""
    werken_hier = Aanstelling.objects.filter(
        geldig__contains=klok.today(), gebruiker__is_active=True
    )
    return list(
        Gemeente.objects.filter(code__in=werken_hier.values("gemeente"))
        .exclude(code=gemeente)
        .order_by("naam")
    )


def open_proposal(casus: Casus) -> Overdracht | None:
    """Return the proposal that waits to be sent, if there is one."""
    return (
        Overdracht.objects.filter(casus=casus, staat=Overdracht.Staat.VOORGESTELD)
        .select_related("naar")
        .first()
    )


def of_case(casus: Casus) -> Overdracht | None:
    """Return the transfer by which a case came here or went away, if there was one."""
    return (
        Overdracht.objects.filter(
            Q(casus=casus) | Q(nieuwe_casus=casus.pk), staat=Overdracht.Staat.VERZONDEN
        )
        .select_related("van", "naar")
        .order_by("-gedaan_op")
        .first()
    )


@transaction.atomic
def propose(
    casus: Casus, naar: str, *, reden: str, akkoord_op: date | None, door: Actor
) -> Overdracht:
    """Propose to hand a case to another municipality (CBS code).

    Raises:
        GeenToegang: not the director.
        NietHier: that municipality cannot receive it.
        LooptAl: there is a proposal already.
        GeenGrond: the family did not agree, or on a day that is still to come.
    """
    casussen.require_lead(door, casus)
    vast = regisseurs.locked(casus)
    if vast.dossier is None or vast.dossier.gesloten_op is not None:
        raise regisseurs.Gesloten()
    if naar not in {gemeente.code for gemeente in receivers(vast.gemeente_id or "")}:
        raise NietHier()
    if open_proposal(vast) is not None:
        raise LooptAl()
    if akkoord_op is None or akkoord_op > klok.today() or not reden.strip():
        raise GeenGrond()
    voorstel = Overdracht.objects.create(
        casus=vast,
        van_id=vast.gemeente_id or "",
        naar_id=naar,
        reden=reden.strip()[:500],
        akkoord_op=akkoord_op,
        voorgesteld_door=door.account_id,
    )
    _log(vast, door)
    return voorstel


@transaction.atomic
def call_off(overdracht: Overdracht, *, door: Actor) -> None:
    """Call a proposal off; nothing was sent.

    Raises:
        GeenToegang: not the director.
        LooptAl: it was sent already.
    """
    casussen.require_lead(door, overdracht.casus)
    vast = Overdracht.objects.select_for_update().get(pk=overdracht.pk)
    if vast.staat != Overdracht.Staat.VOORGESTELD:
        raise LooptAl()
    vast.staat = Overdracht.Staat.INGETROKKEN
    vast.gedaan_op, vast.gedaan_door = klok.now(), door.account_id
    vast.save(update_fields=["staat", "gedaan_op", "gedaan_door"])


def send(overdracht: Overdracht, *, door: Actor) -> Casus:
    """Send a case: it begins there, and ends here, at the same moment.

    Raises:
        GeenToegang: not the director.
        LooptAl: it was sent or called off already.
        GeenGrond: the family did not agree.
    """
    casussen.require_lead(door, overdracht.casus)
    van, naar = overdracht.van_id, overdracht.naar_id
    with gemeentegrens.within(van, naar), transaction.atomic():
        vast = Overdracht.objects.select_for_update().get(pk=overdracht.pk)
        if vast.staat != Overdracht.Staat.VOORGESTELD:
            raise LooptAl()
        if vast.akkoord_op is None:
            raise GeenGrond()
        casus = regisseurs.locked(vast.casus)
        dossier = casus.dossier
        if dossier is None:
            raise regisseurs.Gesloten()
        grond = ground(dossier, vast.akkoord_op)
        regels = lines(dossier, grond)
        nieuw = _begin_there(casus, dossier, vast, grond)
        _end_here(casus, vast, nieuw, door)
        vast.meegegaan = [regel.as_json() for regel in regels if regel.mee]
        vast.gebleven = [regel.as_json() for regel in regels if not regel.mee]
        vast.staat = Overdracht.Staat.VERZONDEN
        vast.nieuwe_casus, vast.nieuw_nummer = nieuw.pk, nieuw.kort
        vast.gedaan_op, vast.gedaan_door = klok.now(), door.account_id
        vast.save()
        _log(casus, door, wijze=logboek.Wijze.VERSTREKT)
        gebeurtenissen.record(VERZONDEN, onderwerp=nieuw.pk, gemeente=naar)
    return nieuw


def _begin_there(
    casus: Casus, dossier: Dossier, overdracht: Overdracht, grond: Grond
) -> Casus:
    """Open the case in the other municipality, as work that nobody has yet."""
    loopt = soort.period(casus)
    nieuw = casussen.open_casus(
        gemeente=overdracht.naar_id,
        betrokkene=dossier.betrokkene_id,
        gezin=dossier.gezin_id,
        soort=loopt.type if loopt else casussen.MEERVOUDIG,
        regisseur=None,
        door=Actor.systeem("overdracht", overdracht.naar_id),
    )
    Stapstand.objects.bulk_create(
        Stapstand(
            casus=nieuw,
            stap=stand.stap,
            staat=stand.staat,
            # Why a step moved is content; that it did goes along.
            reden=stand.reden if grond.inhoud else "",
            op=stand.op,
        )
        for stand in casus.stappen.all()
    )
    if nieuw.dossier is not None:
        for _zicht, meegaan in _delen:
            meegaan(dossier, nieuw.dossier, grond)
    return nieuw


def _end_here(casus: Casus, overdracht: Overdracht, nieuw: Casus, door: Actor) -> None:
    afsluiten.end_period(
        casus,
        REDEN,
        f"Naar {overdracht.naar.naam}, daar {nieuw.kort}. {overdracht.reden}",
    )
    afsluiten.end_rights(casus, None, door=door, reden=f"Casus {REDEN}")
    gebeurtenissen.record(
        afsluiten.GESLOTEN, onderwerp=casus.pk, gemeente=overdracht.van_id
    )


def _log(
    casus: Casus, door: Actor, wijze: logboek.Wijze = logboek.Wijze.GEWIJZIGD
) -> None:
    logboek.record(
        door,
        Handeling.CASUS_VOEREN,
        personen=toegang.persons(casus.dossier) if casus.dossier else (),
        onderwerp=f"casus:{casus.pk}",
        wijze=wijze,
    )
