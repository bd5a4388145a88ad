"""Which doubtful grounds a municipality relies on, decided by two people.

A row of the catalogue marked `te bevestigen` opens nothing until somebody proposed it
with a reason and another confirmed it, as a lawyer or the officer must before a
municipality relies on it (docs/decisions/017). Withdrawing takes one person and works
at once. Every step is a change in the log.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.klantbeeld.context import account_of
from samenloop.klantbeeld.grondslagen import Grond, catalogus
from samenloop.klantbeeld.models import KORTSTE_REDEN, Grondbesluit


class NietTeBevestigen(SamenloopFout):
    """The row is firm, or says no: there is nothing to decide."""

    melding = _("This ground is firm or says no; a municipality decides nothing here.")


class RedenOntbreekt(SamenloopFout):
    """A decision without a reason cannot be accounted for."""

    melding = _(
        "Write why, in a sentence: who judged it and what it rests on. Without that "
        "nobody can answer for it later."
    )


class AlBesloten(SamenloopFout):
    """Somebody was first, or the proposal is gone."""

    melding = _("This was decided already, or withdrawn. Look at the list again.")


class VierOgen(SamenloopFout):
    """The same person proposed it."""

    melding = _("You proposed this yourself; a colleague has to confirm it.")


def decidable() -> tuple[Grond, ...]:
    """Return the rows about which a municipality decides."""
    return tuple(grond for grond in catalogus() if grond.needs_confirmation)


def confirmed(gemeente: str) -> frozenset[str]:
    """Return the ids of the rows that a municipality relies on now."""
    return frozenset(
        Grondbesluit.objects.filter(
            gemeente=gemeente,
            bevestigd_op__isnull=False,
            ingetrokken_op__isnull=True,
        ).values_list("grond", flat=True)
    )


def standing(gemeente: str) -> Mapping[str, Grondbesluit]:
    """Return the proposals and decisions in force, by id of the row."""
    return {
        besluit.grond: besluit
        for besluit in Grondbesluit.objects.filter(
            gemeente=gemeente, ingetrokken_op__isnull=True
        )
    }


def propose(actor: Actor, grond: str, waarom: str) -> Grondbesluit:
    """Propose to rely on a doubtful row.

    Raises:
        NietTeBevestigen: the row is firm, says no, or does not exist.
        RedenOntbreekt: no reason of some length.
        AlBesloten: it was proposed or confirmed already.
        GeenToegang: the role may not.
    """
    besluiten.require(actor, Handeling.GROND_BEHEREN)
    if grond not in {each.id for each in decidable()}:
        raise NietTeBevestigen()
    try:
        with transaction.atomic():
            besluit = Grondbesluit.objects.create(
                gemeente_id=actor.gemeente,
                grond=grond,
                waarom=_reason(waarom),
                voorgesteld_door=account_of(actor),
                voorgesteld_op=klok.now(),
            )
            _log(actor, besluit)
    except IntegrityError:
        raise AlBesloten() from None
    return besluit


def confirm(actor: Actor, besluit_id: UUID) -> None:
    """Confirm what a colleague proposed; from now on the row opens.

    Raises:
        VierOgen: one's own proposal.
        AlBesloten: confirmed or withdrawn in the meantime.
        GeenToegang: the role may not.
    """
    besluiten.require(actor, Handeling.GROND_BEHEREN)
    with transaction.atomic():
        besluit = _open(actor, besluit_id)
        if besluit.bevestigd_op is not None:
            raise AlBesloten()
        if besluit.voorgesteld_door == actor.account_id:
            raise VierOgen()
        besluit.bevestigd_door = actor.account_id
        besluit.bevestigd_op = klok.now()
        besluit.save(update_fields=["bevestigd_door", "bevestigd_op"])
        _log(actor, besluit)


def withdraw(actor: Actor, besluit_id: UUID, waarom: str) -> None:
    """Stop relying on a row, at once.

    Raises:
        RedenOntbreekt: no reason of some length.
        AlBesloten: withdrawn already.
        GeenToegang: the role may not.
    """
    besluiten.require(actor, Handeling.GROND_BEHEREN)
    with transaction.atomic():
        besluit = _open(actor, besluit_id)
        besluit.ingetrokken_door = actor.account_id
        besluit.ingetrokken_op = klok.now()
        besluit.ingetrokken_waarom = _reason(waarom)
        besluit.save(
            update_fields=["ingetrokken_door", "ingetrokken_op", "ingetrokken_waarom"]
        )
        _log(actor, besluit)


def _open(actor: Actor, besluit_id: UUID) -> Grondbesluit:
    besluit = (
        Grondbesluit.objects.select_for_update()
        .filter(pk=besluit_id, gemeente=actor.gemeente, ingetrokken_op__isnull=True)
        .first()
    )
    if besluit is None:
        raise AlBesloten()
    return besluit


def _reason(tekst: str) -> str:
    tekst = tekst.strip()
    if len(tekst) < KORTSTE_REDEN:
        raise RedenOntbreekt()
    return tekst


def _log(actor: Actor, besluit: Grondbesluit) -> None:
    logboek.record(
        actor,
        Handeling.GROND_BEHEREN,
        onderwerp=f"grondbesluit:{besluit.pk}",
        grond=besluit.grond,
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit="toegang",
    )
