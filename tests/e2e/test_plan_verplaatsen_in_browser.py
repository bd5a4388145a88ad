"""Putting an activity at another goal: by keyboard, while others write in it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan.models import Activiteit, Doelstelling
from tests.access.accounts import WACHTWOORD, account
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.e2e.test_plan_in_browser import Ask, Nieuw, _kept, records
from tests.plannen.maken import dossier, takes_part
from tests.plannen.plan.plannen import activity, goal, plan

pytestmark = pytest.mark.browser
__all__ = ["records"]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with a plan of two goals and two writers."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        van = plan(dossier("Bos"))
        for naam in ("ineke", "sanne"):
            wie = account(naam, rol=Rol.REGISSEUR, naam=naam.title())
            takes_part(van.dossier, wie, Deelnemersrol.HULPVERLENER, Deel.PLAN)
        een, _twee = goal(van, "Wij willen rust."), goal(van, "Ik wil voetballen.")
        activity(een, "Overzicht maken")
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _open(kijk: Nieuw, wie: str, adres: str, breedte: int = WIDE) -> Page:
    kijker: Kijker = kijk(breedte)
    kijker.sign_in(wie, WACHTWOORD)
    kijker.open(adres)
    return kijker.page


def test_it_goes_by_keyboard_and_no_letter_of_another_is_lost(
    kijk: Nieuw, records: Ask
) -> None:
    def asked(question: Callable[[], Any]) -> Any:
        return records(question)

    deel = asked(lambda: Activiteit.objects.select_related("doelstelling__plan").get())
    adres = f"/dossier/{deel.doelstelling.plan.dossier_id}/plan/bewerken/"
    ineke = _open(kijk, "ineke", adres)
    sanne = _open(kijk, "sanne", adres, NARROW)
    hier = f"[id='activiteit-{deel.pk}']"
    sanne.locator(f"[id='activiteit-{deel.pk}-resultaat']").focus()
    sanne.keyboard.type("Samen met ")

    ineke.locator(hier).get_by_role("button", name="Naar een ander doel").press("Enter")
    keuze = ineke.get_by_label("Naar welk doel")
    expect(keuze).to_be_focused()
    check(ineke, adres)
    ineke.keyboard.press("ArrowDown")
    ineke.keyboard.press("Tab")
    ineke.keyboard.press("Enter")
    expect(ineke.locator("[data-lijst=doel] > li").last.locator(hier)).to_have_count(1)
    expect(
        ineke.locator(hier).get_by_role("button", name="Naar een ander doel")
    ).to_be_focused()
    _kept(ineke)

    # Sanne is in it: it stays under her hands, and goes when she leaves the field.
    sanne.wait_for_timeout(4_000)
    sanne.keyboard.type("de kredietbank")
    expect(sanne.locator("[data-lijst=doel] > li").first.locator(hier)).to_have_count(1)
    _kept(sanne)
    sanne.locator("h1").click()
    expect(sanne.locator("[data-lijst=doel] > li").last.locator(hier)).to_have_count(
        1, timeout=15_000
    )

    nu = asked(lambda: Activiteit.objects.select_related("doelstelling").get())
    assert nu.resultaat == "Samen met de kredietbank"
    assert nu.doelstelling.tekst == "Ik wil voetballen."
    assert asked(lambda: Doelstelling.objects.count()) == 2
    expect(ineke.locator(f"[id='activiteit-{deel.pk}-resultaat']")).to_have_value(
        "Samen met de kredietbank", timeout=15_000
    )
