"""Money, in whole eurocents.

Amounts are counted, never measured: no floats, no rounding on the way. Tables hold
the cents as a whole number; `Geld` reads and writes them as people do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samenloop.core.fouten import OngeldigBedrag

_MET_PUNTEN = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}))?", re.ASCII)
_MAX_CENT = 2**63 - 1  # what the bigint column can hold


@dataclass(frozen=True, slots=True, order=True)
class Geld:
    """An amount of `cent` eurocents; negative for a counter-entry."""

    cent: int = 0

    def __post_init__(self) -> None:
        if type(self.cent) is not int or abs(self.cent) > _MAX_CENT:
            raise OngeldigBedrag()

    @classmethod
    def of_text(cls, tekst: str) -> "Geld":
        """Read an amount in euros as the Dutch write it: `1.234,56`, `€ 12`, `-3,50`.

        Raises:
            OngeldigBedrag: anything else, so also `1.5` and `12,345`.
        """
        treffer = _MET_PUNTEN.fullmatch(tekst.replace("€", "").strip())
        if treffer is None:
            raise OngeldigBedrag()
        teken, euros, centen = treffer.groups()
        cent = int(euros.replace(".", "")) * 100 + int(centen or 0)
        return cls(-cent if teken else cent)

    @classmethod
    def total(cls, bedragen: Iterable["Geld"]) -> "Geld":
        """Add up; nothing is zero euros."""
        return cls(sum(bedrag.cent for bedrag in bedragen))

    def __add__(self, ander: "Geld") -> "Geld":
        return Geld(self.cent + ander.cent)

    def __sub__(self, ander: "Geld") -> "Geld":
        return Geld(self.cent - ander.cent)

    def __neg__(self) -> "Geld":
        return Geld(-self.cent)

    def __mul__(self, aantal: int) -> "Geld":
        if type(aantal) is not int:
            raise OngeldigBedrag()
        return Geld(self.cent * aantal)

    def __str__(self) -> str:
        euros, centen = divmod(abs(self.cent), 100)
        teken = "-" if self.cent < 0 else ""
        return f"€ {teken}{euros:,}".replace(",", ".") + f",{centen:02d}"
