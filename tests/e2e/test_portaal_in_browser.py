"""The family at its own pages in a browser: from the invitation to a signed plan."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.personen.models import Persoon
from samenloop.plannen import beperken
from samenloop.plannen.models import Beperkgrond, Deel, Deelname, Deelnemersrol
from samenloop.plannen.plan import versies
from samenloop.portaal import meelezen
from samenloop.regie.postvak import schrijven
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import GEMEENTE, account
from tests.e2e.bladzijde import check
from tests.e2e.conftest import NARROW, WIDE, Kijker
from tests.portaal.maken import (
    ALLES,
    WACHTWOORD,
    Gezin,
    citizen,
    consent,
    does,
    gezin,
    mij,
    plan_of,
    takes_part_as_family,
)
from tests.voorzieningen.maken import contract, contractproduct

pytestmark = pytest.mark.browser
Nieuw = Callable[..., Kijker]
BART = "wierden-en-maren"
ADRES: dict[str, str] = {}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server with families that have, or get, an entrance."""
    settings.TWEEDE_STAP_VERPLICHT = True
    with django_db_blocker.unblock(), gemeentegrens.everywhere("tests"):
        _fill()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def _fill() -> None:
    van = gezin("Postma")
    Persoon.objects.filter(pk=van.kind.pk).update(
        geboortedatum=klok.today().replace(month=1, day=1, year=klok.today().year - 12)
    )
    ouder = takes_part_as_family(van, van.ouder, *ALLES)
    kind = takes_part_as_family(van, van.kind, Deel.EIGEN_DEEL)
    plan = plan_of(van)
    does(plan, ouder, "De huur overmaken")
    versies.make(plan, door=van.regisseur)
    taak = opdragen.give(
        van.casus, "Loonstroken zoeken", door=van.regisseur,
        uitvoerder=Uitvoerder(persoon=van.ouder.pk), uiterlijk=klok.today(),
        waarom="Dan kan Hans de brief maken.",
    )  # fmt: skip
    ADRES["ingang-ouder"] = f"/deelname/{ouder.pk}/ingang/"
    ADRES["ingang-kind"] = f"/deelname/{kind.pk}/ingang/"
    ADRES["taak"] = f"/mijn/taken/{taak.pk}/"
    _other(gezin("Bos"))
    account("femke", rol=Rol.BEHEER)
    contractproduct(contract(gemeente=GEMEENTE))


def _other(van: Gezin) -> None:
    """A family of which everything is there to be looked at; nothing is changed."""
    settings.TWEEDE_STAP_VERPLICHT = False
    ouder = takes_part_as_family(van, van.ouder, *ALLES)
    plan = plan_of(van)
    rij = does(plan, ouder, "De huur overmaken")
    versies.make(plan, door=van.regisseur)
    ik = mij(citizen(van, ouder, "familie bos"))
    oma = meelezen.let_in(ik, meelezen.NAAM, "Trijntje Bos", delen=[Deel.PLAN])
    vader = takes_part_as_family(
        van, "Sander Vos", Deel.PLAN, Deel.METINGEN, rol=Deelnemersrol.NETWERK
    )
    gegeven = consent(van.ouder, "sociaal_netwerk")
    Deelname.objects.filter(pk=vader.pk).update(toestemming=gegeven)
    beperken.impose(
        van.dossier, beperken.Wie(naam="Sander Vos"), delen=[Deel.PLAN],
        grond=Beperkgrond.DWANG, reden="Hij dwong haar.", getoond=True,
        herzien_op=klok.today() + timedelta(days=30), door=van.regisseur,
    )  # fmt: skip
    taak = opdragen.give(
        van.casus, "School bellen", door=van.regisseur,
        uitvoerder=Uitvoerder(persoon=van.ouder.pk),
    )  # fmt: skip
    bericht = schrijven.write(
        van.dossier, van=van.regisseur, aan=[ouder], onderwerp="Afspraak",
        tekst="Woensdag om drie uur kom ik langs. Past dat?",
    )  # fmt: skip
    citizen(van, vader, "sander")
    ADRES["bos-deelname"] = str(ouder.pk)
    ADRES["bos"] = " ".join(
        (
            "/mijn/ /mijn/plan/ /mijn/plan/wens/ /mijn/plan/tekenen/",
            f"/mijn/plan/activiteit/{rij.pk}/ /mijn/taken/ /mijn/taken/{taak.pk}/",
            "/mijn/berichten/ /mijn/berichten/nieuw/",
            f"/mijn/berichten/{bericht.draad_id}/ /mijn/verslagen/",
            f"/mijn/meelezen/ /mijn/meelezen/nieuw/ /mijn/meelezen/{oma.pk}/stoppen/",
            f"/mijn/toestemming/ /mijn/toestemming/{gegeven.pk}/stoppen/",
            "/mijn/toestemming/geven/ /mijn/wie-keek/ /mijn/tweede-stap/instellen/",
            "/mijn/wachtwoord/ /mijn/aanbod/",
        )
    )


def _sign_in(kijk: Nieuw, naam: str, breedte: int = NARROW) -> Kijker:
    kijker = kijk(breedte)
    kijker.open("/mijn/aanmelden/")
    kijker.page.get_by_label("Naam om mee aan te melden").fill(naam)
    kijker.page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    kijker.page.locator("main").get_by_role("button", name="Aanmelden").click()
    expect(kijker.page.locator("h1")).to_contain_text("Dag")
    return kijker


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_every_page_is_accessible_and_fits(kijk: Nieuw, breedte: int) -> None:
    kijker = kijk(breedte)
    kijker.open("/mijn/aanmelden/")
    check(kijker.page, "sign in")
    kijker = _sign_in(kijk, "familie bos", breedte)
    for pad in ADRES["bos"].split():
        assert kijker.open(pad).status == 200, pad
        check(kijker.page, pad)


def _invited(kijk: Nieuw, waar: str) -> tuple[str, str]:
    """Let the director make a link and a code, and read them from the page."""
    regisseur = kijk(WIDE)
    settings.TWEEDE_STAP_VERPLICHT = False
    regisseur.sign_in("bart-postma", BART)
    regisseur.open(ADRES[waar])
    regisseur.page.get_by_role("button", name="Link en code maken").click()
    check(regisseur.page, "link and code")
    adres = regisseur.page.locator("#link").inner_text()
    code = regisseur.page.locator("#code").inner_text()
    return adres[adres.index("/uitnodiging/") :], code


def _come_in(kijk: Nieuw, waar: str, inlognaam: str) -> Kijker:
    adres, code = _invited(kijk, waar)
    settings.TWEEDE_STAP_VERPLICHT = True
    kijker = kijk(NARROW)
    page = kijker.page
    kijker.open(adres)
    check(page, "the door")
    page.get_by_label("Code", exact=True).fill(code)
    page.keyboard.press("Enter")
    page.get_by_label("Naam om mee aan te melden").fill(inlognaam)
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_label("Hetzelfde wachtwoord").fill(WACHTWOORD)
    check(page, "own account")
    page.get_by_role("button", name="Doorgaan").click()
    expect(page.locator("h1")).to_have_text("Uw tweede stap")
    check(page, "second step")
    page.get_by_role("button", name="Geef mij een lijst").click()
    check(page, "codes")
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.locator("h1")).to_contain_text("Dag")
    return kijker


def test_from_invitation_to_a_signed_plan_and_a_task_done(kijk: Nieuw) -> None:
    kijker = _come_in(kijk, "ingang-ouder", "marieke postma")
    page = kijker.page
    expect(page.locator("main")).to_contain_text("Loonstroken zoeken")
    page.get_by_role("link", name="Het plan lezen en tekenen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Weer naar school")
    check(page, "sign")
    page.get_by_role("button", name="Ja, ik teken").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("We wachten op de anderen")

    kijker.open(ADRES["taak"])
    page.get_by_label("Wilt u er iets over zeggen").fill("Ze lagen in de la.")
    page.get_by_role("button", name="Ja, het is klaar").click()
    expect(page.locator("[role=status]")).to_contain_text("Mooi")

    # The child of twelve signs as well, and reads no more than its own part.
    kind = _come_in(kijk, "ingang-kind", "jesse postma")
    kind.open("/mijn/plan/tekenen/")
    expect(kind.page.locator("main")).to_contain_text("Weer naar school")
    expect(kind.page.locator("main")).not_to_contain_text("De huur op tijd betalen")
    kind.page.get_by_role("button", name="Ja, ik teken").click()
    expect(kind.page.locator("[role=status]")).to_contain_text("geldt vanaf nu")
    expect(kind.page.locator("main")).not_to_contain_text("De huur op tijd betalen")
    kind.open("/mijn/meelezen/")
    expect(kind.page.locator("h1")).not_to_have_text("Wie mag meelezen?")
    kind.fouten = [each for each in kind.fouten if "403" not in each]

    kijker.open("/mijn/plan/")
    expect(page.locator("main")).to_contain_text("De huur op tijd betalen")
    page.get_by_role("link", name="Vertel hoe het gaat").click()
    page.get_by_label("Bezig", exact=True).check()
    page.get_by_role("button", name="In het plan zetten").click()
    expect(page.locator("main")).to_contain_text("Bezig: De huur overmaken")
    settings.TWEEDE_STAP_VERPLICHT = False


def test_somebody_is_let_in_and_that_is_stopped(kijk: Nieuw) -> None:
    kijker = _sign_in(kijk, "familie bos")
    page = kijker.page
    kijker.open("/mijn/meelezen/nieuw/")
    page.get_by_label("Iemand die ik ken, met naam").check()
    page.get_by_role("button", name="Ja, diegene mag meelezen").click()
    expect(page.locator(".sl-samenvatting")).to_be_focused()
    page.get_by_label("Naam", exact=True).fill("Buurman Jan")
    page.get_by_label("het hele plan").check()
    page.get_by_role("button", name="Ja, diegene mag meelezen").click()
    regel = page.locator("li.sl-schakel", has_text="Buurman Jan")
    expect(regel).to_contain_text("U zei ja")
    regel.get_by_role("link", name="Dit stoppen").click()
    expect(page.locator("main")).to_contain_text("ziet dit niet meer: het hele plan")
    page.get_by_role("button", name="Dit nu stoppen").click()
    expect(page.locator("main")).not_to_contain_text("Buurman Jan")
    # The browser says of the page with the error that it was one.
    kijker.fouten = [each for each in kijker.fouten if "422" not in each]


def test_a_closed_part_is_shown_with_its_ground_and_hidden_from_whom_it_concerns(
    kijk: Nieuw,
) -> None:
    ouder = _sign_in(kijk, "familie bos")
    ouder.open("/mijn/meelezen/")
    regel = ouder.page.locator("li.sl-schakel", has_text="Sander Vos")
    expect(regel).to_contain_text("Dicht tot en met")
    expect(regel).to_contain_text("onder druk")
    expect(ouder.page.locator("main")).not_to_contain_text("Hij dwong haar")
    vader = _sign_in(kijk, "sander")
    expect(vader.page.locator(".sl-nav")).not_to_contain_text("Mijn plan")
    vader.open("/mijn/plan/")
    expect(vader.page.locator("main")).not_to_contain_text("De huur op tijd betalen")
    vader.fouten = [each for each in vader.fouten if "403" not in each]


@pytest.mark.parametrize("breedte", [WIDE, NARROW])
def test_a_family_sees_which_help_there_is(kijk: Nieuw, breedte: int) -> None:
    kijker = _sign_in(kijk, "familie bos", breedte)
    kijker.open("/mijn/plan/")
    kijker.page.get_by_role("link", name="Hulp zoeken").click()
    kijker.page.get_by_label("Soort hulp").select_option("Begeleiding individueel")
    kijker.page.get_by_role("button", name="Laat zien wie helpt").click()
    expect(kijker.page.get_by_role("heading", level=3)).to_have_text(
        "Begeleiding Samen Verder"
    )
    expect(kijker.page.locator("main")).not_to_contain_text("66,00")
    check(kijker.page)


def test_the_administrator_chooses_what_families_see(kijk: Nieuw) -> None:
    beheer = kijk(WIDE)
    beheer.sign_in("femke", BART)
    beheer.open("/contracten/")
    beheer.page.get_by_role("link", name="Wat gezinnen van het aanbod zien").click()
    check(beheer.page)
    beheer.page.get_by_label("Laat zien wat de gemeente betaalt").check()
    beheer.page.get_by_role("button", name="Zo laten zien").click()
    expect(beheer.page.locator("[role=status]").first).to_contain_text("vanaf nu zo")
    beheer.page.set_viewport_size({"width": NARROW, "height": 900})
    check(beheer.page)


def test_an_ended_participation_is_no_entry(kijk: Nieuw) -> None:
    kijker = _sign_in(kijk, "familie bos")
    regisseur = kijk(WIDE)
    regisseur.sign_in("bart-bos", BART)
    regisseur.open(f"/deelname/{ADRES['bos-deelname']}/beeindigen/")
    regisseur.page.locator("main form textarea, main form input[type=text]").fill(
        "Het gezin is verhuisd."
    )
    regisseur.page.locator("main form button[type=submit]").click()
    expect(regisseur.page.locator("[role=status]").first).to_be_visible()
    kijker.open("/mijn/plan/")
    expect(kijker.page.locator("h1")).to_have_text("Aanmelden")
    expect(kijker.page.locator("[role=status]")).to_contain_text("U doet niet meer mee")
    kijker.page.get_by_label("Naam om mee aan te melden").fill("familie bos")
    kijker.page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    kijker.page.locator("main").get_by_role("button", name="Aanmelden").click()
    expect(kijker.page.locator("[role=status]")).to_contain_text("U doet niet meer mee")
