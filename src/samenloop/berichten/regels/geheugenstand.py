"""A `Stand` in memory: for tests, and for the provider that we simulate.

Plain lists that a caller fills; every question walks them.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from samenloop.berichten.regels.stand import (
    StandClient,
    StandContractproduct,
    StandDeclaratie,
    StandPrestatie,
    StandPrestaties,
    StandRegie,
    StandToewijzing,
    StandVerzoek,
)


@dataclass
class GeheugenStand:
    """All of one municipality, one law and one provider; law is not told apart."""

    identificaties: set[tuple[int, str, str]] = field(default_factory=set)
    alle_toewijzingen: list[StandToewijzing] = field(default_factory=list)
    alle_regie: dict[str, list[StandRegie]] = field(default_factory=dict)
    alle_verzoeken: list[StandVerzoek] = field(default_factory=list)
    declaratienummers: set[str] = field(default_factory=set)
    laatste_periode: date | None = None
    alle_prestaties: list[StandPrestatie] = field(default_factory=list)
    contract: list[StandContractproduct] = field(default_factory=list)
    gemeenten: set[str] | None = None
    clientgegevens: dict[str, StandClient] = field(default_factory=dict)
    declaraties: dict[str, StandDeclaratie] = field(default_factory=dict)

    def identificatie_bekend(
        self, wet: str, nummer: int, afzender: str, identificatie: str
    ) -> bool:
        """This sender used this identification before for this kind."""
        return (nummer, afzender, identificatie) in self.identificaties

    def toewijzingen(
        self, wet: str, aanbieder: str, nummers: Collection[int]
    ) -> dict[int, StandToewijzing]:
        """The allocations with these numbers."""
        return {t.nummer: t for t in self.alle_toewijzingen if t.nummer in nummers}

    def toewijzingen_van(
        self, wet: str, aanbieder: str, bsn: str
    ) -> list[StandToewijzing]:
        """All allocations of one client with this provider."""
        return [
            t
            for t in self.alle_toewijzingen
            if t.bsn == bsn and t.aanbieder == aanbieder
        ]

    def clienten(self, wet: str, aanbieder: str, bsns: Collection[str]) -> set[str]:
        """Those that ever had an allocation with this provider."""
        return {
            t.bsn
            for t in self.alle_toewijzingen
            if t.bsn in bsns and t.aanbieder == aanbieder
        }

    def regie(self, wet: str, aanbieder: str, bsn: str) -> list[StandRegie]:
        """Starts and stops of this client."""
        return self.alle_regie.get(bsn, [])

    def verzoeken(
        self, wet: str, aanbieder: str, referenties: Collection[str]
    ) -> dict[str, StandVerzoek]:
        """Requests with these references."""
        return {
            v.referentie: v for v in self.alle_verzoeken if v.referentie in referenties
        }

    def onderhanden(self, wet: str, aanbieder: str, bsn: str) -> bool:
        """A request for this client is open."""
        return any(v.bsn == bsn and v.onderhanden for v in self.alle_verzoeken)

    def declaratienummer_bekend(self, wet: str, aanbieder: str, nummer: str) -> bool:
        """An invoice with this number was handled before."""
        return nummer in self.declaratienummers

    def laatste_declaratieperiode(self, wet: str, aanbieder: str) -> date | None:
        """The first day of the latest month that was invoiced."""
        return self.laatste_periode

    def prestaties(
        self,
        wet: str,
        aanbieder: str,
        referenties: Collection[str],
        toewijzingen: Collection[int],
    ) -> StandPrestaties:
        """The earlier lines that matter."""
        weg = {p.vorige for p in self.alle_prestaties if not p.debet and p.vorige}
        volume: Counter[tuple[int, str]] = Counter()
        bedrag: Counter[int] = Counter()
        for p in self.alle_prestaties:
            bedrag[p.nummer] += p.bedrag if p.debet else -p.bedrag
            # A credit is not held against its debit for volume, so it says nothing.
            if p.debet and p.referentie not in weg:
                volume[p.nummer, p.eenheid] += p.volume
        return StandPrestaties(
            op_referentie={
                p.referentie: p
                for p in self.alle_prestaties
                if p.referentie in referenties
            },
            gecrediteerd=weg,
            open_debet={
                p.sleutel
                for p in self.alle_prestaties
                if p.debet and p.referentie not in weg
            },
            volume=volume,
            bedrag=bedrag,
        )

    def contractproducten(self, wet: str, aanbieder: str) -> list[StandContractproduct]:
        """What was agreed."""
        return self.contract

    def product_past(
        self, wet: str, aanbieder: str, categorie: str, code: str, op: date
    ) -> bool | None:
        """Whether the code fits the category in what was agreed."""
        if not self.contract:
            return None
        return any(
            p.categorie == categorie and p.code == code and p.geldig(op)
            for p in self.contract
        )

    def gemeente_bestaat(self, code: str, op: date) -> bool | None:
        """Whether the code is in the list given."""
        return None if self.gemeenten is None else code in self.gemeenten

    def client(self, bsn: str) -> StandClient | None:
        """What matters about a client when we send."""
        return self.clientgegevens.get(bsn)

    def declaratie(
        self, wet: str, aanbieder: str, identificatie: str
    ) -> StandDeclaratie | None:
        """The invoice with this identification."""
        return self.declaraties.get(identificatie)
