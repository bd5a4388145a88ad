"""Measuring with the family: nothing chosen beforehand, nothing lost, told in words."""

from collections.abc import Callable, Iterator
from datetime import date
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
from tests.plannen.maken import dossier, takes_part
from tests.plannen.metingen.maken import EERST, measured, standard

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]


@pytest.fixture(scope="module")
def sleutels() -> dict[str, str]:
    """Keys of what was made, filled when the server starts."""
    return {}


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, sleutels: dict[str, str]
) -> Iterator[str]:
    """A server with one measurement of the mother, and who keeps instruments."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
        account("beheer", rol=Rol.BEHEER, naam="Bo Beheer")
        van = dossier()
        takes_part(van, bart)
        meting = measured(van, EERST, op=date(2026, 3, 24), toelichting="zo ging het")
        sleutels.update(
            dossier=str(van.pk), meting=str(meting.pk), zrm=str(standard().pk)
        )
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _signed_in(kijk: Nieuw, breedte: int = WIDE, wie: str = "bart") -> Kijker:
    kijker = kijk(breedte)
    kijker.page.set_default_timeout(20_000)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).to_be_visible()
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, sleutels: dict[str, str], breedte: int
) -> None:
    kijker = _signed_in(kijk, breedte)
    lijst = f"/dossier/{sleutels['dossier']}/metingen/"
    for pad in (lijst, f"{lijst}nieuw/", f"/meting/{sleutels['meting']}/herstellen/"):
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)
    beheer = _signed_in(kijk, breedte, "beheer")
    for pad in (
        "/meetinstrumenten/",
        "/meetinstrumenten/nieuw/",
        f"/meetinstrumenten/{sleutels['zrm']}/",
    ):
        assert beheer.open(pad).status == 200, pad
        check(beheer.page, pad)


def test_a_measurement_begun_is_there_again_and_is_told_when_recorded(
    kijk: Nieuw, sleutels: dict[str, str]
) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    lijst = f"/dossier/{sleutels['dossier']}/metingen/"
    kijker.open(lijst)
    page.get_by_role("link", name="Meten met Zelfredzaamheid-Matrix 2017").click()
    assert page.locator("input:checked").count() == 0
    financien = page.get_by_role("group", name="Financiën")
    expect(financien).to_contain_text("2: zo ging het")
    financien.get_by_role("radio").nth(2).check()
    financien.get_by_label("Wat is erover gezegd?").fill("de schulden staan stil")
    expect(page.locator("[data-bewaard]")).to_contain_text("Concept bewaard")
    kijker.open(f"{lijst}nieuw/")
    assert page.locator("input:checked").count() == 1
    for code, niveau in EERST.items():
        if code != "financien":
            page.locator(f"[name='n-{code}'][value='{niveau}']").check()
    page.get_by_label("Samen met").fill("met Marieke")
    page.get_by_role("button", name="Meting vastleggen").click()
    expect(page.locator(".sl-zin")).to_contain_text(
        "Op één van de dertien gebieden ging Marieke één stap vooruit"
    )
    tabel = page.get_by_role("table")
    expect(
        tabel.get_by_role("row").filter(has_text="Financiën").get_by_role("cell").last
    ).to_have_text("+ 1")
    expect(page.locator("main")).to_contain_text("de schulden staan stil")
    check(page, "verloop")
