"""Signing in with the account of one's own organisation, against a real provider."""

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import LazySettings
from django.test import Client

from samenloop.access import oidc
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.access.tweede_stap import OIDC_BACKEND
from tests.access import aanbieder
from tests.access.accounts import WACHTWOORD, account, appoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[aanbieder.Provider]:
    """A provider at which Ineke is signed in, and settings that point to it."""
    gemaakt = aanbieder.Provider(
        claims={"sub": "abc-123", "preferred_username": "ineke"}
    )
    server = aanbieder.serve(gemaakt)
    settings.OIDC_ACTIEF = True
    settings.OIDC_ISSUER = gemaakt.adres
    settings.OIDC_RP_CLIENT_ID = aanbieder.CLIENT
    settings.OIDC_RP_CLIENT_SECRET = aanbieder.GEHEIM
    settings.OIDC_NAAM = "de gemeente"
    settings.TWEEDE_STAP_VERPLICHT = True
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        OIDC_BACKEND,
    ]
    oidc._bekend.clear()
    yield gemaakt
    server.shutdown()
    server.server_close()


@pytest.fixture
def ineke() -> Gebruiker:
    """Her account here, made beforehand by an administrator."""
    return account("ineke", rol=Rol.BELEID)


def _sign_in(client: Client, naar: str = "/account/") -> str:
    """Go there and back as a browser does; where one ends up."""
    heen = client.get("/aanmelden/organisatie/", {"next": naar})
    assert heen.status_code == 302
    terug = httpx.get(heen["Location"]).headers["Location"]
    antwoord = client.get(terug.partition("testserver")[2])
    assert antwoord.status_code == 302
    return str(antwoord["Location"])


def _refused(client: Client) -> bool:
    naar = _sign_in(client)
    return naar == "/aanmelden/" and client.get("/account/").status_code == 302


def test_who_has_an_account_comes_in_without_a_second_step_of_ours(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    assert "Aanmelden met de gemeente" in client.get("/aanmelden/").content.decode()
    assert _sign_in(client) == "/account/"
    blad = client.get("/account/").content.decode()
    assert "met het account van uw organisatie" in blad
    assert provider.gevraagd[0]["code_challenge_method"] == "S256"
    assert urlsplit(provider.gevraagd[0]["redirect_uri"]).path.endswith("/terug/")


def test_the_provider_gives_no_rights(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    provider.claims |= {"groups": ["beheer"], "role": "beheer", "is_superuser": True}
    _sign_in(client)
    ineke.refresh_from_db()
    assert ineke.rollen_in("GM1651") == {Rol.BELEID}
    assert not ineke.is_superuser
    assert client.get("/accounts/").status_code == 403


def test_who_has_no_account_gets_none(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    provider.claims["preferred_username"] = "vreemde"
    assert _refused(client)
    assert Gebruiker.objects.count() == 1
    assert "geen account dat bij u past" in client.get("/aanmelden/").content.decode()


def test_a_closed_account_stays_closed(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    assert _sign_in(client) == "/account/"
    Gebruiker.objects.update(is_active=False)
    assert client.get("/account/").status_code == 302
    assert _refused(client)


def test_the_account_is_tied_to_the_subject_not_to_a_name(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    _sign_in(client)
    ineke.refresh_from_db()
    assert ineke.oidc_sub == "abc-123"
    # Married at the provider: the same person.
    provider.claims["preferred_username"] = "ineke-huizinga"
    assert _sign_in(Client()) == "/account/"
    # A newcomer who was given the old name there is someone else.
    provider.claims = {"sub": "xyz-999", "preferred_username": "ineke"}
    assert _refused(Client())


def test_a_password_stops_working_once_the_provider_speaks(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    velden = {"username": "ineke", "password": WACHTWOORD}
    assert Client().post("/aanmelden/", velden).status_code == 302
    _sign_in(client)
    assert Client().post("/aanmelden/", velden).status_code == 422


def test_a_name_may_also_come_from_the_second_question(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    del provider.claims["preferred_username"]
    assert _refused(client)
    provider.bij_gegevens = {"preferred_username": "ineke", "sub": "iemand-anders"}
    assert _refused(client)
    provider.bij_gegevens = {"preferred_username": "ineke"}
    assert _sign_in(client) == "/account/"


@pytest.mark.parametrize(
    "fout",
    [
        {"aud": "een-ander-systeem"},
        {"aud": ["samenloop", "ander"], "azp": "ander"},
        {"iss": "http://elders.example"},
        {"exp": int(time.time()) - 600},
        {"exp": None},
        {"nonce": "een andere"},
        {"sub": ""},
    ],
    ids=lambda fout: "-".join(fout),
)
def test_a_token_that_is_not_for_us_now_is_refused(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker, fout: dict
) -> None:
    provider.fout = fout
    assert _refused(client)
    provider.fout = {}
    assert _sign_in(client) == "/account/"


def test_a_token_with_another_signature_is_refused(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    provider.vreemde_sleutel = True
    assert _refused(client)


@pytest.mark.parametrize(
    ("eis", "claims", "toegelaten"),
    [
        ({"OIDC_ACR": ["hoog"]}, {"acr": "hoog"}, True),
        ({"OIDC_ACR": ["hoog"]}, {"acr": "laag"}, False),
        ({"OIDC_ACR": ["hoog"]}, {}, False),
        ({"OIDC_AMR": ["mfa", "otp"]}, {"amr": ["pwd", "otp"]}, True),
        ({"OIDC_AMR": ["mfa", "otp"]}, {"amr": ["pwd"]}, False),
        ({"OIDC_AMR": ["mfa"]}, {}, False),
    ],
)
def test_the_level_asked_for_must_be_shown(
    client: Client,
    provider: aanbieder.Provider,
    ineke: Gebruiker,
    settings: LazySettings,
    eis: dict,
    claims: dict,
    toegelaten: bool,
) -> None:
    for naam, waarde in eis.items():
        setattr(settings, naam, waarde)
    provider.claims |= claims
    assert (_sign_in(client) == "/account/") == toegelaten
    gevraagd = provider.gevraagd[0].get("acr_values")
    assert gevraagd == ("hoog" if "OIDC_ACR" in eis else None)


def test_coming_back_without_having_gone_is_refused(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    for vraag in ("", "?code=x&state=y", "?error=access_denied&state=y"):
        antwoord = client.get(f"/aanmelden/organisatie/terug/{vraag}")
        assert antwoord["Location"] == "/aanmelden/"
    assert client.get("/account/").status_code == 302


def test_nothing_leads_outside_this_system(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    assert _sign_in(client, "https://elders.example/") == "/"


def test_a_silent_provider_is_told_and_a_password_still_works(
    client: Client, provider: aanbieder.Provider, settings: LazySettings
) -> None:
    appoint(account("lokaal", gemeente=""), Rol.BELEID)
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get("/aanmelden/organisatie/")["Location"] == "/aanmelden/"
    assert "lukt op dit moment niet" in client.get("/aanmelden/").content.decode()
    velden = {"username": "lokaal", "password": WACHTWOORD}
    assert client.post("/aanmelden/", velden).status_code == 302


def test_another_issuer_than_the_one_asked_is_not_believed(
    client: Client, provider: aanbieder.Provider, ineke: Gebruiker
) -> None:
    provider.adres = "http://127.0.0.1:1"
    assert client.get("/aanmelden/organisatie/")["Location"] == "/aanmelden/"


def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    assert client.get("/aanmelden/organisatie/").status_code == 404
    assert client.get("/aanmelden/organisatie/terug/?code=x").status_code == 404
    assert "Aanmelden met" not in client.get("/aanmelden/").content.decode()
