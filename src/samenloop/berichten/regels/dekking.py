"""How much of the standard is covered: the official list beside the registry.

`officieel.csv` holds the codes of version 3.2 with their level, return code and the
codes in which the standard works them out: facts, no sentences. OP369 is of the iWmo
alone and was added to the list of the iJw.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from samenloop.berichten.regels import alle_regels
from samenloop.berichten.regels.niet_gedekt import LEZER, REDENEN

Wijze = Literal["functie", "lezer", "uitgewerkt", "niet"]


@dataclass(frozen=True, slots=True)
class Officieel:
    """One code of the official list; level 0 where the standard gives none."""

    code: str
    soort: str
    niveau: int
    retourcode: str
    uitgewerkt_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dekking:
    """How one code is covered, with where or why not."""

    officieel: Officieel
    wijze: Wijze
    toelichting: str


@cache
def officieel() -> dict[str, Officieel]:
    """The official list, by code."""
    bron = files(__package__).joinpath("officieel.csv").read_text(encoding="utf-8")
    return {
        rij["code"]: Officieel(
            rij["code"],
            rij["soort"],
            int(rij["niveau"] or 0),
            rij["retourcode"],
            tuple(rij["uitgewerkt_in"].split()),
        )
        for rij in csv.DictReader(bron.splitlines(), delimiter=";")
    }


def dekking() -> Iterator[Dekking]:
    """Every official code in the order of the list.

    A code that is neither judged nor named nor worked out elsewhere raises KeyError.
    """
    regels = alle_regels()
    for each in officieel().values():
        regel = regels.get(each.code)
        if regel is not None:
            berichten = ", ".join(map(str, regel.berichten))
            yield Dekking(each, "functie", berichten)
        elif each.code in REDENEN:
            yield Dekking(each, "niet", REDENEN[each.code])
        elif each.niveau == 1:
            yield Dekking(each, "lezer", LEZER)
        elif each.uitgewerkt_in:
            yield Dekking(each, "uitgewerkt", ", ".join(each.uitgewerkt_in))
        else:
            raise KeyError(each.code)
