"""Asking, deciding and comparing in a browser: any width, by keyboard, and by role."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.actor import Actor
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.voorzieningen.inkoop import contracteren
from samenloop.voorzieningen.toewijzen import aanvragen, beschikken, verzoeken
from samenloop.voorzieningen.toewijzen.aanvragen import Invoer
from samenloop.voorzieningen.toewijzen.beschikken import Besluit
from samenloop.voorzieningen.toewijzen.verzoeken import Ingekomen, Regel
from tests.access.accounts import WACHTWOORD, account, actor
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.personen.maken import lives, municipality, person
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, product

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
GEMEENTE = "GM1651"
_consulent: dict[str, str] = {}
_backoffice: dict[str, str] = {}
_beheer: dict[str, str] = {}
_leider: dict[str, str] = {}


def _fill() -> None:
    gemeente = municipality(GEMEENTE, "Eemsmond")
    consulent = account("c.wiersema", rol=Rol.CONSULENT, naam="Femke Wiersema")
    account("l.meinardi", rol=Rol.BACKOFFICE, naam="Loes Meinardi")
    beheer = account("t.nienhuis", rol=Rol.BEHEER, naam="Tjaard Nienhuis")
    door = actor(Rol.CONSULENT, account=consulent)
    bij = contract(gemeente=GEMEENTE)
    contractproduct(bij)
    inkoper = actor(Rol.BEHEER, account=beheer)
    vandaag = klok.today()
    contracteren.cap(bij, jaar=vandaag.year, bedrag=100_000, door=inkoper)
    contracteren.waiting(bij, product(), dagen=14, bron="eigen opgave", door=inkoper)
    paden = []
    for naam, aangevraagd in (("Wiersma", vandaag), ("Haan", None)):
        wie = person(naam, gemeenten=[GEMEENTE])
        lives(wie, gemeente, postcode="9981AA")
        paden.append(
            aanvragen.receive(
                Invoer(
                    persoon=wie,
                    wet="wmo",
                    product=product(),
                    vraag="Het huis wordt me te veel",
                    aangevraagd_op=aangevraagd,
                ),
                door=door,
            )
        )
    eerste, tweede = paden
    besluit = beschikken.decide(
        eerste,
        Besluit(
            uitkomst="toegekend",
            motivering="Kan het niet alleen",
            vorm="zin",
            ingang=vandaag,
            eind=vandaag + timedelta(days=364),
            volume=4,
            eenheid="04",
            frequentie="2",
        ),
        door=door,
    )
    toegewezen = beschikken.allocate(besluit, bij.producten.get(), door=door)
    gevraagd = verzoeken.receive(
        Ingekomen(
            gemeente=GEMEENTE,
            wet="wmo",
            soort="vot",
            referentie="R1",
            persoon=tweede.persoon,
            aanbieder=aanbieder(),
            dagtekening=vandaag,
            verwijzer_type="02",
            regels=[
                Regel(
                    soort="aangevraagd",
                    categorie="02",
                    code="02A03",
                    ingang=vandaag,
                    eind=vandaag + timedelta(days=90),
                    volume=2,
                    eenheid="04",
                    frequentie="2",
                )
            ],
        ),
        door=door,
    )
    _ending(door)
    _consulent.update(
        lijst="/aanvragen/",
        nieuw=f"/aanvragen/nieuw/{tweede.persoon_id}/",
        aanvraag=f"/aanvragen/{tweede.pk}/",
        besluit=f"/beschikkingen/{besluit.pk}/",
        vervangen=f"/beschikkingen/{besluit.pk}/vervangen/",
        herindicaties="/herindicaties/nu/",
        inwoner=f"/voorzieningen/van/{tweede.persoon_id}/",
        aanbod="/aanbod/",
    )
    _backoffice.update(
        verzoeken="/verzoeken/",
        verzoek=f"/verzoeken/{gevraagd.pk}/",
        toewijzing=f"/toewijzingen/{toegewezen.pk}/",
        inwoner=f"/voorzieningen/van/{eerste.persoon_id}/",
        routes="/routes/",
        uitvoer="/uitvoer/",
    )
    _beheer.update(
        contracten="/contracten/",
        contract=f"/contracten/{bij.pk}/",
        prijs=f"/contracten/{bij.pk}/prijs/",
        boek=f"/contracten/{bij.pk}/boek/",
        regel="/routes/nieuw/",
    )


def _ending(door: Actor) -> None:
    """Care that ends before long, and an application nobody decided on in time."""
    vandaag = klok.today()
    account("w.leider", rol=Rol.TEAMLEIDER, naam="Wil Leider")
    wie = person("Bijna", gemeenten=[GEMEENTE])
    lives(wie, municipality(GEMEENTE), postcode="9981AA")
    for dag in (vandaag, vandaag - timedelta(days=30)):
        laatste = aanvragen.receive(
            Invoer(persoon=wie, wet="wmo", product=product(), aangevraagd_op=dag),
            door=door,
        )
        if dag == vandaag:
            besluit = beschikken.decide(
                laatste,
                Besluit(
                    uitkomst="toegekend",
                    motivering="Tijdelijk nodig",
                    vorm="zin",
                    ingang=vandaag,
                    eind=vandaag + timedelta(days=28),
                    volume=2,
                    eenheid="04",
                    frequentie="2",
                ),
                door=door,
            )
            beschikken.allocate(
                besluit, contractproduct(contract(gemeente=GEMEENTE)), door=door
            )
    _leider.update(
        telaat="/caseload/aanvragen/", jaar="/herindicaties/", dag="/mijn-dag/"
    )


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a contract, two applications and a request."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        _fill()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _as(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
@pytest.mark.parametrize(
    ("wie", "paden"),
    [
        ("c.wiersema", _consulent),
        ("l.meinardi", _backoffice),
        ("t.nienhuis", _beheer),
        ("w.leider", _leider),
    ],
)
def test_pages_are_accessible_at_every_width(
    kijk: Nieuw, wie: str, paden: dict[str, str], breedte: int
) -> None:
    kijker = _as(kijk, wie, breedte)
    assert paden
    for naam, pad in paden.items():
        assert kijker.open(pad).status == 200, naam
        check(kijker.page, naam)


def test_a_decision_says_what_is_missing_and_is_taken_by_keyboard(kijk: Nieuw) -> None:
    kijker = _as(kijk, "c.wiersema")
    page = kijker.page
    kijker.open(_consulent["aanvraag"])
    page.get_by_role("link", name="Zij vragen aan").click()
    page.get_by_role("button", name="Aanvraag vastleggen").click()
    page.get_by_role("link", name="Besluiten", exact=True).click()
    page.get_by_role("button", name="Besluit nemen").click()
    expect(page.get_by_role("alert")).to_contain_text("nog niet vastgelegd")
    page.get_by_label("Uitkomst").select_option("afgewezen")
    page.get_by_label("Waarom").fill("Een algemene voorziening is hier genoeg.")
    knop = page.get_by_role("button", name="Besluit nemen")
    knop.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("de bezwaartermijn loopt")).to_be_visible()
    # A browser says of every answer with 422 that it is no success.
    kijker.fouten[:] = [each for each in kijker.fouten if "422" not in each]


def test_a_request_is_granted_with_one_button(kijk: Nieuw) -> None:
    kijker = _as(kijk, "c.wiersema")
    page = kijker.page
    kijker.open(_backoffice["verzoek"])
    page.get_by_role("button", name="Toekennen zoals gevraagd").click()
    expect(page.get_by_text("Toegekend: 1")).to_be_visible()


def test_a_reassessment_begins_with_one_click(kijk: Nieuw) -> None:
    kijker = _as(kijk, "c.wiersema")
    page = kijker.page
    kijker.open(_consulent["herindicaties"])
    page.get_by_role("button", name="Herindicatie beginnen").click()
    expect(page.get_by_text("De herindicatie is begonnen")).to_be_visible()
    expect(page.get_by_text("Begeleiding Samen Verder")).to_be_visible()
    check(page, "herindicatie")
    kijker.open(_consulent["herindicaties"])
    expect(page.get_by_role("button", name="Herindicatie beginnen")).to_have_count(0)


def test_a_decision_is_replaced_and_says_by_what(kijk: Nieuw) -> None:
    kijker = _as(kijk, "c.wiersema")
    page = kijker.page
    kijker.open(_consulent["besluit"])
    page.get_by_role("link", name="Besluit vervangen").click()
    # From later on than the first day, so that the old one has days of its own.
    page.get_by_label("Vanaf welke dag").fill(
        (klok.today() + timedelta(days=14)).isoformat()
    )
    page.get_by_label("Toewijzing", exact=False).select_option("nieuw")
    page.get_by_label("Hoeveel").fill("6")
    page.get_by_label("Waarom", exact=True).fill("Er is meer nodig.")
    page.get_by_role("button", name="Nieuw besluit nemen").click()
    expect(page.get_by_text("Vervangen; wie levert krijgt bericht")).to_be_visible()
    check(page, "nieuw besluit")
    kijker.open(_consulent["besluit"])
    expect(page.get_by_text("Vervangen vanaf")).to_be_visible()
    check(page, "vervangen besluit")
