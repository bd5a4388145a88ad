"""Taking in requests of providers, and answering them within the terms of the standard.

A request for an allocation is answered per reference; a request to change is granted as
a whole or not at all. "Under inquiry" is said once and moves the end to eight weeks.
Source: iWmo and iJw 3.2, OP274, OP343, OP346, OP348, OP359, IV093, IV094, 9357, 9360,
9365.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.models import Aanbieder, Wet
from samenloop.voorzieningen.toewijzen import (
    routes,
    termijn,
    toewijzen,
    verstrekken,
    verzoekregels,
)
from samenloop.voorzieningen.toewijzen.fouten import (
    NietNu,
    Onvolledig,
)
from samenloop.voorzieningen.toewijzen.models import (
    Beschikking,
    RedenAfwijzing,
    Toewijzing,
    Verwijzer,
    Verzoek,
    Verzoekregel,
    Verzoeksoort,
    Verzoekstaat,
)

ONTVANGEN = "verzoek-ontvangen"
BEANTWOORD = "verzoek-beantwoord"
ACTIVITEIT = "zorgtoewijzing"
# Who by law opens the way to youth care, without a decision of the municipality.
VERWIJST = frozenset(
    {
        *(Verwijzer.HUISARTS, Verwijzer.JEUGDARTS, Verwijzer.GI),
        *(Verwijzer.SPECIALIST, Verwijzer.RECHTER),
    }
)


@dataclass(frozen=True, slots=True)
class Regel:
    """One product of a request; `toewijzing` is the number it is about."""

    soort: str
    toewijzing: int | None = None
    categorie: str = ""
    code: str = ""
    ingang: date | None = None
    eind: date | None = None
    volume: int | None = None
    eenheid: str = ""
    frequentie: str = ""
    budget: int | None = None
    beschikking_ingang: date | None = None


@dataclass(frozen=True, slots=True)
class Ingekomen:
    """A request as it came in."""

    gemeente: str
    wet: str
    soort: str
    referentie: str
    persoon: Persoon
    aanbieder: Aanbieder
    dagtekening: date
    regels: Sequence[Regel]
    ontvangen_op: datetime | None = None
    bericht: UUID | None = None
    verwijzer_type: str = ""
    verwijzer_naam: str = ""
    verwijzer_agb: str = ""
    beschikkingnummer: str = ""
    raamcontract: bool | None = None
    gezagsdrager_bekend: bool | None = None
    reden_verzoek: str = ""
    commentaar: str = ""


@transaction.atomic
def receive(ingekomen: Ingekomen, *, door: Actor) -> Verzoek:
    """Register a request with its terms; let it through when a rule says so.

    What goes straight through is allocated in the same transaction; when the allocation
    itself is refused (it would be stacked, say), a person looks after all.
    """
    besluiten.require(door, Handeling.VERZOEK_BEHANDELEN)
    op = ingekomen.ontvangen_op or klok.now()
    dag = op.astimezone(klok.AMSTERDAM).date()
    verzoek = Verzoek(
        gemeente_id=ingekomen.gemeente,
        ontvangen_op=op,
        retour_uiterlijk=termijn.working_days(dag, termijn.RETOUR_DAGEN),
        antwoord_uiterlijk=termijn.working_days(dag, termijn.ANTWOORD_DAGEN),
        eind_uiterlijk=ingekomen.dagtekening + timedelta(weeks=termijn.EIND_WEKEN),
        woonplaats_uiterlijk=dag + timedelta(weeks=termijn.WOONPLAATS_WEKEN),
        **{
            naam: getattr(ingekomen, naam)
            for naam in (
                *("wet", "soort", "referentie", "persoon", "aanbieder", "dagtekening"),
                *("bericht", "verwijzer_type", "verwijzer_naam", "verwijzer_agb"),
                *("beschikkingnummer", "raamcontract", "gezagsdrager_bekend"),
                *("reden_verzoek", "commentaar"),
            )
        },
    )
    regels = [
        Verzoekregel(
            verzoek=verzoek,
            **{naam: getattr(each, naam) for naam in Regel.__dataclass_fields__},
        )
        for each in ingekomen.regels
    ]
    route = _route(verzoek, regels)
    verzoek.route = "door" if route.door else "toetsen"
    verzoek.route_reden = route.reden
    verzoek.save(force_insert=True)
    Verzoekregel.objects.bulk_create(regels)
    _log(door, verzoek)
    gebeurtenissen.record(ONTVANGEN, onderwerp=verzoek.pk, gemeente=verzoek.gemeente_id)
    if route.door:
        _let_through(verzoek, door)
    return verzoek


@transaction.atomic
def investigate(verzoek: Verzoek, *, door: Actor) -> Verzoek:
    """Say that the request is under inquiry; once (9360).

    Raises:
        NietNu: it was answered, or this was said already.
    """
    row = _locked(verzoek, door)
    if row.staat != Verzoekstaat.OPEN:
        raise NietNu()
    row.staat, row.in_onderzoek_op = Verzoekstaat.ONDERZOEK, klok.now()
    row.behandelaar = row.behandelaar or door.account_id
    row.save(update_fields=["staat", "in_onderzoek_op", "behandelaar"])
    _answered(row, door)
    return row


@transaction.atomic
def refuse(
    verzoek: Verzoek,
    *,
    reden: str,
    door: Actor,
    woonplaats: str = "",
    toelichting: str = "",
) -> Verzoek:
    """Refuse a request with a reason of the standard.

    Args:
        verzoek: which one.
        reden: code, see `RedenAfwijzing`.
        door: who refuses.
        woonplaats: CBS code of the municipality that is responsible (reason 8).
        toelichting: for our own file; does not travel.

    Raises:
        NietNu: it was answered already (9365).
        Onvolledig: reason 8 without the municipality, or under the Wmo.
    """
    row = _locked(verzoek, door)
    woon = reden == RedenAfwijzing.WOONPLAATS
    if woon != bool(woonplaats) or (woon and row.wet == "wmo"):
        raise Onvolledig(
            _("Name the municipality that is responsible; only under the Youth Act.")
        )
    if reden not in RedenAfwijzing.values:
        raise Onvolledig(_("Choose a reason."))
    row.staat, row.beantwoord_op = Verzoekstaat.AFGEWEZEN, klok.now()
    row.reden_afwijzing, row.woonplaats = reden, woonplaats
    row.toelichting = toelichting
    row.beantwoord_door = door.account_id
    row.save()
    _answered(row, door)
    return row


@transaction.atomic
def grant(
    verzoek: Verzoek, *, door: Actor, beschikking: Beschikking | None = None
) -> list[Toewijzing]:
    """Grant a request as it was asked: all of it, or nothing.

    Raises:
        GeenToegang: it takes a decision first, see `may_grant`.
        NietNu: it was answered already.
        BuitenContract: a product is not contracted on its first day.
        Stapelt, MoetVerlengen, PgbLoopt, Onvolledig: see `toewijzen`.
    """
    row = _locked(verzoek, door)
    if not may_grant(row, door, beschikking):
        raise GeenToegang(besluiten.reason(door, (Handeling.BESCHIKKEN,)))
    regels = list(row.regels.all())
    if row.soort == Verzoeksoort.TOEWIJZING:
        uit = toewijzen.give_all(
            [verzoekregels.order(row, each, beschikking) for each in regels], door=door
        )
    else:
        uit = list(verzoekregels.carry_out(row, regels, door, beschikking))
    for each in uit:
        verstrekken.contribute(each, door=door)
    row.staat, row.beantwoord_op = Verzoekstaat.TOEGEWEZEN, klok.now()
    row.beantwoord_door = door.account_id
    row.save(update_fields=["staat", "beantwoord_op", "beantwoord_door"])
    _answered(row, door)
    return uit


def may_grant(
    verzoek: Verzoek, door: Actor, beschikking: Beschikking | None = None
) -> bool:
    """Whether this actor may grant it as it was asked.

    A referral by a doctor, a certified institution or a court opens the way by law
    (Jeugdwet 2.6), a rule of the municipality does for the system. What rests on
    neither takes a decision, and so somebody who decides.
    """
    if not besluiten.may(door, Handeling.TOEWIJZEN):
        return False
    if (
        verzoek.soort == Verzoeksoort.WIJZIGING
        or beschikking is not None
        or (verzoek.wet == Wet.JEUGDWET and verzoek.verwijzer_type in VERWIJST)
        or door.soort is ActorSoort.SYSTEEM
    ):
        return True
    return besluiten.may(door, Handeling.BESCHIKKEN)


@transaction.atomic
def take_up(verzoek: Verzoek, *, door: Actor) -> Verzoek:
    """Take a request in hand."""
    row = _locked(verzoek, door)
    row.behandelaar = door.account_id
    row.save(update_fields=["behandelaar"])
    return row


def due(verzoek: Verzoek) -> date:
    """Return the last day for the next answer."""
    if verzoek.staat == Verzoekstaat.ONDERZOEK:
        return verzoek.eind_uiterlijk
    return verzoek.antwoord_uiterlijk


def _route(verzoek: Verzoek, regels: Sequence[Verzoekregel]) -> routes.Route:
    if verzoek.soort != Verzoeksoort.TOEWIJZING:
        return routes.Route(False, _("A change is always looked at by a person."))
    return routes.choose(verzoek, regels)


def _let_through(verzoek: Verzoek, door: Actor) -> None:
    try:
        with transaction.atomic():
            grant(verzoek, door=door)
    except SamenloopFout as fout:
        Verzoek.objects.filter(pk=verzoek.pk).update(
            route="toetsen", route_reden=str(fout)[:300]
        )
    verzoek.refresh_from_db()


def _locked(verzoek: Verzoek, door: Actor) -> Verzoek:
    besluiten.require(door, Handeling.VERZOEK_BEHANDELEN)
    row = (
        Verzoek.objects.select_for_update(of=("self",))
        .select_related("persoon", "aanbieder")
        .get(pk=verzoek.pk)
    )
    if not row.is_open:
        raise NietNu()
    return row


def _answered(verzoek: Verzoek, door: Actor) -> None:
    _log(door, verzoek)
    gebeurtenissen.record(
        BEANTWOORD, onderwerp=verzoek.pk, gemeente=verzoek.gemeente_id
    )


def _log(door: Actor, verzoek: Verzoek) -> None:
    logboek.record(
        door,
        Handeling.VERZOEK_BEHANDELEN,
        personen=[verzoek.persoon_id],
        onderwerp=f"verzoek:{verzoek.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )
