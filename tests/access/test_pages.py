"""Signing in, out and being refused: clear, and never more than asked for."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from tests.access.accounts import WACHTWOORD, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def renske() -> Gebruiker:
    """An account."""
    return account("renske", rol=Rol.BELEID, naam="Renske van der Laan")


def _sign_in(client: Client, wachtwoord: str = WACHTWOORD, **velden: str) -> object:
    return client.post(
        "/aanmelden/", {"username": "renske", "password": wachtwoord, **velden}
    )


def test_who_signs_in_lands_on_the_page_asked_for(
    client: Client, renske: Gebruiker
) -> None:
    antwoord = _sign_in(client, next="/over/")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == "/over/"


@pytest.mark.parametrize(
    "ander", ["https://elders.example/", "//elders.example", "javascript:alert(1)", ""]
)
def test_signing_in_never_leads_elsewhere(
    client: Client, renske: Gebruiker, ander: str
) -> None:
    assert _sign_in(client, next=ander)["Location"] == "/"


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"username": "", "password": WACHTWOORD}, "Vul uw account in."),
        ({"username": "renske", "password": ""}, "Vul uw wachtwoord in."),
        ({"username": "renske", "password": "anders"}, "horen niet bij elkaar"),
        ({"username": "niemand", "password": WACHTWOORD}, "horen niet bij elkaar"),
    ],
)
def test_an_error_stands_in_a_summary_that_says_what_to_do(
    client: Client, renske: Gebruiker, velden: dict[str, str], melding: str
) -> None:
    antwoord = client.post("/aanmelden/", velden)
    inhoud = antwoord.content.decode()
    assert antwoord.status_code == 422
    samenvatting = inhoud[inhoud.index('class="sl-samenvatting"') :]
    assert melding in samenvatting[: samenvatting.index("</ul>")]
    assert "<title>Fout: Aanmelden" in inhoud
    assert WACHTWOORD not in inhoud


def test_too_many_wrong_attempts_close_the_account_for_a_while(
    client: Client, renske: Gebruiker
) -> None:
    for _poging in range(settings.AXES_FAILURE_LIMIT - 1):
        assert _sign_in(client, "anders").status_code == 422
    assert _sign_in(client, "anders").status_code == 429
    gesloten = _sign_in(client)
    assert gesloten.status_code == 429
    assert "15 minuten" in gesloten.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert _sign_in(Client()).status_code == 302


def test_a_quarter_of_an_hour_without_use_signs_out(
    client: Client, renske: Gebruiker
) -> None:
    begin = timezone.now()
    with time_machine.travel(begin, tick=False):
        _sign_in(client)
    with time_machine.travel(begin + timedelta(minutes=14), tick=False):
        assert client.get("/over/").status_code == 200
    with time_machine.travel(begin + timedelta(minutes=28), tick=False):
        assert client.get("/over/").status_code == 200
    with time_machine.travel(begin + timedelta(minutes=44), tick=False):
        antwoord = client.get("/over/")
    assert antwoord["Location"] == "/aanmelden/?next=/over/"


def test_a_page_soon_after_another_writes_no_session(
    client: Client, renske: Gebruiker
) -> None:
    begin = timezone.now()
    geschreven = []
    with time_machine.travel(begin, tick=False) as tijd:
        _sign_in(client)
        client.get("/over/")
        for na in (29, 2, 29):
            tijd.shift(na)
            with CaptureQueriesContext(connection) as gevraagd:
                assert client.get("/over/").status_code == 200
            sqls = [each["sql"] for each in gevraagd.captured_queries]
            geschreven.append(any('UPDATE "django_session"' in sql for sql in sqls))
        assert geschreven == [False, True, False]
        # What was not written does not sign anybody out before the time.
        tijd.shift(15 * 60)
        assert client.post("/sessie/", {"actie": "verder"}).status_code == 200


def test_the_session_cookie_is_out_of_reach_of_scripts(
    client: Client, renske: Gebruiker
) -> None:
    koekje = _sign_in(client).cookies["sessionid"]
    assert koekje["httponly"]
    assert koekje["samesite"] == "Lax"


def test_signing_out_is_a_deed_and_is_confirmed(
    client: Client, renske: Gebruiker
) -> None:
    client.force_login(renske)
    assert client.get("/afmelden/").status_code == 405
    assert client.get("/over/").status_code == 200
    antwoord = client.post("/afmelden/")
    assert "U bent afgemeld" in antwoord.content.decode()
    assert client.get("/over/").status_code == 302


def test_a_form_without_its_token_is_refused_in_words(renske: Gebruiker) -> None:
    client = Client(enforce_csrf_checks=True)
    antwoord = client.post("/aanmelden/", {"username": "renske", "password": "x"})
    assert antwoord.status_code == 403
    assert "Dit formulier is verlopen" in antwoord.content.decode()


def test_the_language_is_chosen_and_kept(client: Client, renske: Gebruiker) -> None:
    client.post("/taal/", {"language": "en", "next": "/aanmelden/"})
    assert "Sign in" in client.get("/aanmelden/").content.decode()
    client.post("/taal/", {"language": "nl", "next": "https://elders.example/"})
    assert "Aanmelden" in client.get("/aanmelden/").content.decode()


def test_a_failure_of_ours_is_told_in_the_look(
    client: Client, renske: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuk(*args: object) -> None:
        raise RuntimeError("stuk")

    monkeypatch.setattr("samenloop.verantwoording.zicht.lezen.regions", stuk)
    client.force_login(renske)
    client.raise_request_exception = False
    antwoord = client.get("/overzicht/")
    assert antwoord.status_code == 500
    assert "Er ging bij ons iets mis" in antwoord.content.decode()
    assert "stuk" not in antwoord.content.decode().split("<main")[1]
