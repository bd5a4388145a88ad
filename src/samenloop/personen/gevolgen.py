"""What stops when consent is withdrawn, as the rooms that rest on it know it.

A room registers a source. The page asks all sources before anything happens and shows
what they say; withdrawing asks them again and carries it out in the same transaction,
so what was shown is what is done, and nothing goes on without its ground.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from samenloop.access.actor import Actor
from samenloop.personen.toestemming import Toestemming


@dataclass(frozen=True, slots=True)
class Gevolg:
    """One thing that follows.

    Args:
        tekst: a sentence for who is about to withdraw, in the language of the reader.
        doe: carries it out, in the name of whoever withdraws.
    """

    tekst: str
    doe: Callable[[Actor], object]


Bron = Callable[[Toestemming], Iterable[Gevolg]]
_bronnen: list[Bron] = []


def register(bron: Bron) -> None:
    """Let a room say what stops in it; the same source counts once."""
    if bron not in _bronnen:
        _bronnen.append(bron)


def of(toestemming: Toestemming) -> list[Gevolg]:
    """Return all that would follow from withdrawing it now."""
    return [gevolg for bron in _bronnen for gevolg in bron(toestemming)]


def withdraw(toestemming: Toestemming, op: date, door: Actor) -> int:
    """Withdraw, and do what follows; returns how many things followed.

    Raises:
        Achterhaald: it was withdrawn before; nothing was done.
    """
    with transaction.atomic():
        # Asked while it still holds: afterwards nothing rests on it any more.
        gevolgen = of(toestemming)
        toestemming.withdraw(op)
        for gevolg in gevolgen:
            gevolg.doe(door)
    return len(gevolgen)
