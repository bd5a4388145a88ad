"""People and households that do not exist, made only where a record needs them.

BSNs come from 999900000 upward: numbers that pass the 11-test but are issued to
nobody. There are some 9,090 of those, so residents without records have none.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from samenloop.demo import namen
from samenloop.demo.feiten import Huishouden, Persoon
from samenloop.demo.publicatie import Gebied

_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class NummersOp(RuntimeError):
    """The reserved range holds no more BSNs."""


def gereserveerde_bsns() -> Iterator[str]:
    """Yield every number from 999900000 to 999999999 that passes the 11-test."""
    for nummer in range(999_900_000, 1_000_000_000):
        tekst = str(nummer)
        som = sum(int(c) * w for c, w in zip(tekst, _GEWICHTEN, strict=True))
        if som % 11 == 0:
            yield tekst


class Bevolking:
    """Makes persons and households, each once, in a fixed order for a fixed seed."""

    def __init__(self, gebied: Gebied, rng: Random) -> None:
        self._rng = rng
        self._bsns = list(gereserveerde_bsns())[::-1]
        self._gebieden = {
            gemeente.code: (
                gemeente.postcodes,
                [plaats.inwoners for plaats in gemeente.postcodes],
            )
            for gemeente in gebied.gemeenten
        }
        self.personen: list[Persoon] = []
        self.huishoudens: list[Huishouden] = []

    @property
    def vrij(self) -> int:
        """How many BSNs are left."""
        return len(self._bsns)

    def huishouden(self, gemeente: str) -> Huishouden:
        """Return a new household at an address of its own.

        Without a municipality the address is unknown too.
        """
        rng = self._rng
        sleutel = f"H{len(self.huishoudens) + 1:06d}"
        if gemeente:
            plaatsen, gewichten = self._gebieden[gemeente]
            plaats = rng.choices(plaatsen, gewichten)[0]
            postcode = plaats.postcode + self._letters()
            nieuw = Huishouden(
                sleutel,
                gemeente,
                postcode,
                rng.choice(namen.STRATEN),
                rng.randint(1, 180),
                plaats.plaats,
            )
        else:
            nieuw = Huishouden(sleutel, "", "", "", 0, "")
        self.huishoudens.append(nieuw)
        return nieuw

    def persoon(
        self,
        huishouden: Huishouden,
        geboren: date,
        *,
        geslacht: str = "",
        ouders: tuple[Persoon, ...] = (),
    ) -> Persoon:
        """Return a new member of the household; a child bears a parent's name.

        Raises:
            NummersOp: there is no BSN left.
        """
        if not self._bsns:
            raise NummersOp("de reeks BSN's vanaf 999900000 is op")
        rng = self._rng
        geslacht = geslacht or rng.choice("12")
        lijst = namen.JONGENS if geslacht == "1" else namen.MEISJES
        voornamen = " ".join(rng.sample(lijst, 1 + (rng.random() < 0.3)))
        if ouders:
            naam = (ouders[-1].voorvoegsel, ouders[-1].geslachtsnaam)
        else:
            naam = rng.choice(namen.ACHTERNAMEN)
        nieuw = Persoon(
            self._bsns.pop(), voornamen, *naam, geboren, geslacht, huishouden, ouders
        )
        huishouden.leden.append(nieuw)
        self.personen.append(nieuw)
        return nieuw

    def ouder(
        self, huishouden: Huishouden, oudste: date, jongste: date | None = None
    ) -> Persoon:
        """Return a new parent of children of whom the oldest was born on `oudste`."""
        verschil = ((jongste or oudste) - oudste).days / 365.25
        hoogst = max(24.0, 43.0 - verschil)  # at the birth of the oldest
        jaren = self._rng.triangular(19, hoogst, min(29, hoogst - 2))
        geboren = oudste - timedelta(days=int(jaren * 365.25))
        geslacht = "2" if self._rng.random() < 0.62 else "1"
        return self.persoon(huishouden, geboren, geslacht=geslacht)

    def _letters(self) -> str:
        while True:
            letters = "".join(self._rng.choices(namen.LETTERS, k=2))
            if letters not in namen.NOOIT:
                return letters
