"""A policy officer reads the monitor: wide, narrow, by keyboard, in two languages."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from samenloop.demo.accounts import ACCOUNTS
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker

pytestmark = pytest.mark.browser
MONITOR = "/monitor/BMWE/2017Q4/"
HOOFDSTUKKEN = (
    *("jeugdwet", "wmo", "participatiewet", "financien", "stapeling", "stroom"),
    "kwaliteit",
)
TABELLEN = (
    *("actieve-voorzieningen-soort", "actieve-voorzieningen-gemeente", "klanten"),
    *("aandeel-huishoudens", "caseload", "nieuwe-casussen", "afgeronde-casussen"),
    *("uitkeringen", "in-en-uitstroom", "uitstroom-naar-werk", "begroting"),
    *("stapeling", "stapeling-aantal", "in-en-uitstroom-voorzieningen"),
    *("verwijzers", "duur", "bezwaren"),
)
BELEID = next(account for account in ACCOUNTS if account.username == "beleid")
PAGINAS = (
    "/overzicht/",
    MONITOR,
    *(f"{MONITOR}{hoofdstuk}/" for hoofdstuk in HOOFDSTUKKEN),
    f"{MONITOR}uitgaven/",
    "/tabellen/",
    *(f"/tabellen/{tabel}/" for tabel in TABELLEN),
    "/casussen-nu/",
    "/leveringen/",
    "/over/",
)
Nieuw = Callable[..., Kijker]


@pytest.fixture
def beleid(kijk: Nieuw) -> Kijker:
    """A wide window in which the policy officer is signed in."""
    return _signed_in(kijk, WIDE)


def _signed_in(kijk: Nieuw, breedte: int) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(BELEID.username, BELEID.wachtwoord)
    expect(kijker.page.locator("h1")).to_contain_text("Monitor sociaal domein")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(kijk: Nieuw, breedte: int) -> None:
    kijker = _signed_in(kijk, breedte)
    for pad in PAGINAS:
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)
    kijker.open("/leveringen/")
    kijker.page.locator("main table a").first.click()
    check(kijker.page, "levering")


def test_english_is_accessible_too(beleid: Kijker) -> None:
    beleid.open(MONITOR)
    beleid.page.get_by_role("button", name="English").click()
    expect(beleid.page.locator("html")).to_have_attribute("lang", "en")
    expect(beleid.page.locator(".sl-kern").first).to_contain_text("1,273")
    check(beleid.page, "engels")
    beleid.page.get_by_role("button", name="Nederlands").click()
    expect(beleid.page.locator("html")).to_have_attribute("lang", "nl")


def test_wrong_words_put_the_focus_on_what_to_do(kijk: Nieuw) -> None:
    kijker = kijk()
    kijker.open("/aanmelden/?next=/over/")
    check(kijker.page, "aanmelden")
    kijker.page.locator("main").get_by_role("button", name="Aanmelden").click()
    samenvatting = kijker.page.locator(".sl-samenvatting")
    expect(samenvatting).to_be_focused()
    check(kijker.page, "aanmelden met fouten")
    samenvatting.get_by_role("link", name="Vul uw account in.").click()
    expect(kijker.page.get_by_label("Account")).to_be_focused()
    kijker.page.keyboard.type(BELEID.username)
    kijker.page.get_by_label("Wachtwoord").fill(BELEID.wachtwoord)
    kijker.page.keyboard.press("Enter")
    expect(kijker.page).to_have_url(kijker.adres + "/over/")
    # The browser itself reports the answer that the form was not accepted.
    kijker.fouten[:] = [fout for fout in kijker.fouten if "422" not in fout]


def test_the_published_figures_stand_on_the_overview(beleid: Kijker) -> None:
    kern = beleid.page.locator(".sl-kern").first
    for cijfer in ("1.273", "2.077", "3.339", "6.805", "515", "1.204", "174"):
        expect(kern).to_contain_text(cijfer)
    expect(kern).to_contain_text("13,5%")


def test_from_overview_to_each_chapter_by_its_link(beleid: Kijker) -> None:
    for hoofdstuk in HOOFDSTUKKEN:
        beleid.open("/overzicht/")
        link = beleid.page.locator(f'main a[href="{MONITOR}{hoofdstuk}/"]')
        naam = link.inner_text()
        link.click()
        expect(beleid.page.locator("h1")).to_contain_text(naam)


def test_a_table_is_chosen_with_the_keyboard_only(beleid: Kijker) -> None:
    beleid.open("/tabellen/actieve-voorzieningen-gemeente/")
    toets = beleid.page.keyboard
    toets.press("Tab")
    expect(beleid.page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    toets.press("Enter")
    for _keer in range(12):
        toets.press("Tab")
        if beleid.page.evaluate("document.activeElement.name") == "wet":
            break
    toets.type("Wmo")
    toets.press("Tab")
    toets.type("Persoons")
    toets.press("Tab")
    toets.type("Winsum")
    toets.press("Tab")
    toets.press("Tab")
    toets.press("Enter")
    expect(beleid.page.locator("#figuren")).to_have_text(
        "Wmo, Persoonsgebonden budget (PGB), Winsum"
    )
    assert "wet=wmo" in beleid.page.url
    assert "gemeente=Winsum" in beleid.page.url
    expect(beleid.page.locator("main tbody tr")).to_have_count(1)


def test_what_is_downloaded_is_what_is_shown(beleid: Kijker) -> None:
    beleid.open("/tabellen/klanten/?wet=wmo&gemeente=&maat=clienten&peildatum=")
    getoond = beleid.page.locator("main tbody tr").count()
    with beleid.page.expect_download() as verwacht:
        beleid.page.get_by_role("link", name="CSV", exact=True).click()
    assert verwacht.value.suggested_filename == "bmwe-2017q4-r1-klanten.csv"
    inhoud = Path(verwacht.value.path()).read_text("utf-8")
    rijen = list(csv.DictReader(io.StringIO(inhoud)))
    assert len(rijen) == 4 * getoond
    assert {rij["maat"] for rij in rijen} == {"clienten"}


def test_the_whole_monitor_can_be_taken_along(beleid: Kijker) -> None:
    beleid.open(MONITOR)
    soorten = {"PDF": b"%PDF", "XLSX": b"PK", "ODS": b"PK", "JSON": b"{", "CSV": b"PK"}
    for soort, begin in soorten.items():
        with beleid.page.expect_download() as verwacht:
            beleid.page.locator(".sl-inhoud").get_by_role(
                "link", name=soort, exact=True
            ).click()
        assert Path(verwacht.value.path()).read_bytes().startswith(begin), soort


def test_the_menu_opens_on_a_narrow_screen_and_signs_out(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, NARROW)
    menu = kijker.page.get_by_role("button", name="Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(kijker.page.locator("#hoofdmenu")).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    kijker.page.locator("#hoofdmenu").get_by_role(
        "button", name=re.compile("afmelden")
    ).click()
    expect(kijker.page.locator("h1")).to_have_text("U bent afgemeld")
    check(kijker.page, "afgemeld")
    assert kijker.open("/").url.endswith("/aanmelden/?next=/")


def test_the_pages_work_without_scripts(kijk: Nieuw, demo: str) -> None:
    browser = kijk().page.context.browser
    assert browser is not None
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": NARROW, "height": 900}
    )
    kijker = Kijker(context.new_page(), demo)
    kijker.sign_in(BELEID.username, BELEID.wachtwoord)
    kijker.page.locator(".sl-tabs").get_by_role("link", name="Tabellen").click()
    expect(kijker.page.locator("h1")).to_contain_text("Tabellen")
    context.close()
