"""The chart of the coming year: per month how many start by themselves and as proposed.

Two bars side by side on one scale from zero; the first is outlined, the second filled,
so they differ without colour. The table beside it has the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from samenloop.regie.caseload.herindicaties import Maand

BREED, HOOG, ONDER, LINKS = 720, 190, 24, 36
_BAAN = (BREED - LINKS) / 12


@dataclass(frozen=True, slots=True)
class Balk:
    """One bar, in units of the drawing."""

    x: float
    y: float
    breed: float
    hoog: float
    soort: str


@dataclass(frozen=True, slots=True)
class Tekening:
    """All bars, the names of the months, and lines to read the height by."""

    balken: list[Balk]
    namen: list[tuple[float, str]]
    lijnen: list[tuple[float, int]]
    breed: int = BREED
    hoog: int = HOOG + ONDER


def draw(maanden: Sequence[Maand]) -> Tekening:
    """Return the chart of these months."""
    top = _round_up(max((max(each.voor, each.na) for each in maanden), default=0))
    balken, namen = [], []
    for nummer, maand in enumerate(maanden):
        links = LINKS + nummer * _BAAN
        for plek, (aantal, soort) in enumerate(
            ((maand.voor, "voor"), (maand.na, "na"))
        ):
            hoog = round(HOOG * aantal / top, 1)
            balken.append(
                Balk(
                    round(links + 6 + plek * 22, 1),
                    round(HOOG - hoog, 1),
                    20,
                    hoog,
                    soort,
                )
            )
        namen.append(
            (round(links + _BAAN / 2, 1), date_format(maand.begin, "b").strip("."))
        )
    lijnen = [(round(HOOG - HOOG * deel / 4, 1), top * deel // 4) for deel in (2, 4)]
    return Tekening(balken, namen, lijnen)


def _round_up(hoogste: int) -> int:
    """A round number at or above the highest, divisible by four."""
    stap = 4
    while stap < hoogste:
        stap *= 2 if str(stap)[0] != "8" else 5
    return stap if hoogste <= stap else hoogste
