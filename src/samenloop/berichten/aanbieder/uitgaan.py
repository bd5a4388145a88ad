"""The desk of a provider where messages leave: right, wrong, late and double ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.keuren import beoordeel
from samenloop.berichten.standaard import Bericht, Inhoud, Wet, lees, schrijf

from . import opstellen
from .gedrag import Gedrag, Kans
from .toezicht import Toezicht, werkdagen_later

#: Working days that a late message comes after its term.
_TE_LAAT: Final = 8
_ONBEKEND: Final = 999_999_000


@dataclass(frozen=True, slots=True)
class Stuk:
    """A message that is ready: its day, its name as a file and its bytes."""

    dag: date
    naam: str
    inhoud: bytes


@dataclass
class Balie:
    """Where one provider makes and sends its messages under one law."""

    agb: str
    wet: Wet
    gemeente: str
    gedrag: Gedrag
    kans: Kans
    stand: GeheugenStand
    toezicht: Toezicht = field(default_factory=Toezicht)
    klaar: list[Stuk] = field(default_factory=list)
    _volgnummer: int = 0
    _volgorde: int = 0

    def kop(self, nummer: int, dag: date) -> Inhoud:
        """The header of a new message."""
        self._volgnummer += 1
        return opstellen.kop(
            self.wet, nummer, self.agb, self.gemeente, f"{self._volgnummer:09}", dag
        )

    def identificatie(self) -> str:
        """A new identification for an answer."""
        self._volgnummer += 1
        return f"{self._volgnummer:09}"

    def op_tijd(self, vanaf: date, *naam: object) -> date:
        """A day on which somebody gets to it; sometimes after the term."""
        if self.kans.valt(self.gedrag.laat, "laat", *naam):
            return werkdagen_later(vanaf, _TE_LAAT)
        return werkdagen_later(vanaf, self.kans.getal(0, 3, "dag", *naam))

    def is_goed(self, bericht: Bericht, dag: date) -> bool:
        """Whether our own side finds nothing against a message."""
        oordeel = beoordeel(bericht, stand=self.stand, vandaag=dag)
        return oordeel.oordeel == "goedgekeurd"

    def geweigerd(self, declaratie: Bericht, dag: date) -> set[str]:
        """References of the lines that our own side would refuse; all, if the whole."""
        oordeel = beoordeel(declaratie, stand=self.stand, vandaag=dag)
        clienten = declaratie.inhoud["Declaratie"]["Clienten"]["Client"]
        plekken = {
            f"/Bericht/Declaratie/Clienten/Client[{c}]/Prestaties/Prestatie[{p}]": (
                prestatie["ProductReferentie"]["ReferentieNummer"]
            )
            for c, client in enumerate(clienten, 1)
            for p, prestatie in enumerate(client["Prestaties"]["Prestatie"], 1)
        }
        if oordeel.oordeel == "afgekeurd":
            return set(plekken.values())
        return {plekken["/".join(each.pad.split("/")[:7])] for each in oordeel.fouten}

    def stuur(
        self, bericht: Bericht, dag: date, verwacht: Iterable[str] | None = ()
    ) -> None:
        """Send a message; what it is expected to give is written down."""
        data = schrijf(bericht)
        self._weg(bericht, dag, data)
        if not bericht.soort.is_antwoord:
            self.toezicht.verstuurd(bericht, dag, verwacht)
            wie = (bericht.soort.nummer, bericht.identificatie)
            self.stand.identificaties.add((wie[0], self.agb, wie[1]))
            if self.kans.valt(self.gedrag.dubbel, "dubbel", *wie):
                self._weg(bericht, dag, data, "-nogmaals")

    def _weg(self, bericht: Bericht, dag: date, data: bytes, eind: str = "") -> None:
        self._volgorde += 1
        naam = f"{self._volgorde:07}-{bericht.soort.code}-{self.agb}{eind}.xml"
        self.klaar.append(Stuk(dag, naam, data))

    def stuur_fout(
        self, maak: Callable[[Inhoud], Bericht], nummer: int, dag: date, *naam: object
    ) -> bool:
        """Sometimes send something wrong instead; whether that was so.

        `maak` makes the message out of a header; the right one is for another day.
        """
        if not self.kans.valt(self.gedrag.fout, "fout", nummer, *naam):
            return False
        bericht = lees(schrijf(maak(self.kop(nummer, dag))))
        soort = self.kans.getal(0, 2, "soort fout", nummer, *naam)
        if soort == 0:
            self._onleesbaar(bericht, dag)
        elif soort == 1 or nummer not in (305, 307):
            # The last digit of the number of a person no longer fits the others.
            for client in _clienten(bericht.inhoud):
                cijfer = (int(client["Bsn"][-1]) + 1) % 10
                client["Bsn"] = f"{client['Bsn'][:-1]}{cijfer}"
            self.stuur(bericht, dag, ["0001"])
        else:
            for deel in _producten(bericht.inhoud):
                deel["ToewijzingNummer"] = _ONBEKEND
            self.stuur(bericht, dag, self._codes(bericht, dag))
        return True

    def _codes(self, bericht: Bericht, dag: date) -> set[str]:
        """What the rules say about a message that was made wrong on purpose."""
        oordeel = beoordeel(bericht, stand=self.stand, vandaag=dag)
        return {each.retourcode for each in oordeel.fouten}

    def _onleesbaar(self, bericht: Bericht, dag: date) -> None:
        """A message that breaks its schema; no answer may come of it."""
        data = schrijf(bericht).replace(b":Bsn>9", b":Bsn>x", 1)
        self._weg(bericht, dag, data, "-kapot")
        self.toezicht.verstuurd(bericht, dag, None)


def _clienten(inhoud: Inhoud) -> list[Any]:
    if "Client" in inhoud:
        return [inhoud["Client"]]
    clienten: list[Any] = inhoud["Declaratie"]["Clienten"]["Client"]
    return clienten


def _producten(inhoud: Inhoud) -> list[Any]:
    client = inhoud["Client"]
    for rij, naam in (
        ("StartProducten", "StartProduct"),
        ("StopProducten", "StopProduct"),
    ):
        if rij in client:
            producten: list[Any] = client[rij][naam]
            return producten
    return []
