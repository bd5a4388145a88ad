"""What a rule may look at besides its own class: the message, today and what we hold.

One `Grond` per message. What is asked of the `Stand` is asked once, for the whole
message, and kept here: a rule about an invoice line never asks by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from samenloop.berichten.regels.omvang import MINUUT, UUR, factor
from samenloop.berichten.regels.stand import (
    Stand,
    StandContractproduct,
    StandDeclaratie,
    StandPrestaties,
    StandRegie,
    StandToewijzing,
    StandVerzoek,
)
from samenloop.berichten.standaard.bericht import Bericht

Velden = dict[str, Any]


@dataclass
class Grond:
    """The ground on which one message is judged."""

    bericht: Bericht
    vandaag: date
    stand_of_niets: Stand | None = None
    vorige: Mapping[int, StandToewijzing] | None = None
    """Allocations as they were sent last; only where we judge what we send."""

    # Of the line that is being judged (only in an invoice and its answer).
    bsn: str = ""
    toewijzing: StandToewijzing | None = None
    """The allocation a debit line rests on: known, of this client, not removed."""

    # What was already taken by lines earlier in this message.
    volume_erbij: dict[int, int] = field(default_factory=dict)
    bedrag_erbij: dict[int, int] = field(default_factory=dict)
    sleutels_vrij: set[Any] = field(default_factory=set)

    in_orde: set[Any] = field(default_factory=set)
    """Values that were judged and found right (`plan.Knoop.onthoudt`)."""

    def __post_init__(self) -> None:
        header = self.bericht.inhoud["Header"]
        soort = self.bericht.soort
        self.wet: str = soort.wet
        self.nummer = soort.nummer
        self.afzender = str(header["Afzender"])
        self.dagtekening: date = header["BerichtIdentificatie"]["Dagtekening"]
        partijen = {len(each): each for each in (self.afzender, header["Ontvanger"])}
        self.gemeente = str(partijen.get(4, ""))
        self.aanbieder = str(partijen.get(8, ""))

    @property
    def stand(self) -> Stand:
        """What we hold; only asked by rules that are said to need it."""
        if self.stand_of_niets is None:
            raise LookupError("a rule asked for what we hold, and nothing was given")
        return self.stand_of_niets

    @cached_property
    def client_bsn(self) -> str:
        """The client of a message about one client."""
        return str(self.bericht.inhoud["Client"]["Bsn"])

    @cached_property
    def declaratie(self) -> Velden:
        """The invoice, or the answer to one."""
        inhoud = self.bericht.inhoud
        found: Velden = inhoud.get("Declaratie") or inhoud.get("DeclaratieAntwoord", {})
        return found

    @cached_property
    def prestaties(self) -> list[tuple[int, int, Velden]]:
        """Every line with the place of its client and of itself, counted from 1."""
        clienten = self.declaratie.get("Clienten", {}).get("Client", [])
        return [
            (c, p, prestatie)
            for c, client in enumerate(clienten, 1)
            for p, prestatie in enumerate(client["Prestaties"]["Prestatie"], 1)
        ]

    @cached_property
    def verwijzingen(self) -> list[tuple[int, int, Velden]]:
        """The lines that name an earlier one."""
        return [
            each
            for each in self.prestaties
            if "VorigReferentieNummer" in each[2]["ProductReferentie"]
        ]

    @cached_property
    def bekende_clienten(self) -> set[str]:
        """Those clients in this message that ever had an allocation."""
        if "Client" in self.bericht.inhoud:
            bsns = {self.client_bsn}
        else:
            bsns = {each["Bsn"] for each in self._clienten()}
        return self.stand.clienten(self.wet, self.aanbieder, bsns)

    def _clienten(self) -> list[Velden]:
        rij: list[Velden] = self.declaratie.get("Clienten", {}).get("Client", [])
        return rij

    @cached_property
    def toewijzingen(self) -> Mapping[int, StandToewijzing]:
        """The allocations that are named anywhere in this message."""
        if self.nummer == 323:
            nummers = {each["ToewijzingNummer"] for _, _, each in self.prestaties}
        else:
            nummers = set(_waarden(self.bericht.inhoud, "ToewijzingNummer"))
        return self.stand.toewijzingen(self.wet, self.aanbieder, nummers)

    @cached_property
    def van_client(self) -> list[StandToewijzing]:
        """All allocations of the client with this provider."""
        return list(
            self.stand.toewijzingen_van(self.wet, self.aanbieder, self.client_bsn)
        )

    @cached_property
    def regie(self) -> list[StandRegie]:
        """Starts and stops of the client that stand."""
        return list(self.stand.regie(self.wet, self.aanbieder, self.client_bsn))

    @cached_property
    def regie_over(self) -> list[StandRegie]:
        """The same without what this message itself removes."""
        from samenloop.berichten.regels.regie import als_regie

        client = self.bericht.inhoud["Client"]
        delen = (
            *client.get("StartProducten", {}).get("StartProduct", ()),
            *client.get("StopProducten", {}).get("StopProduct", ()),
        )
        weg = {als_regie(each) for each in delen if each["StatusAanlevering"] == "3"}
        return [each for each in self.regie if each not in weg]

    @cached_property
    def herhaalde_starts(self) -> set[int]:
        """The starts (by identity) of a product that starts before in this message."""
        from samenloop.berichten.regels.regie import als_regie

        gezien = set()
        herhaald = set()
        for each in self.bericht.inhoud["Client"]["StartProducten"]["StartProduct"]:
            if each["StatusAanlevering"] == "3":
                continue
            product = als_regie(each).levering[:3]
            if product in gezien:
                herhaald.add(id(each))
            gezien.add(product)
        return herhaald

    @cached_property
    def stops_ervoor(self) -> dict[int, list[tuple[str, date]]]:
        """For each stop (by identity) those before it in this message.

        Of the same delivery: reason and last day, of each kind the latest. A pause
        comes before an end, wherever it stands; otherwise the first one does.
        """
        from samenloop.berichten.regels.regie import TIJDELIJK, als_regie

        stops = self.bericht.inhoud["Client"]["StopProducten"]["StopProduct"]
        tot: dict[object, dict[bool, tuple[str, date]]] = {}
        ervoor = {}
        for each in sorted(
            stops, key=lambda deel: deel["RedenBeeindiging"] != TIJDELIJK
        ):
            eerder = tot.setdefault(als_regie(each).levering, {})
            ervoor[id(each)] = list(eerder.values())
            reden, eind = each["RedenBeeindiging"], each["Einddatum"]
            if each["StatusAanlevering"] != "3":
                pauze = reden == TIJDELIJK
                if pauze not in eerder or eind > eerder[pauze][1]:
                    eerder[pauze] = (reden, eind)
        return ervoor

    def prestaties_op(self, nummers: set[int]) -> StandPrestaties:
        """The earlier invoice lines on some allocations."""
        return self.stand.prestaties(self.wet, self.aanbieder, (), nummers)

    @cached_property
    def verzoeken(self) -> Mapping[str, StandVerzoek]:
        """The requests that are referred to in this message."""
        gevraagd = set(_waarden(self.bericht.inhoud, "ReferentieAanbieder"))
        return self.stand.verzoeken(self.wet, self.aanbieder, gevraagd)

    @cached_property
    def eerder(self) -> StandPrestaties:
        """The earlier invoice lines that matter for this one."""
        referenties: set[str] = set()
        for _, _, prestatie in self.prestaties:
            referentie = prestatie["ProductReferentie"]
            referenties.add(referentie["ReferentieNummer"])
            vorige = referentie.get("VorigReferentieNummer")
            if vorige is not None:
                referenties.add(vorige)
        nummers = {each["ToewijzingNummer"] for _, _, each in self.prestaties}
        return self.stand.prestaties(self.wet, self.aanbieder, referenties, nummers)

    @cached_property
    def herhaalde_prestaties(self) -> set[int]:
        """The lines (by identity) whose reference stood in this message before."""
        gezien: set[str] = set()
        herhaald = set()
        for _, _, prestatie in self.prestaties:
            referentie = prestatie["ProductReferentie"]["ReferentieNummer"]
            if referentie in gezien:
                herhaald.add(id(prestatie))
            gezien.add(referentie)
        return herhaald

    def volume_gebruikt(self, gegeven: StandToewijzing) -> int:
        """What earlier lines took of an allocation, before and in this message."""
        nummer, eenheid = gegeven.nummer, gegeven.eenheid or ""
        eerder = self.eerder.volume
        gebruikt = self.volume_erbij.get(nummer, 0)
        gebruikt += eerder.get((nummer, eenheid), 0) * (factor(eenheid, eenheid) or 1)
        if eenheid == UUR:
            gebruikt += eerder.get((nummer, MINUUT), 0)
        return gebruikt

    @cached_property
    def contract(self) -> dict[tuple[str, str], list[StandContractproduct]]:
        """What was agreed, by category and code."""
        afspraken: dict[tuple[str, str], list[StandContractproduct]] = {}
        for each in self.stand.contractproducten(self.wet, self.aanbieder):
            afspraken.setdefault((each.categorie, each.code), []).append(each)
        return afspraken

    @cached_property
    def antwoord_op(self) -> StandDeclaratie | None:
        """The invoice that a 325 answers."""
        identificatie = self.bericht.inhoud["Header"]["DeclaratieIdentificatie"]
        return self.stand.declaratie(
            self.wet, self.aanbieder, identificatie["Identificatie"]
        )

    _passend: dict[tuple[str, str, date], bool | None] = field(default_factory=dict)

    def product_past(self, categorie: str, code: str, op: date) -> bool | None:
        """Whether the code fits the category; asked once for each product and day."""
        sleutel = (categorie, code, op)
        if sleutel not in self._passend:
            self._passend[sleutel] = self.stand.product_past(
                self.wet, self.aanbieder, categorie, code, op
            )
        return self._passend[sleutel]


def _waarden(deel: Any, naam: str) -> Iterator[Any]:
    """Every value of an element, wherever it stands."""
    if isinstance(deel, dict):
        for sleutel, waarde in deel.items():
            if sleutel == naam:
                yield waarde
            elif isinstance(waarde, dict | list):
                yield from _waarden(waarde, naam)
    elif isinstance(deel, list):
        for each in deel:
            yield from _waarden(each, naam)
