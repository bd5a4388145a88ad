"""Whether a condition is true: yes, no, or not known.

What is not known makes a condition not hit, also under "none of these": a rule never
acts on what nobody looked at. The engine (zen) knows two values only. So each condition
is written as two questions, "is it surely true" and "is it surely false", over plain
numbers and codes; "not" asks the other question of the pair. The same two questions are
asked of whole columns in a dry run (`kolommen`).
"""

from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import zen

from samenloop.signalen.regels.catalogus import Soort
from samenloop.signalen.regels.feitenbeeld import Bereik, Blik
from samenloop.signalen.regels.knopen import (
    Alle,
    Behoort,
    Een,
    Getal,
    Knoop,
    Niet,
    Rekenkundig,
    Som,
    Vergelijking,
    Verwijzing,
    Waarheid,
    references,
)

TEGENDEEL = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
M = TypeVar("M")


class Rekenwijze(Protocol[M]):
    """How one backend answers; M is its kind of truth (text, or a column)."""

    def compare(self, knoop: Vergelijking, teken: str) -> M:
        """Surely so: every number that is possible passes."""

    def belongs(self, knoop: Behoort, lid: bool) -> M:
        """Surely one of the codes, or surely none of them."""

    def holds(self, knoop: Waarheid, waar: bool) -> M:
        """Surely yes, or surely no."""

    def both(self, delen: list[M]) -> M:
        """All."""

    def either(self, delen: list[M]) -> M:
        """At least one."""


def surely(knoop: Knoop, wijze: Rekenwijze[M], waar: bool = True) -> M:
    """Surely true, or with `waar=False` surely false."""
    match knoop:
        case Vergelijking():
            teken = knoop.teken if waar else TEGENDEEL[knoop.teken]
            return wijze.compare(knoop, teken)
        case Behoort():
            return wijze.belongs(knoop, waar)
        case Waarheid():
            return wijze.holds(knoop, waar)
        case Niet():
            return surely(knoop.deel, wijze, not waar)
        case Alle() | Een():
            delen = [surely(deel, wijze, waar) for deel in knoop.delen]
            samen = isinstance(knoop, Alle) == waar
            return wijze.both(delen) if samen else wijze.either(delen)


class _Zen:
    """Writes the question in the language of the engine, over numbered slots."""

    def __init__(self) -> None:
        self.slots: dict[Verwijzing, str] = {}

    def _slot(self, verwijzing: Verwijzing) -> str:
        return self.slots.setdefault(verwijzing, f"v{len(self.slots)}")

    def _bounds(self, knoop: Rekenkundig) -> tuple[str, str]:
        match knoop:
            case Getal():
                return str(knoop.waarde), str(knoop.waarde)
            case Verwijzing():
                slot = self._slot(knoop)
                return f"{slot}l", f"{slot}h"
            case Som():
                (al, ah), (bl, bh) = (
                    self._bounds(knoop.links),
                    self._bounds(knoop.rechts),
                )
                if knoop.teken == "+":
                    return f"({al} + {bl})", f"({ah} + {bh})"
                return f"({al} - {bh})", f"({ah} - {bl})"

    def compare(self, knoop: Vergelijking, teken: str) -> str:
        (al, ah), (bl, bh) = self._bounds(knoop.links), self._bounds(knoop.rechts)
        match teken:
            case ">=" | ">":
                return f"{al} {teken} {bh}"
            case "<=" | "<":
                return f"{ah} {teken} {bl}"
            case "==":
                return f"({al} >= {bh} and {ah} <= {bl})"
            case _:
                return f"({al} > {bh} or {ah} < {bl})"

    def belongs(self, knoop: Behoort, lid: bool) -> str:
        slot = self._slot(knoop.gegeven)
        codes = ", ".join(f'"{code}"' for code in knoop.waarden)
        if lid:
            return f"{slot} in [{codes}]"
        return f'({slot} != "" and {slot} not in [{codes}])'

    def holds(self, knoop: Waarheid, waar: bool) -> str:
        return f"{self._slot(knoop.gegeven)}{'t' if waar else 'f'}"

    def both(self, delen: list[str]) -> str:
        return "(" + " and ".join(delen) + ")"

    def either(self, delen: list[str]) -> str:
        return "(" + " or ".join(delen) + ")"


@dataclass(frozen=True, slots=True)
class Gecompileerd:
    """A condition made ready once: for the engine, and as a tree to explain from."""

    knoop: Knoop
    tekst: str
    slots: dict[Verwijzing, str]
    _motor: Any = field(repr=False, compare=False)

    def hits(self, blik: Blik) -> bool:
        """Whether it is surely true for what this rule may see."""
        return self._motor.evaluate(self._context(blik)) is True

    def _context(self, blik: Blik) -> dict[str, Any]:
        context: dict[str, Any] = {}
        for verwijzing, slot in self.slots.items():
            soort = verwijzing.gegeven.soort
            if soort is Soort.GETAL:
                context[f"{slot}l"], context[f"{slot}h"] = blik.getal(verwijzing)
            elif soort is Soort.WAARHEID:
                waarde = blik.waarheid(verwijzing)
                context[f"{slot}t"], context[f"{slot}f"] = (
                    waarde is True,
                    waarde is False,
                )
            else:
                context[slot] = blik.keuze(verwijzing)
        return context

    @property
    def verwijzingen(self) -> list[Verwijzing]:
        """The fields it asks for, each once."""
        return list(dict.fromkeys(references(self.knoop)))


def compile_knoop(knoop: Knoop) -> Gecompileerd:
    """Make a condition ready for the engine; it refuses what it cannot read."""
    schrijver = _Zen()
    tekst = surely(knoop, schrijver)
    fout = zen.validate_expression(tekst)
    if fout is not None:  # what we write is always readable; held by a property test
        raise ValueError(f"engine refuses a condition: {fout['type']}")
    return Gecompileerd(knoop, tekst, schrijver.slots, zen.compile_expression(tekst))


def bounds(knoop: Rekenkundig, blik: Blik) -> Bereik:
    """The number that a side of a comparison stands for: at least, at most."""
    match knoop:
        case Getal():
            return knoop.waarde, knoop.waarde
        case Verwijzing():
            return blik.getal(knoop)
        case Som():
            (al, ah), (bl, bh) = bounds(knoop.links, blik), bounds(knoop.rechts, blik)
            return (al + bl, ah + bh) if knoop.teken == "+" else (al - bh, ah - bl)


def truth(knoop: Knoop, blik: Blik) -> bool | None:
    """The verdict in three values, for explaining; agrees with the engine."""
    match knoop:
        case Vergelijking():
            return _compare(
                knoop.teken, bounds(knoop.links, blik), bounds(knoop.rechts, blik)
            )
        case Behoort():
            code = blik.keuze(knoop.gegeven)
            return code in knoop.waarden if code else None
        case Waarheid():
            return blik.waarheid(knoop.gegeven)
        case Niet():
            deel = truth(knoop.deel, blik)
            return None if deel is None else not deel
        case Alle():
            delen = [truth(deel, blik) for deel in knoop.delen]
            return False if False in delen else None if None in delen else True
        case Een():
            delen = [truth(deel, blik) for deel in knoop.delen]
            return True if True in delen else None if None in delen else False


def _compare(teken: str, links: Bereik, rechts: Bereik) -> bool | None:
    (al, ah), (bl, bh) = links, rechts
    match teken:
        case "<":
            return True if ah < bl else False if al >= bh else None
        case "<=":
            return True if ah <= bl else False if al > bh else None
        case ">":
            return _compare("<", rechts, links)
        case ">=":
            return _compare("<=", rechts, links)
        case "==":
            vast = al == ah and bl == bh
            return al == bl if vast else False if ah < bl or al > bh else None
        case _:
            gelijk = _compare("==", links, rechts)
            return None if gelijk is None else not gelijk
