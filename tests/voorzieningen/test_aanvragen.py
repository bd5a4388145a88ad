"""From a question to a decision, with the days by which each must be done."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek import betrokkenheid
from samenloop.access.rollen import Rol
from samenloop.core.fouten import SamenloopFout
from samenloop.core.models import Gebeurtenis
from samenloop.voorzieningen.models import Bezwaar, Voorziening
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    beschikken,
    bezwaren,
    leveren,
    termijn,
    toewijzen,
    verstrekken,
)
from samenloop.voorzieningen.toewijzen.aanvragen import Bevinding, Invoer
from samenloop.voorzieningen.toewijzen.beschikken import Besluit
from samenloop.voorzieningen.toewijzen.fouten import NietNu, Onvolledig, PgbLoopt
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    EigenBijdrage,
    Pgb,
    Toewijzing,
    Uitvoer,
)
from tests.personen.maken import lives, municipality, person
from tests.voorzieningen.maken import contractproduct, product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]


def actor(rol: Rol, nummer: str = "7") -> Actor:
    return Actor(ActorSoort.MEDEWERKER, nummer, "Iemand", "GM0005", frozenset({rol}))


CONSULENT, REGISSEUR = actor(Rol.CONSULENT), actor(Rol.REGISSEUR, "8")
BACKOFFICE = actor(Rol.BACKOFFICE, "9")


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        yield


def question(wet: str = "wmo", **velden: Any) -> Aanvraag:
    municipality()
    wie = person()
    lives(wie, municipality(), postcode="9781AB")
    return aanvragen.receive(
        Invoer(persoon=wie, wet=wet, product=product(wet=wet), **velden), door=CONSULENT
    )


def applied(**velden: Any) -> Aanvraag:
    return question(
        gemeld_op=date(2026, 2, 2), aangevraagd_op=date(2026, 3, 2), **velden
    )


def granted(**velden: Any) -> Besluit:
    basis: dict[str, Any] = {
        "uitkomst": "toegekend",
        "motivering": "Kan het huishouden niet alleen.",
        "vorm": "zin",
        "ingang": date(2026, 3, 9),
        "eind": date(2027, 3, 8),
        "volume": 4,
        "eenheid": "04",
        "frequentie": "2",
    }
    return Besluit(**{**basis, **velden})


BUDGET = {"vorm": "pgb", "budget": 1_200_000, "categorie": "02", "code": "02A03"}


@pytest.mark.parametrize(
    ("wet", "gevraagd", "staat", "uiterlijk"),
    [
        ("wmo", None, "melding", date(2026, 4, 13)),
        ("wmo", date(2026, 3, 2), "aanvraag", date(2026, 3, 16)),
        ("jeugdwet", None, "aanvraag", date(2026, 4, 28)),
    ],
)
def test_the_term_of_the_law_runs_from_the_day_of_asking(
    wet: str, gevraagd: date | None, staat: str, uiterlijk: date
) -> None:
    # Six weeks; two weeks; eight weeks, which end on King's Day and move a day.
    row = question(wet, aangevraagd_op=gevraagd)
    assert (row.staat, row.uiterlijk) == (staat, uiterlijk)


def test_a_term_that_ends_on_a_holiday_moves() -> None:
    assert termijn.weeks(date(2026, 2, 23), 6) == date(2026, 4, 7), "Easter Monday"
    assert termijn.working_days(date(2026, 4, 2), 3) == date(2026, 4, 9)


@pytest.mark.parametrize(
    "velden",
    [
        {"gemeld_op": date(2026, 3, 3)},
        {"gemeld_op": date(2026, 3, 2), "aangevraagd_op": date(2026, 3, 1)},
    ],
)
def test_nobody_asks_in_the_future_or_applies_before(velden: dict[str, Any]) -> None:
    with pytest.raises(Onvolledig):
        question(**velden)


def test_applying_is_a_step_of_its_own_and_once() -> None:
    row = question(gemeld_op=date(2026, 2, 2))
    na = aanvragen.apply(row, date(2026, 3, 2), door=CONSULENT)
    assert (na.staat, na.uiterlijk) == ("aanvraag", date(2026, 3, 16))
    with pytest.raises(NietNu):
        aanvragen.apply(row, date(2026, 3, 2), door=CONSULENT)


def test_an_inquiry_ends_with_a_report() -> None:
    row = question()
    with pytest.raises(Onvolledig):
        aanvragen.inquire(row, Bevinding(klaar=True), door=CONSULENT)
    half = aanvragen.inquire(row, Bevinding(doelen="Rust in huis"), door=CONSULENT)
    assert half.afgerond_op is None
    heel = aanvragen.inquire(
        row, Bevinding(bevindingen="Valt vaak.", klaar=True), door=CONSULENT
    )
    assert heel.afgerond_op == date(2026, 3, 2)


def test_who_deals_with_it_is_involved_until_it_ends() -> None:
    row = question()
    wie = [row.persoon_id]
    assert betrokkenheid.involved("7", wie, "GM0005") == set(wie)
    assert betrokkenheid.involved("99", wie, "GM0005") == set()
    aanvragen.withdraw(row, reden="Lost het zelf op", door=CONSULENT)
    assert betrokkenheid.involved("7", wie, "GM0005") == set()


def test_who_decided_stays_involved_until_one_can_object_no_more() -> None:
    row = applied()
    wie = [row.persoon_id]
    beschikken.decide(row, granted(), door=CONSULENT)
    for dag, betrokken in (("2026-04-27", set(wie)), ("2026-04-28", set())):
        with time_machine.travel(f"{dag}T10:00:00+02:00", tick=False):
            assert betrokkenheid.involved("7", wie, "GM0005") == betrokken


def test_a_decision_can_be_objected_to_for_six_weeks_and_is_taken_once() -> None:
    row = applied()
    besluit = beschikken.decide(row, granted(), door=CONSULENT)
    assert (besluit.nummer, besluit.bezwaar_tot) == ("B-2026-0001", date(2026, 4, 13))
    assert besluit.grondslag == "Wmo 2015, 2.3.5"
    assert Gebeurtenis.objects.filter(soort="beschikking-genomen").count() == 1
    with pytest.raises(NietNu):
        beschikken.decide(row, granted(), door=CONSULENT)


@pytest.mark.parametrize("wie", [REGISSEUR, BACKOFFICE])
def test_only_a_consultant_decides(wie: Actor) -> None:
    with pytest.raises(GeenToegang):
        beschikken.decide(applied(), granted(), door=wie)


@pytest.mark.parametrize(
    "velden",
    [
        {"motivering": " "},
        {"uitkomst": "misschien"},
        {"vorm": ""},
        {"ingang": None},
        {"eind": date(2026, 3, 1)},
        {**BUDGET, "budget": None},
        {**BUDGET, "eind": None},
        {**BUDGET, "categorie": ""},
    ],
)
def test_a_decision_says_what_and_why(velden: dict[str, Any]) -> None:
    row = applied()
    with pytest.raises(Onvolledig):
        beschikken.decide(row, granted(**velden), door=CONSULENT)
    row.refresh_from_db()
    assert row.is_open


def test_a_question_is_not_decided_before_one_applies() -> None:
    with pytest.raises(NietNu):
        beschikken.decide(question(), granted(), door=CONSULENT)


def test_a_refusal_grants_nothing() -> None:
    besluit = beschikken.decide(
        applied(), granted(uitkomst="afgewezen"), door=CONSULENT
    )
    assert (besluit.vorm, besluit.ingang, besluit.volume) == ("", None, None)
    with pytest.raises(NietNu):
        beschikken.allocate(besluit, contractproduct(), door=CONSULENT)
    assert not Voorziening.objects.exists()


def test_a_choice_of_provider_allocates_what_was_granted() -> None:
    besluit = beschikken.decide(applied(), granted(), door=CONSULENT)
    row = beschikken.allocate(besluit, contractproduct(), door=CONSULENT)
    assert (row.volume, row.frequentie, row.eind) == (4, "2", date(2027, 3, 8))
    feit = Voorziening.objects.current().get(kenmerk=row.voorziening)
    assert (feit.aanvraagdatum, feit.vorm) == (date(2026, 2, 2), "zin")
    with pytest.raises(NietNu):
        beschikken.allocate(besluit, contractproduct(), door=CONSULENT)


def test_a_budget_is_a_provision_without_a_provider_and_is_told() -> None:
    besluit = beschikken.decide(applied(), granted(**BUDGET), door=CONSULENT)
    pgb = Pgb.objects.get(beschikking=besluit)
    feit = Voorziening.objects.current().get(kenmerk=pgb.voorziening)
    assert (feit.vorm, feit.aanbieder_id) == ("pgb", None)
    assert set(Uitvoer.objects.values_list("soort", flat=True)) == {
        "pgb_toekenning",
        "cak_start",
    }
    na = verstrekken.end_budget(
        pgb, date(2026, 3, 9), reden="Wil hulp in natura", door=CONSULENT
    )
    feit = Voorziening.objects.current().get(kenmerk=pgb.voorziening)
    assert feit.einddatum == na.beeindigd_op == date(2026, 3, 9)


def test_nothing_is_decided_when_the_budget_cannot_stand() -> None:
    eerste = applied()
    besluit = beschikken.decide(eerste, granted(), door=CONSULENT)
    beschikken.allocate(besluit, contractproduct(), door=CONSULENT)
    tweede = aanvragen.receive(
        Invoer(
            persoon=eerste.persoon,
            wet="wmo",
            product=product(),
            aangevraagd_op=date(2026, 3, 2),
        ),
        door=CONSULENT,
    )
    with pytest.raises(PgbLoopt):
        beschikken.decide(tweede, granted(**BUDGET), door=CONSULENT)
    tweede.refresh_from_db()
    assert tweede.is_open
    assert not Pgb.objects.exists()


def test_the_own_contribution_runs_once_per_person_and_stops_with_the_last() -> None:
    eerste = applied()
    for code in ("02A03", "02A05"):
        row = aanvragen.receive(
            Invoer(
                persoon=eerste.persoon,
                wet="wmo",
                product=product(),
                aangevraagd_op=date(2026, 3, 2),
            ),
            door=CONSULENT,
        )
        besluit = beschikken.decide(row, granted(), door=CONSULENT)
        beschikken.allocate(besluit, contractproduct(code=code), door=CONSULENT)
    assert EigenBijdrage.objects.count() == 1
    een, twee = Toewijzing.objects.order_by("nummer")
    with time_machine.travel("2026-06-02T10:00:00+02:00", tick=False):
        toewijzen.end(een, date(2026, 5, 31), reden="05", door=CONSULENT)
        loopt = verstrekken.stop_contribution(een.persoon, "GM0005", door=CONSULENT)
        assert loopt is None
        toewijzen.end(twee, date(2026, 5, 31), reden="05", door=CONSULENT)
        gestopt = verstrekken.stop_contribution(een.persoon, "GM0005", door=CONSULENT)
    assert gestopt is not None
    assert gestopt.eind == date(2026, 5, 31)
    assert Uitvoer.objects.filter(soort="cak_stop").count() == 1


def test_youth_care_knows_no_own_contribution() -> None:
    row = question("jeugdwet")
    besluit = beschikken.decide(
        row, granted(product=product(wet="jeugdwet")), door=CONSULENT
    )
    keuze = contractproduct(
        categorie="45", code="45A04", product=product(wet="jeugdwet")
    )
    toegewezen = beschikken.allocate(besluit, keuze, door=CONSULENT)
    leveren.start(toegewezen, date(2026, 3, 9), door=CONSULENT)
    assert not EigenBijdrage.objects.exists()


def test_an_objection_is_answered_after_its_days_are_over() -> None:
    besluit = beschikken.decide(applied(), granted(), door=CONSULENT)
    zaak = bezwaren.object_to(
        besluit, inhoud="Te weinig uren", op=date(2026, 3, 2), door=CONSULENT
    )
    # Six weeks after 13 April is Whit Monday.
    assert zaak.uiterlijk == date(2026, 5, 26)
    assert bezwaren.postpone(zaak, door=CONSULENT).uiterlijk == date(2026, 7, 7)
    with pytest.raises(NietNu):
        bezwaren.postpone(zaak, door=CONSULENT)
    bezwaren.settle(zaak, uitkomst="gegrond", motivering="Klopt.", door=CONSULENT)
    assert Bezwaar.objects.get().uitkomst == "gegrond"
    with pytest.raises(NietNu):
        bezwaren.settle(zaak, uitkomst="ongegrond", motivering="Nee.", door=CONSULENT)


@pytest.mark.parametrize("op", [date(2026, 3, 1), date(2026, 3, 3)])
def test_no_objection_before_the_decision_or_in_the_future(op: date) -> None:
    besluit = beschikken.decide(applied(), granted(), door=CONSULENT)
    with pytest.raises(SamenloopFout):
        bezwaren.object_to(besluit, inhoud="Nee", op=op, door=CONSULENT)
    assert not Bezwaar.objects.exists()
