"""What changed between two outcomes, cell by cell.

Who corrects a published figure must be able to say which figures became others. So
every revision carries this log; it names exactly the cells that differ.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypedDict

from samenloop.monitor.uitkomst import Monitor, Tabel, Waarde


class Soort(StrEnum):
    """What happened to a cell."""

    GEWIJZIGD = "gewijzigd"
    NIEUW = "nieuw"
    VERVALLEN = "vervallen"


class Wijziging(TypedDict):
    """One cell that differs; `was` of a new and `wordt` of a lost one is None."""

    tabel: str
    dimensies: dict[str, str]
    soort: str
    was: Waarde
    wordt: Waarde


def differences(was: Monitor, wordt: Monitor) -> list[Wijziging]:
    """Return the cells that differ: tables by id, cells in their own order."""
    return [
        wijziging
        for naam in sorted({*was.tabellen, *wordt.tabellen})
        for wijziging in _in_table(
            naam, was.tabellen.get(naam), wordt.tabellen.get(naam)
        )
    ]


def _in_table(naam: str, was: Tabel | None, wordt: Tabel | None) -> Iterator[Wijziging]:
    oud, nieuw = _cells(was), _cells(wordt)
    for cel in dict.fromkeys((*nieuw, *oud)):
        if cel not in oud:
            soort = Soort.NIEUW
        elif cel not in nieuw:
            soort = Soort.VERVALLEN
        elif oud[cel] != nieuw[cel]:
            soort = Soort.GEWIJZIGD
        else:
            continue
        yield Wijziging(
            tabel=naam,
            dimensies=dict(cel),
            soort=soort.value,
            was=oud.get(cel),
            wordt=nieuw.get(cel),
        )


def _cells(tabel: Tabel | None) -> dict[tuple[tuple[str, str], ...], Waarde]:
    """Return the values by their dimensions, named, so another order is no change."""
    if tabel is None:
        return {}
    return {
        tuple(zip(tabel.dimensies, map(str, rij[:-1]), strict=True)): rij[-1]
        for rij in tabel.rijen
    }
