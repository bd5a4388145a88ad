"""The care itself: when it starts and stops under an allocation, and what it costs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from samenloop.berichten.regels.stand import (
    StandDeclaratie,
    StandPrestatie,
    StandRegie,
    StandToewijzing,
)
from samenloop.berichten.standaard import Bericht, Inhoud

from . import opstellen
from .declareren import credit, regel, toegekend
from .toezicht import werkdagen_later
from .uitgaan import Balie

Maker = Callable[[Inhoud], Bericht]
Fase = Literal["toegewezen", "start gemeld", "gestart", "stop gemeld", "gestopt", "weg"]

_DAG: Final = timedelta(days=1)
_TIJDELIJK: Final = "20"
_VERWIJDEREN: Final = "3"
_VOLGENS_PLAN: Final = {"wmo": "19", "jeugdwet": "31"}
_DOOR_CLIENT: Final = {"wmo": "21", "jeugdwet": "32"}
_DOOR_GEMEENTE: Final = "36"
#: Working day of the month on which the month before is invoiced.
_DECLAREERDAG: Final = 5


@dataclass(slots=True)
class Levering:
    """Care under one allocation, and how far it is."""

    toewijzing: StandToewijzing
    client: Inhoud
    begin: date
    meld_op: date
    fase: Fase = "toegewezen"
    gestopt_op: date | None = None
    tijdelijk: date | None = None
    poging: int = 0


class Leveringen:
    """All care of one provider under one law."""

    def __init__(self, balie: Balie) -> None:
        self.balie = balie
        self.van: dict[int, Levering] = {}
        self._gedeclareerd: date | None = None
        self._wachtend: dict[str, list[StandPrestatie]] = {}
        self._gevraagd: set[tuple[int, date]] = set()

    def toegewezen(self, nieuw: StandToewijzing, client: Inhoud, dag: date) -> None:
        """An allocation came, or came in another version."""
        levering = self.van.get(nieuw.nummer)
        if levering is None:
            na = self.balie.kans.getal(0, 10, "begin", nieuw.nummer)
            begin = nieuw.ingang + na * _DAG
            if nieuw.eind is not None:
                begin = min(begin, nieuw.eind)
            vanaf = max(begin, dag)
            meld_op = self.balie.op_tijd(vanaf, "start", nieuw.nummer)
            levering = Levering(nieuw, client, begin, meld_op)
            self.van[nieuw.nummer] = levering
        levering.toewijzing, levering.client = nieuw, client
        if nieuw.verwijderd and levering.fase == "toegewezen":
            levering.fase = "weg"

    def gemeld(self, regie: StandRegie, goed: bool, status: str) -> None:
        """An answer to a start or stop that should be right."""
        assert regie.nummer is not None
        levering = self.van[regie.nummer]
        if not goed or status == _VERWIJDEREN:
            levering.fase = "weg"
        elif not regie.stop:
            levering.fase = "gestart"
        elif regie.reden == _TIJDELIJK:
            levering.fase, levering.tijdelijk = "gestart", regie.eind
        else:
            levering.fase, levering.gestopt_op = "gestopt", regie.eind

    def dag(self, vandaag: date) -> None:
        """Tell what has to be told today, and invoice when it is the day."""
        for nummer in sorted(self.van):
            levering = self.van[nummer]
            if levering.fase == "toegewezen" and levering.meld_op <= vandaag:
                self._meld_start(levering, vandaag)
            elif levering.fase == "gestart":
                self._kijk_of_het_stopt(levering, vandaag)
        self._declareer(vandaag)

    def _meld_start(self, levering: Levering, vandaag: date) -> None:
        toewijzing = levering.toewijzing
        eind = toewijzing.eind
        if eind is not None and levering.begin > eind:
            levering.fase = "weg"
            return

        def maak(kop: Inhoud) -> Bericht:
            return opstellen.start(
                kop, self.balie.wet, levering.client, toewijzing, levering.begin
            )

        self._stuur(levering, 305, maak, vandaag, "start gemeld")

    def _stuur(
        self,
        levering: Levering,
        nummer: int,
        maak: Maker,
        vandaag: date,
        fase: Fase,
    ) -> None:
        """Send a start or stop; sometimes wrong first, and right the next day."""
        wie = (levering.toewijzing.nummer, levering.poging)
        levering.poging += 1
        if self.balie.stuur_fout(maak, nummer, vandaag, *wie):
            levering.meld_op = werkdagen_later(vandaag, 1)
            return
        bericht = maak(self.balie.kop(nummer, vandaag))
        if self.balie.is_goed(bericht, vandaag):
            self.balie.stuur(bericht, vandaag)
            levering.fase = fase
        else:
            levering.fase = "weg"

    def _kijk_of_het_stopt(self, levering: Levering, vandaag: date) -> None:
        toewijzing = levering.toewijzing
        if toewijzing.verwijderd:
            self._trek_terug(levering, vandaag)
            return
        eind, reden = self._einde(levering)
        if eind is None or levering.meld_op > vandaag:
            return
        if self.balie.op_tijd(eind, "stop", toewijzing.nummer, reden) > vandaag:
            return

        def maak(kop: Inhoud) -> Bericht:
            return opstellen.stop(
                kop,
                self.balie.wet,
                levering.client,
                toewijzing,
                levering.begin,
                eind,
                reden,
            )

        self._stuur(levering, 307, maak, vandaag, "stop gemeld")

    def _einde(self, levering: Levering) -> tuple[date | None, str]:
        """When and why this care ends next."""
        toewijzing, kans = levering.toewijzing, self.balie.kans
        nummer, wet = toewijzing.nummer, self.balie.wet
        eind, reden = toewijzing.eind, _VOLGENS_PLAN[wet]
        if eind is not None and toewijzing.reden_wijziging:
            reden = _DOOR_GEMEENTE
        if kans.valt(self.balie.gedrag.eerder, "eerder", nummer):
            eerder = levering.begin + kans.getal(30, 300, "eerder", nummer) * _DAG
            if eind is None or eerder < eind:
                eind, reden = eerder, _DOOR_CLIENT[wet]
        if levering.tijdelijk is None and kans.valt(
            self.balie.gedrag.tijdelijk, "tijdelijk", nummer
        ):
            even = levering.begin + kans.getal(20, 120, "tijdelijk", nummer) * _DAG
            if eind is None or even < eind:
                return even, _TIJDELIJK
        if levering.tijdelijk is not None and eind is not None:
            eind = max(eind, levering.tijdelijk)
        return (None if eind is None else max(eind, levering.begin)), reden

    def _trek_terug(self, levering: Levering, vandaag: date) -> None:
        """The allocation counts as never given, and so does the start."""
        bericht = opstellen.start(
            self.balie.kop(305, vandaag),
            self.balie.wet,
            levering.client,
            levering.toewijzing,
            levering.begin,
            _VERWIJDEREN,
        )
        if self.balie.is_goed(bericht, vandaag):
            self.balie.stuur(bericht, vandaag)
            levering.fase = "stop gemeld"
        else:
            levering.fase = "weg"

    def _declareer(self, vandaag: date) -> None:
        """Once a month, on its fifth working day: the month before."""
        eerste = vandaag.replace(day=1)
        maand = (eerste - _DAG).replace(day=1)
        if vandaag < werkdagen_later(eerste - _DAG, _DECLAREERDAG):
            return
        if self._gedeclareerd is not None and self._gedeclareerd >= maand:
            return
        self._gedeclareerd = maand
        regels: list[StandPrestatie] = []
        # Care that was told about late is invoiced late; its period stays its own.
        vorige = (maand - _DAG).replace(day=1)
        for nummer, levering in sorted(self.van.items()):
            for van in (vorige, maand):
                if (nummer, van) in self._gevraagd or not self._geleverd(levering, van):
                    continue
                each = regel(
                    levering.toewijzing,
                    van,
                    wet=self.balie.wet,
                    gedaan=self.balie.stand.alle_prestaties + regels,
                    contract=self.balie.stand.contract,
                    kans=self.balie.kans,
                )
                if each is not None:
                    self._gevraagd.add((nummer, van))
                    regels.append(each)
        self._stuur_declaratie(maand, regels + self._terug(vorige), vandaag)

    def _geleverd(self, levering: Levering, maand: date) -> bool:
        """Whether care that was reported was given in a month."""
        if levering.fase not in ("gestart", "stop gemeld", "gestopt"):
            return False
        if levering.toewijzing.verwijderd:
            return False
        stop = levering.gestopt_op or levering.toewijzing.eind
        return levering.begin <= opstellen.laatste_dag(maand) and (
            stop is None or stop >= maand
        )

    def _stuur_declaratie(
        self, maand: date, regels: list[StandPrestatie], vandaag: date
    ) -> None:
        def maak(kop: Inhoud) -> Bericht:
            nummer = f"D{maand:%y%m}"
            return opstellen.declaratie(kop, self.balie.wet, nummer, maand, regels)

        if not regels:
            return
        weg = self.balie.geweigerd(maak(self.balie.kop(323, vandaag)), vandaag)
        regels = [each for each in regels if each.referentie not in weg]
        if not regels:
            return
        self.balie.stuur_fout(maak, 323, vandaag, maand)
        bericht = maak(self.balie.kop(323, vandaag))
        self._wachtend[bericht.identificatie] = regels
        versie = bericht.header["XsdVersie"]
        self.balie.stand.declaraties[bericht.identificatie] = StandDeclaratie(
            bericht.identificatie,
            bericht.inhoud["Declaratie"]["DeclaratieNummer"],
            (versie["BasisschemaXsdVersie"], versie["BerichtXsdVersie"]),
            {each.referentie: each for each in regels},
        )
        self.balie.stuur(bericht, vandaag)

    def _terug(self, vorige: date) -> list[StandPrestatie]:
        """Sometimes a line of two months ago was wrong, and is taken back."""
        prestaties = self.balie.stand.alle_prestaties
        weg = {each.vorige for each in prestaties}
        return [
            credit(each)
            for each in prestaties
            if each.debet
            and each.begin.replace(day=1) == vorige
            and each.referentie not in weg
            and self.balie.kans.valt(
                self.balie.gedrag.correctie, "correctie", each.referentie
            )
        ]

    def afgerekend(self, antwoord: Bericht, heen: Bericht) -> None:
        """A 325 came: what was granted is on record."""
        regels = self._wachtend.pop(heen.identificatie, [])
        deel = antwoord.inhoud.get("DeclaratieAntwoord")
        if deel is None or not regels:
            return
        codes = set(deel["RetourCodes"]["RetourCode"])
        if codes - {"0200", "8001"}:
            return
        geweigerd = {
            prestatie["ProductReferentie"]["ReferentieNummer"]
            for client in deel.get("Clienten", {}).get("Client", ())
            for prestatie in client["Prestaties"]["Prestatie"]
        }
        stand = self.balie.stand
        stand.alle_prestaties += toegekend(regels, geweigerd)
        kop = heen.inhoud["Declaratie"]
        stand.declaratienummers.add(kop["DeclaratieNummer"])
        maand: date = kop["DeclaratiePeriode"]["Begindatum"]
        stand.laatste_periode = max(maand, stand.laatste_periode or maand)
