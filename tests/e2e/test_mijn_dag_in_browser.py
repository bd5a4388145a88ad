"""My day in a browser: the hardest first, five at most, and one act away."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.regie.taken import doen
from samenloop.regie.taken.opdragen import Uitvoerder
from samenloop.signalen import meldingen
from tests.access.accounts import WACHTWOORD, account, actor
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.plannen.maken import takes_part
from tests.regie import maken as casussen
from tests.regie.taken.maken import task
from tests.signalen.maken import melding_van, signaal

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A director with a melding about safety, late work, and work that asks."""
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        ineke = account("ineke", rol=Rol.REGISSEUR, naam="Ineke Huizinga")
        sanne = account("sanne", rol=Rol.CONSULENT, naam="Sanne Veldman")
        wie = actor(Rol.REGISSEUR, account=ineke)
        casus = casussen.casus(ineke)
        assert casus.dossier is not None
        takes_part(casus.dossier, sanne, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL)
        veilig = signaal(soort="huiselijk-geweld", veiligheidsrisico=True)
        gebeurtenissen.handle_pending()
        melding = melding_van(veilig.pk)
        assert melding is not None
        meldingen.assign(melding, ineke.pk, actor=actor(Rol.TEAMLEIDER))
        vandaag = klok.today()
        task(casus, wie, "Te laat", uiterlijk=vandaag - timedelta(2))
        task(casus, wie, "Voor vandaag", uiterlijk=vandaag)
        eerst = task(casus, wie, "Van Sanne", uitvoerder=Uitvoerder(account=sanne.pk))
        task(casus, wie, "Mag dit al", na=[eerst], start_zelf=False)
        for nummer in range(3):
            task(casus, wie, f"Ooit {nummer}")
        doen.complete(eerst, door=actor(account=sanne))
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_the_day_begins_with_the_hardest_and_says_why(
    kijk: Nieuw, breedte: int
) -> None:
    kijker = kijk(breedte)
    kijker.sign_in("ineke", WACHTWOORD)
    page = kijker.page
    expect(page.locator("h1")).to_have_text("Mijn dag")
    eerst = page.get_by_role("region", name="Eerst dit").get_by_role("listitem")
    expect(eerst).to_have_count(5)
    for nummer, woorden in enumerate(
        ("Veiligheid", "2 dagen te laat", "vandaag", "vraagt of het mag beginnen")
    ):
        expect(eerst.nth(nummer)).to_contain_text(woorden)
        expect(eerst.nth(nummer).get_by_role("link")).to_have_count(2)
    expect(eerst.nth(3)).to_contain_text("Of de taak begint, beslist u.")
    expect(page.locator("main")).to_contain_text("Hierna wachten nog 2 dingen op u.")
    nieuws = page.get_by_role("region", name="Sinds gisteren veranderd")
    expect(nieuws).to_contain_text("Klaar: Van Sanne")
    eerst.nth(3).get_by_role("link").last.click()
    expect(page.get_by_role("button", name="Laten beginnen")).to_be_visible()


def test_the_page_of_before_leads_to_the_day(kijk: Nieuw) -> None:
    kijker = kijk()
    kijker.sign_in("sanne", WACHTWOORD)
    kijker.open("/vandaag/")
    expect(kijker.page.locator("h1")).to_have_text("Mijn dag")
    expect(kijker.page.get_by_role("link", name="Mijn dag")).to_have_attribute(
        "aria-current", "page"
    )
