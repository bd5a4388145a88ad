"""A month of arrears in a browser: offered, checked, stopped by nothing, read in."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens
from tests.access.accounts import WACHTWOORD, account
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.koppelingen.maken import organisatie
from tests.personen.maken import municipality
from tests.signalen.bestand import maken

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]


def _work(stop: threading.Event) -> None:
    """What the worker does beside the pages."""
    while not stop.wait(0.3):
        gebeurtenissen.handle_pending()
    connection.close()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a back office, an administrator and a worker."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        municipality("GM1651", "Eemsmond")
        organisatie()
        account("kees", rol=Rol.BACKOFFICE, naam="Kees Bos")
        account("beheer", rol=Rol.BEHEER, naam="Femke Beheer")
        stop = threading.Event()
        werker = threading.Thread(target=_work, args=(stop,))
        werker.start()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        stop.set()
        werker.join()
        call_command("flush", interactive=False, verbosity=0)


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_file_is_offered_checked_and_read_in(
    kijk: Nieuw, tmp_path: Path, breedte: int
) -> None:
    rijen = [
        maken.row(breedte * 100 + n, BSN="123" if n == 3 else "") for n in range(30)
    ]
    bestand = tmp_path / f"achterstand-{breedte}.csv"
    bestand.write_bytes(maken.csv(rijen))
    kijker = _signed_in(kijk, "kees", breedte)
    page = kijker.page
    kijker.open("/signalen/bestand/")
    check(page)
    page.get_by_label("Wie het bestand leverde").select_option(
        label="Woonstichting De Marne"
    )
    page.get_by_label("Soort signaal").select_option("huurachterstand")
    page.get_by_label("Bestand", exact=True).set_input_files(bestand)
    page.get_by_role("button", name="Bestand aanbieden").click()

    expect(page.get_by_label("BSN")).to_have_value("bsn")
    expect(page.get_by_label("Bedrag")).to_have_value("inhoud")
    check(page)
    page.get_by_role("button", name="Bestand keuren").click()

    # The page shows by itself that the check is done.
    knop = page.get_by_role("button", name="29 signalen vastleggen")
    expect(knop).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Dit is geen burgerservicenummer")).to_be_visible()
    check(page)
    knop.click()

    expect(page.get_by_role("heading", name="Wat ervan werd")).to_be_visible(
        timeout=30_000
    )
    with page.expect_download() as gehaald:
        page.get_by_role("link", name="Foute rijen downloaden").click()
    tekst = Path(gehaald.value.path()).read_text(encoding="utf-8-sig")
    assert len(tekst.splitlines()) == 2
    check(page)


def test_file_that_cannot_be_read_says_why_on_top(kijk: Nieuw, tmp_path: Path) -> None:
    bestand = tmp_path / "leeg.csv"
    bestand.write_text("alleen;een;kop\n", encoding="utf-8")
    kijker = _signed_in(kijk, "kees")
    page = kijker.page
    kijker.open("/signalen/bestand/")
    page.get_by_label("Wie het bestand leverde").select_option(index=1)
    page.get_by_label("Soort signaal").select_option("energieschuld")
    page.get_by_label("Bestand", exact=True).set_input_files(bestand)
    page.get_by_role("button", name="Bestand aanbieden").click()
    expect(page.get_by_role("alert")).to_contain_text("geen rijen")
    check(page)
    # A browser says of every answer with 422 that it is no success.
    kijker.fouten[:] = [each for each in kijker.fouten if "422" not in each]


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_administrator_gives_and_takes_access(kijk: Nieuw, breedte: int) -> None:
    kijker = _signed_in(kijk, "beheer", breedte)
    page = kijker.page
    kijker.open("/beheer/koppelingen/")
    check(page)
    page.get_by_role("link", name="Koppeling maken").click()
    naam = f"Huursysteem {breedte}"
    page.get_by_label("Naam van het programma").fill(naam)
    page.get_by_label("Organisatie").select_option(label="Woonstichting De Marne")
    page.get_by_label("signalen melden").check()
    check(page)
    page.get_by_role("button", name="Koppeling maken").click()
    expect(page.get_by_text("slgeheim_")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Ik heb het geheim gekopieerd").click()
    expect(page.get_by_text("slgeheim_")).to_have_count(0)
    expect(page.get_by_text("werkt", exact=True)).to_be_visible()
    check(page)
    page.get_by_role("button", name="Koppeling beëindigen").click()
    expect(page.get_by_text("beëindigd", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Nieuw geheim maken")).to_have_count(0)
