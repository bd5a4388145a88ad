"""Fitting: from published margins to whole numbers in every cell.

The publication gives totals by kind and totals by municipality, never the two
together. `pas` finds a table of whole numbers with exactly those margins, as close as
may be to a table given as a starting point (last quarter's, so that little seems to
change between two peildata).
"""

from collections.abc import Sequence

Tabel = list[list[int]]
_RONDEN = 2000
_PRECISIE = 1e-9


class PastNiet(ValueError):
    """The margins contradict each other; no table can have them both."""


def pas(
    rijen: Sequence[int], kolommen: Sequence[int], begin: Sequence[Sequence[float]]
) -> Tabel:
    """Return whole numbers with row sums `rijen` and column sums `kolommen`.

    First proportional fitting of `begin` (every value above zero), then controlled
    rounding: each cell becomes its fitted value rounded down or up, and which ones go
    up is found as a flow from rows that lack units to columns that lack them.

    Raises:
        PastNiet: the sums of the margins differ.
    """
    if sum(rijen) != sum(kolommen):
        raise PastNiet(f"rijen {sum(rijen)}, kolommen {sum(kolommen)}")
    return _rond(_proportioneel(rijen, kolommen, begin), rijen, kolommen)


def verdeel(totaal: int, gewichten: Sequence[float]) -> list[int]:
    """Split `totaal` by weight into whole numbers (largest remainders)."""
    som = sum(gewichten)
    delen = [totaal * gewicht / som for gewicht in gewichten]
    heel = [int(deel) for deel in delen]
    volgorde = sorted(range(len(delen)), key=lambda i: (heel[i] - delen[i], i))
    for i in volgorde[: totaal - sum(heel)]:
        heel[i] += 1
    return heel


def _proportioneel(
    rijen: Sequence[int], kolommen: Sequence[int], begin: Sequence[Sequence[float]]
) -> list[list[float]]:
    tabel = [[float(waarde) for waarde in rij] for rij in begin]
    for _ in range(_RONDEN):
        for rij, doel in zip(tabel, rijen, strict=True):
            som = sum(rij)
            rij[:] = [waarde * doel / som if som else 0.0 for waarde in rij]
        afwijking = 0.0
        for k, doel in enumerate(kolommen):
            som = sum(rij[k] for rij in tabel)
            afwijking = max(afwijking, abs(som - doel))
            for rij in tabel:
                rij[k] = rij[k] * doel / som if som else 0.0
        if afwijking < _PRECISIE:
            break
    return tabel


def _rond(
    tabel: list[list[float]], rijen: Sequence[int], kolommen: Sequence[int]
) -> Tabel:
    heel = [[int(waarde + 1e-6) for waarde in rij] for rij in tabel]
    rest = [
        [waarde - h for waarde, h in zip(rij, hrij, strict=True)]
        for rij, hrij in zip(tabel, heel, strict=True)
    ]
    tekort = [doel - sum(rij) for doel, rij in zip(rijen, heel, strict=True)]
    open_ = [doel - sum(rij[k] for rij in heel) for k, doel in enumerate(kolommen)]
    op: list[set[int]] = [set() for _ in rijen]  # columns rounded up, per row

    def stroom(rij: int, gezien: set[int]) -> bool:
        """Give row `rij` one unit, moving units of other rows where needed."""
        for k in sorted(range(len(kolommen)), key=lambda k: -rest[rij][k]):
            if k in gezien or k in op[rij] or rest[rij][k] <= 1e-6:
                continue
            gezien.add(k)
            if open_[k] > 0:
                open_[k] -= 1
                op[rij].add(k)
                return True
            for ander in range(len(rijen)):
                if ander != rij and k in op[ander] and stroom(ander, gezien):
                    op[ander].discard(k)
                    op[rij].add(k)
                    return True
        return False

    for rij, aantal in enumerate(tekort):
        for _ in range(aantal):
            if not stroom(rij, set()):
                raise PastNiet(f"rij {rij} komt niet uit")
    for rij, kolommen_op in enumerate(op):
        for k in kolommen_op:
            heel[rij][k] += 1
    return heel
