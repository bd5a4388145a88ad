"""Allocations and budgets through time, as bars to draw; the list says the same.

Positions are whole parts of a fixed width, so the drawing needs no style of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samenloop.core.kalender import add_months
from samenloop.voorzieningen.toewijzen.models import Pgb, Toewijzing

BREED = 720
HOOG = 26
_RAND = 8


@dataclass(frozen=True, slots=True)
class Balk:
    """One bar: where it begins, how wide, and what it is called."""

    naam: str
    x: int
    breed: int
    y: int
    open: bool


@dataclass(frozen=True, slots=True)
class Tekening:
    """The bars, the months below them, and today."""

    balken: Sequence[Balk]
    maanden: Sequence[tuple[int, date]]
    vandaag: int
    hoog: int


def draw(
    toewijzingen: Sequence[Toewijzing], pgbs: Sequence[Pgb], vandaag: date
) -> Tekening | None:
    """Return the drawing of a year back and half a year on; None without a bar."""
    van, tot = add_months(vandaag, -12).replace(day=1), add_months(vandaag, 7)
    dagen = (tot - van).days

    def place(dag: date) -> int:
        return round(BREED * max(0, min((dag - van).days, dagen)) / dagen)

    stukken = [
        (f"{each.product.naam}, {each.aanbieder.naam}", each.ingang, each.eind)
        for each in toewijzingen
        if not each.is_verwijderd
    ] + [
        (f"{each.product.naam}, pgb", each.ingang, each.beeindigd_op or each.eind)
        for each in pgbs
        if not each.is_ingetrokken
    ]
    balken: list[Balk] = []
    for naam, begin, eind in stukken:
        if begin > tot or (eind is not None and eind < van):
            continue
        x = place(begin)
        # What ends after the picture does is cut off there, whatever its last day.
        einde = place(eind + timedelta(days=1)) if eind and eind < tot else BREED
        y = _RAND + HOOG * len(balken)
        balken.append(Balk(naam, x, max(einde - x, 2), y, eind is None))
    if not balken:
        return None
    maanden = [(place(add_months(van, n)), add_months(van, n)) for n in range(0, 19, 3)]
    hoog = 2 * _RAND + HOOG * len(balken) + 18
    return Tekening(balken, maanden, place(vandaag), hoog)
