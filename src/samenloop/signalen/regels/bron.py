"""Where rules get their facts: told by the room of signals when the program starts.

Rules know nothing of the signals they are applied to. A dry run asks the source
registered here for columns; the room of signals registers itself (`signalen.feiten`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from samenloop.signalen.regels.feitenbeeld import Opgehaald
from samenloop.signalen.regels.tabel import Feitentabel


@dataclass(frozen=True, slots=True)
class Signalenkolommen:
    """What one needs beside the facts to tell which signals they were.

    `onderwerp` is the gezin, or the person where there is no gezin, in 16 bytes: so one
    can count whom a rule touches. Zeroes are nobody known; `personen` likewise.
    """

    sleutels: NDArray[np.void]
    nummers: Sequence[str]
    maanden: NDArray[np.int8]
    onderwerp: NDArray[np.void]
    personen: NDArray[np.void]
    postcode: NDArray[np.int32]  # four digits, or 0

    @property
    def ids(self) -> list[UUID]:
        """The ids of the signals; made when asked, because that takes a while."""
        return [UUID(bytes=sleutel.tobytes()) for sleutel in self.sleutels]


@dataclass(frozen=True, slots=True)
class Bevolking:
    """The whole municipality, to compare with, in numbers of gezinnen.

    `laag_inkomen` is None when it cannot be determined.
    """

    gezinnen: int
    eenouder: int
    kind_onder_12: int
    laag_inkomen: int | None
    per_postcode: dict[int, int]


class Feitenbron(Protocol):
    """What the room of signals offers."""

    def collect_period(
        self,
        gemeente: str,
        van: date,
        tot: date,
        vraag: Opgehaald,
        stap: Callable[[float], None] = ...,
    ) -> tuple[Feitentabel, Signalenkolommen]:
        """All signals received from `van` up to but not including `tot`.

        `stap` hears which part is done, from 0 to 1, and may raise to stop.
        """

    def population(self, gemeente: str, op: date) -> Bevolking:
        """The municipality as it was on that day."""

    def low_income(self, personen: set[UUID], op: date) -> set[UUID] | None:
        """Who of these has a low income; None when it cannot be determined."""

    def hits(self, gemeente: str, van: date) -> dict[UUID, int]:
        """How many signals each rule hit since that day."""


_bron: list[Feitenbron] = []


def register(bron: Feitenbron) -> None:
    """Say who has the facts; the last one counts."""
    _bron[:] = [bron]


def source() -> Feitenbron:
    """The source of facts.

    Raises:
        LookupError: no room of signals registered itself.
    """
    if not _bron:
        raise LookupError("nobody offers the facts of signals")
    return _bron[0]
