"""Faults have one form, say all that is wrong, and repeat nothing that was sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from samenloop.access.koppelingen import toegang
from samenloop.access.koppelingen.tempo import Tempo
from samenloop.config.api_antwoord import HOOGUIT, VERSIE
from samenloop.signalen import api
from samenloop.signalen.models import Signaal
from tests.api.conftest import V1, Programma, signal

Maak = Callable[..., Programma]


def _check(antwoord: Any, status: int) -> dict[str, Any]:
    assert antwoord.status_code == status
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord["API-Version"] == VERSIE
    assert antwoord["Cache-Control"] == "no-store"
    inhoud: dict[str, Any] = antwoord.json()
    assert inhoud["status"] == status
    assert all(inhoud[deel] for deel in ("type", "title", "detail", "instance", "code"))
    return inhoud


def test_all_faults_come_in_one_answer_each_with_its_place(wonen: Programma) -> None:
    inhoud = _check(
        wonen.post(
            "/signalen",
            {
                "kenmerk": "",
                "soort": "Huur!",
                "betrokkenen": [{"bsn": "999990018"}, {"omschrijving": " "}],
                "terugkoppelingGewenst": "misschien",
                "incident": {"op": "gisteren"},
                "aanleidign": "typefout",
            },
        ),
        400,
    )
    assert {each["name"] for each in inhoud["invalidParams"]} == {
        "kenmerk",
        "soort",
        "betrokkenen[0].bsn",
        "betrokkenen[1]",
        "terugkoppelingGewenst",
        "incident.op",
        "aanleiding",
        "aanleidign",
    }
    assert all(each["code"] and each["reason"] for each in inhoud["invalidParams"])
    assert not Signaal.objects.exists()


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"betrokkenen": [{"bsn": "999990018"}]}, "betrokkenen[0].bsn"),
        (
            {"betrokkenen": [{"bsn": "123", "omschrijving": "Jan"}]},
            "betrokkenen[0].bsn",
        ),
        ({"aanleiding": "geheime naam\x00"}, "aanleiding"),
        ({"kenmerk": "geheime naam" * 10}, "kenmerk"),
        ({"soort": "bestaat-niet"}, "soort"),
        ({"betrokkenen": []}, "betrokkenen"),
        ({"incident": {"op": "2999-01-01T00:00:00Z"}}, "incident.op"),
        ({"incident": {"op": "2026-01-01T00:00:00"}}, "incident.op"),
        ({"gemeente": "Bedum"}, "gemeente"),
    ],
)
def test_value_that_was_sent_is_not_repeated(
    wonen: Programma, anders: dict[str, Any], veld: str
) -> None:
    antwoord = wonen.post("/signalen", signal(**anders))
    (fout,) = _check(antwoord, 400)["invalidParams"]
    assert fout["name"] == veld
    for waarde in ("999990018", "geheime naam", "bestaat-niet", "2999", "Bedum"):
        assert waarde not in antwoord.content.decode()


@pytest.mark.parametrize("inhoud", [b"{", b"", b"[]", b'"tekst"', b"\xff\xfe", b"null"])
def test_body_that_is_no_message_is_told_so(wonen: Programma, inhoud: bytes) -> None:
    antwoord = wonen.client.post(
        f"{V1}/signalen", inhoud, "application/json", headers=wonen.koppen
    )
    _check(antwoord, 400)


@pytest.mark.parametrize("soort", ["text/plain", "application/xml", ""])
def test_body_of_another_kind_is_not_read(wonen: Programma, soort: str) -> None:
    antwoord = wonen.client.post(
        f"{V1}/signalen", b"{}", content_type=soort, headers=wonen.koppen
    )
    _check(antwoord, 415)


def test_token_is_asked_by_form_and_not_by_json(client: Client) -> None:
    _check(client.post(f"{V1}/token", {}, content_type="application/json"), 415)


def test_message_that_is_too_large_is_not_read(wonen: Programma) -> None:
    past, te_groot = "x" * 9_000, "x" * HOOGUIT
    assert wonen.post("/signalen", signal(inhoud=past)).status_code == 201
    _check(wonen.post("/signalen", signal(inhoud=te_groot)), 413)


@pytest.mark.parametrize(
    ("pad", "status"),
    [
        ("/api/v1/bestaat-niet", 404),
        ("/api/v1/", 404),
        ("/api/v1/signalen/", 404),
        ("/api/v1/soorten/", 404),
        ("/api/v2/soorten", 404),
        ("/api/", 404),
        ("/api/v1/signalen", 405),
        ("/api/v1/token", 405),
    ],
)
def test_unknown_address_or_method_is_a_problem_too(
    wonen: Programma, pad: str, status: int
) -> None:
    antwoord = wonen.client.get(pad, headers=wonen.koppen)
    _check(antwoord, status)
    if status == 405:
        assert "POST" in antwoord["Allow"]


@pytest.mark.parametrize(
    "koppen",
    [
        {},
        {"Authorization": "Bearer fout"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic eDp5"},
    ],
)
def test_without_a_valid_token_nothing_is_answered(
    client: Client, koppen: dict[str, str]
) -> None:
    antwoord = client.get(f"{V1}/soorten", headers=koppen)
    _check(antwoord, 401)
    assert antwoord["WWW-Authenticate"].startswith("Bearer")


def test_signing_in_as_a_person_opens_no_operation(client: Client) -> None:
    from tests.access.accounts import account

    client.force_login(account())
    _check(client.get(f"{V1}/soorten"), 401)


def test_program_of_more_municipalities_says_which(program: Maak) -> None:
    beide = program(gemeenten=("GM1651", "GM0005"))
    inhoud = _check(beide.get("/soorten"), 400)
    assert inhoud["invalidParams"][0]["name"] == "Gemeente"
    assert beide.get("/soorten", Gemeente="GM0005").status_code == 200
    _check(beide.post("/signalen", signal(gemeente="GM1651"), Gemeente="GM0005"), 400)


@pytest.mark.parametrize("gemeente", ["GM0005", "GM9999"])
def test_municipality_of_others_is_forbidden_whether_it_exists_or_not(
    wonen: Programma, gemeente: str
) -> None:
    inhoud = _check(wonen.get("/soorten", Gemeente=gemeente), 403)
    assert inhoud["code"] == "andere-gemeente"


def test_too_many_requests_say_how_long_to_wait(
    wonen: Programma, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toegang, "tempo", Tempo(2))
    assert [wonen.get("/soorten").status_code for _keer in range(2)] == [200, 200]
    antwoord = wonen.get("/soorten")
    _check(antwoord, 429)
    assert 0 < int(antwoord["Retry-After"]) <= 61


def test_own_failure_is_a_problem_without_its_text(
    wonen: Programma, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("geheime naam")

    monkeypatch.setattr(api.ontvangst, "receive", fail)
    antwoord = wonen.post("/signalen", signal())
    _check(antwoord, 500)
    assert "geheime naam" not in antwoord.content.decode()


def test_database_that_is_away_says_come_back(
    wonen: Programma, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(api.ontvangst, "receive", fail)
    antwoord = wonen.post("/signalen", signal())
    _check(antwoord, 503)
    assert antwoord["Retry-After"]


def test_pages_keep_their_own_errors(client: Client) -> None:
    antwoord = client.get("/bestaat-niet-apivormig/")
    assert "API-Version" not in antwoord
    assert "problem+json" not in antwoord["Content-Type"]
