"""A conference and messages in a browser: accessible, by keyboard, a guest included."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.regie.overleg import agenda, gasten
from samenloop.regie.postvak import schrijven
from tests.access.accounts import WACHTWOORD, account, actor
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.plannen.maken import takes_part
from tests.regie.maken import casus

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
ADRES: dict[str, str] = {}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a planned conference and a conversation."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        _fill()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _fill() -> None:
    bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
    wim = account("wim", naam="Wim Oosterhof")
    regisseur = actor(Rol.REGISSEUR, account=bart)
    eigen = casus(bart, naam="Postma")
    assert eigen.dossier is not None
    van_wim = takes_part(
        eigen.dossier, wim, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL
    )
    bericht = schrijven.write(
        eigen.dossier, van=regisseur, aan=[van_wim], onderwerp="Betaling",
        tekst="De eerste betaling is binnen.",
    )  # fmt: skip
    overleg = agenda.plan(
        regisseur, gepland_op=klok.now() + timedelta(minutes=5), minuten=60
    )
    punt = agenda.put_on(
        overleg, eigen, vraag="Wie belt de school?", delen=[Deel.TAKEN, Deel.PLAN],
        grond="toestemming van de ouder", door=regisseur,
    )  # fmt: skip
    agenda.invite(
        overleg, door=regisseur, functie="consulent", account=wim.pk, punten=[punt]
    )
    gast = agenda.invite(
        overleg, door=regisseur, functie="jeugdarts", naam="Sietske Ploeg",
        email="s.ploeg@a.test", punten=[punt],
    )  # fmt: skip
    sleutel, ADRES["code"] = gasten.make_link(gast, door=regisseur)
    ADRES["gast"] = f"/gast/{sleutel}/"
    ADRES["overleg"] = f"/overleg/{overleg.pk}/"
    ADRES["gastlink"] = f"/overleg/{overleg.pk}/gast/{gast.pk}/"
    ADRES["draad"] = f"/postvak/{bericht.draad_id}/"
    ADRES["dossier"] = f"/dossier/{eigen.dossier_id}/"


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(kijk: Nieuw, breedte: int) -> None:
    kijker = _signed_in(kijk, "bart", breedte)
    for pad in (
        "/overleg/", "/overleg/nieuw/", ADRES["overleg"], f"{ADRES['overleg']}agenda/",
        f"{ADRES['overleg']}uitnodigen/", ADRES["gastlink"], "/postvak/",
        ADRES["draad"], f"{ADRES['dossier']}bericht/", f"{ADRES['dossier']}berichten/",
    ):  # fmt: skip
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)


def test_a_message_is_answered_by_keyboard_and_a_draft_is_kept(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "wim")
    page = kijker.page
    kijker.open("/postvak/")
    page.get_by_role("link", name="Betaling").focus()
    page.keyboard.press("Enter")
    expect(page.locator("blockquote")).to_contain_text("De eerste betaling is binnen.")
    vak = page.get_by_label("Uw bericht")
    vak.focus()
    page.keyboard.type("Mooi, ik bel haar morgen.")
    expect(page.locator("[data-bewaard]")).to_contain_text("Concept bewaard")
    page.reload()
    expect(vak).to_have_value("Mooi, ik bel haar morgen.")
    page.get_by_role("button", name="Antwoord versturen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("blockquote").last).to_contain_text("ik bel haar morgen")
    expect(vak).to_have_value("")


def test_a_conference_with_a_guest_from_begin_to_end(kijk: Nieuw) -> None:
    gast = kijk(NARROW)
    gast.open(ADRES["gast"])
    check(gast.page, "door")
    gast.page.get_by_label("Code van acht cijfers").fill(ADRES["code"])
    gast.page.keyboard.press("Enter")
    expect(gast.page.locator("h2").first).to_have_text("U bent binnen")
    check(gast.page, "before it began")

    kijker = _signed_in(kijk, "bart")
    page = kijker.page
    kijker.open(ADRES["overleg"])
    page.get_by_role("button", name="Overleg beginnen").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sl-paginakop")).to_contain_text("bezig")
    page.get_by_label("Wat is besloten").fill("De school bellen")
    page.get_by_label("Wie het doet").select_option(index=1)
    page.get_by_role("button", name="Besluit vastleggen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("De school bellen")
    check(page, "going on")

    gast.page.reload()
    expect(gast.page.locator("main")).to_contain_text("De school bellen")
    check(gast.page, "table of a guest")
    page.get_by_role("button", name="Overleg afsluiten").click()
    expect(page.locator(".sl-paginakop")).to_contain_text("gehouden")
    gast.page.reload()
    expect(gast.page.locator("h1")).to_have_text("Gesloten")
    # The browser says of the closed page that it is not there; nothing else is wrong.
    gast.fouten = [each for each in gast.fouten if "404" not in each]
