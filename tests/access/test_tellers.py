"""What waits is counted seldom, and never lags behind what one did oneself."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import Client

from samenloop.access import tellers
from samenloop.access.rollen import Rol
from tests.access import accounts

TELLER = f"{__name__}.teller"
_gevraagd: list[str] = []


def teller(actor: object) -> int:
    """Count the times that it was asked."""
    _gevraagd.append(str(actor))
    return len(_gevraagd)


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "TELLERS_SECONDEN", 10)
    _gevraagd.clear()
    tellers._kept.clear()
    yield
    tellers._kept.clear()


def request(session: SessionBase, methode: str = "GET") -> HttpRequest:
    gemaakt = HttpRequest()
    gemaakt.method = methode
    gemaakt.session = session
    return gemaakt


def asked(
    session: SessionBase, methode: str = "GET", *, account: int = 1, gemeente: str = ""
) -> int:
    wie = accounts.actor(Rol.CONSULENT, account=account, gemeente=gemeente or "GM1663")
    return tellers.counts(request(session, methode), wie, [TELLER])[TELLER]


def test_it_is_counted_once_in_so_many_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    sessie = SessionStore()
    for seconde, aantal in ((1000.0, 1), (1009.9, 1), (1010.1, 2), (1019.9, 2)):
        monkeypatch.setattr(
            "samenloop.access.tellers.time.monotonic", lambda s=seconde: s
        )
        assert asked(sessie) == aantal


def test_what_one_did_oneself_counts_at_once() -> None:
    sessie = SessionStore()
    assert asked(sessie) == 1
    tellers.changed(request(sessie, "POST"))
    assert asked(sessie) == 2


def test_page_after_a_change_is_counted_and_not_kept() -> None:
    sessie = SessionStore()
    assert [asked(sessie, "POST"), asked(sessie, "POST"), asked(sessie)] == [1, 2, 3]


def test_neither_another_account_nor_another_municipality_gets_it() -> None:
    sessie = SessionStore()
    assert asked(sessie) == 1
    assert asked(sessie, account=2) == 2
    assert asked(sessie, gemeente="GM0005") == 3
    assert asked(sessie) == 1


@pytest.mark.django_db
def test_who_sends_a_form_gets_a_new_mark(client: Client) -> None:
    client.force_login(accounts.account(rol=Rol.CONSULENT))
    client.get("/account/")
    eerst = client.session.get("gewijzigd")
    client.post("/account/wachtwoord/")
    assert client.session["gewijzigd"] != eerst
