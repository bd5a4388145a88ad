"""Random messages to every operation: never a failure of ours, always as described.

Schemathesis makes messages from the description of the API, sound ones and broken ones,
and looks whether what comes back is what the description says: its status, kind,
headers and form. With a token that may do everything and often an id that exists.
"""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation.modes import GenerationMode

from samenloop.access.koppelingen import toegang
from samenloop.access.koppelingen.api import tempo
from samenloop.berichten.verkeer import toewijzingen
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.config.wsgi import application
from samenloop.signalen import register
from samenloop.signalen.models import Terugmelding
from tests.access.accounts import actor
from tests.api.conftest import V1, Programma, signal
from tests.berichten.verkeer import maken as verkeer
from tests.koppelingen import maken
from tests.personen import maken as personen
from tests.voorzieningen.maken import toewijzing

pytestmark = pytest.mark.django_db
load_all_checks()
CONTROLES = [
    CHECKS.get_one(naam)
    for naam in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]
VOORBEELDEN = 40
OPERATIES = [
    ("POST", "/token"),
    ("POST", "/token/_intrekken"),
    ("POST", "/signalen"),
    ("GET", "/signalen/{id}"),
    ("POST", "/signalen/_zoek"),
    ("POST", "/terugmeldingen/{id}/_gelezen"),
    ("POST", "/verwijzingen"),
    ("DELETE", "/verwijzingen/{id}"),
    ("POST", "/verwijzingen/_zoek"),
    ("GET", "/soorten"),
    ("POST", "/berichten"),
    ("POST", "/berichten/_haal"),
    ("POST", "/berichten/{id}/_ontvangen"),
]


@pytest.fixture(scope="module")
def beschrijving(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The API by its own description."""
    # Asking for it lets Django look after the connection of the test before.
    with django_db_blocker.unblock():
        return schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", application)


@pytest.fixture
def _keep_connection(programma: Programma) -> Iterator[None]:
    """Let the requests stay in the transaction of the test, as a test client does."""
    for sein in (request_started, request_finished):
        sein.disconnect(close_old_connections)
    yield
    for sein in (request_started, request_finished):
        sein.connect(close_old_connections)


@pytest.fixture
def programma() -> Programma:
    """A program with all scopes: reported and involved once, and a message waits."""
    gemeente = personen.municipality("GM1651", "Eemsmond")
    wie = personen.person("De Boer")
    personen.give_bsn(wie)
    van = maken.organisatie()
    koppeling, geheim = maken.koppeling(van)
    programma = Programma(van, maken.bearer(koppeling, geheim))
    programma.post("/signalen", signal())
    register.refer(van.pk, wie.pk, actor=actor(gemeente=gemeente.code))
    Aansluiting.objects.create(gemeente=gemeente, soort="http", koppeling=koppeling)
    gegeven = toewijzing(verkeer.client(), gemeente=gemeente)
    toewijzingen.tell(gemeente.code, [gegeven.pk])
    Ketenbericht.objects.update(staat="klaar")
    return programma


def test_every_operation_is_tried(beschrijving: Any) -> None:
    beschreven = {
        (each.ok().method.upper(), each.ok().path)
        for each in beschrijving.get_all_operations()
    }
    assert beschreven == set(OPERATIES)


@pytest.mark.usefixtures("_keep_connection")
@pytest.mark.parametrize(("methode", "pad"), OPERATIES)
@pytest.mark.parametrize("soort", list(GenerationMode))
def test_answers_are_as_described_whatever_is_sent(
    beschrijving: Any,
    programma: Programma,
    methode: str,
    pad: str,
    soort: GenerationMode,
) -> None:
    bekend = [
        str(nummer)
        for nummer in (
            *programma.organisatie.signaal_set.values_list("pk", flat=True),
            *programma.organisatie.verwijzingen.values_list("pk", flat=True),
            *Terugmelding.objects.values_list("pk", flat=True),
            *Ketenbericht.objects.values_list("pk", flat=True),
        )
    ]
    statussen: set[int] = set()

    @given(
        geval=beschrijving[pad][methode].as_strategy(generation_mode=soort),
        bestaand=st.sampled_from([*bekend, None]),
    )
    @settings(
        max_examples=VOORBEELDEN,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    def attempt(geval: Any, bestaand: str | None) -> None:
        toegang.tempo.clear()
        tempo.clear()
        if bestaand:
            _make_it_meet(geval, bestaand)
        antwoord = geval.call(headers=programma.koppen)
        statussen.add(antwoord.status_code)
        geval.validate_response(antwoord, checks=CONTROLES)

    attempt()
    assert not any(status >= 500 for status in statussen)
    # Random messages must also come through, or only the door was tried.
    if soort is GenerationMode.POSITIVE and "/token" not in pad:
        assert any(status < 300 for status in statussen)


def _make_it_meet(geval: Any, bestaand: str) -> None:
    """Let a random message be about something that is there."""
    if "id" in (geval.path_parameters or {}):
        geval.path_parameters["id"] = bestaand
    geval.headers = {}
    inhoud = geval.body
    if isinstance(inhoud, dict):
        for veld, waarde in (
            ("gemeente", "GM1651"),
            ("soort", "huurachterstand"),
            ("bsn", personen.BSN.cijfers),
        ):
            if isinstance(inhoud.get(veld), str):
                inhoud[veld] = waarde
        for wie in inhoud.get("betrokkenen") or []:
            if isinstance(wie, dict):
                wie.pop("bsn", None)
                wie["omschrijving"] = "Gezin op Dorpsstraat 1"
        if "betrokkenen" not in inhoud and isinstance(inhoud.get("inhoud"), str):
            inhoud["inhoud"] = base64.b64encode(inhoud["inhoud"].encode()).decode()
        if isinstance(inhoud.get("betrokkenen"), list):
            inhoud.pop("incident", None)
