"""How a simulated provider behaves, and by what chance.

Nothing is random: each decision has a name, and what comes out follows from the seed,
the provider and that name. So the same messages give the same answers, in whatever
order they come.
"""

from dataclasses import dataclass
from functools import lru_cache
from random import Random


@dataclass(frozen=True, slots=True)
class Gedrag:
    """Chances between 0 and 1; days are working days unless told otherwise."""

    fout: float = 0.03
    """A message is sent wrong first, and right the next day."""
    laat: float = 0.03
    """A message is sent after its term."""
    dubbel: float = 0.02
    """The same bytes are sent a second time."""
    tijdelijk: float = 0.05
    """A delivery stops for a while, before it stops for good."""
    eerder: float = 0.15
    """A delivery ends before the allocation does."""
    verzoek: float = 0.05
    """A client turns out to need something more: a 315."""
    wijziging: float = 0.05
    """A client turns out to need another volume: a 317."""
    correctie: float = 0.05
    """A line of an invoice is credited the month after."""

    def __post_init__(self) -> None:
        """Chances are chances."""
        for naam in self.__slots__:
            if not 0 <= getattr(self, naam) <= 1:
                raise ValueError(f"{naam} is geen kans tussen 0 en 1.")


#: A provider that makes no mistakes and asks for nothing.
FOUTLOOS = Gedrag(0, 0, 0, 0, 0, 0, 0, 0)


@lru_cache(maxsize=100_000)
def _trek(zaad: int, wie: str, naam: tuple[object, ...]) -> float:
    """The number between 0 and 1 that belongs to a decision."""
    delen = "|".join(map(str, (zaad, wie, *naam)))
    return Random(delen).random()  # noqa: S311


@dataclass(frozen=True, slots=True)
class Kans:
    """The source of all decisions of one provider."""

    zaad: int
    wie: str

    def valt(self, kans: float, *naam: object) -> bool:
        """Whether something happens that has this chance."""
        return _trek(self.zaad, self.wie, naam) < kans

    def getal(self, laag: int, hoog: int, *naam: object) -> int:
        """A whole number between two, both included."""
        return laag + int(_trek(self.zaad, self.wie, naam) * (hoog - laag + 1))
