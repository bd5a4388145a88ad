"""The retention terms: the national ones as data, and what a municipality set.

A term that the law fixes (`vast`) holds as it stands. One that a lawyer must confirm
(`te bevestigen`) is a proposal: nothing is destroyed by it before the municipality set
it, because what is gone does not come back.
Source: Selectielijst gemeenten 2020 and the laws named per row.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from samenloop.access.bewaren.duur import in_words, is_duur
from samenloop.access.bewaren.models import Bewaarinstelling

VAST = "vast"


@dataclass(frozen=True, slots=True)
class Bewaartermijn:
    """One row of the list: a kind of record, its law and its term."""

    code: str
    soort: str
    wet: str
    artikel: str
    duur: str  # ISO 8601, or a word such as `blijvend`
    start: str
    actie: str
    selectielijst: str
    zekerheid: str

    @property
    def is_firm(self) -> bool:
        """Whether the law fixes the term."""
        return self.zekerheid == VAST

    @property
    def can_be_set(self) -> bool:
        """Whether a municipality decides on it."""
        return not self.is_firm and self.duur != "blijvend"


@dataclass(frozen=True, slots=True)
class Geldend:
    """The term as it holds in one municipality."""

    termijn: Bewaartermijn
    duur: str
    instelling: Bewaarinstelling | None

    @property
    def in_words(self) -> str:
        """The term as people say it."""
        return in_words(self.duur)

    @property
    def destroys(self) -> bool:
        """Whether records are destroyed by it: a firm term, or one that was set."""
        return is_duur(self.duur) and (self.termijn.is_firm or bool(self.instelling))


@cache
def national() -> Mapping[str, Bewaartermijn]:
    """Return the national terms by code."""
    bron = files("samenloop.access.bewaren") / "gegevens" / "bewaartermijnen.csv"
    with bron.open(encoding="utf-8") as bestand:
        rijen = [Bewaartermijn(**rij) for rij in csv.DictReader(bestand)]
    return {rij.code: rij for rij in rijen}


def in_force(gemeente: str) -> dict[str, Geldend]:
    """Return the terms as they hold in a municipality (CBS code), by code."""
    gezet: dict[str, Bewaarinstelling] = {}
    rijen = Bewaarinstelling.objects.filter(gemeente=gemeente)
    for rij in rijen.order_by("vastgesteld_op", "id"):
        gezet[rij.code] = rij
    return {
        code: Geldend(
            termijn,
            gezet[code].duur if code in gezet else termijn.duur,
            gezet.get(code),
        )
        for code, termijn in national().items()
    }
