"""The figures that the region BMWE published, as the demo region must give them again.

They stand in `gepubliceerd/*.json`, each file with a note on its source. Municipalities
are written by their CBS code there; amounts are whole euros, as published.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

TOTAAL = "Totaal"


def lees(naam: str) -> dict[str, Any]:
    """Return the content of one file of `gepubliceerd`, by name without `.json`."""
    tekst = (files(__package__) / "gepubliceerd" / f"{naam}.json").read_text("utf-8")
    inhoud: dict[str, Any] = json.loads(tekst)
    return inhoud


@dataclass(frozen=True, slots=True)
class Postcodegebied:
    """A PC4 area: four digits, its main place, its inhabitants as a weight."""

    postcode: str
    plaats: str
    inwoners: int


@dataclass(frozen=True, slots=True)
class Gemeentegegeven:
    """A municipality of the region with the denominator of its shares."""

    code: str
    naam: str
    huishoudens: int
    postcodes: tuple[Postcodegebied, ...]


@dataclass(frozen=True, slots=True)
class Gebied:
    """The region: municipalities in order of CBS code, households counted on a day."""

    code: str
    naam: str
    peildatum_huishoudens: date
    gemeenten: tuple[Gemeentegegeven, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """CBS codes in order."""
        return tuple(gemeente.code for gemeente in self.gemeenten)


@dataclass(frozen=True, slots=True)
class Voorzieningencijfers:
    """Margins of one wet: `soorten[vorm][naam]` and `gemeenten[vorm][code]`.

    Each value holds the four stocks, one per peildatum. `klanten[maat][code]` is the
    count on the last peildatum. Both keep their published `Totaal`.
    """

    wet: str
    peildata: tuple[date, ...]
    soorten: dict[str, dict[str, list[int]]]
    gemeenten: dict[str, dict[str, list[int]]]
    klanten: dict[str, dict[str, int]]


@cache
def gebied() -> Gebied:
    """Return the region."""
    inhoud = lees("gebied")
    return Gebied(
        code=inhoud["regio"]["code"],
        naam=inhoud["regio"]["naam"],
        peildatum_huishoudens=date.fromisoformat(inhoud["peildatum_huishoudens"]),
        gemeenten=tuple(
            Gemeentegegeven(
                gemeente["code"],
                gemeente["naam"],
                gemeente["huishoudens"],
                tuple(Postcodegebied(**gebied) for gebied in gemeente["postcodes"]),
            )
            for gemeente in inhoud["gemeenten"]
        ),
    )


def voorzieningen(wet: str) -> Voorzieningencijfers:
    """Return the published margins of `jeugdwet` or `wmo`."""
    inhoud = lees(f"{wet}-2017q4")
    return Voorzieningencijfers(
        wet=wet,
        peildata=tuple(date.fromisoformat(dag) for dag in inhoud["peildata"]),
        soorten=inhoud["soorten"],
        gemeenten=inhoud["gemeenten"],
        klanten=inhoud["klanten"],
    )
