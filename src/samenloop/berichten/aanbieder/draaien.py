"""Running providers day by day over a post, and again from where they were.

What a provider does follows from its seed and from what it got on which day. So all
that is kept is that: a folder for each day with the messages that came. Beginning
again means living through those days once more, without sending.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from samenloop.berichten.regels.stand import StandContractproduct
from samenloop.berichten.standaard import SchemaFout, Wet, lees

from .aanbieder import Aanbieder
from .gedrag import Gedrag
from .post import Post

Contract = Callable[[str, Wet], Sequence[StandContractproduct]]
_KLAAR: Final = "klaar"


def contract_uit(pad: Path) -> Contract:
    """Agreements out of a JSON file: a list with an object for each product.

    Each has `aanbieder` (AGB), `wet`, `categorie` and `code`, and may have `eenheid`
    and `tarief` (eurocents).
    """
    rijen = json.loads(pad.read_text(encoding="utf-8"))

    def contract(agb: str, wet: Wet) -> list[StandContractproduct]:
        return [
            StandContractproduct(
                rij["categorie"], rij["code"], rij.get("eenheid"), rij.get("tarief")
            )
            for rij in rijen
            if (rij["aanbieder"], rij["wet"]) == (agb, wet)
        ]

    return contract


class Aanbieders:
    """All providers that one municipality writes to.

    A provider comes into being with the first message that is for it. `journaal` is
    the folder that remembers; without one, all is forgotten in the end.
    """

    def __init__(
        self,
        post: Post,
        *,
        gemeente: str,
        contract: Contract,
        gedrag: Gedrag,
        zaad: int = 0,
        journaal: Path | None = None,
    ) -> None:
        self.post = post
        self.gemeente = gemeente
        self.contract = contract
        self.gedrag = gedrag
        self.zaad = zaad
        self.journaal = journaal
        self.wie: dict[tuple[str, Wet], Aanbieder] = {}
        self.onbestelbaar: list[str] = []
        self.laatste: date | None = None
        self._herbeleef()

    def dag(self, vandaag: date) -> int:
        """Fetch, do what the day asks, and send; how many messages went out.

        Raises ValueError for a day before the last one.
        """
        if self.laatste is not None and vandaag < self.laatste:
            raise ValueError(f"{vandaag} ligt voor {self.laatste}.")
        berichten = self.post.haal()
        map_ = self._schrijf_op(vandaag, berichten)
        verzonden = self._leef(vandaag, berichten, stil=False)
        if map_ is not None:
            (map_ / _KLAAR).touch()
        self.laatste = vandaag
        return verzonden

    def bevindingen(self, vandaag: date) -> list[str]:
        """What the municipality did wrong or too late, of all providers."""
        uit = [f"{naam}: niet te bezorgen" for naam in self.onbestelbaar]
        for (agb, wet), each in sorted(self.wie.items()):
            gevonden = each.toezicht.bevindingen + each.toezicht.te_laat(vandaag)
            uit += [f"{agb} ({wet}): {tekst}" for tekst in gevonden]
        return uit

    def _leef(
        self, vandaag: date, berichten: Sequence[tuple[str, bytes]], *, stil: bool
    ) -> int:
        gericht = [(_voor_wie(data), naam, data) for naam, data in berichten]
        # Answers first: what else came may rest on them.
        for brief, naam, data in sorted(gericht, key=lambda each: _rang(each[0])):
            if brief is None:
                self.onbestelbaar.append(naam)
            else:
                self._van(brief[0], brief[1]).ontvang(data, vandaag)
        verzonden = 0
        for each in self.wie.values():
            for stuk in each.dag(vandaag):
                verzonden += 1
                if not stil:
                    self.post.breng(stuk.naam, stuk.inhoud)
        return verzonden

    def _van(self, agb: str, wet: Wet) -> Aanbieder:
        if (agb, wet) not in self.wie:
            self.wie[agb, wet] = Aanbieder(
                agb,
                wet,
                self.gemeente,
                gedrag=self.gedrag,
                zaad=self.zaad,
                contract=list(self.contract(agb, wet)),
            )
        return self.wie[agb, wet]

    def _schrijf_op(
        self, vandaag: date, berichten: Sequence[tuple[str, bytes]]
    ) -> Path | None:
        """Remember what came, before anything is done with it."""
        if self.journaal is None:
            return None
        # More than once a day is another part of the same day.
        deel = len(list(self.journaal.glob(f"{vandaag}-*"))) + 1
        map_ = self.journaal / f"{vandaag}-{deel:04}"
        map_.mkdir(parents=True)
        for nr, (naam, data) in enumerate(berichten):
            (map_ / f"{nr:06}-{naam}").write_bytes(data)
        return map_

    def _herbeleef(self) -> None:
        """Live through the days that are remembered.

        A day that was not brought to its end may not have sent all; it sends again,
        under the same names.
        """
        if self.journaal is None or not self.journaal.is_dir():
            return
        for map_ in sorted(self.journaal.iterdir()):
            dag = date.fromisoformat(map_.name[:10])
            berichten = [
                (pad.name.partition("-")[2], pad.read_bytes())
                for pad in sorted(map_.iterdir())
                if pad.name != _KLAAR
            ]
            af = map_ / _KLAAR
            self._leef(dag, berichten, stil=af.exists())
            af.touch()
            self.laatste = dag


Brief = tuple[str, Wet, bool]
"""The provider a message is for, the law, and whether it is an answer."""


def _voor_wie(data: bytes) -> Brief | None:
    """For whom a message of the municipality is; None where it cannot be read."""
    try:
        bericht = lees(data)
    except SchemaFout:
        return None
    soort = bericht.soort
    agb = bericht.afzender if soort.is_retour else bericht.ontvanger
    return agb, soort.wet, soort.is_antwoord


def _rang(brief: Brief | None) -> bool:
    return brief is not None and not brief[2]
