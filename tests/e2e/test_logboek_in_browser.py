"""The privacy officer reads the log: wide, narrow, with an odd look to decide about."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.logboek import afwijkingen, toezicht
from samenloop.access.logboek.models import Afwijking, Auditregel, Controle
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from tests.access.accounts import WACHTWOORD, account, actor
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.logboek.bezig import Betrokken, look

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
Ask = Callable[[Callable[[], Any]], Any]
PERSOON = UUID("5d0e4d53-6a61-4e77-9c53-0f4d3a5e9a11")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with an officer, a caseworker and looks to read."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        account("fg", rol=Rol.FG, naam="Fenna Groot")
        account("beheer", rol=Rol.BEHEER, naam="Bo Beheer")
        sanne = account("s.bakker", naam="Sanne Bakker")
        wie = actor(Rol.CONSULENT, account=sanne, naam="Sanne Bakker")
        ander = account("p.mulder", naam="Piet Mulder")
        with Betrokken():
            look(actor(Rol.CONSULENT, account=ander, naam="Piet Mulder"), PERSOON)
            look(wie, *(uuid4() for _each in range(3)))
            for _each in range(60):
                look(wie)
            afwijkingen.put_forward(klok.now())
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


def _signed_in(kijk: Nieuw, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in("fg", WACHTWOORD)
    expect(kijker.page.locator(".sl-wie")).to_contain_text("Fenna Groot")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, records: Ask, breedte: int
) -> None:
    regel = records(lambda: Auditregel.objects.get(aantal_personen=3))
    rij = records(lambda: Afwijking.objects.get(persoon=PERSOON))
    kijker = _signed_in(kijk, breedte)
    for pad in (
        "/logboek/",
        "/logboek/?wijze=verstrekt",
        f"/logboek/?persoon={PERSOON}",
        f"/logboek/regels/{regel.pk}/",
        "/logboek/afwijkingen/",
        f"/logboek/afwijkingen/{rij.pk}/",
        "/logboek/ketens/",
    ):
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)


def test_error_is_told_at_the_field(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk)
    kijker.open("/logboek/")
    kijker.page.get_by_label("Persoon (kenmerk)").fill("Bakker")
    kijker.page.get_by_role("button", name="Regels tonen").click()
    expect(kijker.page.get_by_role("alert")).to_contain_text("Neem het kenmerk over")
    check(kijker.page, "fout")
    # The browser tells of the refused page; that is as it should be.
    kijker.fouten[:] = [each for each in kijker.fouten if "422" not in each]


def test_officer_finds_who_looked_at_a_person_and_takes_it_along(
    kijk: Nieuw, records: Ask, tmp_path: Path
) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    page.get_by_role("link", name="Wie keek", exact=True).first.click()
    page.get_by_role("link", name="Oudere regels").click()
    page.get_by_role("link", name="Terug naar de nieuwste").click()
    page.get_by_label("Persoon (kenmerk)").fill(str(PERSOON))
    page.get_by_role("button", name="Regels tonen").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody tr")).to_contain_text("Piet Mulder")
    with page.expect_download() as download:
        page.get_by_role("link", name="Uitvoeren als CSV").click()
    bestand = tmp_path / "logboek.csv"
    download.value.save_as(bestand)
    assert len(bestand.read_text("utf-8-sig").splitlines()) == 2
    page.locator("main tbody a").first.click()
    expect(page.locator("main")).to_contain_text(str(PERSOON))
    assert records(
        Auditregel.objects.filter(
            onderwerp=f"logboek:persoon:{PERSOON}", actor_naam="Fenna Groot"
        ).exists
    )


def test_officer_decides_about_an_odd_look(kijk: Nieuw, records: Ask) -> None:
    rij = records(lambda: Afwijking.objects.get(persoon=PERSOON))
    kijker = _signed_in(kijk)
    page = kijker.page
    kijker.open(f"/logboek/afwijkingen/{rij.pk}/")
    page.get_by_label("verklaard").check()
    page.get_by_label("Waarom?").fill("Viel die dag in voor een collega.")
    page.get_by_role("button", name="Besluit vastleggen").click()
    expect(page.get_by_role("status").first).to_contain_text("vastgelegd")
    rij = records(lambda: Afwijking.objects.get(persoon=PERSOON))
    assert (rij.status, rij.besloten_door_naam) == ("verklaard", "Fenna Groot")


def test_check_shows_its_outcome_by_itself(kijk: Nieuw, records: Ask) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    kijker.open("/logboek/ketens/")
    page.get_by_role("button", name="Logboek nu controleren").click()
    expect(page.get_by_role("status")).to_contain_text("wacht op haar beurt")
    check(page, "bezig")
    records(lambda: toezicht.run(Controle.objects.get().pk))
    expect(page.locator("#inhoud")).to_contain_text(
        "Het logboek is heel", timeout=10_000
    )
    expect(page.get_by_role("button", name="Logboek nu controleren")).to_be_visible()
    check(page, "klaar")


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_administrator_keeps_marks_of_a_worker(kijk: Nieuw, breedte: int) -> None:
    kijker = kijk(breedte)
    kijker.sign_in("beheer", WACHTWOORD)
    kijker.open("/logboek/kenmerken/")
    page = kijker.page
    check(page, "kenmerken")
    page.locator("#inhoud").get_by_label("Medewerker").select_option("Piet Mulder")
    page.get_by_label("Achternaam").fill("Mulder")
    page.get_by_role("button", name="Kenmerken bewaren").click()
    expect(page.get_by_role("status").first).to_contain_text("bewaard")
    check(page, "bewaard")
