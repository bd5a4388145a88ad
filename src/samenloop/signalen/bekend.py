"""What rooms above know of people, asked without knowing those rooms.

A room registers a source in its `AppConfig.ready`; who asks gets the people of whom it
is so on a day. What nobody registered is not known, which is not the same as no.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samenloop.access.actor import Actor

Bron = Callable[[Iterable[UUID], date], set[UUID]]
_bronnen: dict[str, Bron] = {}


@dataclass(frozen=True, slots=True)
class Gevolg:
    """What a melding led to in a room above: how it is called, and where it is."""

    naam: str
    adres: str


Gevolgen = Callable[[Actor, UUID], Gevolg | None]
_gevolgen: list[Gevolgen] = []


def register_bron(naam: str, bron: Bron) -> None:
    """Let a room above answer for a fact, for instance `gezin.open_casus`."""
    _bronnen[naam] = bron


def is_registered(naam: str) -> bool:
    """Whether anybody can answer."""
    return naam in _bronnen


def ask(naam: str, personen: Iterable[UUID], op: date) -> set[UUID]:
    """Of whom of these people it is so on that day.

    Raises:
        KeyError: nobody registered this source.
    """
    return _bronnen[naam](personen, op)


def register_gevolg(gevolg: Gevolgen) -> None:
    """Let a room above say what became of a melding (its id), for this reader."""
    if gevolg not in _gevolgen:
        _gevolgen.append(gevolg)


def followed(actor: Actor, melding: UUID) -> list[Gevolg]:
    """What became of a melding, as far as this reader may know."""
    gevonden = (gevolg(actor, melding) for gevolg in _gevolgen)
    return [gevolg for gevolg in gevonden if gevolg is not None]
