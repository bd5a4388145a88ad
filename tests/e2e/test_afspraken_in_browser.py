"""The pages of appointments, and the own part of a helper: wide, narrow, accessible."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan import tekenen, versies
from samenloop.plannen.plan.models import Tekenwijze
from samenloop.regie.afspraken import maken
from samenloop.regie.afspraken.maken import Wanneer
from tests.access.accounts import WACHTWOORD, account, actor, organisatie
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE
from tests.e2e.test_plan_in_browser import Nieuw
from tests.plannen.maken import takes_part
from tests.plannen.plan.plannen import activity, goal, plan
from tests.regie.maken import casus as make_casus

pytestmark = pytest.mark.browser
PADEN: dict[str, str] = {}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with one case, an appointment today and a helper."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
        club = organisatie("Schuldhulp Noord", "schuldhulp")
        account("lisa", rol=Rol.PARTNER, naam="Lisa", organisatie=club)
        casus = make_casus(bart)
        assert casus.dossier is not None
        helper = takes_part(
            casus.dossier, None, Deelnemersrol.HULPVERLENER,
            Deel.EIGEN_DEEL, Deel.JOURNAAL, Deel.DOCUMENTEN, organisatie=club.pk,
        )  # fmt: skip
        van = plan(casus.dossier)
        activity(goal(van, "Wij willen rust."), "Schuldregeling", uitvoerder=helper)
        versie = versies.make(van, door=actor())
        for each in versie.tekenaars:
            tekenen.sign(
                versie, each["sleutel"], wijze=Tekenwijze.AANWEZIG, op=klok.today(),
                door=actor(),
            )  # fmt: skip
        gemaakt = maken.make(
            casus, "huisbezoek",
            Wanneer(klok.now() + timedelta(minutes=1), 60, "thuis"),
            met=[each.pk for each in maken.can_come(casus)], waarover="De post",
            door=actor(Rol.REGISSEUR, account=bart),
        )  # fmt: skip
        PADEN.update(
            nieuw=reverse("afspraak-nieuw", args=[casus.pk]),
            afspraak=reverse("afspraak", args=[gemaakt.pk]),
            eigen=reverse("plan-eigen", args=[casus.dossier_id]),
            contact=reverse("contact-nieuw", args=[casus.dossier_id]),
        )
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_appointments_are_accessible_and_fit(kijk: Nieuw, breedte: int) -> None:
    kijker = kijk(breedte)
    kijker.sign_in("bart", WACHTWOORD)
    for pad in ("/mijn-dag/", "/agenda/", PADEN["nieuw"], PADEN["afspraak"]):
        kijker.open(pad)
        check(kijker.page, pad)


def test_an_appointment_is_moved_and_stands_in_the_day(kijk: Nieuw) -> None:
    kijker = kijk(WIDE)
    kijker.sign_in("bart", WACHTWOORD)
    kijker.open(PADEN["afspraak"])
    page = kijker.page
    page.get_by_label("Waarom wordt zij verzet?").fill("Moeder is ziek")
    page.get_by_role("button", name="Afspraak verzetten").click()
    expect(page.locator("#main, main")).to_contain_text("Moeder is ziek")


def test_a_helper_says_how_it_goes_on_a_narrow_screen(kijk: Nieuw) -> None:
    kijker = kijk(NARROW)
    kijker.sign_in("lisa", WACHTWOORD)
    kijker.open("/taken/")
    page = kijker.page
    page.get_by_role("link", name="gezin Postma").click()
    check(page, PADEN["eigen"])
    page.get_by_label("Stand").select_option("klaar")
    page.get_by_label("Wat het opleverde").fill("Akkoord van allen")
    page.get_by_role("button", name="Bewaar hoe het gaat").click()
    expect(page.locator("table")).to_contain_text("Akkoord van allen")
    kijker.open(PADEN["contact"])
    check(page, PADEN["contact"])
