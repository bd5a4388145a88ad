"""Whether stock and flow agree: begin + in - uit = eind, in every cell.

For provisions and benefits each row comes in once and goes out once, so a cell that
does not balance means that accepted rows contradict themselves (an end before a
start). Cases can break it honestly: one that pauses over a peildatum, or moves to
another municipality, leaves the one stock without being closed. Such cells are told,
not corrected.
"""

from collections.abc import Mapping
from itertools import pairwise

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.tabellen.feiten import Feiten
from samenloop.monitor.uitkomst import Onbalans, Tabel


def controleer(tabellen: Mapping[str, Tabel], feiten: Feiten) -> list[Onbalans]:
    """Return the cells that do not balance, in order of the tables."""
    onbalans: list[Onbalans] = []
    voorzieningen = tabellen.get("in-en-uitstroom-voorzieningen")
    if voorzieningen:
        onbalans += _voorzieningen(voorzieningen)
    stand, stroom = tabellen.get("uitkeringen"), tabellen.get("in-en-uitstroom")
    if stand and stroom:
        onbalans += _uitkeringen(stand, stroom)
    if "afgeronde-casussen" in tabellen:
        onbalans += _casussen(feiten)
    return onbalans


def _weeg(
    tabel: str, cel: tuple[str, ...], begin: int, erin: int, eruit: int, eind: int
) -> list[Onbalans]:
    if begin + erin - eruit == eind:
        return []
    return [Onbalans(tabel, cel, begin, erin, eruit, eind)]


def _voorzieningen(tabel: Tabel) -> list[Onbalans]:
    cellen: dict[tuple[str, ...], dict[str, int]] = {}
    for wet, soort, gemeente, maat, waarde in tabel.rijen:
        cellen.setdefault((wet, soort, gemeente), {})[maat] = waarde
    onbalans = []
    for cel, maten in cellen.items():
        onbalans += _weeg(
            tabel.id, cel, maten["begin"], maten["in"], maten["uit"], maten["eind"]
        )
    return onbalans


def _uitkeringen(stand: Tabel, stroom: Tabel) -> list[Onbalans]:
    """Benefits per gemeente, for each of the four quarters."""
    standen: dict[str, dict[str, int]] = {}
    for gemeente, periode, waarde in stand.rijen:
        standen.setdefault(gemeente, {})[periode] = waarde
    stromen = {
        (gemeente, richting, periode): waarde
        for gemeente, richting, reden, periode, waarde in stroom.rijen
        if reden == TOTAAL
    }
    # A municipality may have a flow without ever a stock on a peildatum.
    perioden = list(next(iter(standen.values()), {}))
    gemeenten = dict.fromkeys([*standen, *(gemeente for gemeente, _, _ in stromen)])
    onbalans = []
    for gemeente in gemeenten:
        for vorige, periode in pairwise(perioden):
            onbalans += _weeg(
                stroom.id,
                (gemeente, periode),
                standen.get(gemeente, {}).get(vorige, 0),
                stromen.get((gemeente, "instroom", periode), 0),
                stromen.get((gemeente, "uitstroom", periode), 0),
                standen.get(gemeente, {}).get(periode, 0),
            )
    return onbalans


def _casussen(feiten: Feiten) -> list[Onbalans]:
    """Cases per gemeente, over all types: between types they only change place."""
    cellen = feiten.casussen
    cellen = cellen.filter(cellen.type.isnull())
    rijen = sorted(
        cellen.to_pyarrow().to_pylist(),
        key=lambda rij: (rij["gemeente"] is None, rij["gemeente"] or ""),
    )
    onbalans = []
    for rij in rijen:
        gemeente = rij["gemeente"]
        naam = TOTAAL if gemeente is None else feiten.gemeenten.naam(gemeente)
        onbalans += _weeg(
            "afgeronde-casussen",
            (naam,),
            rij["begin"],
            rij["nieuw"],
            rij["klaar"],
            rij["eind"],
        )
    return onbalans
