"""The tree of a condition, once it is understood; it can be written back as text.

The builder and the expression field both end here, and the engine, the dry run and
the explanation all start here, so that they cannot differ in what a rule means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from samenloop.signalen.regels.catalogus import CATALOGUS, Gegeven


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A field of the catalogue, with its arguments."""

    naam: str
    leefgebied: str = ""
    dagen: int = 0

    @property
    def gegeven(self) -> Gegeven:
        """The entry in the catalogue."""
        return CATALOGUS[self.naam]


@dataclass(frozen=True, slots=True)
class Getal:
    """A whole number."""

    waarde: int


@dataclass(frozen=True, slots=True)
class Som:
    """Two numbers added (`+`) or subtracted (`-`)."""

    teken: str
    links: "Rekenkundig"
    rechts: "Rekenkundig"


Rekenkundig = Verwijzing | Getal | Som


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """Two numbers compared: == != < <= > >=."""

    teken: str
    links: Rekenkundig
    rechts: Rekenkundig


@dataclass(frozen=True, slots=True)
class Behoort:
    """A code that is one of these."""

    gegeven: Verwijzing
    waarden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waarheid:
    """A field that is yes or no."""

    gegeven: Verwijzing


@dataclass(frozen=True, slots=True)
class Alle:
    """All of these."""

    delen: tuple["Knoop", ...]


@dataclass(frozen=True, slots=True)
class Een:
    """At least one of these."""

    delen: tuple["Knoop", ...]


@dataclass(frozen=True, slots=True)
class Niet:
    """Not this."""

    deel: "Knoop"


Knoop = Vergelijking | Behoort | Waarheid | Alle | Een | Niet


def references(knoop: Knoop | Rekenkundig) -> Iterator[Verwijzing]:
    """Every field that a condition asks for, in order, doubles included."""
    match knoop:
        case Verwijzing():
            yield knoop
        case Vergelijking() | Som():
            yield from references(knoop.links)
            yield from references(knoop.rechts)
        case Behoort() | Waarheid():
            yield knoop.gegeven
        case Alle() | Een():
            for deel in knoop.delen:
                yield from references(deel)
        case Niet():
            yield from references(knoop.deel)
        case Getal():
            return


def write(knoop: Knoop | Rekenkundig) -> str:
    """The expression that reads back as this tree."""
    match knoop:
        case Verwijzing():
            return _call(knoop)
        case Getal():
            return str(knoop.waarde)
        case Som():
            rechts = write(knoop.rechts)
            if isinstance(knoop.rechts, Som):
                rechts = f"({rechts})"
            return f"{write(knoop.links)} {knoop.teken} {rechts}"
        case Vergelijking():
            return f"{write(knoop.links)} {knoop.teken} {write(knoop.rechts)}"
        case Behoort(gegeven, (code,)):
            return f'{write(gegeven)} == "{code}"'
        case Behoort():
            codes = ", ".join(f'"{code}"' for code in knoop.waarden)
            return f"{write(knoop.gegeven)} in [{codes}]"
        case Waarheid():
            return write(knoop.gegeven)
        case Niet(Behoort(gegeven, (code,))):
            return f'{write(gegeven)} != "{code}"'
        case Niet(Behoort() as lid):
            return write(lid).replace(" in [", " not in [", 1)
        case Niet():
            tekst = write(knoop.deel)
            kaal = isinstance(knoop.deel, Waarheid | Niet)
            return f"not {tekst}" if kaal else f"not ({tekst})"
        case Alle():
            return " and ".join(_apart(deel) for deel in knoop.delen)
        case Een():
            return " or ".join(_apart(deel) for deel in knoop.delen)


def _apart(knoop: Knoop) -> str:
    tekst = write(knoop)
    return f"({tekst})" if isinstance(knoop, Alle | Een) else tekst


def _call(verwijzing: Verwijzing) -> str:
    delen = [f'"{verwijzing.leefgebied}"'] if verwijzing.leefgebied else []
    if verwijzing.dagen:
        delen.append(str(verwijzing.dagen))
    return f"{verwijzing.naam}({', '.join(delen)})" if delen else verwijzing.naam
