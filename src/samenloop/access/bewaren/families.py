"""Families of records: what is destroyed together, and from when its term runs.

A room registers its families when the program starts. A family has a root (a signal, a
melding) and the tables that hang on it, in the order in which they can go. A room above
that hangs something on such a root adds its own part, which goes first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """A root whose term runs: since which day, and whom it concerns."""

    dossier: UUID
    sinds: date
    personen: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Deel:
    """A table of the family; `waar` finds its rows by the ids of the roots.

    `waar` is SQL of ours with one `%s` for the array of ids.
    """

    tabel: str
    waar: str


@dataclass(frozen=True, slots=True)
class Familie:
    """A kind of record that comes to an end in one piece.

    `kandidaten` takes a municipality (CBS code) and gives every root whose term has
    begun to run, however long ago; what is due is counted from that here.
    """

    code: str
    naam: str | Promise
    termijn: str
    kandidaten: Callable[[str], Sequence[Kandidaat]]
    delen: tuple[Deel, ...]


_families: dict[str, Familie] = {}
_added: dict[str, list[Deel]] = {}
_through: dict[str, list[Deel]] = {}
_afterwards: list[Callable[[], None]] = []


def register(familie: Familie) -> None:
    """Add a family; the same code again replaces it."""
    _families[familie.code] = familie


def families() -> Mapping[str, Familie]:
    """Return all families by code, in the order in which they were registered."""
    return _families


def add_part(familie: str, deel: Deel, *, leidt: bool = False) -> None:
    """Let rows of a room above go along with the roots of a family (its code).

    Args:
        familie: code of the family.
        deel: the table.
        leidt: other rooms find their rows through this table, so it goes after theirs,
            whichever room started first.
    """
    delen = (_through if leidt else _added).setdefault(familie, [])
    if deel not in delen:
        delen.append(deel)


def afterwards(opdracht: Callable[[], None]) -> None:
    """Let a room do something each time rows were removed, outside their transaction.

    For what a database cannot take back, such as a file: the room remembers in its own
    table what must go, so that a process that dies in between costs nothing. It can be
    called when there is nothing to do.
    """
    if opdracht not in _afterwards:
        _afterwards.append(opdracht)


def run_afterwards() -> None:
    """Do what rooms want done now that rows were removed."""
    for opdracht in _afterwards:
        opdracht()


def parts(familie: Familie) -> tuple[Deel, ...]:
    """Return all that goes with a root, in the order in which it can go."""
    return (
        *_added.get(familie.code, ()),
        *_through.get(familie.code, ()),
        *familie.delen,
    )
