"""A rule is built by keyboard, tried, and put into force by somebody else."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.signalen.models import Signaalsoort
from samenloop.signalen.regels import beginset, proef
from samenloop.signalen.regels.models import Instelling, Regelproef, Regelversie
from tests.access.accounts import WACHTWOORD, account, actor
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker, Traag
from tests.personen.maken import lives, municipality
from tests.regels.omgeving import family, signal

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
Ask = Callable[[Callable[[], Any]], Any]
GEMEENTE = "GM1651"
# Names what sticks out, for when something does.
SOORTEN = {
    "huurachterstand": ("Huurachterstand", "financien", "wgs"),
    "verzuim": ("Schoolverzuim", "school", "leerplichtwet"),
}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a municipality that has signals and rules."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        beheer = account("beheer", rol=Rol.BEHEER, naam="Remko Kooistra")
        account("beleid", rol=Rol.BELEID, naam="Marga Bouma")
        gemeente = municipality(GEMEENTE, "Eemsmond")
        for code, (naam, gebied, wet) in SOORTEN.items():
            Signaalsoort.objects.get_or_create(
                code=code,
                defaults={
                    "naam": naam, "leefgebied": gebied, "wet": wet,
                    "geldig": ("2015-01-01", None),
                },
            )  # fmt: skip
        jaar = klok.today().year - 1
        for nummer in range(12):
            _gezin, leden = family(("ouder", "1984-02-01"), ("kind", "2016-06-15"))
            for lid in leden:
                lives(lid, gemeente, postcode="9981AB")
            signal(leden[0], dag=f"{jaar}-03-{nummer + 1:02}", gemeente=gemeente)
            signal(leden[0], dag=f"{jaar}-05-{nummer + 1:02}", gemeente=gemeente)
        beginset.take_over(actor(Rol.BEHEER, account=beheer, naam="Remko Kooistra"))
        Instelling.objects.create(
            gemeente=GEMEENTE, waarom="Zo begonnen wij.", vastgelegd_door=beheer
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
            with gemeentegrens.within(GEMEENTE):
                return question()
        finally:
            connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as apart:
        yield lambda question: apart.submit(asked, question).result()


def _signed_in(kijk: Nieuw, wie: str = "beheer", breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator(".sl-wie")).not_to_be_empty()
    return kijker


def _try(records: Ask, naam: str) -> Any:
    """Do what the worker does: the dry run that was asked for last."""
    proeven = Regelproef.objects.filter(versie__naam=naam).order_by("-gestart_op")
    gestart = records(lambda: proeven.first())
    records(lambda: proef.run(gestart.pk))
    return gestart


def test_a_rule_is_built_tried_and_approved_by_keyboard(
    kijk: Nieuw, records: Ask
) -> None:
    kijker = _signed_in(kijk)
    kijker.open("/regels/")
    page = kijker.page
    page.get_by_label("Naam van de nieuwe regel").focus()
    page.keyboard.type("Twee huurachterstanden")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Regel: Twee huurachterstanden")
    page.get_by_label("Waarom deze regel?").focus()
    page.keyboard.type("Een tweede achterstand komt zelden alleen.")
    # A field with codes: its values come by themselves, focus stays.
    veld = page.get_by_label("Gegeven 1")
    veld.focus()
    veld.press("S")
    veld.select_option("signaal.leefgebied")
    expect(page.get_by_role("combobox", name="Waarde 1")).to_have_js_property(
        "tagName", "SELECT"
    )
    expect(page.get_by_label("Gegeven 1")).to_be_focused()
    page.get_by_label("Vergelijking 1").select_option("is")
    page.get_by_role("combobox", name="Waarde 1").select_option("financien")
    # A second condition by its button: focus goes to the new row.
    page.get_by_role("button", name="Voorwaarde", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Gegeven 2")).to_be_focused()
    page.get_by_label("Gegeven 2").select_option("gezin.signalen|financien")
    expect(page.get_by_label("Dagen 2")).to_have_value("90")
    page.get_by_label("Vergelijking 2").select_option("minstens")
    page.get_by_role("textbox", name="Waarde 2").focus()
    page.keyboard.type("1")
    # A group, and away with it again.
    page.get_by_role("button", name="Groep", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Gegeven 3")).to_be_focused()
    page.get_by_role("button", name="Verwijder groep").press("Enter")
    expect(page.get_by_label("Gegeven 3")).to_have_count(0)
    page.get_by_label("Tel op bij het gewicht").fill("35")
    page.get_by_label("Zet erbij").fill("Tweede achterstand")
    # It saves by itself.
    expect(page.locator("#bewaard")).to_contain_text("Concept bewaard")
    page.wait_for_timeout(2_000)
    versie = records(
        lambda: Regelversie.objects.get(naam="Twee huurachterstanden", versie=1)
    )
    assert versie.uitdrukking == (
        'signaal.leefgebied == "financien" and gezin.signalen("financien", 90) >= 1'
    )
    assert (versie.gewicht, versie.label) == (35, "Tweede achterstand")
    page.get_by_role("button", name="Proefdraaien").press("Enter")
    expect(page.get_by_role("button", name="Proef stoppen")).to_be_visible()
    _try(records, "Twee huurachterstanden")
    # The page sees by itself that it is done.
    expect(page.locator(".sl-zin")).to_contain_text("12 signalen meer een melding")
    expect(page.locator("#proef ~ *, #proefvak")).to_contain_text(["Kind onder 12"])
    page.get_by_label("Wie kijkt mee?").select_option(label="Marga Bouma")
    page.get_by_role("button", name="Vraag akkoord").press("Enter")
    expect(page.locator("main")).to_contain_text("Wacht op Marga Bouma")

    ander = _signed_in(kijk, "beleid").page
    ander.goto(page.url)
    antwoord = ander.locator("#antwoord")
    antwoord.focus()
    ander.keyboard.type("Dat volgt uit het onderwerp en is terecht.")
    ander.get_by_role("button", name="Akkoord en in werking zetten").press("Enter")
    expect(ander.locator("main")).to_contain_text("Versie 1 geldt vanaf")
    expect(ander.get_by_role("button", name="Versie intrekken")).to_be_visible()


def _new_rule(kijker: Kijker, naam: str) -> Page:
    kijker.open("/regels/")
    page = kijker.page
    page.get_by_label("Naam van de nieuwe regel").fill(naam)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Regel: {naam}")
    return page


def test_a_late_answer_takes_nothing_away(kijk: Nieuw, records: Ask) -> None:
    page = _new_rule(_signed_in(kijk), "Trage lijn")
    traag = Traag(page, page.url)
    page.get_by_label("Gegeven 1").select_option("gezin.leden")
    traag.asked()
    # While the boxes of that field are on their way one goes on.
    page.get_by_label("Vergelijking 1").select_option("minstens")
    page.get_by_role("textbox", name="Waarde 1").fill("4")
    erbij = page.get_by_role("button", name="Voorwaarde", exact=True)
    erbij.press("Enter")
    erbij.press("Enter")
    traag.answer()
    expect(page.get_by_role("textbox", name="Waarde 1")).to_have_value("4")
    # The presses are asked for with what is there now; again one goes on.
    traag.asked()
    waarom = page.get_by_label("Waarom deze regel?")
    waarom.focus()
    page.keyboard.type("Groot gezin, ")
    traag.answer()
    expect(page.get_by_label("Gegeven 2")).to_have_count(0)
    traag.answer()
    expect(page.get_by_label("Gegeven 3")).to_be_visible()
    expect(page.get_by_label("Gegeven 4")).to_have_count(0)
    expect(waarom).to_be_focused()
    page.keyboard.type("klein huis.")
    expect(waarom).to_have_value("Groot gezin, klein huis.")
    expect(page.get_by_label("Vergelijking 1")).to_have_value("minstens")
    expect(page.get_by_role("textbox", name="Waarde 1")).to_have_value("4")
    # Saving by itself is under way: who goes on to the box that moves up stays in it.
    traag.asked()
    page.get_by_role("button", name="Verwijder voorwaarde 2").press("Enter")
    page.get_by_label("Gegeven 3").focus()
    traag.answer()
    traag.answer()
    expect(page.get_by_label("Gegeven 3")).to_have_count(0)
    expect(page.get_by_label("Gegeven 2")).to_be_focused()
    page.get_by_role("button", name="Verwijder voorwaarde 2").press("Enter")
    traag.answer()
    expect(erbij).to_be_focused()
    # A step that leaves the page comes after the save that is under way.
    page.get_by_label("Tel op bij het gewicht").fill("7")
    traag.asked()
    page.get_by_label("Zet erbij").fill("Groot gezin")
    page.get_by_role("button", name="Proefdraaien").press("Enter")
    traag.answer()
    traag.quick()
    expect(page.get_by_role("button", name="Proef stoppen")).to_be_visible()
    versie = records(lambda: Regelversie.objects.get(naam="Trage lijn"))
    assert versie.uitdrukking == "gezin.leden >= 4"
    assert (versie.waarom, versie.gewicht, versie.label) == (
        "Groot gezin, klein huis.", 7, "Groot gezin",
    )  # fmt: skip
    assert records(lambda: versie.proeven.get().vingerafdruk) == versie.vingerafdruk


def test_what_could_not_be_saved_goes_along_next_time(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk)
    page = _new_rule(kijker, "Zonder netwerk")
    page.route(page.url, lambda route: route.abort())
    page.get_by_role("button", name="Voorwaarde", exact=True).press("Enter")
    expect(page.locator("#bewaard")).to_contain_text("Niet bewaard")
    page.unroute(page.url)
    page.get_by_label("Zet erbij").fill("Bleef staan")
    expect(page.get_by_label("Gegeven 2")).to_be_visible()
    expect(page.get_by_label("Zet erbij")).to_have_value("Bleef staan")
    kijker.fouten.clear()  # the browser tells of the request that failed


def test_a_fault_in_the_expression_is_told_at_its_place(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk)
    kijker.open("/regels/")
    page = kijker.page
    page.get_by_role("link", name="Herhaald schoolverzuim").click()
    page.get_by_text("Als uitdrukking, voor wie liever typt").click()
    page.get_by_label("De regel als uitdrukking").fill("gezin.leden >= 3 and gezin.x")
    page.get_by_role("button", name="Uitdrukking overnemen").click()
    expect(page.locator("#uitdrukking-fout")).to_contain_text("Regel 1, teken 22")
    expect(page.locator("#samenvatting")).to_be_focused()
    check(page, "expression with a fault")


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, records: Ask, breedte: int
) -> None:
    versie = records(
        lambda: Regelversie.objects.select_related("regel").get(
            naam="Geldzorgen bij één ouder"
        )
    )
    gestart = records(
        lambda: Regelproef.objects.create(
            versie=versie,
            jaar=klok.today().year - 1,
            vingerafdruk=versie.vingerafdruk,
            gestart_door_id=versie.opgesteld_door_id,
        )
    )
    kijker = _signed_in(kijk, breedte=breedte)
    kijker.open(f"/regels/{versie.regel_id}/")
    check(kijker.page, "busy")
    records(lambda: proef.run(gestart.pk))
    for pad in (
        "/regels/",
        "/regels/instellingen/",
        f"/regels/{versie.regel_id}/",
        f"/regels/{versie.regel_id}/verschil/1/1/",
        f"/regels/proef/{gestart.pk}/signalen/",
    ):
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)


def test_the_form_works_without_a_script(kijk: Nieuw, demo: str) -> None:
    browser = kijk().page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(demo + "/aanmelden/")
        page.get_by_label("Account").fill("beheer")
        page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        page.locator("main").get_by_role("button", name="Aanmelden").click()
        page.goto(demo + "/regels/")
        page.get_by_role("link", name="Kind jonger dan zes in het gezin").click()
        page.get_by_role("button", name="Voorwaarde", exact=True).click()
        expect(page.get_by_label("Gegeven 2")).to_be_visible()
        page.get_by_role("button", name="Verwijder voorwaarde 2").click()
        expect(page.get_by_label("Gegeven 2")).to_have_count(0)
        expect(page.get_by_role("textbox", name="Waarde 1")).to_have_value("6")
    finally:
        context.close()
