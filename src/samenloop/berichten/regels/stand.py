"""What a rule may know besides the message: all that levels 3 and 4 ask about.

`Stand` is the one door. The side that has a database implements it in bulk, so that an
invoice of 25 MB costs a handful of questions and not one per line; the provider that
we simulate, and the tests, use `GeheugenStand`. It always stands for ONE municipality;
law and provider are named in each question. Dates are days, amounts eurocents.

Only what was accepted counts: a message that was refused counts as never sent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

Productsleutel = tuple[int, str, str, date, date]
"""Allocation number, category, code, first and last day of the product period."""


@dataclass(frozen=True, slots=True)
class StandToewijzing:
    """The latest version of one allocation, as the provider received it last."""

    nummer: int
    bsn: str
    aanbieder: str
    ingang: date
    eind: date | None = None
    categorie: str | None = None
    code: str | None = None
    volume: int | None = None
    eenheid: str | None = None
    frequentie: str | None = None
    budget: int | None = None
    reden_wijziging: str | None = None
    toegewezen_op: datetime | None = None
    referentie_aanbieder: str | None = None
    verzonden_op: date | None = None
    """When it went out, where that is kept; else the moment of decision counts."""

    @property
    def verwijderd(self) -> bool:
        """Counts as never sent (reason 13, or 01 of old, on a period of one day)."""
        return self.reden_wijziging in ("13", "01") and self.eind == self.ingang

    def bekend_op(self, dag: date) -> bool:
        """Whether the provider could know this version on a day (OP095)."""
        beslist = self.toegewezen_op.date() if self.toegewezen_op else date.min
        return (self.verzonden_op or beslist) <= dag

    def geldig_vanaf(self, dag: date) -> bool:
        """Current: not removed, and valid on or after this day."""
        return not self.verwijderd and (self.eind is None or self.eind >= dag)


@dataclass(frozen=True, slots=True)
class StandRegie:
    """A start or stop that was received, accepted and not removed since."""

    stop: bool
    nummer: int | None
    begin: date
    categorie: str | None = None
    code: str | None = None
    reden: str | None = None
    eind: date | None = None

    @property
    def levering(self) -> tuple[int | None, str | None, str | None, date]:
        """What ties a stop to its start."""
        return (self.nummer, self.categorie, self.code, self.begin)


@dataclass(frozen=True, slots=True)
class StandVerzoek:
    """A request (315 per product, 317 as a whole) that was accepted."""

    referentie: str
    bsn: str
    nummer: int = 315
    antwoorden: tuple[str, ...] = ()
    """VerzoekAntwoord of each answer sent, in order."""
    toegewezen: bool = False
    """A 301 went out with this reference."""
    gezagsdrager_bekend: bool = False

    @property
    def onderhanden(self) -> bool:
        """Neither refused nor granted yet."""
        return not self.toegewezen and "1" not in self.antwoorden


@dataclass(frozen=True, slots=True)
class StandPrestatie:
    """An invoice line that was accepted."""

    referentie: str
    nummer: int
    bsn: str
    categorie: str
    code: str
    begin: date
    eind: date
    volume: int
    eenheid: str
    bedrag: int
    debet: bool = True
    vorige: str | None = None
    tarief: int | None = None

    @property
    def sleutel(self) -> Productsleutel:
        """Of this only one debit may be open at a time."""
        return (self.nummer, self.categorie, self.code, self.begin, self.eind)


@dataclass(frozen=True, slots=True)
class StandPrestaties:
    """The earlier lines that an invoice touches; filled in one go.

    `op_referentie` holds every accepted line, by its own reference, that is among the
    references asked for; a message asks for its own and for those it credits. The sums
    and the open debits are those of the allocations asked for: amounts are
    debits minus credits, volumes those of debits without a credit; credited lines are
    not open.
    """

    op_referentie: Mapping[str, StandPrestatie] = field(default_factory=dict)
    gecrediteerd: Collection[str] = frozenset()
    """References of debit lines that have a credit."""
    open_debet: Collection[Productsleutel] = frozenset()
    volume: Mapping[tuple[int, str], int] = field(default_factory=dict)
    """Per allocation and unit."""
    bedrag: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StandContractproduct:
    """What was agreed about one product; tariff in eurocents per unit."""

    categorie: str
    code: str
    eenheid: str | None = None
    tarief: int | None = None
    """None: no fixed tariff was agreed."""
    ingang: date = date.min
    eind: date | None = None

    def geldig(self, dag: date) -> bool:
        """Agreed for this day."""
        return self.ingang <= dag and (self.eind is None or dag <= self.eind)


@dataclass(frozen=True, slots=True)
class StandPgb:
    """A personal budget that runs; without code it holds for the whole category."""

    categorie: str
    ingang: date
    code: str | None = None
    eind: date | None = None


@dataclass(frozen=True, slots=True)
class StandClient:
    """What only matters when we send."""

    bsn: str
    gevaar: bool = False
    """A professional judged that a message endangers the client (OP003)."""
    gezag_bij_client: bool = False
    pgb: tuple[StandPgb, ...] = ()


@dataclass(frozen=True, slots=True)
class StandDeclaratie:
    """An invoice as it was sent; a provider checks the answer with it."""

    identificatie: str
    nummer: str
    xsd_versie: tuple[str, str]
    prestaties: Mapping[str, StandPrestatie] = field(default_factory=dict)


class Stand(Protocol):
    """What is held about one municipality. `wet` is "wmo" or "jeugdwet"."""

    def identificatie_bekend(
        self, wet: str, nummer: int, afzender: str, identificatie: str
    ) -> bool:
        """This sender used this identification before for this kind (301..325)."""

    def toewijzingen(
        self, wet: str, aanbieder: str, nummers: Collection[int]
    ) -> Mapping[int, StandToewijzing]:
        """The allocations with these numbers; also those of another provider."""

    def toewijzingen_van(
        self, wet: str, aanbieder: str, bsn: str
    ) -> Sequence[StandToewijzing]:
        """All allocations of one client with this provider, ended ones too."""

    def clienten(self, wet: str, aanbieder: str, bsns: Collection[str]) -> set[str]:
        """Those of these numbers that ever had an allocation with this provider."""

    def regie(self, wet: str, aanbieder: str, bsn: str) -> Sequence[StandRegie]:
        """Starts and stops of this client with this provider."""

    def verzoeken(
        self, wet: str, aanbieder: str, referenties: Collection[str]
    ) -> Mapping[str, StandVerzoek]:
        """Requests of this provider with these references."""

    def onderhanden(self, wet: str, aanbieder: str, bsn: str) -> bool:
        """A request of this provider for this client is open."""

    def declaratienummer_bekend(self, wet: str, aanbieder: str, nummer: str) -> bool:
        """An invoice with this number was handled before."""

    def laatste_declaratieperiode(self, wet: str, aanbieder: str) -> date | None:
        """The first day of the latest month that was invoiced."""

    def prestaties(
        self,
        wet: str,
        aanbieder: str,
        referenties: Collection[str],
        toewijzingen: Collection[int],
    ) -> StandPrestaties:
        """The earlier lines that matter for these references and allocations."""

    def contractproducten(
        self, wet: str, aanbieder: str
    ) -> Sequence[StandContractproduct]:
        """What was agreed with this provider."""

    def product_past(
        self, wet: str, aanbieder: str, categorie: str, code: str, op: date
    ) -> bool | None:
        """Whether the code fits the category; None: no list of products is kept."""

    def gemeente_bestaat(self, code: str, op: date) -> bool | None:
        """Whether CBS knows the code on this day; None: no list is kept."""

    def client(self, bsn: str) -> StandClient | None:
        """What matters about a client when we send."""

    def declaratie(
        self, wet: str, aanbieder: str, identificatie: str
    ) -> StandDeclaratie | None:
        """The invoice with this identification of the message."""
