"""The administrator tries other terms for weighing, and lets them count."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from tests.access.accounts import WACHTWOORD, account
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.signalen.maken import gemeente, persoon, signaal

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
UREN = "Binnen hoeveel uur wordt een melding over veiligheid gewogen"
GROND = "Waar is dit afgesproken?"


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with an administrator and a melding."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        gemeente()
        account("beheer", rol=Rol.BEHEER, naam="Bo Beheer")
        signaal(persoon(), veiligheidsrisico=True)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_terms_are_tried_and_then_count(kijk: Nieuw, breedte: int) -> None:
    kijker = kijk(breedte)
    kijker.sign_in("beheer", WACHTWOORD)
    page = kijker.page
    kijker.open("/regels/instellingen/")
    page.get_by_role("link", name="Weegtermijnen").click()
    check(page)
    page.get_by_label(UREN).fill("200")
    # What cannot be is told at the field; the browser writes that answer in its log.
    page.get_by_role("button", name="Bekijken wat dit betekent").click()
    expect(page.get_by_role("alert")).to_contain_text("van 1 tot en met 120")
    check(page)
    kijker.fouten.clear()
    page.get_by_label(UREN).fill("12")
    page.get_by_label(GROND).fill(f"Collegebesluit over {breedte} uur")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat dit had betekend")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Deze termijnen laten gelden").click()
    expect(page.locator("main")).to_contain_text("De termijnen gelden vanaf nu")
    expect(page.locator("#nu, [aria-labelledby=nu]").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("binnen 12 uur")
    expect(page.locator("main")).to_contain_text(f"Collegebesluit over {breedte} uur")
    check(page)
