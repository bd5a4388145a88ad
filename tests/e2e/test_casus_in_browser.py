"""Cases in a browser: every page accessible at both widths, and done by keyboard."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.core.periode import Periode
from samenloop.regie import afsluiten, casussen, teams, vervangen
from tests.access.accounts import WACHTWOORD, account, actor, appoint
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.plannen.maken import municipality
from tests.regie.maken import casus

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
ADRES: dict[str, str] = {}
LANG = 20_000  # ms; also on a machine that does much else


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with cases of one director, of others, and of nobody."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        municipality()
        municipality("GM0005")
        _fill()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _fill() -> None:
    bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
    anja = account("anja", rol=Rol.REGISSEUR, naam="Anja de Wit")
    appoint(account("daar", gemeente=""), Rol.REGISSEUR, "GM0005")
    harm = account("harm", rol=Rol.TEAMLEIDER, naam="Harm Bolhuis")
    leider = actor(Rol.TEAMLEIDER, account=harm)
    noord = teams.make("Noord", door=leider)
    teams.add(noord, anja.pk, uren=Decimal(28), leidt=False, door=leider)
    eigen = casus(bart, naam="Postma", team=noord)
    kort = casus(bart, naam="Dijk", soort=casussen.ENKELVOUDIG)
    van_anja = casus(anja, naam="Anders")
    los = casus(naam="Los")
    dicht = casus(bart, naam="Dicht")
    afsluiten.close(
        dicht, reden="doel bereikt", toch=True, door=actor(Rol.REGISSEUR, account=bart),
        nazorg_op=klok.today() + timedelta(days=3),
    )  # fmt: skip
    vervangen.record_absence(
        account=anja.pk, vervanger=bart.pk, door=leider,
        periode=Periode(klok.today() + timedelta(days=30)),
    )  # fmt: skip
    ADRES.update(
        team=f"/teams/{noord.pk}/",
        **{
            naam: f"/casus/{each.pk}/"
            for naam, each in (
                ("eigen", eigen), ("kort", kort), ("ander", van_anja), ("los", los),
                ("dicht", dicht),
            )
        },
    )  # fmt: skip


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_pages_of_the_director_are_accessible_and_fit(
    kijk: Nieuw, breedte: int
) -> None:
    kijker = _signed_in(kijk, "bart", breedte)
    eigen = ADRES["eigen"]
    for pad in (
        "/casussen/", "/casussen/?status=gesloten", "/casussen/?stap=plan", eigen,
        f"{eigen}stap/beoordelen/", f"{eigen}stap/plan/", f"{eigen}regisseur/",
        f"{eigen}afsluiten/", f"{eigen}elders/", ADRES["kort"], ADRES["ander"],
        ADRES["dicht"],
    ):  # fmt: skip
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_pages_of_the_team_leader_are_accessible_and_fit(
    kijk: Nieuw, breedte: int
) -> None:
    kijker = _signed_in(kijk, "harm", breedte)
    for pad in (
        "/casussen/", "/teams/", ADRES["team"], "/afwezig/", ADRES["eigen"],
        f"{ADRES['los']}regisseur/",
    ):  # fmt: skip
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)
    assert "Postma" not in kijker.page.content()


def _press(page: Page, naam: str) -> None:
    """Walk to a button with the tab key, and press it."""
    for _keer in range(80):
        page.keyboard.press("Tab")
        if naam in (page.evaluate("document.activeElement.innerText") or ""):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{naam} cannot be reached by keyboard")


def test_director_takes_up_moves_a_step_and_closes_by_keyboard(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "bart")
    page = kijker.page
    kijker.open("/casussen/")
    _press(page, "Oppakken")
    expect(page.locator("h1")).to_have_text("Gezin gezin Los", timeout=LANG)
    _press(page, "Plan opstellen")
    expect(page.locator("h1")).to_have_text("Plan opstellen", timeout=LANG)
    page.get_by_label("bezig").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Het gezin wil verder")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".sl-stappen .nu")).to_have_count(2, timeout=LANG)
    _press(page, "Casus afsluiten")
    page.get_by_label("Waarom de casus eindigt").select_option("doel bereikt")
    if page.get_by_label("Toch afsluiten").count():
        page.get_by_label("Toch afsluiten").check()
    _press(page, "Casus afsluiten")
    expect(page.locator(".sl-kenmerken")).to_contain_text("Afgesloten", timeout=LANG)
    check(page, "gesloten")


def test_hand_over_asks_what_is_missing_and_then_shows_no_name_any_more(
    kijk: Nieuw,
) -> None:
    kijker = _signed_in(kijk, "bart")
    page = kijker.page
    kijker.open(ADRES["eigen"])
    expect(page.locator("h1")).to_contain_text("Postma")
    page.get_by_role("link", name="Overdragen", exact=True).click()
    page.get_by_role("button", name="Overdragen").click()
    expect(page.locator(".sl-samenvatting")).to_contain_text(
        "Kies wie regisseert", timeout=LANG
    )
    check(page, "fout")
    kijker.fouten.clear()  # the answer 422 to a form that was not complete
    page.get_by_label("Wie vanaf nu regisseert").select_option(
        label="Anja de Wit (gezinnen: 1)"
    )
    page.get_by_label("Waarom").fill("Anja kent het gezin")
    page.get_by_role("button", name="Overdragen").click()
    expect(page.locator(".sl-kenmerken")).to_contain_text("Anja de Wit", timeout=LANG)
    expect(page.locator("h1")).not_to_contain_text("Postma")
