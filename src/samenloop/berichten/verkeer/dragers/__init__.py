"""Carriers: how messages travel between this house and the other side.

One interface, several ways. A carrier knows nothing of what it carries; what went wrong
it says with one exception, so that a dead one never takes the traffic along.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class DragerFout(Exception):
    """The other side cannot be reached now; the word says how, never what."""


@dataclass(frozen=True, slots=True)
class Aangeboden:
    """A message that lies ready for us; `id` stays the same until it is let go.

    `referentie` is that of the envelope it came in, if it came in one.
    """

    id: UUID
    naam: str
    inhoud: bytes
    referentie: str = ""


@dataclass(frozen=True, slots=True)
class Gelaten:
    """A file that could not be read, and the word for why.

    `id` stays the same for as long as it lies there; it is never that of a message.
    """

    id: UUID
    naam: str
    woord: str


class Drager(Protocol):
    """A way over which messages come and go.

    `gelaten` is what the last `fetch` could not read; None when it did not see all.
    """

    gelaten: Sequence[Gelaten] | None

    def fetch(self, hoogstens: int) -> Sequence[Aangeboden]:
        """Return what lies ready, also what was fetched before and not let go.

        Raises:
            DragerFout: the other side cannot be reached.
        """

    def let_go(self, aangeboden: Sequence[Aangeboden]) -> None:
        """Note that these are on record here; they are not offered again.

        Raises:
            DragerFout: the other side cannot be reached; they may be offered again.
        """

    def bring(self, naam: str, inhoud: bytes) -> None:
        """Deliver a message; the same name again replaces it.

        Raises:
            DragerFout: the other side cannot be reached.
        """
