"""A caseworker finds, opens and registers people: wide, narrow, by keyboard."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.logboek import betrokkenheid
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.personen.models import Gezin, Gezinslid, Huishouden, Persoon
from tests.access.accounts import WACHTWOORD, account
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.personen.maken import (
    BSN,
    custody,
    days,
    give_bsn,
    known,
    lives,
    municipality,
    person,
    stays,
)

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
Ask = Callable[[Callable[[], Any]], Any]
HIER = "GM1651"
DOEL = "melding wegen"
LEDEN = (
    ("Trijntje", "Bos", "1956-02-01", "2", "ander", True),
    ("Henk", "Dijkema", "1984-05-03", "1", "ouder", False),
    ("Marieke", "Postma", "1987-09-12", "2", "ouder", True),
    ("Sander", "Wiersma", "1989-01-30", "1", "partner", True),
    ("Jesse", "Dijkema", "2011-06-17", "1", "kind", True),
    ("Noor", "Dijkema", "2016-08-08", "2", "kind", True),
    ("Lotte", "Wiersma", "2023-11-25", "2", "kind", True),
)


def _family() -> dict[str, Persoon]:
    """A mother, a former and a present partner, three children, a grandmother."""
    hier, daar = municipality(HIER, "Eemsmond"), municipality("GM0005", "Bedum")
    huis = Huishouden.objects.create(sleutel="H1")
    gezin = Gezin.objects.create(naam="Gezin Postma")
    mensen = {}
    for voornaam, naam, geboren, geslacht, rol, thuis in LEDEN:
        wie = mensen[voornaam] = person(
            naam, geboren, voornamen=voornaam, geslacht=geslacht, gemeenten=[HIER]
        )
        lives(
            wie, hier if thuis else daar, geboren, huishouden=huis if thuis else None,
            straat="Kloosterweg" if thuis else "Dorpsweg", huisnummer=12,
            postcode="9981AB", woonplaats="Uithuizen" if thuis else "Bedum",
        )  # fmt: skip
        Gezinslid.objects.create(
            gezin=gezin, persoon=wie, rol=rol, geldig=days(geboren), bekend=known()
        )
    for kind in ("Jesse", "Noor"):
        for ouder in ("Marieke", "Henk"):
            custody(mensen[kind], mensen[ouder])
    custody(mensen["Lotte"], mensen["Marieke"])
    stays(mensen["Jesse"], daar, "2024-01-01", "2024-03-31")
    give_bsn(mensen["Marieke"], BSN)
    for nummer in range(60):
        person("Postmus", voornamen=f"Jan{nummer}", gemeenten=[HIER])
    return mensen


@pytest.fixture(scope="module")
def mensen() -> dict[str, Persoon]:
    """Who is who; filled when the server starts."""
    return {}


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, mensen: dict[str, Persoon]
) -> Iterator[str]:
    """The address of a server with a family, of whom Sanne has all but one as task."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        mensen.update(_family())
        account("s.bakker", naam="Sanne Bakker", rol=Rol.REGISSEUR)
        zonder = mensen["Sander"].pk

        def taken(account_id: str, personen: Any, gemeente: str) -> list[UUID]:
            return [persoon for persoon in personen if persoon != zonder]

        betrokkenheid.register(taken)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        betrokkenheid._bronnen.remove(taken)
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def records(django_db_blocker: Any) -> Iterator[Ask]:
    """Ask the database, apart from the thread in which the browser is driven."""

    def asked(question: Callable[[], Any]) -> Any:
        try:
            with gemeentegrens.everywhere("tests"):
                return question()
        finally:
            connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as apart:
        yield lambda question: apart.submit(asked, question).result()


def _signed_in(kijk: Nieuw, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.page.set_default_timeout(20_000)
    kijker.sign_in("s.bakker", WACHTWOORD)
    expect(kijker.page.locator(".sl-wie")).to_contain_text("Sanne Bakker")
    kijker.open("/personen/")
    return kijker


def _open(kijker: Kijker, wie: Persoon) -> None:
    kijker.open(f"/personen/{wie.pk}/")
    kijker.page.get_by_label(DOEL, exact=True).check()
    kijker.page.get_by_role("button", name="Persoon openen").click()


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, mensen: dict[str, Persoon], breedte: int
) -> None:
    kijker = _signed_in(kijk, breedte)
    page = kijker.page
    check(page, "zoeken")
    page.get_by_label("Naam of een deel ervan").fill("post")
    page.locator("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_text("Er zijn meer mensen dan deze")).to_be_visible()
    check(page, "gevonden")
    page.get_by_label("Postcode").fill("99")
    page.locator("main").get_by_role("button", name="Zoeken").click()
    check(page, "fout")
    kijker.open(f"/personen/{mensen['Marieke'].pk}/")
    check(page, "doel")
    page.get_by_role("button", name="Persoon openen").click()
    check(page, "geen doel")
    for naam in mensen:
        _open(kijker, mensen[naam])
        expect(page.locator("h1")).to_contain_text(naam)
        check(page, naam)
    kijker.open("/personen/nieuw/")
    check(page, "nieuw")
    page.get_by_role("button", name="Persoon registreren").click()
    check(page, "nieuw met fouten")
    kijker.open(f"/personen/{mensen['Noor'].pk}/toestemming/")
    check(page, "toestemming")
    kijker.fouten.clear()  # the answers 422 to forms that were not complete


def test_find_by_keyboard_and_come_back_to_the_list(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    page.get_by_label("Zoek op naam, geboortedatum, adres of nummer").focus()
    page.keyboard.type("pos mar")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Marieke Postma").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Waarvoor opent u deze persoon?")
    assert "Postma" not in page.content()
    page.get_by_label(DOEL, exact=True).check()
    page.get_by_role("button", name="Persoon openen").click()
    expect(page.locator("h1")).to_contain_text("Marieke Postma")
    assert "postma" not in page.url.lower()
    page.locator(".sl-kruimel").get_by_role("link", name="Personen").click()
    expect(page.get_by_role("link", name="Marieke Postma")).to_be_visible()


def test_the_family_is_drawn_and_told(kijk: Nieuw, mensen: dict[str, Persoon]) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    _open(kijker, mensen["Noor"])
    tekening = page.get_by_role("img", name="Tekening van het gezin")
    expect(tekening).to_be_visible()
    assert tekening.locator(".pers").count() == 7
    tabel = page.locator("table", has_text="Rol in het gezin")
    expect(tabel).to_contain_text("vader van Jesse en Noor")
    expect(tabel).to_contain_text("beide ouders")
    page.get_by_label("Datum", exact=True).fill("2015-01-01")
    page.get_by_role("button", name="Toon die dag").click()
    assert tekening.locator(".pers").count() < 7


def test_the_number_shows_when_asked_and_is_gone_after(
    kijk: Nieuw, mensen: dict[str, Persoon], records: Ask
) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    _open(kijker, mensen["Marieke"])
    groepen = f"{BSN.cijfers[:4]} {BSN.cijfers[4:6]} {BSN.cijfers[6:]}"
    assert groepen not in page.content()
    page.get_by_role("button", name="Tonen; dit wordt vastgelegd").click()
    expect(page.get_by_text(groepen)).to_be_visible()
    page.get_by_role("link", name="verbergen").click()
    expect(page.locator("h1")).to_contain_text("Marieke Postma")
    assert groepen not in page.content()
    aantal = records(lambda: Auditregel.objects.filter(handeling="bsn_tonen").count())
    assert aantal == 1


def test_without_a_task_one_sees_who_it_is_only(
    kijk: Nieuw, mensen: dict[str, Persoon]
) -> None:
    kijker = _signed_in(kijk)
    _open(kijker, mensen["Sander"])
    expect(kijker.page.get_by_text("U ziet wie dit is")).to_be_visible()
    assert kijker.page.locator("svg.sl-genogram").count() == 0
    assert "Lotte" not in kijker.page.content()


def test_consent_is_recorded_and_withdrawn(
    kijk: Nieuw, mensen: dict[str, Persoon]
) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    _open(kijker, mensen["Henk"])
    page.get_by_role("link", name="Toestemming vastleggen").click()
    page.get_by_label("Welke gegevens?").select_option("schulden")
    page.get_by_label("Waarvoor?").select_option("wmo_onderzoek")
    page.get_by_label("Hoe is die gegeven?").select_option("schriftelijk")
    page.get_by_label("Gegeven op").fill("01-02-2026")
    page.get_by_role("button", name="Toestemming vastleggen").click()
    expect(page.get_by_text("De toestemming is vastgelegd")).to_be_visible()
    page.get_by_role("link", name="Intrekken").click()
    expect(page.get_by_text("ziet hier niemand meer")).to_be_visible()
    check(page, "intrekken")
    page.get_by_role("button", name="Toestemming intrekken").click()
    expect(page.get_by_text("ingetrokken op")).to_be_visible()
