"""The chart of a dry run: how many signals more or fewer per step of weight.

Bars start at zero: filled above for more, outlined below for fewer. The threshold
stands as a dashed line. Sizes are attributes, because inline styles are not allowed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from samenloop.signalen.regels.proef import TREDE, TREDEN

BREEDTE, HOOGTE, MIDDEN, RUIMTE = 630, 230, 105, 70
STAP = BREEDTE // TREDEN
BALK = 44


@dataclass(frozen=True, slots=True)
class Staaf:
    """One step of weight."""

    label: str
    verschil: int
    tekst: str
    x: int
    y: int
    hoogte: int
    tekst_y: int
    midden: int

    @property
    def is_meer(self) -> bool:
        """Whether there are more signals at this weight than now."""
        return self.verschil > 0


@dataclass(frozen=True, slots=True)
class Grafiek:
    """Everything to draw."""

    staven: Sequence[Staaf]
    drempel_x: int | None
    drempel: int
    breedte: int = BREEDTE
    hoogte: int = HOOGTE
    midden: int = MIDDEN
    label_y: int = HOOGTE - 8


def signed(getal: float) -> str:
    """A difference as one writes it: `+ 14`, `− 3`, `0`."""
    if not getal:
        return "0"
    cijfers = (
        f"{abs(getal):.1f}".replace(".", ",")
        if isinstance(getal, float)
        else (f"{abs(getal):,}".replace(",", "."))
    )
    return f"{'+' if getal > 0 else '−'} {cijfers}"


def draw(nu: Sequence[int], met: Sequence[int], drempel: int) -> Grafiek:
    """The chart of the difference between two rows of counts."""
    verschillen = [b - a for a, b in zip(nu, met, strict=True)]
    grootste = max((abs(v) for v in verschillen), default=0) or 1
    staven = []
    for plaats, verschil in enumerate(verschillen):
        hoogte = round(RUIMTE * abs(verschil) / grootste)
        laatste = plaats == TREDEN - 1
        onder = plaats * TREDE
        staven.append(
            Staaf(
                label=f"{onder}+" if laatste else f"{onder}–{onder + TREDE - 1}",
                verschil=verschil,
                tekst=signed(verschil),
                x=plaats * STAP + (STAP - BALK) // 2,
                y=MIDDEN - hoogte if verschil > 0 else MIDDEN,
                hoogte=hoogte,
                tekst_y=MIDDEN + hoogte + 18 if verschil < 0 else MIDDEN - hoogte - 8,
                midden=plaats * STAP + STAP // 2,
            )
        )
    binnen = drempel < TREDE * TREDEN
    return Grafiek(staven, drempel * STAP // TREDE if binnen else None, drempel)
