"""The registry: every official code that a function judges, and to what it applies.

A rule is a small function of one class of a message (an invoice line, an allocated
product, an address) and says whether something is wrong there. Where it applies is
declared, not walked: `plan.py` makes one plan per kind of message out of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Velden = dict[str, Any]
"""A class of a message as the reader gives it: elements by name."""

Uitkomst = bool | str | tuple[str, ...] | list[str] | None
"""Nothing wrong (falsy), wrong at the declared element (True), or wrong at the paths
given, relative to the class."""

Functie = Callable[..., Uitkomst]

BEIDE = frozenset({"wmo", "jeugdwet"})


@dataclass(frozen=True, slots=True)
class Toepassing:
    """One place where a rule holds: message number, path of the class, element."""

    nummer: int
    klasse: str
    """Path below the root: `Client/ToegewezenProducten/ToegewezenProduct`."""
    element: str
    """Where the fault is reported, relative to the class; "" is the class itself."""


@dataclass(frozen=True, slots=True)
class Regel:
    """An official code with its function."""

    code: str
    niveau: int
    retourcode: str
    tekst: str
    functie: Functie
    toepassingen: tuple[Toepassing, ...]
    wetten: frozenset[str] = BEIDE
    stand: bool = False
    """Needs to know what we hold; without a `Stand` it is not judged."""

    @property
    def berichten(self) -> tuple[int, ...]:
        """The kinds of message it holds for."""
        return tuple(sorted({each.nummer for each in self.toepassingen}))


REGELS: dict[str, Regel] = {}


def regel(
    code: str,
    tekst: str,
    *op: str,
    niveau: int = 2,
    retourcode: str = "0001",
    wetten: frozenset[str] = BEIDE,
    stand: bool | None = None,
) -> Callable[[Functie], Functie]:
    """Register a function under its official code.

    `op` holds places like `301 Client/Relaties/Relatie: Naam/NaamGebruik`; several
    messages may share one, as in `301,305 Client: Bsn`. A function that is registered
    at a place gets the class and the context (`grond.Grond`).
    """

    def inschrijven(functie: Functie) -> Functie:
        if code in REGELS:
            raise ValueError(f"rule {code} is registered twice")
        REGELS[code] = Regel(
            code=code,
            niveau=niveau,
            retourcode=retourcode,
            tekst=tekst,
            functie=functie,
            toepassingen=tuple(_plaatsen(op)),
            wetten=wetten,
            stand=niveau == 3 if stand is None else stand,
        )
        return functie

    return inschrijven


def _plaatsen(op: tuple[str, ...]) -> Iterator[Toepassing]:
    for each in op:
        nummers, rest = each.split(" ", 1)
        klasse, _, element = rest.partition(":")
        for nummer in nummers.split(","):
            yield Toepassing(int(nummer), klasse.strip(), element.strip())
