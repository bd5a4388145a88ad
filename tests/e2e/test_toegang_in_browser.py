"""Signing in, acting for another municipality, the second step, and being away."""

import re
from base64 import b32decode
from collections.abc import Callable, Iterator
from threading import Thread
from time import time
from typing import Any

import pytest
from django.db import connection
from django_otp.oath import TOTP
from playwright.sync_api import expect

from samenloop.access import tweede_stap
from samenloop.access.models import Gebruiker
from samenloop.demo.accounts import ACCOUNTS
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker

pytestmark = pytest.mark.browser
WIE = {account.username: account for account in ACCOUNTS}
Nieuw = Callable[..., Kijker]
PERSOON = "00000000-0000-4000-8000-000000000001"
BLADZIJDEN = {
    "regisseur": (
        "/gemeente/",
        "/account/",
        "/account/wachtwoord/",
        "/tweede-stap/instellen/",
        "/wie-mag-wat/",
        "/noodtoegang/",
        f"/noodtoegang/persoon/{PERSOON}/",
    ),
    "beheer": (
        "/accounts/",
        "/accounts/nieuw/",
        "/organisaties/",
        "/organisaties/nieuw/",
    ),
}


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WIE[wie].wachtwoord)
    expect(kijker.page.locator("#sessie")).to_be_attached()
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
@pytest.mark.parametrize("wie", list(BLADZIJDEN))
def test_every_page_is_accessible_and_fits(kijk: Nieuw, breedte: int, wie: str) -> None:
    kijker = _signed_in(kijk, wie, breedte)
    for pad in BLADZIJDEN[wie]:
        antwoord = kijker.open(pad)
        assert antwoord.status == 200, pad
        check(kijker.page, pad)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_an_account_with_its_roles_is_accessible(kijk: Nieuw, breedte: int) -> None:
    kijker = _signed_in(kijk, "beheer", breedte)
    kijker.open("/accounts/?rol=regisseur")
    kijker.page.get_by_role("link", name="Ineke Huizinga").click()
    expect(kijker.page.locator("h1")).to_have_text("Ineke Huizinga")
    check(kijker.page, "account")
    kijker.page.get_by_role("link", name="Rol geven").click()
    check(kijker.page, "rol geven")


@pytest.mark.parametrize("wie", list(WIE))
def test_every_demo_account_lands_on_a_page_of_its_own(kijk: Nieuw, wie: str) -> None:
    kijker = _signed_in(kijk, wie)
    expect(kijker.page.locator("h1")).to_be_visible()
    expect(kijker.page.locator(".sl-wie")).to_contain_text(WIE[wie].naam)


def test_one_sign_in_for_two_municipalities(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "regisseur")
    page = kijker.page
    expect(page.locator(".sl-gemeente strong")).to_have_text("Eemsmond")
    page.get_by_role("link", name="Wissel van gemeente").first.click()
    page.get_by_role("button", name="Werken voor De Marne").click()
    expect(page.locator(".sl-gemeente strong")).to_have_text("De Marne")
    expect(page.get_by_role("status").filter(has_text="De Marne")).to_be_visible()


def test_who_acts_for_one_municipality_sees_no_switch(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "consulent")
    expect(kijker.page.locator(".sl-gemeente strong")).to_have_text("Eemsmond")
    expect(kijker.page.get_by_role("link", name="Wissel van gemeente")).to_have_count(0)


def _code(sleutel: str, stap: int) -> str:
    tekst = sleutel.replace(" ", "")
    totp = TOTP(b32decode(tekst + "=" * (-len(tekst) % 8)))
    totp.time = time() + 30 * stap
    return f"{totp.token():06d}"


@pytest.fixture
def zonder_telefoon(django_db_blocker: Any) -> Iterator[None]:
    """Leave the second step as it was found."""
    yield

    def reset() -> None:
        with django_db_blocker.unblock():
            tweede_stap.reset(Gebruiker.objects.get(username="teamleider"))
            connection.close()

    # The browser's driver keeps a loop in this thread, where Django refuses to query.
    draad = Thread(target=reset)
    draad.start()
    draad.join()


def test_the_second_step_is_set_up_and_then_asked(
    kijk: Nieuw, zonder_telefoon: None
) -> None:
    eerst = _signed_in(kijk, "teamleider")
    eerst.open("/account/")
    eerst.page.get_by_role("link", name="Tweede stap instellen").click()
    sleutel = eerst.page.locator("code.sl-code").inner_text()
    vierkant = eerst.page.locator("main img")
    assert vierkant.evaluate("beeld => beeld.naturalWidth") > 0, "CSP shows the square"
    eerst.page.get_by_role("textbox", name="Code").fill(_code(sleutel, 0))
    eerst.page.get_by_role("button", name="Tweede stap in gebruik nemen").click()
    expect(eerst.page.locator("main li code")).to_have_count(10)
    check(eerst.page, "herstelcodes")
    herstelcode = eerst.page.locator("main li code").first.inner_text()

    later = kijk()
    later.sign_in("teamleider", WIE["teamleider"].wachtwoord)
    expect(later.page.locator("h1")).to_have_text(
        "Nog één stap: de code van uw telefoon"
    )
    check(later.page, "tweede stap")
    assert later.page.locator("#hoofdmenu a").count() <= 2, "no menu yet"
    # The next code: the one of now was used to set up.
    later.page.get_by_role("textbox", name="Code").fill(_code(sleutel, 1))
    later.page.get_by_role("button", name="Aanmelden").click()
    expect(later.page.locator(".sl-gemeente")).to_be_visible()

    zonder = kijk(NARROW)
    zonder.sign_in("teamleider", WIE["teamleider"].wachtwoord)
    check(zonder.page, "tweede stap smal")
    zonder.page.get_by_role("textbox", name="Code").fill(herstelcode)
    zonder.page.get_by_role("button", name="Aanmelden").click()
    expect(zonder.page.locator("#sessie")).to_be_attached()


def test_a_dialog_asks_two_minutes_before_and_going_on_keeps_one_in(
    kijk: Nieuw,
) -> None:
    kijker = _signed_in(kijk, "consulent")
    page = kijker.page
    page.clock.install()
    kijker.open("/over/")
    dialoog = page.get_by_role("alertdialog")
    page.clock.fast_forward("12:50")
    expect(dialoog).to_be_hidden()
    page.clock.fast_forward("00:20")
    expect(dialoog).to_be_visible()
    expect(dialoog).to_contain_text("U bent bijna 15 minuten weg. Doorgaan?")
    expect(page.locator("[data-tijd]")).to_have_text(re.compile(r"^\d\d\.\d\d$"))
    expect(page.get_by_role("button", name="Doorgaan")).to_be_focused()
    check(page, "dialoog")
    page.keyboard.press("Enter")
    expect(dialoog).to_be_hidden()
    page.clock.fast_forward("12:00")
    expect(dialoog).to_be_hidden()


def test_who_does_not_answer_is_out_and_comes_back_to_the_same_spot(
    kijk: Nieuw,
) -> None:
    kijker = _signed_in(kijk, "consulent")
    page = kijker.page
    page.clock.install()
    kijker.open("/wie-mag-wat/?x=1#g2")
    page.clock.fast_forward("13:10")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.clock.fast_forward("02:10")
    expect(page).to_have_url(re.compile("/aanmelden/"))
    page.get_by_label("Account").fill("consulent")
    page.get_by_label("Wachtwoord").fill(WIE["consulent"].wachtwoord)
    page.locator("main").get_by_role("button", name="Aanmelden").click()
    expect(page).to_have_url(f"{kijker.adres}/wie-mag-wat/?x=1#g2")


def test_work_in_one_window_keeps_the_other_in(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "consulent")
    kijker.page.clock.install()
    kijker.open("/over/")
    kijker.page.clock.fast_forward("13:10")
    expect(kijker.page.get_by_role("alertdialog")).to_be_visible()
    ander = kijker.page.context.new_page()
    ander.goto(f"{kijker.adres}/account/")
    # Of a window that is not looked at a busy browser takes its time.
    expect(kijker.page.get_by_role("alertdialog")).to_be_hidden(timeout=30_000)
