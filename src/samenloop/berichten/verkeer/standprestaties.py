"""What was invoiced and granted before, as the rules on an invoice ask it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Manager, Max, Model, Q, QuerySet

from samenloop.berichten.regels.stand import StandPrestatie, StandPrestaties
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie

Wie = tuple[str, str]
"""Law and provider (AGB)."""
T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Vraag:
    """What an invoice asks of the earlier ones: numbers, references, allocations."""

    wie: Wie
    nummers: Collection[str] = frozenset()
    referenties: Collection[str] = frozenset()
    toewijzingen: Collection[UUID] = frozenset()


class Rij(NamedTuple):
    """A granted line, without the weight of a row."""

    wet: str
    agb: str
    toewijzing: UUID
    referentie: str
    vorige: str
    nummer: int
    bsn: str | None
    categorie: str
    code: str
    begin: date
    eind: date
    volume: int
    eenheid: str
    bedrag: int
    tarief: int | None
    is_credit: bool
    credit: UUID | None

    def as_line(self) -> StandPrestatie:
        """Return it as the rules know it."""
        return StandPrestatie(
            referentie=self.referentie,
            nummer=self.nummer,
            bsn=self.bsn or "",
            categorie=self.categorie,
            code=self.code,
            begin=self.begin,
            eind=self.eind,
            volume=self.volume,
            eenheid=self.eenheid,
            bedrag=self.bedrag,
            debet=not self.is_credit,
            vorige=self.vorige or None,
            tarief=self.tarief,
        )


_VELDEN = (
    *("wet", "aanbieder__agb", "toewijzing", "referentie", "vorige_referentie"),
    *("toewijzingnummer", "persoon__burgerservicenummer__bsn", "categorie", "code"),
    *("begin", "eind", "volume", "eenheid", "bedrag", "tarief", "is_credit"),
    "gecrediteerd_door",
)


def question(
    bericht: Bericht, sleutels: Mapping[tuple[str, int], tuple[UUID, UUID]]
) -> Vraag | None:
    """Return what a message asks; None when it is no invoice.

    `sleutels` holds the id of each allocation that is known, and that of its person.
    """
    declaratie = bericht.inhoud.get("Declaratie")
    if declaratie is None or bericht.soort.nummer != 323:
        return None
    wet = bericht.soort.wet
    referenties, toewijzingen = set(), set()
    for client in declaratie["Clienten"]["Client"]:
        for prestatie in client["Prestaties"]["Prestatie"]:
            referenties.update(prestatie["ProductReferentie"].values())
            gegeven = sleutels.get((wet, prestatie["ToewijzingNummer"]))
            if gegeven is not None:
                toewijzingen.add(gegeven[0])
    return Vraag(
        (wet, bericht.afzender),
        {declaratie["DeclaratieNummer"]},
        referenties,
        toewijzingen,
    )


class Declaraties:
    """The invoices that a municipality had before, loaded for several at once."""

    def __init__(self, gemeente: str) -> None:
        """Take the municipality (`GM0005`)."""
        self._gemeente = gemeente
        self._gebruikt: dict[tuple[str, str, str], bool] = {}
        self._laatste: dict[Wie, date | None] = {}
        self._rijen: dict[Wie, tuple[Vraag, list[Rij]]] = {}

    def load(self, vragen: Sequence[Vraag]) -> None:
        """Load what these invoices ask, at most one of each provider and law."""
        if not vragen:
            return
        self._load_numbers(vragen)
        self._load_months([vraag.wie for vraag in vragen])
        self._load_lines(vragen)

    def number_used(self, wet: str, aanbieder: str, nummer: str) -> bool:
        """Return whether an invoice with this number was handled before."""
        if (wet, aanbieder, nummer) not in self._gebruikt:
            self._load_numbers([Vraag((wet, aanbieder), {nummer})])
        return self._gebruikt[wet, aanbieder, nummer]

    def latest_month(self, wet: str, aanbieder: str) -> date | None:
        """Return the first day of the latest month that was invoiced."""
        if (wet, aanbieder) not in self._laatste:
            self._load_months([(wet, aanbieder)])
        return self._laatste[wet, aanbieder]

    def lines(self, vraag: Vraag) -> StandPrestaties:
        """Return the earlier lines with these references and on these allocations."""
        geladen, rijen = self._rijen.get(vraag.wie, (Vraag(vraag.wie), []))
        referenties, toewijzingen = set(vraag.referenties), set(vraag.toewijzingen)
        if not (
            referenties.issubset(geladen.referenties)
            and toewijzingen.issubset(geladen.toewijzingen)
        ):
            self._load_lines([vraag])
            rijen = self._rijen[vraag.wie][1]
        return _as_lines(
            [
                rij
                for rij in rijen
                if rij.toewijzing in toewijzingen or rij.referentie in referenties
            ],
            referenties,
        )

    def _load_numbers(self, vragen: Sequence[Vraag]) -> None:
        gevraagd = {(*vraag.wie, n) for vraag in vragen for n in vraag.nummers}
        gebruikt = set(
            self._of(Declaratie.objects, {vraag.wie for vraag in vragen})
            .filter(nummer__in={nummer for *_, nummer in gevraagd})
            .values_list("wet", "aanbieder__agb", "nummer")
        )
        self._gebruikt |= {sleutel: sleutel in gebruikt for sleutel in gevraagd}

    def _load_months(self, wie: Iterable[Wie]) -> None:
        sleutels = set(wie)
        self._laatste |= dict.fromkeys(sleutels)
        for wet, agb, begin in (
            self._of(Declaratie.objects, sleutels)
            .order_by()
            .values_list("wet", "aanbieder__agb")
            .annotate(Max("begin"))
        ):
            if (wet, agb) in sleutels:
                self._laatste[wet, agb] = begin

    def _load_lines(self, vragen: Sequence[Vraag]) -> None:
        """The granted lines, in one statement.

        By the id of the allocation and the reference, for which there are indexes.
        """
        nu: dict[Wie, list[Rij]] = {vraag.wie: [] for vraag in vragen}
        rijen = (
            self._of(Prestatie.objects, {vraag.wie for vraag in vragen})
            .filter(
                Q(toewijzing__in=[t for vraag in vragen for t in vraag.toewijzingen])
                | Q(referentie__in=[r for vraag in vragen for r in vraag.referenties]),
                oordeel=Prestatie.Oordeel.TOEGEKEND,
            )
            .order_by()
            .values_list(*_VELDEN)
        )
        for velden in rijen:
            rij = Rij(*velden)
            if (rij.wet, rij.agb) in nu:
                nu[rij.wet, rij.agb].append(rij)
        for vraag in vragen:
            self._rijen[vraag.wie] = (vraag, nu[vraag.wie])

    def _of(self, rijen: Manager[T], wie: Collection[Wie]) -> QuerySet[T]:
        return rijen.filter(
            gemeente=self._gemeente,
            wet__in={wet for wet, _ in wie},
            aanbieder__agb__in={agb for _, agb in wie},
        )


def _as_lines(rijen: Sequence[Rij], referenties: Collection[str]) -> StandPrestaties:
    """Lines as the rules know them.

    A debit that was taken back takes no volume. The volume that its credit names is not
    looked at: no rule holds the one against the other, as it does their amounts.
    """
    volume: Counter[tuple[int, str]] = Counter()
    bedrag: Counter[int] = Counter()
    open_debet = set()
    for rij in rijen:
        bedrag[rij.nummer] += -rij.bedrag if rij.is_credit else rij.bedrag
        if not rij.is_credit and rij.credit is None:
            volume[rij.nummer, rij.eenheid] += rij.volume
            open_debet.add((rij.nummer, rij.categorie, rij.code, rij.begin, rij.eind))
    return StandPrestaties(
        op_referentie={
            rij.referentie: rij.as_line()
            for rij in rijen
            if rij.referentie in referenties
        },
        gecrediteerd={rij.referentie for rij in rijen if rij.credit is not None},
        open_debet=open_debet,
        volume=volume,
        bedrag=bedrag,
    )
