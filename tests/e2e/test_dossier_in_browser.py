"""A dossier in a browser: contact by keyboard, two in one conversation, any width."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.plannen.dossier import contacten, documenten, gesprekken, notities
from samenloop.plannen.dossier.contacten import Contact
from samenloop.plannen.dossier.gesprekken import Verslag
from samenloop.plannen.dossier.models import (
    Bereik,
    Contactmoment,
    Dossierconcept,
    Gesprek,
    Gesprekversie,
    Notitie,
)
from samenloop.plannen.models import Deelnemersrol, Dossier
from tests.access.accounts import WACHTWOORD, account, actor
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.plannen.dossier.maken import GESCHREVEN
from tests.plannen.maken import dossier, takes_part

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
Ask = Callable[[Callable[[], Any]], Any]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a dossier in which everything was written once."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        van = dossier()
        bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
        wim = account("wim", rol=Rol.CONSULENT, naam="Wim Dijk")
        takes_part(van, bart)
        takes_part(van, wim, Deelnemersrol.HULPVERLENER, *GESCHREVEN)
        door = actor(Rol.REGISSEUR, account=bart)
        gebeld = Contact(
            wijze="telefoon",
            gebeurd_op=klok.now() - timedelta(days=2),
            onderwerp="De brief van de woningcorporatie",
            afspraak="Marieke belt terug",
            persoon=van.betrokkene_id,
        )
        eerst = contacten.note(van, gebeld, door=door)
        contacten.note(van, gebeld, door=door, verbetert=eerst, reden="naam")
        gesprek = gesprekken.begin(van, door=door)
        verslag = Verslag.of(
            {
                "gevoerd_op": klok.today().isoformat(),
                "plek": "thuis",
                "kern": "Er is rust, de post blijft lastig.",
                "wonen-verhaal": "Het dak lekt.",
                "ondersteuning": "niet",
                "eigen_plan": "geen",
            }
        )
        gesprekken.finish(gesprek, verslag, door=door, na=0)
        notities.write(van, "Vraag naar de post", Bereik.EIGEN, door=door)
        documenten.add(
            van,
            SimpleUploadedFile("brief.pdf", b"%PDF-1.7"),
            titel="Brief",
            soort="brief",
            door=door,
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


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


def _dossier(records: Ask) -> str:
    return f"/dossier/{records(lambda: Dossier.objects.get().pk)}"


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, records: Ask, breedte: int
) -> None:
    van = _dossier(records)
    contact = records(lambda: Contactmoment.objects.get(verbeterd_door=None).pk)
    gesprek = records(lambda: Gesprek.objects.order_by("begonnen_op")[0].pk)
    notitie = records(lambda: Notitie.objects.get(bereik=Bereik.EIGEN).pk)
    kijker = _signed_in(kijk, "bart", breedte)
    for pad in (
        *(f"{van}/tijdlijn/", f"{van}/journaal/", f"{van}/contact/"),
        *(f"/contact/{contact}/", f"/contact/{contact}/verbeteren/"),
        *(f"{van}/gesprek/", f"/gesprek/{gesprek}/", f"/gesprek/{gesprek}/verslag/1/"),
        *(f"{van}/notities/", f"/notitie/{notitie}/", f"{van}/documenten/"),
    ):
        assert kijker.open(pad).status == 200, pad
        for dicht in kijker.page.locator("details:not([open]) > summary").all()[:3]:
            dicht.click()
        check(kijker.page, pad)


def test_what_is_missing_gets_the_focus_and_stays_accessible(
    kijk: Nieuw, records: Ask
) -> None:
    kijker = _signed_in(kijk, "wim")
    kijker.open(f"{_dossier(records)}/contact/")
    kijker.page.get_by_role("button", name="Contact vastleggen").click()
    expect(kijker.page.locator(".sl-samenvatting")).to_be_focused()
    check(kijker.page, "contact met fouten")
    kijker.page.get_by_role("link", name="Zeg met wie u contact had").click()
    expect(kijker.page.get_by_label("Met wie?")).to_be_focused()
    # A refusal is an answer of the server that the browser reports.
    kijker.fouten.clear()


def test_a_contact_is_noted_by_keyboard_alone(kijk: Nieuw, records: Ask) -> None:
    kijker = _signed_in(kijk, "wim")
    page, toets = kijker.page, kijker.page.keyboard
    kijker.open(f"{_dossier(records)}/contact/")
    voor = records(Contactmoment.objects.count)

    def tab_to(naam: str) -> None:
        for _keer in range(40):
            if page.evaluate("document.activeElement.name") == naam:
                return
            toets.press("Tab")
        pytest.fail(f"{naam} is not reached")

    tab_to("met")
    toets.type("Jesse")
    tab_to("wijze")
    toets.press("Space")
    tab_to("onderwerp")
    toets.type("School belde over verzuim")
    tab_to("afspraak")
    for _keer in range(10):
        if page.evaluate("document.activeElement.type") == "submit":
            break
        toets.press("Tab")
    toets.press("Enter")
    expect(page.locator("main")).to_contain_text("Contact genoteerd")
    expect(page.locator("main")).to_contain_text("School belde over verzuim")
    assert records(Contactmoment.objects.count) == voor + 1
    assert not records(Dossierconcept.objects.exists)


def test_two_write_in_one_conversation_and_no_text_is_lost(
    kijk: Nieuw, records: Ask
) -> None:
    van = _dossier(records)
    bart, wim = _signed_in(kijk, "bart"), _signed_in(kijk, "wim")
    bart.open(f"{van}/gesprek/")
    bart.page.get_by_role("button", name="Gesprek beginnen").click()
    expect(bart.page.locator("h1")).to_have_text("Gesprek")
    wim.open(f"{van}/gesprek/")
    wim.page.get_by_role("link", name="Verder met het gesprek").click()
    for kijker, tekst in ((bart, "Van Bart"), (wim, "Van Wim")):
        kijker.page.get_by_label("Waar komt het op neer?").fill(tekst)
        expect(kijker.page.locator("[data-bewaard]")).to_contain_text("Concept bewaard")
    bart.page.get_by_role("radio", name="thuis").check()
    bart.page.get_by_role("radio", name="Aangeboden; zij willen er geen").check()
    bart.page.get_by_role("radio", name="Aangeboden; zij maken er geen").check()
    maak = bart.page.get_by_role("button", name="Verslag maken")
    maak.click()
    # Not made yet: what Wim wrote stands below the question.
    expect(bart.page.locator(".sl-samenvatting")).to_contain_text("collega typte ook")
    expect(bart.page.locator("main")).to_contain_text("Van Wim")
    check(bart.page, "gesprek met een ander")
    bart.page.get_by_label("Waar komt het op neer?").fill("Van Bart en Van Wim")
    maak.click()
    expect(bart.page.locator("h1")).to_have_text("Verslag van het gesprek")
    expect(bart.page.locator("main")).to_contain_text("Van Bart en Van Wim")
    # Wim, later, still has his own words.
    wim.page.reload()
    expect(wim.page.get_by_label("Waar komt het op neer?")).to_have_value("Van Wim")
    assert records(lambda: Gesprekversie.objects.filter(nummer=1).count()) == 2
    bart.fouten.clear()  # the refusal, which the browser reports


def test_report_prints_on_a4_without_what_is_not_for_the_family(
    kijk: Nieuw, records: Ask
) -> None:
    gesprek = records(lambda: Gesprek.objects.order_by("begonnen_op")[0].pk)
    kijker = _signed_in(kijk, "bart")
    kijker.open(f"/gesprek/{gesprek}/verslag/1/")
    page = kijker.page
    expect(page.get_by_role("button", name="Afdrukken")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Het dak lekt.")).to_be_visible()
    for weg in ("Afdrukken", "Vastleggen dat zij het kregen"):
        expect(page.get_by_role("button", name=weg)).not_to_be_visible()
    expect(page.locator(".sl-tabs")).not_to_be_visible()


def test_file_comes_as_a_download_and_never_as_a_page(
    kijk: Nieuw, records: Ask
) -> None:
    kijker = _signed_in(kijk, "wim")
    kijker.open(f"{_dossier(records)}/documenten/")
    with kijker.page.expect_download() as gehaald:
        kijker.page.get_by_role("link", name="brief.pdf").click()
    assert gehaald.value.suggested_filename == "brief.pdf"
    kijker.page.get_by_label("Titel").fill("Foto")
    kijker.page.locator("aside").get_by_label("Bestand").set_input_files(
        {"name": "foto.png", "mimeType": "image/png", "buffer": b"<script>"}
    )
    kijker.page.get_by_role("button", name="Dit document toevoegen").click()
    expect(kijker.page.locator("main")).to_contain_text("zegt niet wat het is")
    check(kijker.page, "documenten met een fout")
    kijker.fouten.clear()


def test_time_line_narrows_to_contacts(kijk: Nieuw, records: Ask) -> None:
    kijker = _signed_in(kijk, "bart")
    kijker.open(f"{_dossier(records)}/tijdlijn/")
    expect(kijker.page.locator(".sl-lijn")).to_contain_text("woningcorporatie")
    kijker.page.get_by_label("Deel").select_option("documenten")
    kijker.page.get_by_role("button", name="Toon").click()
    expect(kijker.page.locator(".sl-lijn")).not_to_contain_text("woningcorporatie")
    expect(kijker.page.locator(".sl-lijn")).to_contain_text("Brief")
