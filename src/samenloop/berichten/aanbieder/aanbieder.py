"""A provider that speaks the standard: it gets allocations and does what follows.

It starts and stops care, asks for more, invoices each month and answers what it gets,
within its terms or not, right or wrong, as its `Gedrag` says. What it holds, it holds
in the same shape as the rules ask about, so that it judges what it gets and sends by
the same rules as the municipality.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from samenloop.berichten.regels.antwoord import antwoord
from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.keuren import Oordeel, keur
from samenloop.berichten.regels.stand import (
    StandContractproduct,
    StandRegie,
    StandToewijzing,
    StandVerzoek,
)
from samenloop.berichten.standaard import Bericht, Inhoud, Wet

from .gedrag import Gedrag, Kans
from .leveren import Leveringen
from .opstellen import kort
from .toezicht import Toezicht, Verzonden
from .uitgaan import Balie, Stuk
from .vragen import Vragen

_ONDERZOEK: Final = "2"
Ontvangst = Literal["gelezen", "dubbel", "onleesbaar"]


@dataclass(frozen=True, slots=True)
class Wacht:
    """An answer that is due."""

    dag: date
    bericht: Bericht
    oordeel: Oordeel


class Aanbieder:
    """One provider under one law at one municipality.

    `gemeente` is the code of four digits, `contract` what was agreed. The same seed
    and the same messages on the same days always give the same messages.
    """

    def __init__(
        self,
        agb: str,
        wet: Wet,
        gemeente: str,
        *,
        gedrag: Gedrag,
        zaad: int,
        contract: list[StandContractproduct],
    ) -> None:
        # Whom it has a contract with exists, whatever a list says.
        self.stand = GeheugenStand(contract=list(contract), gemeenten={gemeente})
        kans = Kans(zaad, f"{agb}-{wet}-{gemeente}")
        self.balie = Balie(agb, wet, gemeente, gedrag, kans, self.stand)
        self.leveringen = Leveringen(self.balie)
        self.vragen = Vragen(self.balie, self.leveringen)
        self._gezien: set[bytes] = set()
        self._wachten: list[Wacht] = []

    @property
    def toezicht(self) -> Toezicht:
        """What was expected of the municipality, and what came."""
        return self.balie.toezicht

    def ontvang(self, data: bytes, vandaag: date) -> Ontvangst:
        """Take a message of the municipality in."""
        afdruk = hashlib.sha256(data).digest()
        if afdruk in self._gezien:
            return "dubbel"
        self._gezien.add(afdruk)
        oordeel = keur(data, stand=self.stand, vandaag=vandaag)
        bericht = oordeel.bericht
        if bericht is None:
            soort = oordeel.soort.code if oordeel.soort else "bestand"
            self.toezicht.bevindingen.append(f"{soort} van de gemeente is onleesbaar")
            return "onleesbaar"
        if bericht.soort.is_antwoord:
            self._antwoord(bericht, vandaag)
            return "gelezen"
        self.stand.identificaties.add(
            (bericht.soort.nummer, bericht.afzender, bericht.identificatie)
        )
        wie = (bericht.soort.nummer, bericht.identificatie)
        dag = self.balie.op_tijd(vandaag, "retour", *wie)
        self._wachten.append(Wacht(dag, bericht, oordeel))
        if oordeel.fouten:
            codes = sorted({each.regel for each in oordeel.fouten})
            self.toezicht.bevindingen.append(
                f"{bericht.soort.code} {bericht.identificatie}: {', '.join(codes)}"
            )
        elif bericht.soort.nummer == 301:
            self._toewijzingen(bericht, vandaag)
        else:
            self._besluit(bericht, vandaag)
        return "gelezen"

    def dag(self, vandaag: date) -> list[Stuk]:
        """Do what this day asks; the messages that go out, in their order."""
        for each in [each for each in self._wachten if each.dag <= vandaag]:
            self._wachten.remove(each)
            self.balie.stuur(
                antwoord(
                    each.bericht,
                    each.oordeel,
                    identificatie=self.balie.identificatie(),
                    dagtekening=vandaag,
                ),
                vandaag,
            )
        self.leveringen.dag(vandaag)
        self.vragen.dag(vandaag)
        klaar, self.balie.klaar = self.balie.klaar, []
        return klaar

    def _toewijzingen(self, bericht: Bericht, vandaag: date) -> None:
        client = bericht.inhoud["Client"]
        for deel in client["ToegewezenProducten"]["ToegewezenProduct"]:
            nieuw = _toewijzing(deel, client["Bsn"], bericht, vandaag)
            oud = self.leveringen.van.get(nieuw.nummer)
            if oud is not None and _later(oud.toewijzing, nieuw):
                continue
            self._bewaar(nieuw)
            self.leveringen.toegewezen(nieuw, kort(client), vandaag)
            referentie = nieuw.referentie_aanbieder
            if referentie and (oud is None or not _zelfde(oud.toewijzing, nieuw)):
                self._beslis(referentie, vandaag, "")

    def _bewaar(self, nieuw: StandToewijzing) -> None:
        rijen = self.stand.alle_toewijzingen
        rijen[:] = [each for each in rijen if each.nummer != nieuw.nummer] + [nieuw]

    def _besluit(self, bericht: Bericht, vandaag: date) -> None:
        deel = bericht.inhoud["Antwoord"]
        self._beslis(deel["ReferentieAanbieder"], vandaag, deel["VerzoekAntwoord"])

    def _beslis(self, referentie: str, vandaag: date, gezegd: str) -> None:
        """A request is granted (nothing said), refused or being looked into."""
        rijen = self.stand.alle_verzoeken
        for nr, each in enumerate(rijen):
            if each.referentie == referentie:
                if each.toegewezen and not gezegd:
                    return
                rijen[nr] = replace(
                    each,
                    antwoorden=(*each.antwoorden, gezegd)
                    if gezegd
                    else each.antwoorden,
                    toegewezen=each.toegewezen or not gezegd,
                )
        self.toezicht.besloten(referentie, vandaag, onderzoek=gezegd == _ONDERZOEK)

    def _antwoord(self, bericht: Bericht, vandaag: date) -> None:
        heen = self.toezicht.beantwoord(bericht, vandaag)
        if heen is None or len(heen.antwoorden) > 1:
            return
        nummer, goed = heen.bericht.soort.nummer, not heen.antwoorden[0]
        if nummer == 323:
            self.leveringen.afgerekend(bericht, heen.bericht)
        elif nummer in (305, 307):
            self._regie(heen, goed)
        elif goed:
            self._aangevraagd(heen.bericht, vandaag)

    def _regie(self, heen: Verzonden, goed: bool) -> None:
        client = heen.bericht.inhoud["Client"]
        stop = heen.bericht.soort.nummer == 307
        rij = "StopProducten" if stop else "StartProducten"
        for deel in client[rij][rij[:-2]]:
            product: Inhoud = deel.get("Product", {})
            regie = StandRegie(
                stop=stop,
                nummer=deel["ToewijzingNummer"],
                begin=deel["Begindatum"],
                categorie=product.get("Categorie"),
                code=product.get("Code"),
                reden=deel.get("RedenBeeindiging"),
                eind=deel.get("Einddatum"),
            )
            if goed:
                self._boek(client["Bsn"], regie, weg=deel["StatusAanlevering"] == "3")
            if heen.verwacht == frozenset():
                self.leveringen.gemeld(regie, goed, deel["StatusAanlevering"])

    def _boek(self, bsn: str, regie: StandRegie, *, weg: bool) -> None:
        rijen = self.stand.alle_regie.setdefault(bsn, [])
        if not weg:
            rijen.append(regie)
        elif regie in rijen:
            rijen.remove(regie)

    def _aangevraagd(self, bericht: Bericht, vandaag: date) -> None:
        client = bericht.inhoud["Client"]
        if bericht.soort.nummer == 317:
            referenties = [client["Verzoek"]["ReferentieAanbieder"]]
        else:
            delen = client["AangevraagdeProducten"]["AangevraagdProduct"]
            referenties = [deel["ReferentieAanbieder"] for deel in delen]
        self.stand.alle_verzoeken += [
            StandVerzoek(each, client["Bsn"], bericht.soort.nummer)
            for each in referenties
        ]
        self.toezicht.gevraagd(bericht, referenties, vandaag)


def _toewijzing(
    deel: Inhoud, bsn: str, bericht: Bericht, vandaag: date
) -> StandToewijzing:
    product: Inhoud = deel.get("Product", {})
    omvang: Inhoud = deel.get("Omvang", {})
    tijd = deel["Toewijzingstijd"][:8]
    besloten = datetime.fromisoformat(
        f"{deel['Toewijzingsdatum']}T{'23:59:59' if tijd == '24:00:00' else tijd}"
    )
    return StandToewijzing(
        nummer=deel["ToewijzingNummer"],
        bsn=bsn,
        aanbieder=bericht.ontvanger,
        ingang=deel["Ingangsdatum"],
        eind=deel.get("Einddatum"),
        categorie=product.get("Categorie"),
        code=product.get("Code"),
        volume=omvang.get("Volume"),
        eenheid=omvang.get("Eenheid"),
        frequentie=omvang.get("Frequentie"),
        budget=deel.get("Budget"),
        reden_wijziging=deel.get("RedenWijziging"),
        toegewezen_op=besloten,
        referentie_aanbieder=deel.get("ReferentieAanbieder"),
        verzonden_op=vandaag,
    )


def _later(oud: StandToewijzing, nieuw: StandToewijzing) -> bool:
    """Whether what we hold was decided later than what comes in."""
    assert oud.toegewezen_op is not None
    assert nieuw.toegewezen_op is not None
    return oud.toegewezen_op > nieuw.toegewezen_op


def _zelfde(oud: StandToewijzing, nieuw: StandToewijzing) -> bool:
    return oud.toegewezen_op == nieuw.toegewezen_op
