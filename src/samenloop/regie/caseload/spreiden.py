"""Spreading reassessments over months: arithmetic, without a database.

Each reassessment has a last month in which it can start and still be done before the
decision ends, and a first month before which one would look too early. Earlier within
that window is allowed, later never; the decision itself is not touched. What comes out
is the spread with the lowest peak, in which as many as possible stay where they were.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Stuk(Generic[K]):
    """One reassessment: from which month to which it can start (numbers of months)."""

    sleutel: K
    vroegst: int
    uiterst: int

    def __post_init__(self) -> None:
        if self.vroegst > self.uiterst:
            raise ValueError("a window cannot end before it begins")


def spread(stukken: Sequence[Stuk[K]], vast: Counter[int]) -> dict[K, int]:
    """Return per reassessment the month in which it starts.

    Args:
        stukken: what can move.
        vast: how many in each month stand fixed already.
    """
    laag, hoog = 0, max(_peak(stukken, vast), 0)
    while laag < hoog:
        midden = (laag + hoog) // 2
        if _place(stukken, vast, midden) is None:
            laag = midden + 1
        else:
            hoog = midden
    gevonden = _place(stukken, vast, hoog)
    assert gevonden is not None  # where everything stands now it fits
    return gevonden


def _peak(stukken: Sequence[Stuk[K]], vast: Counter[int]) -> int:
    per_maand = Counter(each.uiterst for each in stukken)
    per_maand.update(vast)
    return max(per_maand.values(), default=0)


def _place(
    stukken: Sequence[Stuk[K]], vast: Counter[int], hoogstens: int
) -> dict[K, int] | None:
    """Place all with at most so many a month; None when that cannot be.

    From the last month back: what cannot start earlier keeps its place, of the rest
    whoever has the smallest window. That is the order in which, if any place can be
    found at all, one is found.
    """
    if not stukken:
        return {}
    per_maand: dict[int, list[Stuk[K]]] = {}
    for each in stukken:
        per_maand.setdefault(each.uiterst, []).append(each)
    gekozen: dict[K, int] = {}
    wachtend: list[Stuk[K]] = []
    eerste = min(each.vroegst for each in stukken)
    for maand in range(max(per_maand), eerste - 1, -1):
        wachtend += per_maand.get(maand, [])
        # The tightest first; among equals what belongs in this month stays in it.
        wachtend.sort(key=lambda each: (-each.vroegst, each.uiterst))
        ruimte = max(hoogstens - vast[maand], 0)
        if sum(each.vroegst == maand for each in wachtend) > ruimte:
            return None
        for each in wachtend[:ruimte]:
            gekozen[each.sleutel] = maand
        wachtend = wachtend[ruimte:]
    return None if wachtend else gekozen
