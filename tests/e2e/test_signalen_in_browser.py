"""Signals in a browser: by keyboard within a minute, kept by itself, any width."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens
from samenloop.personen.models import Persoon
from samenloop.signalen import meldingen
from samenloop.signalen.models import Melding, Signaal, Signaalconcept
from tests.access.accounts import WACHTWOORD, account, actor, organisatie
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker, Traag
from tests.signalen.maken import gemeente, gezin, melding_van, persoon, signaal

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
Ask = Callable[[Callable[[], Any]], Any]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a team, a partner, and a melding to weigh."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        gemeente()
        ineke = account("ineke", rol=Rol.REGISSEUR, naam="Ineke Huizinga")
        account("bart", rol=Rol.TEAMLEIDER, naam="Bart Kamphuis")
        account("sanne", rol=Rol.CONSULENT, naam="Sanne Veldman")
        account("kees", rol=Rol.BACKOFFICE, naam="Kees Bos")
        account("juf", rol=Rol.PARTNER, naam="Juf Anja", organisatie=organisatie())
        moeder, kind = persoon("Postma"), persoon("Dijkema")
        gezin((moeder, "ouder"), (kind, "kind"))
        for soort, veilig in (("huurachterstand", False), ("verzuim", False)):
            signaal(moeder, soort=soort, veiligheidsrisico=veilig)
        veilig = signaal(moeder, soort="huiselijk-geweld", inhoud="Buren belden.")
        signaal("Man met hond, Kerkstraat", soort="woonoverlast")
        gebeurtenissen.handle_pending()
        melding = melding_van(veilig.pk)
        assert melding is not None
        for los in Signaal.objects.filter(betrokkenen__persoon=moeder, koppeling=None):
            meldingen.join(melding, los, gewicht=40, veiligheid=False)
        meldingen.assign(melding, ineke.pk, actor=actor(Rol.TEAMLEIDER))
        meldingen.make(signaal(soort="eenzaamheid"), gewicht=35)
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


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, records: Ask, breedte: int
) -> None:
    melding = records(lambda: Melding.objects.get(veiligheid=True).pk)
    los = records(lambda: Signaal.objects.filter(koppeling=None)[0].pk)
    bladen = {
        "ineke": (
            *("/vandaag/", "/meldingen/", "/signalen/", "/signalen/nieuw/"),
            *(f"/meldingen/{melding}/", f"/signalen/{los}/"),
        ),
        "bart": (f"/meldingen/{melding}/", "/vandaag/"),
        "kees": ("/signalen/terugmeldingen/",),
        "juf": ("/partner/",),
    }
    for wie, paden in bladen.items():
        kijker = _signed_in(kijk, wie, breedte)
        for pad in paden:
            assert kijker.open(pad).status == 200, pad
            check(kijker.page, pad)


def test_a_call_is_registered_by_keyboard_alone(kijk: Nieuw, records: Ask) -> None:
    kijker = _signed_in(kijk, "sanne")
    page, toets = kijker.page, kijker.page.keyboard
    kijker.open("/signalen/nieuw/")
    begin = monotonic()
    expect(page.locator("#zoek-persoon")).to_be_focused()
    toets.type("Postma")
    toets.press("Enter")
    expect(page.get_by_role("radio", name="Postma")).to_be_checked()
    expect(page.get_by_role("radio", name="Postma")).to_be_focused()
    drukken = 0
    for naam, tekst in (
        ("melder_naam", "M. de Boer"),
        ("melder_relatie", "buurvrouw"),
        ("soort", "Vraag over"),
        ("aanleiding", "Jongste liep alleen op straat"),
    ):
        while page.evaluate("document.activeElement.name") != naam:
            toets.press("Tab")
            drukken += 1
            assert drukken < 40, naam
        toets.type(tekst)
    while page.evaluate("document.activeElement.name") != "veiligheid":
        toets.press("Tab")
    toets.press("ArrowDown")
    toets.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("is vastgelegd")
    assert monotonic() - begin < 60
    gemaakt = records(
        lambda: Signaal.objects.get(aanleiding="Jongste liep alleen op straat")
    )
    assert (gemaakt.soort_id, gemaakt.veiligheidsrisico) == ("opvoedvraag", False)


def test_what_is_typed_survives_a_time_out(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "kees")
    page = kijker.page
    kijker.open("/signalen/nieuw/")
    page.get_by_label("Wat speelt er, in één zin?").fill("Ruikt gas op de trap")
    expect(page.locator("[data-bewaard]")).to_contain_text(
        re.compile(r"Concept bewaard om \d\d\.\d\d uur")
    )
    page.context.clear_cookies()
    kijker.open("/signalen/nieuw/")
    page.get_by_label("Account").fill("kees")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.locator("main").get_by_role("button", name="Aanmelden").click()
    expect(page).to_have_url(re.compile("/signalen/nieuw/$"))
    expect(page.get_by_label("Wat speelt er, in één zin?")).to_have_value(
        "Ruikt gas op de trap"
    )


def test_what_was_thrown_away_is_not_kept_by_a_late_save(
    kijk: Nieuw, records: Ask
) -> None:
    kijker = _signed_in(kijk, "kees")
    page = kijker.page
    kijker.open("/signalen/nieuw/")
    zin = page.get_by_label("Wat speelt er, in één zin?")
    zin.fill("Post")
    expect(page.locator("[data-bewaard]")).to_contain_text("Concept bewaard")
    page.reload()
    traag = Traag(page, f"{kijker.adres}/signalen/nieuw/concept/", heen=True)
    zin.fill("Post puilt")
    traag.asked()
    # What is typed while it is kept stays, and is kept after it.
    zin.focus()
    page.keyboard.press("End")
    page.keyboard.type(" uit de bus")
    traag.answer()
    expect(zin).to_have_value("Post puilt uit de bus")
    traag.answer()
    expect(page.locator("[data-bewaard]")).to_contain_text("Concept bewaard")
    concept = Signaalconcept.objects.filter(inhoud__aanleiding="Post puilt uit de bus")
    assert records(concept.count) == 1
    # The step waits for the save that is under way, and is not lost.
    zin.fill("Toch niet")
    traag.asked()
    page.get_by_role("button", name="Concept weggooien").click()
    page.wait_for_timeout(300)
    expect(zin).to_have_value("Toch niet")
    traag.answer()
    expect(zin).to_have_value("")
    assert records(Signaalconcept.objects.count) == 0


def test_signed_out_while_typing_is_said_and_the_text_stays(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "sanne")
    page = kijker.page
    kijker.open("/signalen/nieuw/")
    page.context.clear_cookies()
    veld = page.get_by_label("Wat vertelde de melder?")
    veld.fill("Lang verhaal")
    expect(page.locator("[data-bewaard]")).to_contain_text("Niet bewaard")
    expect(veld).to_have_value("Lang verhaal")
    kijker.fouten.clear()  # the browser tells of the refused request


def test_the_director_weighs_and_decides(kijk: Nieuw, records: Ask) -> None:
    kijker = _signed_in(kijk, "ineke")
    page = kijker.page
    kijker.open("/vandaag/")
    page.locator(".sl-werk a.utrecht-button").first.click()
    expect(page.locator("h1")).to_contain_text("gezin Postma")
    expect(page.locator("main")).to_contain_text("Buren belden.")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Waarom? 1. Noodzaak").fill("Het gaat over veiligheid.")
    expect(page.locator("[data-bewaard]")).to_contain_text("Concept bewaard")
    page.reload()
    expect(page.get_by_label("Waarom? 1. Noodzaak")).to_have_value(
        "Het gaat over veiligheid."
    )
    page.get_by_role("button", name="Besluit vastleggen").click()
    samenvatting = page.locator(".sl-samenvatting")
    expect(samenvatting).to_be_focused()
    expect(samenvatting).to_contain_text("Er missen nog 5 antwoorden")
    check(page, "fout")
    samenvatting.get_by_role("link").last.click()
    kijker.fouten[:] = [each for each in kijker.fouten if "422" not in each]
    page.get_by_label("Ja, met de keuze hieronder").check()
    page.get_by_label("Waarom? 2. Proportionaliteit").fill("Alleen wonen en schulden.")
    page.get_by_label("Nee, dit is de lichtste weg").check()
    page.get_by_label("Waarom? 3. Subsidiariteit").fill("Bellen lukte niet.")
    page.get_by_label("Casus openen").check()
    page.get_by_role("button", name="Besluit vastleggen").click()
    expect(page.get_by_role("status").first).to_contain_text(
        "Het besluit is vastgelegd"
    )
    melding = records(lambda: Melding.objects.get(veiligheid=True))
    assert melding.status == "besloten"
    assert records(lambda: Persoon.objects.filter(meldingen=melding).exists())
