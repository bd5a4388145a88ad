"""Tasks in a browser: conditions by keyboard, without a script, at any width."""

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
from samenloop.regie.models import Team, Teamlid
from samenloop.regie.taken import doen
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import WACHTWOORD, account, actor, organisatie
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.plannen.maken import municipality, takes_part
from tests.regie import maken as casussen
from tests.regie.taken.maken import task

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]


@pytest.fixture(scope="module")
def bladen() -> dict[str, str]:
    """Addresses of what the region holds, by a word for it."""
    return {}


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, bladen: dict[str, str]
) -> Iterator[str]:
    """The address of a server with a case, its tasks, a helper and a team leader."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        ineke = account("ineke", rol=Rol.REGISSEUR, naam="Ineke Huizinga")
        bart = account("bart", rol=Rol.TEAMLEIDER, naam="Bart Kamphuis")
        club = organisatie("Schuldhulp Noord", "schuldhulp")
        account("ria", rol=Rol.PARTNER, naam="Ria Mellema", organisatie=club)
        wie = actor(Rol.REGISSEUR, account=ineke)
        casus = casussen.casus(ineke)
        assert casus.dossier is not None
        takes_part(
            casus.dossier,
            None,
            Deelnemersrol.HULPVERLENER,
            Deel.EIGEN_DEEL,
            organisatie=club.pk,
        )
        team = Team.objects.create(gemeente=municipality(), naam="Noord")
        for lid, leidt in ((bart, True), (ineke, False)):
            Teamlid.objects.create(
                team=team, account=lid.pk, leidt=leidt, geldig=("2020-01-01", None)
            )
        vandaag = klok.today()
        rij = task(casus, wie, "Inkomsten op een rij")
        doen.complete(rij, door=wie)
        loon = task(casus, wie, "Loonstroken geven", uiterlijk=vandaag - timedelta(12))
        regeling = task(
            casus, wie, "Schuldregeling aanvragen", na=[rij, loon], dagen=30,
            uitvoerder=Uitvoerder(organisatie=club.pk),
        )  # fmt: skip
        besluit = task(
            casus, wie, "Besluit over beschermingsbewind", keuzes=["ja", "nee"]
        )
        task(casus, wie, "Voorstel aan schuldeisers", na=[regeling], start_zelf=False)
        eigen = task(
            casus, wie, "Gesprek voeren", uitvoerder=Uitvoerder(organisatie=club.pk)
        )
        bladen |= {
            "casus": f"/casus/{casus.pk}/",
            "nieuw": f"/dossier/{casus.dossier_id}/taken/nieuw/",
            "loon": f"/taak/{loon.pk}/",
            "regeling": f"/taak/{regeling.pk}/",
            "wijzigen": f"/taak/{regeling.pk}/wijzigen/",
            "besluit": f"/taak/{besluit.pk}/",
            "eigen": f"/taak/{eigen.pk}/",
            "klaar": f"/taak/{rij.pk}/",
        }
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _signed_in(kijk: Nieuw, wie: str, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    expect(kijker.page.locator("h1")).not_to_contain_text("Aanmelden")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, bladen: dict[str, str], breedte: int
) -> None:
    per_kijker = {
        "ineke": (
            *("/mijn-dag/", "/taken/", "/taken/?van=casussen", bladen["casus"]),
            *(bladen[wat] for wat in ("nieuw", "loon", "regeling", "wijzigen")),
            *(bladen[wat] for wat in ("besluit", "klaar")),
        ),
        "bart": ("/taken/", "/mijn-dag/"),
        "ria": ("/taken/", bladen["eigen"], bladen["regeling"]),
    }
    for wie, paden in per_kijker.items():
        kijker = _signed_in(kijk, wie, breedte)
        for pad in paden:
            assert kijker.open(pad).status == 200, pad
            kijker.page.evaluate(
                "document.querySelectorAll('main details').forEach(d => d.open = true)"
            )
            check(kijker.page, pad)


def test_the_case_shows_what_is_stuck_first_with_one_button(
    kijk: Nieuw, bladen: dict[str, str]
) -> None:
    kijker = _signed_in(kijk, "ineke")
    page = kijker.page
    kijker.open(bladen["casus"])
    vast = page.get_by_role("region", name="Wat vastzit")
    expect(vast).to_contain_text("12 dagen te laat")
    expect(vast).to_contain_text("Houdt 2 andere taken tegen.")
    wacht = page.get_by_role("region", name="Wat op wat wacht", exact=True)
    expect(wacht.locator("svg.sl-wacht path.krit")).to_have_count(4)
    expect(wacht.locator("svg.sl-wacht rect.laat")).to_have_count(1)
    expect(wacht).to_contain_text("Langste pad")
    vast.get_by_role("link", name="Naar de taak").first.click()
    expect(page.locator("h1")).to_have_text("Loonstroken geven")


def test_a_task_with_conditions_is_given_by_keyboard_alone(
    kijk: Nieuw, bladen: dict[str, str]
) -> None:
    kijker = _signed_in(kijk, "ineke")
    page, toets = kijker.page, kijker.page.keyboard
    kijker.open(bladen["nieuw"])
    page.get_by_label("Wat moet er gebeuren?").focus()
    toets.type("Evaluatie met gezin")
    for _keer in range(60):
        toets.press("Tab")
        hier = page.evaluate(
            "(document.activeElement.labels || [{textContent: ''}])[0]?.textContent"
        )
        if (hier or "").strip() == "Loonstroken geven":
            toets.press("Space")
            break
    else:
        pytest.fail("the condition cannot be reached by keyboard")
    toets.press("Enter")
    expect(page.locator("h1")).to_have_text("Evaluatie met gezin")
    wacht = page.get_by_role("region", name="Waar de taak op wacht")
    expect(wacht).to_contain_text("Loonstroken geven")
    expect(page.locator(".sl-kenmerken")).to_contain_text("wacht")


def test_giving_and_ending_work_without_a_script(
    kijk: Nieuw, browser: Any, demo: str, bladen: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    kijker = Kijker(context.new_page(), demo)
    kijker.sign_in("ineke", WACHTWOORD)
    page = kijker.page
    kijker.open(bladen["besluit"])
    page.get_by_role("radio", name="ja").check()
    page.get_by_role("button", name="Taak is klaar").click()
    expect(page.locator("main")).to_contain_text("De taak is klaar.")
    expect(page.locator("main")).to_contain_text("Besloten: ja")
    kijker.open(bladen["nieuw"])
    page.get_by_label("Wat moet er gebeuren?").fill("Zonder script")
    page.get_by_label("Hoeveel dagen kost het ongeveer?").fill("0")
    page.get_by_role("button", name="Taak geven").click()
    expect(page.locator(".sl-samenvatting")).to_be_visible()
    expect(page.get_by_label("Wat moet er gebeuren?")).to_have_value("Zonder script")
    page.get_by_label("Hoeveel dagen kost het ongeveer?").fill("2")
    page.get_by_role("button", name="Taak geven").click()
    expect(page.locator("h1")).to_have_text("Zonder script")
    context.close()


def test_a_helper_ends_the_own_task_and_sees_no_other(
    kijk: Nieuw, bladen: dict[str, str]
) -> None:
    kijker = _signed_in(kijk, "ria")
    page = kijker.page
    kijker.open("/taken/")
    expect(page.locator("main")).to_contain_text("Gesprek voeren")
    expect(page.locator("main")).not_to_contain_text("Loonstroken")
    page.get_by_role("link", name="Gesprek voeren").click()
    page.get_by_label("Wat kwam eruit?").fill("Eerste gesprek gevoerd")
    page.get_by_role("button", name="Taak is klaar").click()
    expect(page.locator("main")).to_contain_text("Eerste gesprek gevoerd")
    expect(page.get_by_role("button", name="Taak laten vervallen")).to_have_count(0)


def test_several_tasks_are_let_go_at_once(kijk: Nieuw) -> None:
    kijker = _signed_in(kijk, "bart")
    page = kijker.page
    kijker.open("/taken/?van=team")
    vakjes = page.locator("main input[type=checkbox]")
    aantal = vakjes.count()
    assert aantal >= 2
    for nummer in range(2):
        vakjes.nth(nummer).check()
    page.get_by_label("Geef de gekozen taken aan").select_option(label="nog niemand")
    page.get_by_role("button", name="Taken geven").click()
    expect(page.locator("main")).to_contain_text("2 taken gingen naar iemand anders.")
    expect(page.locator("main")).not_to_contain_text("Loonstroken")
    expect(page.locator("main input[type=checkbox]")).to_have_count(aantal - 2)
