"""What we hold, as the rules ask it, from the database and in bulk.

A round loads once what its messages name (`load`): a handful of statements whatever
their number and that of their senders. What was not loaded is asked then, so a question
is never answered wrongly for want of loading.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from samenloop.berichten.regels.stand import (
    StandClient,
    StandContractproduct,
    StandDeclaratie,
    StandPgb,
    StandPrestaties,
    StandRegie,
    StandToewijzing,
    StandVerzoek,
)
from samenloop.berichten.standaard import codelijsten
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.verkeer import (
    standcontracten,
    standprestaties,
    standrijen,
)
from samenloop.berichten.verkeer.models import Ketenbericht as Rij
from samenloop.berichten.verkeer.standrijen import Gegeven
from samenloop.berichten.verkeer.staten import ZONDER_EIGEN_NUMMER
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.personen.models import Burgerservicenummer
from samenloop.voorzieningen.toewijzen.models import (
    Toewijzing,
    Verzoek,
    Zorglevering,
)

Wie = tuple[str, str, str]
"""Law, provider (AGB) and citizen service number."""
T = TypeVar("T")
_VEEL = 2000


def provider(bericht: Bericht) -> str:
    """Return the provider (AGB) in a message, whichever way it goes."""
    if len(bericht.afzender) == 8:
        return bericht.afzender
    return bericht.ontvanger


def cbs(gemeente: str) -> str:
    """Return the four digits by which messages name a municipality (`GM0005`)."""
    return gemeente.removeprefix("GM")


class DatabaseStand:
    """What one municipality holds; made anew for each round of messages."""

    def __init__(
        self, gemeente: str, *, zonder: Collection[UUID] = (), antwoordt: bool = False
    ) -> None:
        """Take the municipality (CBS code, `GM0005`).

        Args:
            gemeente: which one.
            zonder: rows of the messages that are being judged; they do not make
                themselves known.
            antwoordt: answers of ours are being made; what they answer is then taken
                as it was before.
        """
        self._zonder = list(zonder)
        self.gemeente = gemeente
        self._antwoordt = antwoordt
        self.rijen: dict[tuple[str, int], Toewijzing] = {}
        # Of every allocation that was loaded: its id and its person.
        self.sleutels: dict[tuple[str, int], tuple[UUID, UUID]] = {}
        self.personen: dict[str, Any] = {}
        self._bsn: dict[Any, str] = {}
        self._toewijzingen: dict[tuple[str, int], StandToewijzing] = {}
        self._gevraagd: set[tuple[str, int]] = set()
        self._van: dict[Wie, list[StandToewijzing]] = {}
        self._client_geweest: dict[Wie, bool] = {}
        self._regie: dict[Wie, list[StandRegie]] = {}
        self.leveringen: dict[Wie, list[Zorglevering]] = {}
        self._verzoeken: dict[tuple[str, str, str], StandVerzoek | None] = {}
        self._onderhanden: dict[Wie, bool] = {}
        self._bekend: dict[tuple[str, str, str], bool] = {}
        self._contract: dict[tuple[str, str], list[StandContractproduct]] = {}
        self._declaraties = standprestaties.Declaraties(gemeente)
        self._pgb: dict[Any, list[StandPgb]] = {}

    # ---- Loading a round ------------------------------------------------------------

    def load(self, berichten: Sequence[Bericht]) -> None:
        """Load what these messages name."""
        # Of the clients of an invoice nothing is asked but whether they are ours.
        wie: dict[bool, set[Wie]] = {True: set(), False: set()}
        nummers: set[tuple[str, int]] = set()
        referenties: set[tuple[str, str, str]] = set()
        for bericht in berichten:
            wet, agb = bericht.soort.wet, provider(bericht)
            factuur = bericht.soort.nummer == 323
            for naam, waarde in standrijen.leaves(bericht.inhoud):
                if naam == "Bsn":
                    wie[factuur].add((wet, agb, waarde))
                elif naam == "ToewijzingNummer":
                    nummers.add((wet, waarde))
                elif naam == "ReferentieAanbieder":
                    referenties.add((wet, agb, waarde))
        self._load_known(berichten)
        self._load_persons({bsn for each in wie.values() for *_, bsn in each})
        self._load_clients(wie[False] - set(self._van))
        self._load_whether_client(wie[True])
        self._load_numbers(nummers - self._gevraagd)
        self._load_requests(referenties - set(self._verzoeken))
        self._load_contracts({(b.soort.wet, provider(b)) for b in berichten})
        vragen = [standprestaties.question(each, self.sleutels) for each in berichten]
        self._declaraties.load([each for each in vragen if each])

    def _load_known(self, berichten: Iterable[Bericht]) -> None:
        sleutels = {
            (each.soort.code, each.afzender, each.identificatie) for each in berichten
        }
        gevonden = (
            set(
                Rij.objects.filter(
                    gemeente=self.gemeente,
                    soort__in={s for s, *_ in sleutels},
                    identificatie__in={i for *_, i in sleutels},
                )
                .exclude(staat__in=ZONDER_EIGEN_NUMMER)
                .exclude(pk__in=self._zonder)
                .values_list("soort", "afzender", "identificatie")
            )
            if sleutels
            else set()
        )
        for sleutel in sleutels:
            self._bekend[sleutel] = sleutel in gevonden

    def _load_persons(self, bsns: Collection[str]) -> None:
        sleutels: dict[str, str] = {}
        for bsn in bsns:
            try:
                sleutels[Bsn(bsn).zoeksleutel(settings.BSN_SLEUTEL)] = bsn
            except OngeldigBsn:
                continue
        for persoon, sleutel in Burgerservicenummer.objects.filter(
            zoeksleutel__in=sleutels
        ).values_list("persoon_id", "zoeksleutel"):
            self.personen[sleutels[sleutel]] = persoon
            self._bsn[persoon] = sleutels[sleutel]

    def _load_clients(self, wie: set[Wie]) -> None:
        """Allocations, deliveries and open requests of clients at their providers."""
        for each in wie:
            self._van[each], self._regie[each] = [], []
            self.leveringen[each] = []
            self._onderhanden[each] = False
        personen = {self.personen[b] for *_, b in wie if b in self.personen}
        if not personen:
            return
        agbs = {agb for _, agb, _ in wie}
        grens = Q(gemeente=self.gemeente, persoon__in=personen, aanbieder__agb__in=agbs)
        for rij in Toewijzing.objects.filter(grens).select_related("aanbieder"):
            stand = self._keep(rij, rij.aanbieder.agb, self._bsn[rij.persoon_id])
            self.rijen[rij.wet, rij.nummer] = rij
            sleutel = (rij.wet, rij.aanbieder.agb, stand.bsn)
            if sleutel in wie:
                self._van[sleutel].append(stand)
        for lev in (
            Zorglevering.objects.filter(grens, vervallen_op=None)
            .select_related("aanbieder", "toewijzing")
            .prefetch_related("meldingen")
        ):
            sleutel = (lev.wet, lev.aanbieder.agb, self._bsn[lev.persoon_id])
            if sleutel in wie:
                self.leveringen[sleutel].append(lev)
                self._regie[sleutel] += standrijen.deliveries(lev)
        for wet, agb, persoon in (
            Verzoek.objects.filter(grens, staat__in=["open", "onderzoek"])
            .order_by()
            .values_list("wet", "aanbieder__agb", "persoon")
        ):
            self._onderhanden[wet, agb, self._bsn[persoon]] = True

    def _load_whether_client(self, wie: set[Wie]) -> None:
        self._client_geweest |= dict.fromkeys(wie, False)
        personen = {self.personen[b] for *_, b in wie if b in self.personen}
        agbs = {agb for _, agb, _ in wie}
        for wet, agb, persoon in standrijen.clients(self.gemeente, agbs, personen):
            self._client_geweest[wet, agb, self._bsn[persoon]] = True

    def _load_numbers(self, nummers: set[tuple[str, int]]) -> None:
        self._gevraagd |= nummers
        nog = nummers - set(self._toewijzingen)
        if not nog:
            return
        rijen = (
            Toewijzing.objects.filter(
                gemeente=self.gemeente,
                wet__in={wet for wet, _ in nog},
                nummer__in={nummer for _, nummer in nog},
            )
            .order_by()
            .values_list(*standrijen.GEGEVEN)
        )
        # Of many not all at once in memory, of few not in several statements.
        for velden in rijen.iterator() if len(nog) > _VEEL else rijen:
            rij = Gegeven(*velden)
            self._keep(rij, rij.agb, rij.bsn or "")

    def _load_requests(self, sleutels: set[tuple[str, str, str]]) -> None:
        if not sleutels:
            return
        for sleutel in sleutels:
            self._verzoeken[sleutel] = None
        rijen = list(
            Verzoek.objects.filter(
                gemeente=self.gemeente,
                referentie__in={ref for *_, ref in sleutels},
                aanbieder__agb__in={agb for _, agb, _ in sleutels},
            ).select_related("aanbieder", "persoon__burgerservicenummer")
        )
        for rij in rijen:
            self._verzoeken[rij.wet, rij.aanbieder.agb, rij.referentie] = (
                standrijen.request(rij, voor_antwoord=self._antwoordt)
            )

    def _keep(self, rij: Toewijzing | Gegeven, agb: str, bsn: str) -> StandToewijzing:
        sleutel = (rij.wet, rij.nummer)
        self.sleutels[sleutel] = (rij.id, rij.persoon_id)
        stand = self._toewijzingen[sleutel] = standrijen.allocation(rij, agb, bsn)
        return stand

    # ---- What the rules ask ---------------------------------------------------------

    def identificatie_bekend(
        self, wet: str, nummer: int, afzender: str, identificatie: str
    ) -> bool:
        """This sender used this identification before for this kind."""
        naam = {"wmo": "WMO", "jeugdwet": "JW"}[wet]
        sleutel = (f"{naam}{nummer}", afzender, identificatie)
        if sleutel not in self._bekend:
            self._bekend[sleutel] = (
                Rij.objects.filter(
                    gemeente=self.gemeente,
                    soort=sleutel[0],
                    afzender=afzender,
                    identificatie=identificatie,
                )
                .exclude(staat__in=ZONDER_EIGEN_NUMMER)
                .exclude(pk__in=self._zonder)
                .exists()
            )
        return self._bekend[sleutel]

    def toewijzingen(
        self, wet: str, aanbieder: str, nummers: Collection[int]
    ) -> Mapping[int, StandToewijzing]:
        """The allocations with these numbers."""
        self._load_numbers({(wet, n) for n in nummers} - self._gevraagd)
        return {
            n: self._toewijzingen[wet, n]
            for n in nummers
            if (wet, n) in self._toewijzingen
        }

    def toewijzingen_van(
        self, wet: str, aanbieder: str, bsn: str
    ) -> Sequence[StandToewijzing]:
        """All allocations of one client with this provider."""
        return self._client(wet, aanbieder, bsn, self._van)

    def clienten(self, wet: str, aanbieder: str, bsns: Collection[str]) -> set[str]:
        """Those that ever had an allocation with this provider."""
        wie = {(wet, aanbieder, bsn) for bsn in bsns}
        if nog := wie - set(self._van) - set(self._client_geweest):
            self._load_persons({b for *_, b in nog if b not in self.personen})
            self._load_whether_client(nog)
        return {
            each[2]
            for each in wie
            if self._van.get(each) or self._client_geweest.get(each)
        }

    def regie(self, wet: str, aanbieder: str, bsn: str) -> Sequence[StandRegie]:
        """Starts and stops of this client."""
        return self._client(wet, aanbieder, bsn, self._regie)

    def _client(
        self, wet: str, aanbieder: str, bsn: str, wat: dict[Wie, list[T]]
    ) -> list[T]:
        self._need_client((wet, aanbieder, bsn))
        return wat[wet, aanbieder, bsn]

    def _need_client(self, wie: Wie) -> None:
        if wie not in self._van:
            self._load_persons({wie[2]} - set(self.personen))
            self._load_clients({wie})

    def verzoeken(
        self, wet: str, aanbieder: str, referenties: Collection[str]
    ) -> Mapping[str, StandVerzoek]:
        """Requests of this provider with these references."""
        gevraagd = {(wet, aanbieder, ref) for ref in referenties}
        self._load_requests(gevraagd - set(self._verzoeken))
        return {
            ref: gevonden
            for ref in referenties
            if (gevonden := self._verzoeken[wet, aanbieder, ref]) is not None
        }

    def onderhanden(self, wet: str, aanbieder: str, bsn: str) -> bool:
        """A request of this provider for this client is open."""
        self._need_client((wet, aanbieder, bsn))
        return self._onderhanden[wet, aanbieder, bsn]

    def declaratienummer_bekend(self, wet: str, aanbieder: str, nummer: str) -> bool:
        """An invoice with this number was handled before."""
        return self._declaraties.number_used(wet, aanbieder, nummer)

    def laatste_declaratieperiode(self, wet: str, aanbieder: str) -> date | None:
        """The first day of the latest month that was invoiced."""
        return self._declaraties.latest_month(wet, aanbieder)

    def prestaties(
        self,
        wet: str,
        aanbieder: str,
        referenties: Collection[str],
        toewijzingen: Collection[int],
    ) -> StandPrestaties:
        """The earlier lines that matter."""
        self._load_numbers({(wet, n) for n in toewijzingen} - self._gevraagd)
        gegeven = {
            self.sleutels[wet, n][0] for n in toewijzingen if (wet, n) in self.sleutels
        }
        return self._declaraties.lines(
            standprestaties.Vraag((wet, aanbieder), (), referenties, gegeven)
        )

    def contractproducten(
        self, wet: str, aanbieder: str
    ) -> Sequence[StandContractproduct]:
        """What was agreed with this provider for this municipality."""
        self._load_contracts({(wet, aanbieder)})
        return self._contract[wet, aanbieder]

    def _load_contracts(self, met: set[tuple[str, str]]) -> None:
        self._contract |= standcontracten.products(
            self.gemeente, met - set(self._contract)
        )

    def product_past(
        self, wet: str, aanbieder: str, categorie: str, code: str, op: date
    ) -> bool | None:
        """Whether the code fits the category in what was agreed with the provider."""
        genoemd = [
            each for each in self.contractproducten(wet, aanbieder) if each.code == code
        ]
        if not genoemd:
            return None
        return any(each.categorie == categorie and each.geldig(op) for each in genoemd)

    def gemeente_bestaat(self, code: str, op: date) -> bool | None:
        """Whether we know better than the list of CBS: of ourselves, when merged."""
        eigen = code == cbs(self.gemeente)
        ook_bij_cbs = codelijsten.geldig(codelijsten.GEMEENTEN, code, op)
        return True if eigen and not ook_bij_cbs else None

    def client(self, bsn: str) -> StandClient | None:
        """What matters about a client when we send."""
        if bsn not in self.personen:
            self._load_persons([bsn])
        persoon = self.personen.get(bsn)
        if persoon is None:
            return None
        if persoon not in self._pgb:
            self._load_budgets()
        return StandClient(bsn=bsn, pgb=tuple(self._pgb[persoon]))

    def _load_budgets(self) -> None:
        """The budgets that run, of everyone this round is about, at once."""
        nieuw = set(self.personen.values()) - set(self._pgb)
        self._pgb |= standrijen.budgets(self.gemeente, nieuw)

    def declaratie(
        self, wet: str, aanbieder: str, identificatie: str
    ) -> StandDeclaratie | None:
        """None: a municipality sends no invoices."""
        return None
