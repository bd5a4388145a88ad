"""The traffic in a browser: what waits, a message in words, one allocation followed."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.berichten.verkeer import toewijzingen
from samenloop.core import gemeentegrens
from tests.access.accounts import WACHTWOORD, account
from tests.berichten.verkeer import maken
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.personen.maken import municipality
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, toewijzing

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
NUMMER = 104731


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a day of messages."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        gemeente = municipality(maken.GEMEENTE, "Groningen")
        for wie, rol in (
            ("anja", Rol.BACKOFFICE),
            ("kees", Rol.BACKOFFICE),
            ("femke", Rol.BEHEER),
        ):
            account(wie, rol=rol, gemeente=maken.GEMEENTE)
        contractproduct(contract(aanbieder(), maken.GEMEENTE))
        gegeven = toewijzing(maken.client(), gemeente=gemeente, nummer=NUMMER)
        toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
        maand = date(2026, 5, 1)
        maken.deliver(
            maken.start(gegeven),
            maken.start(gegeven, begin=date(2019, 1, 1)),
            maken.request(gegeven, "REF-1"),
            b"<afgebroken",
            maken.declaratie(maand, (gegeven.persoon, maken.prestatie(gegeven, maand))),
        )
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_traffic_reads_from_what_waits_to_one_message(
    kijk: Nieuw, breedte: int
) -> None:
    kijker = _signed_in(kijk, "anja", breedte)
    page = kijker.page
    kijker.open("/berichtenverkeer/")
    expect(
        page.get_by_role("heading", name="Berichtenverkeer", exact=True)
    ).to_be_visible()
    check(page)
    page.get_by_role("link", name="Verzoek om toewijzing").first.click()
    expect(page.get_by_role("heading", name="Wat erin staat")).to_be_visible()
    expect(page.get_by_text("Referentie van de aanbieder")).to_be_visible()
    check(page)
    kijker.open("/berichtenverkeer/lijst/alles/")
    check(page)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_one_allocation_is_followed(kijk: Nieuw, breedte: int) -> None:
    kijker = _signed_in(kijk, "anja", breedte)
    page = kijker.page
    kijker.open("/berichtenverkeer/")
    page.get_by_label("Wet").select_option("wmo")
    page.get_by_label("Nummer van de toewijzing").fill(str(NUMMER))
    page.get_by_role("button", name="Volgen").click()
    expect(page.locator("h1")).to_contain_text(f"Toewijzing {NUMMER}")
    expect(page.get_by_role("link", name="WMO305 Start").first).to_be_visible()
    check(page)
    # Letters of the drawing stay readable, also where it is drawn smaller.
    hoog = page.locator(".sl-baan text.t-klein").first.evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a"
    )
    assert hoog >= 11


def test_what_was_set_apart_shows_its_content_and_its_reason(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "anja")
    page = kijker.page
    kijker.open("/berichtenverkeer/lijst/apart/")
    page.get_by_role("link", name="Onleesbaar bericht").first.click()
    expect(page.get_by_text("<afgebroken")).to_be_visible()
    check(page)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_invoice_batch_and_spending_are_clean(kijk: Nieuw, breedte: int) -> None:
    kijker = _signed_in(kijk, "kees", breedte)
    page = kijker.page
    kijker.open("/declaraties/")
    check(page)
    page.get_by_role("link", name="Begeleiding Samen Verder").first.click()
    expect(page.get_by_text("€ 528,00").first).to_be_visible()
    check(page)
    kijker.open("/betaalbatches/")
    knop = page.get_by_role("button", name="Batch maken")
    if knop.is_visible():
        knop.click()
        expect(page.get_by_text("U maakte deze batch zelf")).to_be_visible()
        check(page)
    kijker.open("/besteding/")
    check(page)


def test_the_way_of_messages_is_set_up(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "femke")
    page = kijker.page
    kijker.open("/beheer/berichtenverkeer/")
    check(page)
    page.get_by_label("Naam van de map").fill("groningen")
    page.get_by_role("button", name="Berichten langs deze weg laten gaan").click()
    expect(page.get_by_text("Berichten gaan vanaf nu langs deze weg.")).to_be_visible()
    check(page)


def test_an_arrow_is_reached_and_followed_with_the_keyboard(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "anja")
    page = kijker.page
    kijker.open("/berichtenverkeer/")
    page.get_by_label("Wet").select_option("wmo")
    page.get_by_label("Nummer van de toewijzing").fill(str(NUMMER))
    page.get_by_role("button", name="Volgen").click()
    pijl = page.locator(".sl-baan a", has_text="WMO305").first
    pijl.focus()
    expect(pijl).to_be_focused()
    check(page)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Start")
