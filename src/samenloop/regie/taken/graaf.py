"""What waits on what, computed: loops, the longest path, and what holds up what.

Knows nothing of Django or of a database: a task is a node, and what it waits for are
groups of which each must be fulfilled, by one of its options (a task, or a number of
days from today). So "all of" and "any of" need no rules of their own. A task that
waits for the fastest of two starts with the fastest; one that waits for both, with the
slowest.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Knoop(Generic[K]):
    """One task that has not ended.

    Args:
        dagen: how many days it is thought to take once it can begin.
        groepen: what is still needed before it can begin; in each group one option is
            enough. A group that is fulfilled already is left out.
        dagen_tot: in how many days it was agreed to be done; below zero is late, None
            is not agreed.
    """

    dagen: int = 1
    groepen: tuple[tuple["K | Dag", ...], ...] = ()
    dagen_tot: int | None = None


@dataclass(frozen=True, slots=True)
class Dag:
    """A day that is waited for, so many days from today."""

    over: int


@dataclass(frozen=True)
class Pad(Generic[K]):
    """The chain that determines when all is done, and in how many days that is."""

    knopen: tuple[K, ...]
    dagen: int


def find_loop(na: Mapping[K, Collection[K]]) -> list[K] | None:
    """Return a loop of nodes that wait for each other, or None; each is named once.

    Args:
        na: per node the nodes it waits for.
    """
    klaar: set[K] = set()
    for begin in na:
        pad: list[K] = []
        plaats: dict[K, int] = {}
        stapel: list[tuple[K, bool]] = [(begin, False)]
        while stapel:
            knoop, terug = stapel.pop()
            if terug:
                pad.pop()
                del plaats[knoop]
                klaar.add(knoop)
                continue
            if knoop in klaar:
                continue
            if knoop in plaats:
                return pad[plaats[knoop] :]
            plaats[knoop] = len(pad)
            pad.append(knoop)
            stapel.append((knoop, True))
            stapel.extend((naar, False) for naar in na.get(knoop, ()))
    return None


def in_order(knopen: Mapping[K, Knoop[K]]) -> list[K]:
    """Return the nodes so that each comes after all it may wait for.

    Raises:
        ValueError: they wait for each other.
    """
    open_ = {
        sleutel: {
            optie
            for groep in knoop.groepen
            for optie in groep
            if not isinstance(optie, Dag) and optie in knopen
        }
        for sleutel, knoop in knopen.items()
    }
    volgers: dict[K, list[K]] = {sleutel: [] for sleutel in knopen}
    for sleutel, voor in open_.items():
        for each in voor:
            volgers[each].append(sleutel)
    rij = [sleutel for sleutel, voor in open_.items() if not voor]
    for sleutel in rij:
        for volger in volgers[sleutel]:
            open_[volger].discard(sleutel)
            if not open_[volger]:
                rij.append(volger)
    if len(rij) != len(knopen):
        raise ValueError("the tasks wait for each other")
    return rij


def finishing(knopen: Mapping[K, Knoop[K]]) -> dict[K, int]:
    """Return in how many days each node is thought to be done.

    What was agreed for a later day is thought to be done on that day, what is late as
    soon as it can.
    """
    return {sleutel: einde for sleutel, (einde, _voor) in _ends(knopen).items()}


def longest_path(knopen: Mapping[K, Knoop[K]]) -> Pad[K]:
    """Return the chain of tasks that determines when the last one is done."""
    einden = _ends(knopen)
    if not einden:
        return Pad((), 0)
    laatste = max(einden, key=lambda sleutel: einden[sleutel][0])
    pad: list[K] = []
    hier: K | None = laatste
    while hier is not None:
        pad.append(hier)
        hier = einden[hier][1]
    return Pad(tuple(reversed(pad)), einden[laatste][0])


def held_up(knopen: Mapping[K, Knoop[K]]) -> dict[K, list[K]]:
    """Return per node which others cannot begin before it is done, nearest first.

    A task that could also begin because of another is not held up.
    """
    volgorde = in_order(knopen)
    nodig: dict[K, dict[K, None]] = {}
    for sleutel in volgorde:
        eigen: dict[K, None] = {}
        for groep in knopen[sleutel].groepen:
            eigen |= _needed_by_all(groep, nodig, knopen)
        nodig[sleutel] = eigen
    houdt: dict[K, list[K]] = {sleutel: [] for sleutel in knopen}
    for sleutel in volgorde:
        for voor in nodig[sleutel]:
            houdt[voor].append(sleutel)
    return houdt


def _needed_by_all(
    groep: Sequence[K | Dag],
    nodig: Mapping[K, dict[K, None]],
    knopen: Mapping[K, Knoop[K]],
) -> dict[K, None]:
    """Return what each option of a group needs: all they have in common."""
    samen: dict[K, None] | None = None
    for optie in groep:
        if isinstance(optie, Dag) or optie not in knopen:
            return {}
        dit = {optie: None, **nodig[optie]}
        samen = dit if samen is None else {k: None for k in samen if k in dit}
    return samen or {}


def _ends(
    knopen: Mapping[K, Knoop[K]],
) -> dict[K, tuple[int, K | None]]:
    """Per node the day on which it is done, and which node it had to wait for."""
    einden: dict[K, tuple[int, K | None]] = {}
    for sleutel in in_order(knopen):
        knoop = knopen[sleutel]
        begin: tuple[int, K | None] = (0, None)
        for groep in knoop.groepen:
            kansen: list[tuple[int, K | None]] = []
            for optie in groep:
                if isinstance(optie, Dag):
                    kansen.append((max(optie.over, 0), None))
                elif optie in einden:
                    kansen.append((einden[optie][0], optie))
                else:
                    kansen.append((0, None))
            snelste = min(kansen, key=lambda kan: kan[0], default=(0, None))
            if snelste[0] > begin[0]:
                begin = snelste
        einde = begin[0] + knoop.dagen
        if knoop.dagen_tot is not None:
            einde = max(einde, knoop.dagen_tot)
        einden[sleutel] = (einde, begin[1])
    return einden
