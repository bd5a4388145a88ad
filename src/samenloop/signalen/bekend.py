"""What rooms above know of people, asked without knowing those rooms.

A room registers a source in its `AppConfig.ready`; who asks gets the people of whom it
is so on a day. What nobody registered is not known, which is not the same as no.
"""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

Bron = Callable[[Iterable[UUID], date], set[UUID]]
_bronnen: dict[str, Bron] = {}


def register_bron(naam: str, bron: Bron) -> None:
    """Let a room above answer for a fact, for instance `heeft_open_casus`."""
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
