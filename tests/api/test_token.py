"""Asking for a token over HTTP, in the ways the standard knows."""

import logging

import pytest
from django.test import Client

from samenloop.access.koppelingen import api, bewijzen
from samenloop.access.koppelingen.models import Scope
from samenloop.access.koppelingen.tempo import Tempo
from tests.api.conftest import V1
from tests.koppelingen import maken

GRANT = {"grant_type": "client_credentials"}
FORM = "application/x-www-form-urlencoded"


def _ask(client: Client, velden: dict[str, str], **koppen: str) -> object:
    from urllib.parse import urlencode

    return client.post(f"{V1}/token", urlencode(velden), FORM, headers=koppen)


def test_secret_in_the_header_gives_a_token_that_works(client: Client) -> None:
    koppeling, geheim = maken.koppeling()
    antwoord = _ask(client, GRANT, **maken.basic(koppeling.client_id, geheim))
    assert antwoord.status_code == 200
    assert antwoord["Cache-Control"] == "no-store"
    inhoud = antwoord.json()
    assert (inhoud["token_type"], inhoud["expires_in"]) == ("Bearer", 900)
    soorten = client.get(
        f"{V1}/soorten", headers={"Authorization": f"Bearer {inhoud['access_token']}"}
    )
    assert soorten.status_code == 200


def test_secret_in_the_form_gives_a_token_too(client: Client) -> None:
    koppeling, geheim = maken.koppeling()
    wie = {"client_id": koppeling.client_id, "client_secret": geheim}
    assert _ask(client, {**GRANT, **wie}).status_code == 200


def test_scope_asked_is_scope_given(client: Client) -> None:
    koppeling, geheim = maken.koppeling()
    wie = maken.basic(koppeling.client_id, geheim)
    antwoord = _ask(client, {**GRANT, "scope": Scope.SIGNALEN_LEZEN}, **wie)
    assert antwoord.json()["scope"] == "signalen:lezen"


@pytest.mark.parametrize(
    ("velden", "status", "woord"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({**GRANT, "scope": "alles"}, 400, "invalid_scope"),
        ({**GRANT, "client_secret": "x"}, 400, "invalid_request"),
    ],
)
def test_refusal_carries_the_word_of_the_standard(
    client: Client, velden: dict[str, str], status: int, woord: str
) -> None:
    koppeling, geheim = maken.koppeling()
    antwoord = _ask(client, velden, **maken.basic(koppeling.client_id, geheim))
    assert antwoord.status_code == status
    assert antwoord.json()["error"] == woord
    assert antwoord["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "koppen",
    [
        {},
        maken.basic("sl-bestaatniet", "x"),
        maken.basic("", ""),
        {"Authorization": "Basic geen-base64!"},
        {"Authorization": "Basic " + "gA=="},
        {"Authorization": "Bearer x"},
    ],
)
def test_who_is_not_known_gets_one_answer(
    client: Client, koppen: dict[str, str]
) -> None:
    antwoord = _ask(client, GRANT, **koppen)
    assert antwoord.status_code == 401
    assert antwoord.json()["error"] == "invalid_client"
    assert antwoord["WWW-Authenticate"].startswith("Basic")


def test_wrong_secret_and_unknown_client_cannot_be_told_apart(client: Client) -> None:
    koppeling, _geheim = maken.koppeling()
    inhoud = []
    for client_id in (koppeling.client_id, "sl-bestaatniet"):
        antwoord = _ask(client, GRANT, **maken.basic(client_id, "fout"))
        inhoud.append({**antwoord.json(), "instance": ""})
    assert inhoud[0] == inhoud[1]


def test_guessing_is_stopped(client: Client) -> None:
    koppeling, geheim = maken.koppeling()
    for _keer in range(bewijzen.MISPOGINGEN):
        _ask(client, GRANT, **maken.basic(koppeling.client_id, "fout"))
    antwoord = _ask(client, GRANT, **maken.basic(koppeling.client_id, geheim))
    assert antwoord.status_code == 429
    assert int(antwoord["Retry-After"]) > 0


def test_address_that_asks_too_often_waits(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "tempo", Tempo(1))
    koppeling, geheim = maken.koppeling()
    wie = maken.basic(koppeling.client_id, geheim)
    assert _ask(client, GRANT, **wie).status_code == 200
    assert _ask(client, GRANT, **wie).status_code == 429


def test_withdrawn_token_opens_nothing(client: Client) -> None:
    koppeling, geheim = maken.koppeling()
    wie = maken.basic(koppeling.client_id, geheim)
    token = _ask(client, GRANT, **wie).json()["access_token"]
    antwoord = client.post(
        f"{V1}/token/_intrekken", f"token={token}", FORM, headers=wie
    )
    assert antwoord.status_code == 200
    assert bewijzen.find(token) is None


def test_withdrawing_what_is_unknown_is_no_fault(client: Client) -> None:
    koppeling, geheim = maken.koppeling()
    antwoord = client.post(
        f"{V1}/token/_intrekken",
        "token=onbekend",
        FORM,
        headers=maken.basic(koppeling.client_id, geheim),
    )
    assert antwoord.status_code == 200


def test_log_holds_no_secret_and_no_token(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    koppeling, geheim = maken.koppeling()
    with caplog.at_level(logging.DEBUG):
        antwoord = _ask(client, GRANT, **maken.basic(koppeling.client_id, geheim))
        _ask(client, GRANT, **maken.basic(koppeling.client_id, "verkeerd-geheim"))
    regels = " ".join(
        each.getMessage() for each in caplog.records if "sql" not in each.__dict__
    )
    assert regels
    for woord in (geheim, "verkeerd-geheim", antwoord.json()["access_token"]):
        assert woord not in regels
