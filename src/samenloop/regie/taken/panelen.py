"""The two panels of tasks on the page of a case: what is stuck, what waits on what."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.regie.models import Casus
from samenloop.regie.taken import situatie, stand, tekening, vastzit, zicht
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.situatie import Situatie

# The list of all tasks has the rest.
MEESTE_IN_LIJST = 12


def stuck(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return what is stuck; nothing for who may not read tasks here."""
    gevonden = vastzit.stuck(actor, casus)
    if not gevonden and not zicht.reads(actor, casus):
        return None
    return {
        "vast": gevonden[: vastzit.MEESTE],
        "meer": max(0, len(gevonden) - vastzit.MEESTE),
    }


def waiting(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return what waits on what, drawn and in a list; None for who may not read it."""
    if not zicht.reads(actor, casus):
        return None
    nu = situatie.of(casus)
    houders = stand.holders(nu.taken.values())
    wachtend = _waiting_rows(nu, houders)
    return {
        "tekening": tekening.draw(nu, houders),
        "pad": [_named(nu, houders, pk) for pk in nu.pad.knopen]
        if len(nu.pad.knopen) > 1
        else [],
        "einde": nu.einde,
        "los": [
            (nu.taken[pk], houders[pk], stand.of(nu.taken[pk], nu.vandaag))
            for pk in _beside(nu)[:MEESTE_IN_LIJST]
        ],
        "wachtend": wachtend[:MEESTE_IN_LIJST],
        "meer": max(0, len(wachtend) - MEESTE_IN_LIJST),
        "lopend": len(nu.lopend),
        # In a case that closed nothing is given any more, aftercare or not.
        "leidt": casus.dossier is not None
        and casus.dossier.gesloten_op is None
        and zicht.leads(actor, casus),
        "dossier": casus.dossier_id,
    }


def _named(
    nu: Situatie, houders: dict[UUID, str], pk: UUID
) -> tuple[Taak, str, stand.Stand]:
    return nu.taken[pk], houders[pk], stand.of(nu.taken[pk], nu.vandaag)


def _beside(nu: Situatie) -> list[UUID]:
    """Return the running tasks that wait for nothing and hold up nothing."""
    verbonden = {pk for paar in nu.pijlen for pk in paar}
    return [pk for pk in nu.lopend if pk not in verbonden]


def _waiting_rows(nu: Situatie, houders: dict[UUID, str]) -> list[dict[str, Any]]:
    """Return per waiting task for which running ones it waits."""
    rijen = []
    for pk, knoop in nu.lopend.items():
        op = [
            nu.taken[optie]
            for groep in knoop.groepen
            for optie in groep
            if isinstance(optie, UUID) and optie in nu.taken
        ]
        if op:
            rijen.append(
                {
                    "taak": nu.taken[pk],
                    "houder": houders[pk],
                    "op": list(dict.fromkeys(op)),
                }
            )
    return rijen
