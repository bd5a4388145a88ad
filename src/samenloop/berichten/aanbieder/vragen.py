"""What a provider asks for on behalf of a client: more (315) or otherwise (317)."""

from datetime import date, timedelta
from typing import Final

from samenloop.berichten.regels.stand import StandContractproduct
from samenloop.berichten.standaard import Bericht, Inhoud

from . import opstellen
from .leveren import Levering, Leveringen
from .uitgaan import Balie

_DAG: Final = timedelta(days=1)
#: Units of which a number a week can be asked.
_TE_VRAGEN: Final = frozenset({"01", "04", "16", "84"})
#: Days after which what was asked should begin, and how long it is wanted.
_VOORUIT: Final = 21
_LANG: Final = 180


class Vragen:
    """The requests of one provider under one law."""

    def __init__(self, balie: Balie, leveringen: Leveringen) -> None:
        self.balie = balie
        self.leveringen = leveringen
        self._gevraagd: set[tuple[int, int]] = set()

    def dag(self, vandaag: date) -> None:
        """Ask what turns out to be needed today."""
        gedrag, kans = self.balie.gedrag, self.balie.kans
        for nummer, levering in sorted(self.leveringen.van.items()):
            if levering.fase != "gestart":
                continue
            for soort, keer in ((315, gedrag.verzoek), (317, gedrag.wijziging)):
                sleutel = (soort, nummer)
                if sleutel in self._gevraagd or not kans.valt(keer, *sleutel):
                    continue
                wanneer = (
                    levering.begin + kans.getal(20, 90, "wanneer", *sleutel) * _DAG
                )
                if wanneer <= vandaag:
                    self.vraag(soort, nummer, vandaag)

    def vraag(self, soort: int, nummer: int, vandaag: date) -> bool:
        """Ask for more (315) or otherwise (317) beside an allocation; whether it went.

        Not before care started, and once.
        """
        levering, sleutel = self.leveringen.van[nummer], (soort, nummer)
        if levering.fase != "gestart" or sleutel in self._gevraagd:
            return False
        bericht = (
            self._meer(levering, vandaag)
            if soort == 315
            else self._anders(levering, vandaag)
        )
        self._gevraagd.add(sleutel)
        # What our own side would refuse, is not asked.
        if bericht is None or not self.balie.is_goed(bericht, vandaag):
            return False
        self.balie.stuur(bericht, vandaag)
        return True

    def _meer(self, levering: Levering, vandaag: date) -> Bericht | None:
        """A product of the contract that this client does not have yet."""
        toewijzing = levering.toewijzing
        # Of a kind that a client has, in whatever form, there is no second beside it;
        # and beside a budget for all kinds there is nothing else.
        heeft = {
            each.toewijzing.categorie
            for each in self.leveringen.van.values()
            if each.toewijzing.bsn == toewijzing.bsn
        }
        vrij: list[StandContractproduct] = [
            each
            for each in self.balie.stand.contract
            if each.categorie not in heeft and each.eenheid in _TE_VRAGEN
        ]
        if None in heeft or not vrij:
            return None
        kans = self.balie.kans
        keuze = vrij[kans.getal(0, len(vrij) - 1, "product", toewijzing.nummer)]
        begin = vandaag + _VOORUIT * _DAG
        gevraagd: Inhoud = {
            "Product": {"Categorie": keuze.categorie, "Code": keuze.code},
            "ToewijzingIngangsdatum": begin,
            "ToewijzingEinddatum": begin + _LANG * _DAG,
            "Omvang": {
                "Volume": kans.getal(1, 8, "gevraagd", toewijzing.nummer),
                "Eenheid": keuze.eenheid,
                "Frequentie": "2",
            },
        }
        return opstellen.verzoek(
            self.balie.kop(315, vandaag),
            self.balie.wet,
            levering.client,
            f"VOT-{toewijzing.nummer}",
            gevraagd,
        )

    def _anders(self, levering: Levering, vandaag: date) -> Bericht | None:
        """Half as much again of what was allocated."""
        toewijzing = levering.toewijzing
        begin = vandaag + _VOORUIT * _DAG
        eind = toewijzing.eind
        if toewijzing.volume is None or eind is None or eind <= begin + _VOORUIT * _DAG:
            return None
        anders: Inhoud = {
            "ToewijzingNummer": toewijzing.nummer,
            "GewensteIngangsdatum": begin,
            "Einddatum": eind,
            "Omvang": {
                "Volume": toewijzing.volume + (toewijzing.volume + 1) // 2,
                "Eenheid": toewijzing.eenheid,
                "Frequentie": toewijzing.frequentie,
            },
        }
        overig = [
            nummer
            for nummer, each in sorted(self.leveringen.van.items())
            if each.toewijzing.bsn == toewijzing.bsn
            and nummer != toewijzing.nummer
            and each.toewijzing.geldig_vanaf(vandaag)
        ]
        return opstellen.wijziging(
            self.balie.kop(317, vandaag),
            self.balie.wet,
            toewijzing.bsn,
            f"VOW-{toewijzing.nummer}",
            overig,
            anders,
        )
