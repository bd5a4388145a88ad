"""Making an appointment, moving it and calling it off.

Who may write in the contact journal of a dossier makes its appointments: an appointment
is a contact that still has to happen. A term that asks for a conversation is met by the
report of it (`termijnen`), never by planning one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.regie.afspraken.models import (
    Afspraakdeelname,
    Casusafspraak,
    Verzetting,
)
from samenloop.regie.models import Casus

# What was planned this morning can be written down this afternoon.
_SPEELRUIMTE = timedelta(hours=12)
_H = Handeling.DOSSIER_SCHRIJVEN


class InHetVerleden(SamenloopFout, ValueError):
    """An appointment is for a moment that is still to come."""

    melding = _("This moment is over. Choose a later one, or note a contact.")


class GaatNietDoor(SamenloopFout, ValueError):
    """It was called off or is over, or its case was closed."""

    melding = _("This appointment was called off, or is over; make a new one.")


class Niemand(SamenloopFout, ValueError):
    """Nobody comes, or somebody who takes no part in the dossier."""

    melding = _("Choose who comes, out of who takes part in this dossier now.")


class ZonderReden(SamenloopFout, ValueError):
    """Moving and calling off are explained."""

    melding = _("Write why: whoever counted on it can be told.")


@dataclass(frozen=True, slots=True)
class Wanneer:
    """When, how long and where."""

    begint_op: datetime
    minuten: int = 60
    plaats: str = ""


def may_plan(actor: Actor, casus: Casus) -> bool:
    """Whether this actor may make, move and call off appointments of a case."""
    dossier = casus.dossier
    return (
        dossier is not None
        and dossier.gesloten_op is None
        and toegang.depth(actor, dossier, _H, Deel.JOURNAAL) is Diepte.WAT
    )


def can_come(casus: Casus) -> list[Deelname]:
    """Return who takes part now, for longer than a conference."""
    return list(
        toegang.running()
        .filter(dossier=casus.dossier_id)
        .exclude(rol=Deelnemersrol.OVERLEG)
        .select_related("organisatie", "persoon")
    )


@transaction.atomic
def make(
    casus: Casus,
    soort: str,
    wanneer: Wanneer,
    *,
    met: Iterable[UUID],
    door: Actor,
    waarover: str = "",
) -> Casusafspraak:
    """Make an appointment.

    Args:
        casus: of which case.
        soort: a `Casusafspraak.Soort`.
        wanneer: when, how long and where.
        met: the participations of who comes.
        door: who makes it.
        waarover: in a few words, for who comes.

    Raises:
        GeenToegang: the contact journal of this dossier is not theirs to write.
        GaatNietDoor: the case was closed.
        InHetVerleden: that moment is over.
        Niemand: nobody comes, or somebody who takes no part.
    """
    _require(casus, door)
    if wanneer.begint_op < klok.now() - _SPEELRUIMTE:
        raise InHetVerleden()
    gevraagd = set(met)
    if not gevraagd or not gevraagd <= {each.pk for each in can_come(casus)}:
        raise Niemand()
    gemaakt = Casusafspraak.objects.create(
        gemeente_id=casus.gemeente_id or "",
        casus=casus,
        soort=Casusafspraak.Soort(soort),
        begint_op=wanneer.begint_op,
        minuten=wanneer.minuten,
        plaats=wanneer.plaats,
        waarover=waarover,
        gemaakt_op=klok.now(),
        gemaakt_door=door.account_id,
    )
    Afspraakdeelname.objects.bulk_create(
        Afspraakdeelname(afspraak=gemaakt, deelname_id=each)
        for each in sorted(gevraagd)
    )
    _log(casus, gemaakt, door)
    return gemaakt


@transaction.atomic
def move(
    afspraak: Casusafspraak, naar: Wanneer, *, reden: str, door: Actor
) -> Casusafspraak:
    """Move an appointment to another moment or place; the old one is kept.

    Raises:
        GeenToegang: not theirs.
        GaatNietDoor: it was called off or is over, or the case was closed.
        InHetVerleden: the new moment is over.
        ZonderReden: nothing says why.
    """
    vast = _locked(afspraak, reden, door)
    if naar.begint_op < klok.now() - _SPEELRUIMTE:
        raise InHetVerleden()
    Verzetting.objects.create(
        afspraak=vast,
        was_op=vast.begint_op,
        was_plaats=vast.plaats,
        reden=reden.strip(),
        op=klok.now(),
        door=door.account_id,
    )
    vast.begint_op, vast.minuten = naar.begint_op, naar.minuten
    vast.plaats = naar.plaats
    vast.save(update_fields=["begint_op", "minuten", "plaats"])
    _log(vast.casus, vast, door)
    return vast


@transaction.atomic
def call_off(afspraak: Casusafspraak, *, reden: str, door: Actor) -> Casusafspraak:
    """Call an appointment off.

    Raises:
        GeenToegang: not theirs.
        GaatNietDoor: it was called off or is over already, or the case was closed.
        ZonderReden: nothing says why.
    """
    vast = _locked(afspraak, reden, door)
    vast.staat, vast.reden = Casusafspraak.Staat.AFGEZEGD, reden.strip()
    vast.afgezegd_op, vast.afgezegd_door = klok.now(), door.account_id
    vast.save(update_fields=["staat", "reden", "afgezegd_op", "afgezegd_door"])
    _log(vast.casus, vast, door)
    return vast


def is_over(afspraak: Casusafspraak) -> bool:
    """Whether its hour has passed, so that it can be moved no more."""
    einde = afspraak.begint_op + timedelta(minutes=afspraak.minuten)
    return einde + _SPEELRUIMTE < klok.now()


def _locked(afspraak: Casusafspraak, reden: str, door: Actor) -> Casusafspraak:
    # The case with it: who closes it waits for this, or this for that.
    vast = (
        Casusafspraak.objects.select_for_update(of=("self",))
        .select_related("casus__dossier")
        .get(pk=afspraak.pk)
    )
    _require(vast.casus, door)
    if vast.staat != Casusafspraak.Staat.GEPLAND or is_over(vast):
        raise GaatNietDoor()
    if not reden.strip():
        raise ZonderReden()
    return vast


def _require(casus: Casus, door: Actor) -> None:
    if casus.dossier is None:
        raise GaatNietDoor()
    toegang.require(door, casus.dossier, _H, Deel.JOURNAAL)
    if casus.dossier.gesloten_op is not None:
        raise GaatNietDoor()


def _log(casus: Casus, afspraak: Casusafspraak, door: Actor) -> None:
    logboek.record(
        door,
        _H,
        personen=toegang.persons(casus.dossier) if casus.dossier else (),
        onderwerp=f"afspraak:{afspraak.pk}",
        doel="regie_gezamenlijk_plan",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
