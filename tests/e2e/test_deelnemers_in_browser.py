"""The director keeps the list of who takes part: wide, narrow, from first to last."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.personen.models import Persoon
from samenloop.plannen.models import (
    Aanleiding,
    Deel,
    Deelname,
    Deelnemersrol,
    Herbeoordeling,
)
from tests.access.accounts import WACHTWOORD, account, organisatie
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.plannen.maken import dossier, takes_part
from tests.plannen.test_gronden import child_of, consent, parent_in

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]


@pytest.fixture(scope="module")
def sleutels() -> dict[str, str]:
    """Keys of what was made, filled when the server starts."""
    return {}


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, sleutels: dict[str, str]
) -> Iterator[str]:
    """A server with a dossier that Bart directs and in which a school helps."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
        wim = account("wim", naam="Wim Mulder")
        van = dossier()
        kind: Persoon = child_of(van)
        takes_part(van, bart)
        helpt = takes_part(van, wim, Deelnemersrol.HULPVERLENER, Deel.PLAN, Deel.TAKEN)
        ja = consent(van.betrokkene)
        Deelname.objects.create(
            dossier=van, rol="hulpverlener", organisatie=organisatie("Schuldhulp"),
            delen=["plan"], toestemming=ja,
        )  # fmt: skip
        rij = Herbeoordeling.objects.create(
            dossier=van, persoon=kind, aanleiding=Aanleiding.TWAALF, op=klok.today(),
            deelname=parent_in(van, Deel.PLAN),
        )  # fmt: skip
        sleutels.update(
            dossier=str(van.pk), helpt=str(helpt.pk), ja=str(ja.pk), rij=str(rij.pk)
        )
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _signed_in(kijk: Nieuw, breedte: int = WIDE) -> Kijker:
    kijker = kijk(breedte)
    kijker.page.set_default_timeout(20_000)
    kijker.sign_in("bart", WACHTWOORD)
    expect(kijker.page.locator(".sl-wie")).to_contain_text("Bart Kamphuis")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(
    kijk: Nieuw, sleutels: dict[str, str], breedte: int
) -> None:
    kijker = _signed_in(kijk, breedte)
    lijst = f"/dossier/{sleutels['dossier']}/deelnemers/"
    for pad in (
        lijst,
        f"{lijst}nieuw/",
        f"/deelname/{sleutels['helpt']}/beeindigen/",
        f"/deelname/{sleutels['helpt']}/beperken/",
        f"/herbeoordeling/{sleutels['rij']}/",
        f"/toestemmingen/{sleutels['ja']}/stoppen/",
    ):
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)
    # A refused form says what is wrong, and is as accessible.
    kijker.open(f"{lijst}nieuw/")
    kijker.page.get_by_role("button", name="Toelaten").click()
    expect(kijker.page.get_by_role("alert")).to_contain_text("ten minste één deel")
    check(kijker.page, "fout")
    kijker.fouten[:] = [each for each in kijker.fouten if "422" not in each]


def test_somebody_is_let_in_closed_out_and_let_go(
    kijk: Nieuw, sleutels: dict[str, str]
) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    kijker.open(f"/dossier/{sleutels['dossier']}/deelnemers/")
    page.get_by_role("link", name="Iemand toelaten").click()
    page.get_by_label("Iemand anders, met een naam").check()
    page.get_by_label("Naam", exact=True).fill("Trijntje Bos")
    page.get_by_label("Als wat?").select_option("netwerk")
    page.get_by_label("In eigen woorden").fill("oma")
    page.get_by_label("het hele plan").check()
    page.get_by_label("taken en termijnen").check()
    page.get_by_label("Het gezin wil het").check()
    page.get_by_label("De grond in woorden").fill("Marieke vroeg het op 3 maart")
    page.get_by_role("button", name="Toelaten").click()
    nu = page.get_by_role("table", name="Wie nu meedoet")
    rij = nu.get_by_role("row").filter(has_text="Trijntje Bos")
    expect(rij).to_contain_text("het hele plan, taken en termijnen")
    rij.get_by_role("link", name="Delen afsluiten").click()
    page.get_by_label("het hele plan").uncheck()
    page.get_by_label("iemands veiligheid").check()
    page.get_by_label("Waarom is dit nodig").fill("dreiging gemeld op 9 maart")
    page.get_by_role("button", name="Nu afsluiten").click()
    expect(rij).to_contain_text("dicht tot en met")
    dag = klok.today() + timedelta(days=42)
    expect(rij).to_contain_text(str(dag.year))
    rij.get_by_role("link", name="Weer openstellen").click()
    page.get_by_label("Waarom houdt het op?").fill("de dreiging is weg")
    page.get_by_role("button", name="Nu weer openstellen").click()
    expect(rij).not_to_contain_text("dicht tot en met")
    rij.get_by_role("link", name="Beëindigen").click()
    page.get_by_label("Waarom houdt het op?").fill("Marieke wil het niet meer")
    page.get_by_role("button", name="Nu beëindigen").click()
    expect(nu).not_to_contain_text("Trijntje Bos")
    eerder = page.get_by_role("region", name="Wie eerder meedeed")
    expect(eerder).to_contain_text("Marieke wil het niet meer")


def test_consent_says_what_stops_before_it_stops(
    kijk: Nieuw, sleutels: dict[str, str]
) -> None:
    kijker = _signed_in(kijk)
    page = kijker.page
    kijker.open(f"/dossier/{sleutels['dossier']}/deelnemers/")
    page.get_by_role("link", name="Intrekken: eerst zien wat dan stopt").click()
    stopt = page.get_by_role("region", name="Wat er stopt")
    expect(stopt).to_contain_text("Schuldhulp doet niet meer mee")
    page.get_by_role("button", name="Toestemming intrekken").click()
    kijker.open(f"/dossier/{sleutels['dossier']}/deelnemers/")
    nu = page.get_by_role("table", name="Wie nu meedoet")
    expect(nu).not_to_contain_text("Schuldhulp")
    te_doen = page.get_by_role("region", name="Opnieuw te bekijken")
    expect(te_doen).to_contain_text("op welke grond gaat het verder")
    te_doen.get_by_role("link", name="wat Marieke Postma ziet").click()
    page.get_by_label("het blijft, bevestigd door wie nu beslist").check()
    page.get_by_label("Wie besloot het, en hoe?").fill("Jesse wil het zo")
    page.get_by_role("button", name="Vastleggen").click()
    expect(te_doen).not_to_contain_text("Marieke Postma ziet")
