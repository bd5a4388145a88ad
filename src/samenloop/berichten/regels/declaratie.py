"""The lines of an invoice, one by one: credits first, then debits (OP366).

A line is accepted or refused on its own. What is accepted counts at once for the lines
after it: a credit makes room for a new debit, a debit takes of what was granted. A
client who is not known is refused as a whole, without looking at the lines.
"""

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.omvang import factor
from samenloop.berichten.regels.plan import Knoop, meld, plan
from samenloop.berichten.regels.prestatie import productsleutel
from samenloop.berichten.standaard.fouten import Fout

_CLIENT = "Declaratie/Clienten/Client"
_PRESTATIE = f"{_CLIENT}/Prestaties/Prestatie"

ALLEEN_CREDIT = frozenset({"TR323", "TR390"})
BIJ_CREDIT = ALLEEN_CREDIT | {"TR314", "TR319", "TR346"}
"""A credit is the provider's own, and only refused for what is wrong with the line
itself (IV085): it is held against its debit, not against what was granted since."""


def beoordeel_prestaties(grond: Grond) -> list[Fout]:
    """The faults of clients and lines, in the order of the message."""
    keuring = _Keuring(grond)
    rijen = [
        (client, nummer, prestatie)
        for client, nummer, prestatie in grond.prestaties
        if client not in keuring.geweigerde_clienten
    ]
    for each in rijen:
        if each[2]["IngediendBedrag"]["DebetCredit"] == "C":
            keuring.credit(*each)
    for each in rijen:
        if each[2]["IngediendBedrag"]["DebetCredit"] == "D":
            keuring.debet(*each)
    return keuring.in_volgorde()


class _Keuring:
    """The walk along the lines of one invoice."""

    def __init__(self, grond: Grond) -> None:
        self.grond = grond
        self.fouten: dict[tuple[int, int], list[Fout]] = {}
        met_stand = grond.stand_of_niets is not None
        self.credits: list[Knoop] = []
        self.debets: list[Knoop] = []
        for niveau in (3, 4):
            knoop = plan(323, grond.wet, niveau, met_stand).vind(_PRESTATIE) or Knoop()
            self.credits.append(
                Knoop([each for each in knoop.regels if each[1].code in BIJ_CREDIT])
            )
            self.debets.append(
                Knoop(
                    [each for each in knoop.regels if each[1].code not in ALLEEN_CREDIT]
                )
            )
        self.clienten: list[Velden] = grond.declaratie["Clienten"]["Client"]
        self.geweigerde_clienten = self._keur_clienten(met_stand)

    def _keur_clienten(self, met_stand: bool) -> set[int]:
        knoop = plan(323, self.grond.wet, 3, met_stand).vind(_CLIENT) or Knoop()
        for nummer, client in enumerate(self.clienten, 1):
            pad = f"/Bericht/Declaratie/Clienten/Client[{nummer}]"
            for functie, regel, element in knoop.regels:
                uitkomst = functie(client, self.grond)
                if uitkomst:
                    self.fouten.setdefault((nummer, 0), []).extend(
                        meld(regel, element, uitkomst, pad)
                    )
        return {client for client, _ in self.fouten}

    def _keur(
        self, knopen: list[Knoop], client: int, nummer: int, prestatie: Velden
    ) -> bool:
        """Judge one line level by level; whether it is accepted."""
        grond = self.grond
        for knoop in knopen:
            gevonden: list[Fout] = []
            for functie, regel, element in knoop.regels:
                uitkomst = functie(prestatie, grond)
                if uitkomst:
                    pad = (
                        f"/Bericht/Declaratie/Clienten/Client[{client}]"
                        f"/Prestaties/Prestatie[{nummer}]"
                    )
                    gevonden.extend(meld(regel, element, uitkomst, pad))
            if gevonden:
                self.fouten[client, nummer] = gevonden
                return False
        return True

    def credit(self, client: int, nummer: int, prestatie: Velden) -> None:
        """Judge a credit; if accepted it makes room."""
        grond = self.grond
        grond.bsn = self.clienten[client - 1]["Bsn"]
        if not self._keur(self.credits, client, nummer, prestatie):
            return
        if grond.stand_of_niets is None:
            return
        vorige = prestatie["ProductReferentie"]["VorigReferentieNummer"]
        debet = grond.eerder.op_referentie[vorige]
        grond.sleutels_vrij.add(debet.sleutel)
        # No rule holds a credit's own volume against its debit: what comes free is
        # what that debit took.
        self._tel(prestatie, -debet.volume, debet.eenheid, -debet.bedrag)

    def debet(self, client: int, nummer: int, prestatie: Velden) -> None:
        """Judge a debit; if accepted it takes of what was granted."""
        grond = self.grond
        grond.bsn = self.clienten[client - 1]["Bsn"]
        if grond.stand_of_niets is not None:
            gegeven = grond.toewijzingen.get(prestatie["ToewijzingNummer"])
            past = (
                gegeven is not None
                and gegeven.bsn == grond.bsn
                and gegeven.aanbieder == grond.aanbieder
                and not gegeven.verwijderd
            )
            grond.toewijzing = gegeven if past else None
        if self._keur(self.debets, client, nummer, prestatie):
            self._tel(
                prestatie,
                prestatie["GeleverdVolume"],
                prestatie["Eenheid"],
                prestatie["IngediendBedrag"]["Bedrag"],
            )
            # Taken again: a second debit needs a credit of its own.
            grond.sleutels_vrij.discard(productsleutel(prestatie))

    def _tel(self, prestatie: Velden, volume: int, eenheid: str, bedrag: int) -> None:
        """Count what a line takes of its allocation; below zero it gives back."""
        grond = self.grond
        if grond.stand_of_niets is None:
            return
        nummer = prestatie["ToewijzingNummer"]
        gegeven = grond.toewijzingen.get(nummer)
        if gegeven is None:
            return
        if gegeven.volume is not None:
            volume *= factor(eenheid, gegeven.eenheid) or 0
            grond.volume_erbij[nummer] = grond.volume_erbij.get(nummer, 0) + volume
        if gegeven.budget is not None:
            grond.bedrag_erbij[nummer] = grond.bedrag_erbij.get(nummer, 0) + bedrag

    def in_volgorde(self) -> list[Fout]:
        """All faults in the order of the message."""
        return [fout for plek in sorted(self.fouten) for fout in self.fouten[plek]]
