"""Which fields of the BRP we ask, per purpose: as few as the task needs.

The list is data (`gegevens/velden.csv`): one row per purpose, kind of answer and group
of fields. A purpose that is not in it asks nothing, because nothing is allowed that is
not written down. Fields that come by themselves may not be asked for. Of addresses only
those in the Netherlands are asked (the `Binnenland` paths): for others one must be
entitled separately, and a refusal would take the whole answer with it.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

HOOGSTENS = 130  # paths in one question
_LANGSTE_VERWERKING = 242


class Soort(StrEnum):
    """The kind of answer; each has its own list of fields that exist.

    A `VERWANT` is a `Persoon` too, but asked about because somebody else is the reason.
    """

    PERSOON = "Persoon"
    VERWANT = "Verwant"
    BEPERKT = "PersoonBeperkt"
    GEZAG_BEPERKT = "GezagPersoonBeperkt"


class OnjuisteVelden(RuntimeError):
    """The data in this folder are not right; says which row."""


@dataclass(frozen=True, slots=True)
class Brpdoel:
    """How a purpose is told to the BRP, and on what ground we ask."""

    doel: str
    doelbinding: str
    verwerking: str
    grond: str


def _rows(naam: str) -> Iterator[dict[str, str]]:
    bestand = resources.files(__package__) / "gegevens" / naam
    yield from csv.DictReader(bestand.read_text("utf-8").splitlines())


@cache
def doelen() -> Mapping[str, Brpdoel]:
    """Read the purposes for which the BRP is asked at all.

    Raises:
        OnjuisteVelden: a row is incomplete, double, or says too much in a header.
    """
    gelezen: dict[str, Brpdoel] = {}
    for rij in _rows("doelen.csv"):
        doel = Brpdoel(**rij)
        te_lang = len(doel.verwerking) > _LANGSTE_VERWERKING
        if not all(rij.values()) or doel.doel in gelezen or te_lang:
            raise OnjuisteVelden(f"doelen.csv: {doel.doel}")
        if doel.verwerking.count("@") > 1:
            raise OnjuisteVelden(f"doelen.csv: {doel.doel}")
        gelezen[doel.doel] = doel
    return gelezen


@cache
def _groepen() -> Mapping[str, tuple[str, ...]]:
    gelezen: dict[str, list[str]] = {}
    for rij in _rows("groepen.csv"):
        gelezen.setdefault(rij["groep"], []).append(rij["pad"])
    return {groep: tuple(paden) for groep, paden in gelezen.items()}


@cache
def velden() -> Mapping[tuple[str, Soort], tuple[str, ...]]:
    """Read the paths per purpose and kind, sorted.

    Raises:
        OnjuisteVelden: a row names an unknown purpose or group, or asks too much.
    """
    gelezen: dict[tuple[str, Soort], set[str]] = {}
    for rij in _rows("velden.csv"):
        if rij["doel"] not in doelen():
            raise OnjuisteVelden(f"velden.csv: {rij['doel']}")
        sleutel = (rij["doel"], Soort(rij["soort"]))
        for groep in rij["groepen"].split():
            if groep not in _groepen():
                raise OnjuisteVelden(f"velden.csv: {groep}")
            gelezen.setdefault(sleutel, set()).update(_groepen()[groep])
    for (doel, _soort), paden in gelezen.items():
        if len(paden) > HOOGSTENS:
            raise OnjuisteVelden(f"velden.csv: {doel}")
    return {sleutel: tuple(sorted(paden)) for sleutel, paden in gelezen.items()}


def paths_for(doel: str, soort: Soort) -> tuple[str, ...]:
    """Return what may be asked for this purpose; empty: nothing, so do not ask."""
    return velden().get((doel, soort), ())
