"""Terms in a browser: nothing for axe at any width, and every step by keyboard."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.regie.termijnen import lopen, opschalen
from samenloop.regie.termijnen.models import Opschortgrond
from tests.access.accounts import GEMEENTE, WACHTWOORD, account, organisatie
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.regie.termijnen.maken import setting

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
_paden: dict[str, str] = {}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a case whose terms stand in every way."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        op = setting()
        organisatie()
        account("b.beleid", rol=Rol.BELEID, naam="Bea Beleid")
        nu = klok.today()

        def ago(dagen: int) -> str:
            return (nu - timedelta(days=dagen)).isoformat()

        laat = op.start("WMO-BESCHIKKING", ago(25))
        stil = op.start("JW-BESCHIKKING", ago(30))
        lopen.suspend(
            stil, grond=Opschortgrond.AANVULLING, van=nu, reden="polis", door=op.door
        )
        op.start("WMO-ONDERZOEK", ago(2))
        opschalen.walk(GEMEENTE)
        gebeurtenissen.handle_pending()
        _paden.update(
            casus=f"/casus/{op.casus.pk}/",
            lijst="/termijnen/",
            van_casus=f"/casus/{op.casus.pk}/termijnen/",
            nieuw=f"/casus/{op.casus.pk}/termijnen/nieuw/",
            termijn=f"/termijn/{laat.pk}/",
            stoppen=f"/termijn/{laat.pk}/stoppen/",
            hervatten=f"/termijn/{stil.pk}/hervatten/",
            doorzetten=f"/casus/{op.casus.pk}/doorzetten/",
            soorten="/termijnen/soorten/",
            soort="/termijnen/soorten/WMO-ONDERZOEK/",
            soort_nieuw="/termijnen/soorten/nieuw/",
            ladders="/termijnen/ladders/",
            ladder="/termijnen/ladders/gemeente/",
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
@pytest.mark.parametrize(
    ("wie", "paden"),
    [
        (
            "i.huizinga",
            ("lijst", "casus", "van_casus", "nieuw", "termijn", "stoppen", "hervatten"),
        ),
        ("j.mulder", ("lijst", "van_casus", "termijn", "doorzetten")),
        ("b.beleid", ("soorten", "soort", "soort_nieuw", "ladders", "ladder")),
    ],
)
def test_pages_are_accessible_at_every_width(
    kijk: Nieuw, wie: str, paden: tuple[str, ...], breedte: int
) -> None:
    kijker = _signed_in(kijk, wie, breedte)
    for naam in paden:
        assert kijker.open(_paden[naam]).status == 200, naam
        check(kijker.page, naam)


def test_term_runs_again_by_keyboard(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "i.huizinga")
    page = kijker.page
    kijker.open(_paden["lijst"])
    expect(page.get_by_text("staat stil sinds")).to_be_visible()
    kijker.open(_paden["hervatten"])
    page.get_by_label("Wat kwam er binnen?").focus()
    page.keyboard.type("De polis is binnen")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("de laatste dag is opnieuw berekend")).to_be_visible()
    expect(page.get_by_text("De polis is binnen")).to_be_visible()


def test_wrong_form_says_what_is_missing(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "i.huizinga")
    page = kijker.page
    kijker.open(_paden["nieuw"])
    page.get_by_label("Welke termijn?").select_option("AFSPRAAK")
    # A refused form answers 422, which Chromium notes as an error of the page.
    page.get_by_role("button", name="Deze termijn starten").click()
    expect(page.get_by_role("alert")).to_contain_text("Noem de laatste dag")
    check(page, "nieuw met fout")
    kijker.fouten = [fout for fout in kijker.fouten if "422" not in fout]


def test_leader_reads_no_content_and_pushes_through(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "j.mulder")
    page = kijker.page
    kijker.open(_paden["termijn"])
    expect(page.locator("main")).not_to_contain_text("Postma")
    page.get_by_role("link", name="Doorzetten").click()
    page.get_by_label("Tegenover welke organisatie?").select_option(label="OBS De Terp")
    page.get_by_label("Wat beslist u?").fill("De school maakt maandag een plaats vrij")
    page.get_by_label("Waarom was vragen niet genoeg?").fill("Drie keer gevraagd")
    page.get_by_role("button", name="Besluit vastleggen").click()
    expect(page.get_by_text("Uw besluit staat op de tijdlijn")).to_be_visible()
    expect(page.locator("main")).to_contain_text("maakt maandag een plaats vrij")
