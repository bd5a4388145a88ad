"""The code lists of the standard, with the days on which a code may be used.

Two files hold them: `codelijsten.csv` (the lists of version 3.2; the short names are
ours where the standard has a sentence) and `gemeenten.csv` (the codes of the CBS, with
those that ended when municipalities merged). A code without a first day has always
been there; `einde` is the last day on which it counts.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list."""

    lijst: str
    code: str
    naam: str
    ingang: date | None
    einde: date | None

    def geldt(self, op: date) -> bool:
        """Whether it may be used on that day."""
        return (self.ingang is None or self.ingang <= op) and (
            self.einde is None or op <= self.einde
        )


#: The municipalities are a list too, of the CBS and not of the standard.
GEMEENTEN: Final = "CBS"


def _dag(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


@cache
def _gelezen(bestand: str) -> Mapping[str, Mapping[str, Code]]:
    lijsten: dict[str, dict[str, Code]] = {}
    bron = files(__package__).joinpath(bestand).read_text(encoding="utf-8")
    for rij in csv.DictReader(bron.splitlines(), delimiter=";"):
        code = Code(
            rij["lijst"],
            rij["code"],
            rij["naam"],
            _dag(rij["ingang"]),
            _dag(rij["einde"]),
        )
        lijsten.setdefault(code.lijst, {})[code.code] = code
    return MappingProxyType({k: MappingProxyType(v) for k, v in lijsten.items()})


def lijst(naam: str) -> Mapping[str, Code]:
    """All codes of a list, also those that no longer count; KeyError if unknown."""
    return _gelezen("gemeenten.csv" if naam == GEMEENTEN else "codelijsten.csv")[naam]


def waarden(naam: str) -> tuple[str, ...]:
    """The values of a list in its order, as the schema allows them: on any day."""
    return tuple(lijst(naam))


def naam(lijstnaam: str, code: str, op: date | None = None) -> str:
    """The short name of a code; the code itself where the list (then) has no such."""
    gevonden = lijst(lijstnaam).get(code)
    if gevonden is None or (op is not None and not gevonden.geldt(op)):
        return code
    return gevonden.naam


def geldig(lijstnaam: str, code: str, op: date) -> bool:
    """Whether the list holds the code on that day."""
    gevonden = lijst(lijstnaam).get(code)
    return gevonden is not None and gevonden.geldt(op)
