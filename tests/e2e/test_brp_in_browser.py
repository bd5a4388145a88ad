"""A caseworker fetches somebody from the BRP and reports a doubt: wide and narrow."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.demo.bronnen.brp_bijzonder import special_people
from samenloop.demo.bronnen.brp_register import Vast
from samenloop.demo.bronnen.toepassing import Toepassing
from tests.access.accounts import WACHTWOORD, account
from tests.demo.bronnen_op_poort import Bronnen, brp_settings, served
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.personen.maken import municipality

pytestmark = pytest.mark.browser
HIER = "GM1663"


@pytest.fixture(scope="module")
def bronnen() -> Iterator[Bronnen]:
    """The simulated BRP, which the server of this module asks."""
    register = Vast(lambda dag: special_people(dag).values())
    gewoon = settings.BRP
    with served(Toepassing(register=register)) as url:
        settings.BRP = brp_settings(Bronnen(url))
        yield Bronnen(url)
        settings.BRP = gewoon


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, bronnen: Bronnen
) -> Iterator[str]:
    """The address of a server with nobody on record yet."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        municipality(HIER, "De Marne")
        account("s.bakker", naam="Sanne Bakker", rol=Rol.CONSULENT, gemeente=HIER)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_fetched_doubted_answered(
    kijk: Callable[..., Kijker], bronnen: Bronnen, breedte: int
) -> None:
    kijker = kijk(breedte)
    page = kijker.page
    page.set_default_timeout(8_000)
    kijker.sign_in("s.bakker", WACHTWOORD)
    kijker.open("/personen/")
    page.get_by_role("link", name="Een persoon uit de BRP ophalen").click()
    check(page, "ophalen")
    page.get_by_role("button", name="Persoon ophalen").click()
    expect(page.locator(".sl-samenvatting")).to_contain_text("Vul het nummer in")
    check(page, "ophalen met fouten")
    kind = special_people(klok.today())["kind_samen"]
    page.get_by_label("Burgerservicenummer (BSN)").fill(kind.bsn)
    page.get_by_label("Waarvoor hebt u dit nodig?").select_option("jeugd_toeleiding")
    page.get_by_label("Ook het gezin").check()
    page.get_by_role("button", name="Persoon ophalen").click()
    expect(page.locator("h1")).to_contain_text("Wytze Dijkstra")
    assert kind.bsn not in page.url
    check(page, "persoon")
    page.get_by_role("button", name="Bijwerken uit de BRP").click()
    expect(page.get_by_text("is niets veranderd")).to_be_visible()

    page.get_by_role("link", name="Meld een twijfel aan de BRP").click()
    check(page, "twijfel")
    page.get_by_label("Waaraan twijfelt u?").select_option("08")
    page.get_by_label("Waarom twijfelt u daaraan?").fill("Woont hier al een jaar niet.")
    page.get_by_role("button", name="Twijfel terugmelden").click()
    expect(page.get_by_text("De twijfel is teruggemeld")).to_be_visible()
    page.get_by_role("button", name="Antwoord ophalen").first.click()
    expect(page.get_by_text("verstuurd, in onderzoek")).to_be_visible()
    page.get_by_role("button", name="Antwoord ophalen").first.click()
    expect(page.get_by_text("Het adres is aangepast.").first).to_be_visible()
    check(page, "beantwoord")

    bronnen.disturb("brp", "fout", keren=1)
    page.get_by_role("button", name="Correctie ophalen").first.click()
    expect(page.get_by_text("geeft geen antwoord")).to_be_visible()
    kijker.fouten.clear()  # the answer 422 to a form that was not complete
