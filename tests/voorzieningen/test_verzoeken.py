"""Requests of providers: their terms, their route, and the answers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core.models import Gebeurtenis
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen import dagwerk, routes, verzoeken
from samenloop.voorzieningen.toewijzen.fouten import (
    BuitenContract,
    NietNu,
    NietToegestaan,
    Onvolledig,
)
from samenloop.voorzieningen.toewijzen.models import Toewijzing, Verzoek
from samenloop.voorzieningen.toewijzen.verzoeken import Ingekomen, Regel
from tests.personen.maken import municipality, person
from tests.voorzieningen.maken import (
    aanbieder,
    contract,
    contractproduct,
    toewijzing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]
SYSTEEM = Actor.systeem("berichten", "GM0005")
BACKOFFICE = Actor(
    ActorSoort.MEDEWERKER, "9", "Backoffice", "GM0005", frozenset({Rol.BACKOFFICE})
)
CONSULENT = Actor(
    ActorSoort.MEDEWERKER, "7", "Consulent", "GM0005", frozenset({Rol.CONSULENT})
)
BEHEER = Actor(ActorSoort.MEDEWERKER, "3", "Beheer", "GM0005", frozenset({Rol.BEHEER}))
GEVRAAGD = Regel(
    soort="aangevraagd",
    categorie="02",
    code="02A03",
    ingang=date(2026, 3, 9),
    eind=date(2026, 6, 7),
    volume=2,
    eenheid="04",
    frequentie="2",
)
# 13 weeks of 2 hours at 66 euros.
WAARDE = 13 * 2 * 6600


@pytest.fixture
def _nu() -> Iterator[None]:
    # A Thursday before Easter: Good Friday and Monday do not count.
    with time_machine.travel("2026-04-02T10:00:00+02:00", tick=False):
        yield


def came(*regels: Regel, **velden: Any) -> Ingekomen:
    municipality()
    basis: dict[str, Any] = {
        "gemeente": "GM0005",
        "wet": "wmo",
        "soort": "vot",
        "referentie": "R1",
        "persoon": velden.pop("persoon", None) or person(),
        "aanbieder": aanbieder(),
        "dagtekening": date(2026, 4, 1),
        "regels": regels or (GEVRAAGD,),
        "verwijzer_type": "02",
    }
    return Ingekomen(**{**basis, **velden})


def rule(**velden: Any) -> None:
    basis: dict[str, Any] = {
        "wet": "wmo",
        "volgorde": 10,
        "uitkomst": "door",
        "reden": "Kleine hulp via de huisarts",
        "ingang": date(2026, 1, 1),
    }
    routes.add(routes.Invoer(**{**basis, **velden}), door=BEHEER)


def test_the_terms_count_working_days_and_weeks() -> None:
    row = verzoeken.receive(came(), door=SYSTEEM)
    assert row.retour_uiterlijk == date(2026, 4, 9)
    assert row.antwoord_uiterlijk == date(2026, 4, 13)
    assert row.eind_uiterlijk == date(2026, 5, 27)
    assert row.woonplaats_uiterlijk == date(2026, 4, 16)
    assert Gebeurtenis.objects.filter(soort="verzoek-ontvangen").count() == 1


@pytest.mark.parametrize(
    ("regels", "door"),
    [
        ([], False),
        ([{}], True),
        ([{"verwijzer_type": "02"}], True),
        ([{"verwijzer_type": "03"}], False),
        ([{"categorie": "02", "code": "02A03"}], True),
        ([{"categorie": "07"}], False),
        ([{"max_bedrag": WAARDE}], True),
        ([{"max_bedrag": WAARDE - 1}], False),
        ([{"ingang": date(2026, 4, 2)}], False),
        ([{"volgorde": 5, "uitkomst": "toetsen"}, {}], False),
        ([{"volgorde": 15, "uitkomst": "toetsen"}, {}], True),
    ],
)
def test_the_first_rule_that_fits_says_where_a_request_goes(
    regels: list[dict[str, Any]], door: bool
) -> None:
    contractproduct()
    ingekomen = came()
    for each in regels:
        rule(**each)
    row = verzoeken.receive(ingekomen, door=SYSTEEM)
    assert (row.route, row.staat) == (
        ("door", "toegewezen") if door else ("toetsen", "open")
    )
    assert row.route_reden
    assert Toewijzing.objects.exists() is door
    if door:
        toegewezen = Toewijzing.objects.get()
        assert (toegewezen.referentie_aanbieder, toegewezen.volume) == ("R1", 2)
        feit = Voorziening.objects.current().get(kenmerk=toegewezen.voorziening)
        assert feit.verwijzer == "huisarts"


def test_nothing_goes_through_without_a_contract() -> None:
    ingekomen = came()
    rule()
    row = verzoeken.receive(ingekomen, door=SYSTEEM)
    assert (row.route, row.staat) == ("toetsen", "open")
    with pytest.raises(BuitenContract):
        verzoeken.grant(row, door=CONSULENT)


@pytest.mark.parametrize(
    ("hoogste", "per", "door"), [(2, "2", 1), (1, "2", 0), (1, "4", 1)]
)
def test_nothing_goes_through_beyond_what_the_contract_allows(
    hoogste: int, per: str, door: int
) -> None:
    contractproduct(max_volume=hoogste, max_frequentie=per)
    ingekomen = came()
    rule()
    row = verzoeken.receive(ingekomen, door=SYSTEEM)
    assert (row.is_open, Toewijzing.objects.count()) == (not door, door)


def test_what_cannot_be_allocated_waits_for_a_person() -> None:
    contractproduct()
    eerste = came()
    rule()
    verzoeken.receive(eerste, door=SYSTEEM)
    row = verzoeken.receive(replace(eerste, referentie="R2"), door=SYSTEEM)
    assert (row.route, row.staat) == ("toetsen", "open")
    assert Toewijzing.objects.count() == 1


@pytest.mark.parametrize(
    ("wie", "wet", "verwijzer", "mag"),
    [
        (BACKOFFICE, "jeugdwet", "02", True),
        (BACKOFFICE, "jeugdwet", "08", True),
        (BACKOFFICE, "jeugdwet", "01", False),
        (BACKOFFICE, "jeugdwet", "", False),
        (BACKOFFICE, "wmo", "02", False),
        (CONSULENT, "wmo", "02", True),
        (CONSULENT, "jeugdwet", "", True),
        (SYSTEEM, "wmo", "", True),
    ],
)
def test_what_no_referrer_opens_takes_somebody_who_decides(
    wie: Actor, wet: str, verwijzer: str, mag: bool
) -> None:
    prijs = contractproduct(contract(wet=wet))
    regel = replace(GEVRAAGD, categorie=prijs.categorie, code=prijs.code)
    row = verzoeken.receive(
        came(regel, wet=wet, verwijzer_type=verwijzer), door=SYSTEEM
    )
    if mag:
        assert len(verzoeken.grant(row, door=wie)) == 1
    else:
        with pytest.raises(GeenToegang):
            verzoeken.grant(row, door=wie)
        assert not Toewijzing.objects.exists()


def test_under_inquiry_is_said_once_and_moves_the_end() -> None:
    row = verzoeken.receive(came(), door=SYSTEEM)
    na = verzoeken.investigate(row, door=BACKOFFICE)
    assert verzoeken.due(na) == date(2026, 5, 27)
    with pytest.raises(NietNu):
        verzoeken.investigate(row, door=BACKOFFICE)


@pytest.mark.parametrize(
    ("wet", "reden", "woonplaats", "mag"),
    [
        ("wmo", "3", "", True),
        ("wmo", "", "", False),
        ("jeugdwet", "8", "GM1663", True),
        ("jeugdwet", "8", "", False),
        ("jeugdwet", "3", "GM1663", False),
        ("wmo", "8", "GM1663", False),
    ],
)
def test_a_refusal_has_a_reason_of_the_standard(
    wet: str, reden: str, woonplaats: str, mag: bool
) -> None:
    row = verzoeken.receive(came(wet=wet), door=SYSTEEM)
    if not mag:
        with pytest.raises(Onvolledig):
            verzoeken.refuse(row, reden=reden, woonplaats=woonplaats, door=BACKOFFICE)
        row.refresh_from_db()
        assert row.is_open
        return
    verzoeken.refuse(row, reden=reden, woonplaats=woonplaats, door=BACKOFFICE)
    for antwoord in (verzoeken.grant, verzoeken.investigate):
        with pytest.raises(NietNu):
            antwoord(row, door=BACKOFFICE)


def change(*regels: Regel, persoon: Any) -> Verzoek:
    ingekomen = came(
        *regels, persoon=persoon, soort="vow", referentie="W1", reden_verzoek="1"
    )
    return verzoeken.receive(ingekomen, door=SYSTEEM)


def asked(was: Toewijzing, **velden: Any) -> Regel:
    """The allocation as it is, with what should become different."""
    basis: dict[str, Any] = {
        "soort": "te_wijzigen",
        "toewijzing": was.nummer,
        "ingang": was.ingang,
        "eind": was.eind,
        "volume": was.volume,
        "eenheid": was.eenheid,
        "frequentie": was.frequentie,
    }
    return Regel(**{**basis, **velden})


def test_a_longer_end_keeps_the_number() -> None:
    was = toewijzing()
    row = change(asked(was, eind=date(2027, 3, 31)), persoon=was.persoon)
    (na,) = verzoeken.grant(row, door=BACKOFFICE)
    assert (na.nummer, na.eind, na.reden_wijziging) == (
        was.nummer,
        date(2027, 3, 31),
        "04",
    )
    assert na.referentie_aanbieder == "W1"


def test_another_volume_ends_the_old_and_begins_a_new_one() -> None:
    contractproduct()
    was = toewijzing()
    row = change(asked(was, ingang=date(2026, 4, 13), volume=6), persoon=was.persoon)
    oud, nieuw = verzoeken.grant(row, door=BACKOFFICE)
    assert (oud.nummer, oud.eind) == (was.nummer, date(2026, 4, 12))
    assert (nieuw.volume, nieuw.ingang, nieuw.code) == (6, date(2026, 4, 13), "02A03")
    assert {oud.referentie_aanbieder, nieuw.referentie_aanbieder} == {"W1"}


def test_all_of_a_change_is_granted_or_nothing() -> None:
    contractproduct()
    was = toewijzing()
    onbekend = Regel(soort="te_wijzigen", toewijzing=999_999, eind=date(2026, 9, 1))
    row = change(asked(was, eind=date(2027, 3, 31)), onbekend, persoon=was.persoon)
    with pytest.raises(NietToegestaan):
        verzoeken.grant(row, door=BACKOFFICE)
    was.refresh_from_db()
    row.refresh_from_db()
    assert was.eind == date(2026, 12, 31)
    assert row.is_open


def test_what_stays_carries_the_reference_too() -> None:
    contractproduct(code="02A05")
    was = toewijzing()
    blijft = Regel(soort="ongewijzigd", toewijzing=was.nummer)
    nieuw = replace(GEVRAAGD, soort="nieuw", code="02A05")
    row = change(blijft, nieuw, persoon=was.persoon)
    gegeven = verzoeken.grant(row, door=BACKOFFICE)
    assert {each.referentie_aanbieder for each in gegeven} == {"W1"}
    was.refresh_from_db()
    assert (was.reden_wijziging, was.eind) == ("", date(2026, 12, 31))


def test_what_is_due_soon_comes_to_who_answers() -> None:
    row = verzoeken.receive(came(), door=SYSTEEM)
    assert [each.onderwerp for each in dagwerk.requests(BACKOFFICE)] == [row.pk]
    assert list(dagwerk.requests(BEHEER)) == []
    assert dagwerk.waiting_for(BACKOFFICE) == 1
    verzoeken.investigate(row, door=BACKOFFICE)
    assert list(dagwerk.requests(BACKOFFICE)) == [], "weeks are left"
