"""The board of a team in a browser: any width, by keyboard, and nothing by itself."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.regie import regisseurs
from samenloop.regie.caseload.models import Herindicatieplanning
from tests.access.accounts import WACHTWOORD, account
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.regie.caseload.maken import provision
from tests.regie.maken import casus as maak_casus
from tests.regie.termijnen.maken import member, setting

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
Ask = Callable[[Callable[[], Any]], Any]
_paden: dict[str, str] = {}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a team, work that nobody has, and a peak ahead."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        op = setting()
        bart = account("b.kamphuis", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
        member(op.team, bart, uren=24)
        for naam in ("Bakker", "Zijlma", "Haan"):
            maak_casus(None, naam=naam, team=op.team)
        maak_casus(None, naam="Nanninga")
        for _n in range(12):
            provision(klok.today() + timedelta(days=250))
        provision(klok.today() + timedelta(days=20), op.casus.betrokkene)
        gebeurtenissen.handle_pending()
        _paden.update(
            bord="/caseload/",
            voorstel=f"/caseload/{op.team.pk}/voorstel/",
            medewerker=f"/caseload/{op.team.pk}/{op.regisseur.pk}/",
            norm="/caseload/norm/",
            jaar="/herindicaties/",
        )
        server = LiveServer("localhost")
        yield server.url
        server.stop()
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


def _leader(kijk: Nieuw, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in("j.mulder", WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_pages_are_accessible_at_every_width(kijk: Nieuw, breedte: int) -> None:
    kijker = _leader(kijk, breedte)
    for naam, pad in _paden.items():
        assert kijker.open(pad).status == 200, naam
        check(kijker.page, naam)


def _unassigned() -> int:
    from samenloop.regie.models import Casus

    met = regisseurs.directing(klok.now()).values("casus")
    return Casus.objects.exclude(pk__in=met).count()


def test_work_is_given_by_keyboard(kijk: Nieuw, records: Ask) -> None:
    voor = records(_unassigned)
    kijker = _leader(kijk)
    page = kijker.page
    kijker.open(_paden["bord"])
    paneel = page.locator("section", has=page.locator("#vrij"))
    paneel.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    keuze = paneel.get_by_label("Aangevinkte casussen toewijzen aan")
    keuze.focus()
    page.keyboard.type("Bart")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 casus is toegewezen.")).to_be_visible()
    assert records(_unassigned) == voor - 1


def test_proposal_moves_only_what_stays_ticked(kijk: Nieuw, records: Ask) -> None:
    kijker = _leader(kijk)
    page = kijker.page
    voor = records(_unassigned)
    kijker.open(_paden["voorstel"])
    assert records(_unassigned) == voor
    vinkjes = page.locator("input[name=zet]")
    aantal = vinkjes.count()
    assert aantal >= 2
    vinkjes.first.uncheck()
    page.get_by_role("button", name="Verdelen zoals aangevinkt").click()
    expect(page.get_by_text("toegewezen.")).to_be_visible()
    assert records(_unassigned) == voor - (aantal - 1)


def test_coming_year_is_planned_as_it_was_shown(kijk: Nieuw, records: Ask) -> None:
    kijker = _leader(kijk)
    page = kijker.page
    kijker.open(f"{_paden['jaar']}?weken=13")
    expect(page.locator("#zin")).to_contain_text("drukste maand 12 herindicaties")
    expect(page.get_by_text("1 beschikking loopt binnen acht weken af")).to_be_visible()
    page.get_by_role("button", name="13 herindicaties zo plannen").click()
    expect(page.get_by_text("13 herindicaties zijn gepland.")).to_be_visible()
    assert records(Herindicatieplanning.objects.count) == 13
