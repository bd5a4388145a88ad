"""What the back office does with a message: send it again or anew, or put it away."""

from typing import NoReturn
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.berichten.verkeer import antwoorden, lezen, toewijzingen
from samenloop.berichten.verkeer.models import Berichtlink, Ketenbericht
from samenloop.berichten.verkeer.ontvangst import GEEN_INHOUD, ONTVANGEN
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout

TOEWIJZING = ("WMO301", "JW301")
ANTWOORD = ("WMO319", "JW319")


class KanNietMeer(SamenloopFout):
    """The message is further than whoever asks has seen."""

    melding = _("The message is further than this page shows. Look at it again.")


class RedenOntbreekt(SamenloopFout):
    """Throwing away takes a reason."""

    melding = _("Write why this may be thrown away; somebody may ask later.")


def choices(bericht: Ketenbericht) -> frozenset[str]:
    """Return what can be done with a message as it stands now."""
    staat, uit = bericht.staat, bericht.richting == Richting.UIT
    mag = set()
    if uit and staat == Staat.VERZONDEN:
        mag.add("opnieuw")
    if uit and staat in (Staat.AFGEKEURD, Staat.TEGENGEHOUDEN):
        if bericht.soort in (*TOEWIJZING, *ANTWOORD):
            mag.add("anders")
        if not bericht.afgehandeld_op:
            mag.add("klaar")
    if not uit and staat == Staat.AFGEKEURD and not bericht.afgehandeld_op:
        mag.add("klaar")
    if staat == Staat.APART:
        mag.add("weg")
        # A file without content is tried again on each round by itself.
        if bericht.vingerafdruk != GEEN_INHOUD:
            mag.add("weer")
    return frozenset(mag)


@transaction.atomic
def send_again(bericht: UUID, *, door: Actor) -> Ketenbericht:
    """Let a message go out once more, the same and with the same number.

    Raises:
        KanNietMeer: it is answered, or was never sent.
    """
    rij = _locked(bericht, "opnieuw", door)
    rij.staat = Staat.KLAAR
    rij.save(update_fields=["staat"])
    return rij


@transaction.atomic
def send_anew(bericht: UUID, *, door: Actor) -> list[Ketenbericht]:
    """Make the message again from what is on record now, with a number of its own.

    For one that was refused, or that our own check held back.

    Raises:
        KanNietMeer: it went out well, or was made anew before.
    """
    rij = _locked(bericht, "anders", door)
    rij.staat = Staat.VERVANGEN
    _done(rij, door)
    rij.save(update_fields=["staat", "afgehandeld_op", "afgehandeld_door"])
    links = rij.links.all()
    if rij.soort in TOEWIJZING:
        over = [x.onderwerp for x in links if x.soort == Berichtlink.Soort.TOEWIJZING]
        return toewijzingen.tell(rij.gemeente_id, over, vervangt=rij.pk)
    over = [x.onderwerp for x in links if x.soort == Berichtlink.Soort.VERZOEK]
    return antwoorden.answer(rij.gemeente_id, over)


@transaction.atomic
def settle(bericht: UUID, *, door: Actor) -> Ketenbericht:
    """Take a refused message off the work list.

    Raises:
        KanNietMeer: it is not on it.
    """
    rij = _locked(bericht, "klaar", door)
    _done(rij, door)
    rij.save(update_fields=["afgehandeld_op", "afgehandeld_door"])
    return rij


@transaction.atomic
def try_again(bericht: UUID, *, door: Actor) -> Ketenbericht:
    """Let a message that was set apart be judged once more.

    Raises:
        KanNietMeer: it is not set apart.
    """
    rij = _locked(bericht, "weer", door)
    rij.staat, rij.reden, rij.verwerkt_op = Staat.ONTVANGEN, "", None
    rij.save(update_fields=["staat", "reden", "verwerkt_op"])
    gebeurtenissen.record(ONTVANGEN, onderwerp=rij.pk, gemeente=rij.gemeente_id)
    return rij


@transaction.atomic
def throw_away(bericht: UUID, reden: str, *, door: Actor) -> Ketenbericht:
    """Put away for good what was set apart; its content stays as long as the row.

    Raises:
        KanNietMeer: it is not set apart.
        RedenOntbreekt: nobody could tell later why.
    """
    if not reden.strip():
        raise RedenOntbreekt()
    rij = _locked(bericht, "weg", door)
    rij.staat, rij.reden = Staat.WEGGELEGD, reden.strip()[:300]
    rij.antwoord_voor = None
    _done(rij, door)
    rij.save(
        update_fields=[
            *("staat", "reden", "antwoord_voor"),
            *("afgehandeld_op", "afgehandeld_door"),
        ]
    )
    return rij


def _done(rij: Ketenbericht, door: Actor) -> None:
    rij.afgehandeld_op, rij.afgehandeld_door = klok.now(), door.account_id


def _locked(bericht: UUID, keuze: str, door: Actor) -> Ketenbericht:
    besluiten.require(door, Handeling.VERKEER_DOEN)
    rij = (
        lezen.messages(door).select_for_update(of=("self",)).filter(pk=bericht).first()
    )
    if rij is None or keuze not in choices(rij):
        _refuse()
    logboek.record(
        door,
        Handeling.VERKEER_DOEN,
        personen=[rij.persoon_id] if rij.persoon_id else [],
        onderwerp=f"bericht:{rij.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=lezen.ACTIVITEIT,
    )
    return rij


def _refuse() -> NoReturn:
    raise KanNietMeer()
