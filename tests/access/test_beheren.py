"""Giving and ending roles: never to oneself, never all in one hand, never elsewhere."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory

from samenloop.access import aanstellingen, tweede_stap
from samenloop.access.aanstellingen import AanstellingFout
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Aanstelling, Gebruiker, Organisatie
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.core.periode import Periode
from tests.access.accounts import account, actor, appoint, organisatie

pytestmark = pytest.mark.django_db
EEMSMOND, DE_MARNE = "GM1651", "GM1663"


@pytest.fixture
def tjaard() -> Gebruiker:
    """The administrator of Eemsmond."""
    return account("tjaard", rol=Rol.BEHEER)


@pytest.fixture
def beheerder(tjaard: Gebruiker) -> Actor:
    """Him as an actor."""
    return actor(Rol.BEHEER, account=tjaard)


@pytest.fixture
def browser(client: Client, tjaard: Gebruiker) -> Client:
    """A browser in which he is signed in."""
    client.force_login(tjaard)
    return client


def _vanaf_nu() -> Periode:
    return Periode(klok.today())


def test_a_role_is_given_at_the_municipality_one_acts_for(beheerder: Actor) -> None:
    sanne = account("sanne", gemeente="")
    gegeven = aanstellingen.give(beheerder, sanne, Rol.CONSULENT, _vanaf_nu())
    assert gegeven.gemeente == EEMSMOND
    assert gegeven.gegeven_door == beheerder.account_id
    assert Gebruiker.objects.get(pk=sanne.pk).gemeenten == [EEMSMOND]


def test_nobody_gives_themselves_a_role(beheerder: Actor, tjaard: Gebruiker) -> None:
    with pytest.raises(GeenToegang):
        aanstellingen.give(beheerder, tjaard, Rol.BELEID, _vanaf_nu())
    with pytest.raises(GeenToegang):
        aanstellingen.take_back(beheerder, tjaard.aanstellingen.get())
    with pytest.raises(GeenToegang):
        aanstellingen.new_password(beheerder, tjaard)
    assert tjaard.aanstellingen.count() == 1


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.BEHEER])
def test_only_the_administrator_gives_roles(rol: Rol) -> None:
    with pytest.raises(GeenToegang):
        aanstellingen.give(
            actor(rol, account=999), account("sanne", gemeente=""), Rol.BELEID,
            _vanaf_nu(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("heeft", "krijgt", "mag"),
    [
        (Rol.CONSULENT, Rol.REGISSEUR, True),
        (Rol.CONSULENT, Rol.TEAMLEIDER, True),
        (Rol.BELEID, Rol.BEHEER, True),
        (Rol.CONSULENT, Rol.BEHEER, False),
        (Rol.BEHEER, Rol.REGISSEUR, False),
        (Rol.FG, Rol.BACKOFFICE, False),
        (Rol.REGISSEUR, Rol.FG, False),
    ],
)
def test_dossiers_and_running_the_system_are_different_hands(
    beheerder: Actor, heeft: Rol, krijgt: Rol, mag: bool
) -> None:
    # Also when the other role is at another municipality.
    sanne = account("sanne", rol=heeft, gemeente=DE_MARNE)
    if mag:
        aanstellingen.give(beheerder, sanne, krijgt, _vanaf_nu())
    else:
        with pytest.raises(AanstellingFout):
            aanstellingen.give(beheerder, sanne, krijgt, _vanaf_nu())
    assert sanne.aanstellingen.count() == 1 + mag


def test_the_other_hand_is_free_once_the_first_role_ended(beheerder: Actor) -> None:
    sanne = account("sanne")
    straks = Periode(klok.today() + timedelta(days=30))
    with pytest.raises(AanstellingFout):
        aanstellingen.give(beheerder, sanne, Rol.BEHEER, straks)
    aanstellingen.take_back(beheerder, sanne.aanstellingen.get())
    aanstellingen.give(beheerder, sanne, Rol.BEHEER, straks)


def test_a_partner_is_of_another_organisation_and_nothing_else(
    beheerder: Actor,
) -> None:
    van_school = account("marga", gemeente="", organisatie=organisatie())
    with pytest.raises(AanstellingFout):
        aanstellingen.give(beheerder, van_school, Rol.CONSULENT, _vanaf_nu())
    aanstellingen.give(beheerder, van_school, Rol.PARTNER, _vanaf_nu())
    eigen = account("sanne", gemeente="")
    with pytest.raises(AanstellingFout):
        aanstellingen.give(beheerder, eigen, Rol.PARTNER, _vanaf_nu())


def test_a_role_of_another_municipality_is_theirs(beheerder: Actor) -> None:
    sanne = account("sanne", gemeente=DE_MARNE)
    with pytest.raises(GeenToegang):
        aanstellingen.take_back(beheerder, sanne.aanstellingen.get())
    with pytest.raises(GeenToegang):
        aanstellingen.set_open(beheerder, sanne, is_open=False)
    assert Gebruiker.objects.get(pk=sanne.pk).is_active


def test_who_administers_both_may_close_an_account_of_both(
    beheerder: Actor, tjaard: Gebruiker
) -> None:
    sanne = account("sanne")
    appoint(sanne, Rol.CONSULENT, DE_MARNE)
    with pytest.raises(GeenToegang):
        aanstellingen.set_open(beheerder, sanne, is_open=False)
    appoint(tjaard, Rol.BEHEER, DE_MARNE)
    aanstellingen.set_open(beheerder, sanne, is_open=False)
    assert not Gebruiker.objects.get(pk=sanne.pk).is_active


def test_the_list_holds_ones_own_people_and_who_has_no_role_yet(
    browser: Client,
) -> None:
    account("sanne", naam="Sanne Bakker")
    account("nieuw", gemeente="", naam="Nienke Nieuw")
    account("buur", gemeente=DE_MARNE, naam="Berend Buurman")
    blad = browser.get("/accounts/").content.decode()
    assert "Sanne Bakker" in blad
    assert "Nienke Nieuw" in blad
    assert "Berend Buurman" not in blad
    blad = browser.get("/accounts/?rol=consulent").content.decode()
    assert "Sanne Bakker" in blad
    assert "Nienke Nieuw" not in blad
    blad = browser.get("/accounts/?staat=zonder-rol&rol=onzin").content.decode()
    assert "Nienke Nieuw" in blad
    assert "Sanne Bakker" not in blad


def test_an_account_of_a_neighbour_cannot_be_opened(browser: Client) -> None:
    buur = account("buur", gemeente=DE_MARNE)
    assert browser.get(f"/accounts/{buur.pk}/").status_code == 404
    antwoord = browser.post(f"/accounts/{buur.pk}/wijzigen/", {"actie": "sluiten"})
    assert antwoord.status_code == 404


def test_from_a_new_account_to_a_role_on_the_pages(browser: Client) -> None:
    velden = {"naam": "Sanne Bakker", "username": "s.bakker", "functie": "consulent"}
    antwoord = browser.post("/accounts/nieuw/", velden)
    blad = antwoord.content.decode()
    wachtwoord = re.search(r"<code[^>]*>([\w]{5}-[\w]{5}-[\w]{5})</code>", blad)
    assert wachtwoord
    sanne = Gebruiker.objects.get(username="s.bakker")
    assert sanne.wachtwoord_tijdelijk
    assert authenticate(
        RequestFactory().post("/"), username="s.bakker", password=wachtwoord[1]
    )
    adres = f"/accounts/{sanne.pk}/rol/"
    assert browser.post(adres, {"rol": "consulent"}).status_code == 422
    velden = {
        "rol": "consulent", "domeinen": ["wmo", "jeugd"], "mandaat": "Besluit 2026-1",
        "vanaf": "2026-01-01",
    }  # fmt: skip
    assert browser.post(adres, {**velden, "tot": "2025-12-31"}).status_code == 422
    assert browser.post(adres, velden).status_code == 302
    assert browser.post(adres, velden).status_code == 422, "not twice at once"
    gegeven = Aanstelling.objects.get(gebruiker=sanne)
    assert gegeven.domeinen == ["wmo", "jeugd"]
    assert gegeven.geldig.lower == date(2026, 1, 1)
    assert "Besluit 2026-1" in browser.get(f"/accounts/{sanne.pk}/").content.decode()
    browser.post(f"/accounts/{sanne.pk}/rol/{gegeven.pk}/einde/")
    blad = browser.get(f"/accounts/{sanne.pk}/").content.decode()
    assert "ingetrokken op" in blad
    assert Gebruiker.objects.get(pk=sanne.pk).gemeenten == []


def test_taking_away_the_second_step_and_closing_are_logged(
    browser: Client, tjaard: Gebruiker
) -> None:
    sanne = account("sanne")
    apparaat = tweede_stap.begin(sanne)
    apparaat.confirmed = True
    apparaat.save()
    adres = f"/accounts/{sanne.pk}/wijzigen/"
    browser.post(adres, {"actie": "tweede-stap"})
    assert not tweede_stap.has_device(sanne)
    browser.post(adres, {"actie": "sluiten"})
    assert not Gebruiker.objects.get(pk=sanne.pk).is_active
    browser.post(adres, {"actie": "openen"})
    assert Gebruiker.objects.get(pk=sanne.pk).is_active
    regels = Auditregel.objects.filter(onderwerp=f"account:{sanne.pk}")
    assert {regel.actor_id for regel in regels} == {str(tjaard.pk)}
    assert regels.count() == 3


def test_ones_own_account_says_why_it_cannot_be_changed(
    browser: Client, tjaard: Gebruiker
) -> None:
    blad = browser.get(f"/accounts/{tjaard.pk}/").content.decode()
    assert "Vraag een andere beheerder" in blad
    assert "Account sluiten" not in blad
    velden = {"rol": "beleid", "mandaat": "Besluit", "vanaf": "2026-01-01"}
    antwoord = browser.post(f"/accounts/{tjaard.pk}/rol/", velden)
    assert antwoord.status_code == 403
    assert tjaard.aanstellingen.count() == 1


def test_an_organisation_belongs_to_who_wrote_it_down(browser: Client) -> None:
    velden = {"naam": "Woonstee", "soort": "corporatie", "actief": "on"}
    assert browser.post("/organisaties/nieuw/", velden).status_code == 302
    woonstee = Organisatie.objects.get()
    assert woonstee.gemeenten == [EEMSMOND]
    assert "Woonstee" in browser.get("/organisaties/").content.decode()
    adres = f"/organisaties/{woonstee.pk}/"
    assert browser.post(adres, velden | {"oin": "12"}).status_code == 422
    browser.post(adres, velden | {"telefoon": "0595 000 000"})
    woonstee.refresh_from_db()
    assert woonstee.telefoon == "0595 000 000"
    elders = organisatie("Buurschool", gemeente=DE_MARNE)
    assert browser.get(f"/organisaties/{elders.pk}/").status_code == 404
    assert "Buurschool" not in browser.get("/organisaties/").content.decode()
