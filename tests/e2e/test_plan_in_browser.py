"""The editor of a plan: five people at once, a server that is away, a keyboard."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan import versies
from samenloop.plannen.plan.models import (
    Activiteit,
    Doelstelling,
    Plan,
    Plansjabloon,
    Tekstvariant,
)
from tests.access.accounts import WACHTWOORD, account, actor
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.plannen.maken import dossier, takes_part
from tests.plannen.plan.plannen import activity, goal, plan

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
Ask = Callable[[Callable[[], Any]], Any]
SCHRIJVERS = ("ineke", "sanne", "hans", "els", "ria")
BEWAARD = "Alles is bewaard"


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with one large plan, one small one and five writers."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        groot, klein = plan(dossier("Postma")), plan(dossier("Bos"))
        for naam in SCHRIJVERS:
            wie = account(naam, rol=Rol.REGISSEUR, naam=naam.title())
            for van in (groot, klein):
                takes_part(van.dossier, wie, Deelnemersrol.HULPVERLENER, Deel.PLAN)
        account("remko", rol=Rol.BEHEER)
        for i in range(20):
            doel = goal(groot, f"Doel {i}")
            for j in range(10):
                activity(doel, f"Activiteit {i}.{j}")
        doel = goal(klein, "Wij willen elke maand de rekeningen betalen.")
        activity(doel, "Overzicht maken", oplevert="Een overzicht")
        versies.make(klein, door=actor())
        Doelstelling.objects.filter(pk=doel.pk).update(tekst="Wij willen rust.")
        versies.make(klein, door=actor())
        Plansjabloon.objects.create(
            gemeente=klein.dossier.gemeente, naam="Schulden",
            inhoud=[{"tekst": "Rond komen", "activiteiten": [
                {"wat": "Overzicht", "soort": "gezin", "oplevert": ""}]}],
        )  # fmt: skip
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


def _address(records: Ask, naam: str = "Bos") -> str:
    return records(
        lambda: (
            "/dossier/"
            f"{Plan.objects.get(betrokkene__geslachtsnaam=naam).dossier_id}/plan/"
        )
    )


def _part(records: Ask, naam: str = "Bos", nummer: int = 0) -> Any:
    return records(
        lambda: list(
            Activiteit.objects.filter(
                doelstelling__plan__betrokkene__geslachtsnaam=naam,
                doelstelling__weg_op__isnull=True,
            ).order_by("doelstelling__orde", "orde")
        )[nummer]
    )


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


def _field(page: Page, deel: Any, veld: str) -> Locator:
    soort = "doel" if isinstance(deel, Doelstelling) else "activiteit"
    return page.locator(f"[id='{soort}-{deel.pk}-{veld}']")


def _kept(page: Page) -> None:
    expect(page.locator("[data-stand]")).to_have_text(BEWAARD, timeout=30_000)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, records: Ask, breedte: int
) -> None:
    adres = _address(records)
    sjabloon = records(lambda: Plansjabloon.objects.get().pk)
    bladen = {
        "ineke": (
            adres,
            *(f"{adres}bewerken/", f"{adres}versies/", f"{adres}versies/2/"),
            *(f"{adres}versies/1/2/", f"{adres}evaluatie/", f"{adres}grond/"),
        ),
        "remko": ("/plansjablonen/", f"/plansjablonen/{sjabloon}/"),
    }
    for wie, paden in bladen.items():
        kijker = _signed_in(kijk, wie, breedte)
        for pad in paden:
            assert kijker.open(pad).status == 200, pad
            check(kijker.page, pad)
            for vak in kijker.page.locator("[data-vak] > :is(textarea, select)").all():
                expect(vak).to_be_visible()


def test_five_people_in_a_plan_of_two_hundred_activities_lose_no_keystroke(
    kijk: Nieuw, records: Ask
) -> None:
    adres = _address(records, "Postma")
    samen = _part(records, "Postma", 0)
    eigen = [_part(records, "Postma", 17 + 31 * i) for i in range(5)]
    paginas = []
    for naam in SCHRIJVERS:
        kijker = _signed_in(kijk, naam)
        kijker.page.set_default_timeout(60_000)
        assert kijker.open(f"{adres}bewerken/").status == 200
        paginas.append(kijker.page)
    teksten = [
        f"{naam} schrijft een zin die lang genoeg is om in stukken te worden bewaard."
        for naam in SCHRIJVERS
    ]

    # Each in a field of their own, letter by letter and through each other.
    for page, deel in zip(paginas, eigen, strict=True):
        _field(page, deel, "oplevert").focus()
    _type_together(paginas, teksten)
    # All in one field at once.
    for page in paginas:
        _field(page, samen, "oplevert").focus()
    _type_together(paginas, teksten)
    # And once more elsewhere: a meeting holds nothing up.
    for page, deel in zip(paginas, eigen, strict=True):
        _field(page, deel, "resultaat").focus()
    _type_together(paginas, [tekst.upper() for tekst in teksten])
    for page in paginas:
        _kept(page)

    for deel, tekst in zip(eigen, teksten, strict=True):
        staat = records(lambda deel=deel: Activiteit.objects.get(pk=deel.pk))
        assert (staat.oplevert, staat.resultaat) == (tekst, tekst.upper())
    waarde = records(lambda: Activiteit.objects.get(pk=samen.pk).oplevert)
    naast = records(
        lambda: list(
            Tekstvariant.objects.filter(
                onderdeel=samen.pk, gekozen_op__isnull=True
            ).values_list("tekst", flat=True)
        )
    )
    assert sorted([waarde, *naast]) == sorted(teksten)
    assert records(Tekstvariant.objects.count) == 4


def _type_together(paginas: list[Page], teksten: list[str]) -> None:
    stap = 4
    for begin in range(0, max(map(len, teksten)), stap):
        for page, tekst in zip(paginas, teksten, strict=True):
            page.keyboard.type(tekst[begin : begin + stap])


def test_what_one_writes_the_other_sees_and_who_is_where(
    kijk: Nieuw, records: Ask
) -> None:
    adres, deel = f"{_address(records)}bewerken/", _part(records)
    ineke, sanne = (_signed_in(kijk, naam) for naam in ("ineke", "sanne"))
    for kijker in (ineke, sanne):
        kijker.open(adres)

    _field(ineke.page, deel, "wat").fill("Overzicht van alles")

    expect(_field(sanne.page, deel, "wat")).to_have_value(
        "Overzicht van alles", timeout=15_000
    )
    expect(sanne.page.locator("[data-wie]")).to_contain_text("Ineke")
    expect(sanne.page.locator("[data-ander]")).to_contain_text("Ineke is in dit veld")


def test_two_texts_in_one_field_are_shown_side_by_side_and_one_is_chosen(
    kijk: Nieuw, records: Ask
) -> None:
    adres, deel = f"{_address(records)}bewerken/", _part(records)
    ineke, sanne = (_signed_in(kijk, naam) for naam in ("ineke", "sanne"))
    for kijker in (ineke, sanne):
        kijker.open(adres)
        _field(kijker.page, deel, "resultaat").focus()
    ineke.page.keyboard.type("van Ineke")
    _kept(ineke.page)
    sanne.page.keyboard.type("van Sanne")

    vak = sanne.page.locator("[data-botsing]")
    expect(vak).to_contain_text("van Ineke")
    expect(vak).to_contain_text("van Sanne")
    expect(ineke.page.locator("[data-botsing]")).to_contain_text(
        "van Sanne", timeout=15_000
    )
    _field(sanne.page, deel, "resultaat").fill("van ons samen")
    _kept(sanne.page)
    vak.get_by_role("button", name="Neem wat in het vak staat").click()

    expect(vak).to_have_count(0)
    expect(_field(ineke.page, deel, "resultaat")).to_have_value(
        "van Ineke"
    )  # one is in it: nothing changes under one's hands
    ineke.page.locator("h1").click()
    expect(_field(ineke.page, deel, "resultaat")).to_have_value(
        "van ons samen", timeout=15_000
    )
    assert records(lambda: Activiteit.objects.get(pk=deel.pk).resultaat) == (
        "van ons samen"
    )


def test_text_waits_for_a_server_that_is_away(kijk: Nieuw, records: Ask) -> None:
    deel, kijker = _part(records), _signed_in(kijk, "hans")
    kijker.open(f"{_address(records)}bewerken/")
    page = kijker.page
    page.route("**/plan/veld/", lambda route: route.abort())

    _field(page, deel, "wie").fill("oma Trijntje")
    expect(page.locator("[data-stand]")).to_contain_text("Nog niet bewaard")
    page.unroute("**/plan/veld/")

    _kept(page)
    assert records(lambda: Activiteit.objects.get(pk=deel.pk).wie) == "oma Trijntje"
    assert kijker.fouten
    kijker.fouten.clear()


def test_an_answer_that_is_lost_makes_no_second_text(kijk: Nieuw, records: Ask) -> None:
    deel, kijker = _part(records), _signed_in(kijk, "els")
    kijker.open(f"{_address(records)}bewerken/")
    page = kijker.page

    def lose(route: Any) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/plan/veld/", lose)
    _field(page, deel, "oplevert").fill("Een map")
    expect(page.locator("[data-stand]")).to_contain_text("Nog niet bewaard")
    page.unroute("**/plan/veld/")
    _field(page, deel, "oplevert").press_sequentially(" met alles")
    _kept(page)

    assert records(lambda: Activiteit.objects.get(pk=deel.pk).oplevert) in {
        "Een map met alles",
        " met allesEen map",
    }
    assert not records(
        lambda: Tekstvariant.objects.filter(onderdeel=deel.pk, veld="oplevert").exists()
    )
    kijker.fouten.clear()


def test_text_survives_being_signed_out_and_in_again(kijk: Nieuw, records: Ask) -> None:
    deel, kijker = _part(records), _signed_in(kijk, "ria")
    adres = f"{_address(records)}bewerken/"
    kijker.open(adres)
    page = kijker.page
    page.context.clear_cookies()

    _field(page, deel, "wie").fill("Hans Prins, vrijwilliger")
    expect(page.locator("[data-stand]")).to_contain_text("U bent afgemeld")
    page.goto(kijker.adres + adres)
    page.get_by_label("Account").fill("ria")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.locator("main").get_by_role("button", name="Aanmelden").click()

    expect(_field(page, deel, "wie")).to_have_value("Hans Prins, vrijwilliger")
    _kept(page)
    assert records(lambda: Activiteit.objects.get(pk=deel.pk).wie) == (
        "Hans Prins, vrijwilliger"
    )
    assert page.evaluate("sessionStorage.length") == 0
    kijker.fouten.clear()


def test_goals_and_activities_come_move_and_go_by_keyboard(
    kijk: Nieuw, records: Ask
) -> None:
    kijker = _signed_in(kijk, "ineke")
    kijker.open(f"{_address(records)}bewerken/")
    page = kijker.page
    page.get_by_role("button", name="Doel toevoegen").focus()
    page.keyboard.press("Enter")
    nieuw = page.locator("[data-lijst=doel] > li").last
    expect(nieuw.get_by_label("Doel, in eigen woorden")).to_be_focused()
    page.keyboard.type("Ik wil op voetbal blijven.")
    nieuw.get_by_role("button", name="Activiteit toevoegen").press("Enter")
    expect(nieuw.get_by_label("Wat", exact=True)).to_be_focused()
    page.keyboard.type("Contributie regelen")
    nieuw.locator("> form").first.get_by_role("button", name="Omhoog").press("Enter")
    _kept(page)

    doelen = records(
        lambda: list(
            Doelstelling.objects.filter(
                plan__betrokkene__geslachtsnaam="Bos", weg_op__isnull=True
            ).values_list("tekst", flat=True)
        )
    )
    assert doelen == ["Ik wil op voetbal blijven.", "Wij willen rust."]
    assert records(
        lambda: Activiteit.objects.filter(wat="Contributie regelen").exists()
    )
    eerste = page.locator("[data-lijst=doel] > li").first
    expect(eerste.get_by_label("Doel, in eigen woorden")).to_have_value(doelen[0])
    eerste.locator("> form").first.get_by_role("button", name="Eruit halen").press(
        "Enter"
    )
    expect(page.locator("[data-lijst=doel] > li")).to_have_count(1)
    _kept(page)
    page.reload()
    expect(page.locator("section", has_text="Uit het plan gehaald")).to_contain_text(
        "Ik wil op voetbal blijven."
    )


def test_without_scripts_a_part_is_saved_with_its_button(
    demo: str, browser: Browser, records: Ask
) -> None:
    deel, adres = _part(records), f"{_address(records)}bewerken/"
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    kijker = Kijker(page, demo)
    kijker.sign_in("ineke", WACHTWOORD)
    page.goto(demo + adres)

    _field(page, deel, "van").fill("2026-04-01")
    page.locator(f"[id='activiteit-{deel.pk}']").get_by_role(
        "button", name="Bewaren", exact=True
    ).last.click()

    expect(page).to_have_url(re.compile(f"activiteit-{deel.pk}$"))
    assert str(records(lambda: Activiteit.objects.get(pk=deel.pk).van)) == "2026-04-01"
    context.close()
