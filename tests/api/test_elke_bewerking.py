"""Every operation keeps to its scope, for every kind of actor.

Nothing is listed here but a sound message for each operation that reads one: what the
API knows is walked, so a new operation of any room is tried the day it is added. The
message has to be sound, or its faults would answer before the door does.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from samenloop.access.koppelingen import beheren, bewijzen
from samenloop.access.koppelingen.models import Koppeling, Scope
from samenloop.access.models import Organisatie
from samenloop.access.rollen import Rol
from samenloop.config.api import api
from samenloop.core import gemeentegrens
from samenloop.signalen.models import Signaal, Verwijzing
from tests.access.accounts import account, actor
from tests.api.conftest import V1, Programma, signal
from tests.koppelingen import maken
from tests.personen import maken as personen

Maak = Callable[..., Programma]
ONBEKEND = "018f0000-0000-7000-8000-000000000000"
WIE = {"bsn": personen.BSN.cijfers}
BERICHTEN: dict[str, Any] = {
    "signaalMelden": signal(),
    "verwijzingVastleggen": WIE,
    "betrokkenenZoeken": WIE,
    "berichtBrengen": {"kenmerk": ONBEKEND, "inhoud": "PGE+PC9hPg=="},
    "berichtenHalen": {"aantal": 1},
}
# What the door gives before the operation is reached.
DEUR = {400, 401, 403, 405, 413, 415, 429, 500}
ALLE = tuple(Scope.values)


@dataclass(frozen=True)
class Bewerking:
    """An operation: how to ask for it, and what its view declares."""

    naam: str
    methode: str
    pad: str
    view: Any

    @property
    def scope(self) -> str:
        """What a program needs; empty for the operations before the door."""
        return str(getattr(self.view, "scope", ""))

    def ask(self, client: Client, koppen: dict[str, str]) -> HttpResponse:
        """Send it with a sound message."""
        return client.generic(  # type: ignore[return-value]
            self.methode,
            V1 + re.sub(r"\{[^}]+\}", ONBEKEND, self.pad),
            b""
            if self.methode in ("GET", "DELETE")
            else json.dumps(BERICHTEN.get(self.naam, {})).encode(),
            content_type="application/json",
            headers=koppen,
        )


def _walk() -> Iterator[Bewerking]:
    for router in api._get_bound_routers():
        for pad, plek in router.path_operations.items():
            for operatie in plek.operations:
                for methode in operatie.methods:
                    yield Bewerking(
                        operatie.operation_id or operatie.view_func.__name__,
                        methode,
                        router.prefix + pad,
                        operatie.view_func,
                    )


ALLES = list(_walk())
ACHTER_DE_DEUR = [each for each in ALLES if each.scope]
VOOR_DE_DEUR = [each for each in ALLES if not each.scope]
elke = pytest.mark.parametrize("bewerking", ACHTER_DE_DEUR, ids=lambda b: b.naam)


@pytest.fixture(autouse=True)
def _kind(db: None) -> None:
    """A child that the municipality knows, so that a message about it is sound."""
    wie = personen.person("De Boer")
    personen.give_bsn(wie)
    wie.gemeenten = ["GM1651"]
    wie.save()


def _refused(antwoord: HttpResponse, status: int, code: str) -> None:
    assert antwoord.status_code == status
    assert json.loads(antwoord.content)["code"] == code
    assert not Signaal.objects.exists()
    assert not Verwijzing.objects.exists()
    assert gemeentegrens.current().overal, "the border was not put back"


def test_the_walk_finds_the_operations_on_both_sides_of_the_door() -> None:
    assert {"tokenOpvragen", "tokenIntrekken", "openapi"} == {
        each.naam for each in VOOR_DE_DEUR
    }
    assert {each.scope for each in ACHTER_DE_DEUR} == set(ALLE)


@pytest.mark.parametrize("bewerking", ALLES, ids=lambda b: b.naam)
def test_every_operation_says_who_may(bewerking: Bewerking) -> None:
    handelingen = getattr(bewerking.view, "handelingen", frozenset())
    assert bool(handelingen) == bool(bewerking.scope)
    assert bool(handelingen) != bool(getattr(bewerking.view, "voor_iedereen", ""))


@elke
def test_no_operation_answers_who_shows_no_token(
    client: Client, bewerking: Bewerking
) -> None:
    for koppen in ({}, {"Authorization": "Bearer slbewijs_verzonnen"}):
        antwoord = bewerking.ask(client, koppen)
        _refused(antwoord, 401, "niet-aangemeld")
        assert antwoord["WWW-Authenticate"].startswith("Bearer")


@elke
def test_signing_in_as_a_person_opens_no_operation_whatever_the_role(
    client: Client, bewerking: Bewerking
) -> None:
    for rol in Rol:
        client.force_login(account(rol, rol=rol))
        _refused(bewerking.ask(client, {}), 401, "niet-aangemeld")


@elke
def test_no_operation_answers_a_program_that_misses_its_scope(
    program: Maak, bewerking: Bewerking
) -> None:
    overige = tuple(scope for scope in ALLE if scope != bewerking.scope)
    for scopes in (overige, *((scope,) for scope in overige)):
        programma = program(scopes=scopes)
        antwoord = bewerking.ask(programma.client, programma.koppen)
        _refused(antwoord, 403, "scope-ontbreekt")


@elke
@pytest.mark.parametrize("alle", [True, False], ids=["alle", "alleen-de-eigen"])
def test_every_operation_answers_a_program_with_its_scope(
    program: Maak, bewerking: Bewerking, alle: bool
) -> None:
    programma = program(scopes=ALLE if alle else (bewerking.scope,))
    antwoord = bewerking.ask(programma.client, programma.koppen)
    assert antwoord.status_code not in DEUR, antwoord.content
    assert gemeentegrens.current().overal, "the border was not put back"


@elke
def test_no_operation_goes_over_a_municipality_of_others(
    program: Maak, bewerking: Bewerking
) -> None:
    programma = program()
    for gemeente in ("GM0005", "GM9999"):
        koppen = {**programma.koppen, "Gemeente": gemeente}
        antwoord = bewerking.ask(programma.client, koppen)
        _refused(antwoord, 403, "andere-gemeente")


def _end(koppeling: Koppeling) -> None:
    beheren.end(actor(Rol.BEHEER), koppeling)


def _narrow(koppeling: Koppeling) -> None:
    Koppeling.objects.filter(pk=koppeling.pk).update(scopes=[])


def _close(koppeling: Koppeling) -> None:
    Organisatie.objects.filter(pk=koppeling.organisatie_id).update(actief=False)


@elke
@pytest.mark.parametrize(
    ("neem_weg", "status", "code"),
    [
        (_end, 401, "niet-aangemeld"),
        (_close, 401, "niet-aangemeld"),
        (_narrow, 403, "scope-ontbreekt"),
    ],
)
def test_what_was_taken_away_stops_at_once_for_a_token_already_out(
    client: Client,
    bewerking: Bewerking,
    neem_weg: Callable[[Koppeling], None],
    status: int,
    code: str,
) -> None:
    koppeling, geheim = maken.koppeling()
    koppen = maken.bearer(koppeling, geheim)
    neem_weg(koppeling)
    _refused(bewerking.ask(client, koppen), status, code)


def test_a_token_for_less_than_the_program_may_opens_less(client: Client) -> None:
    koppeling, geheim = maken.koppeling()
    for bewerking in ACHTER_DE_DEUR:
        minder = [scope for scope in ALLE if scope != bewerking.scope]
        token = bewijzen.issue(koppeling.client_id, geheim, minder, "127.0.0.1").token
        antwoord = bewerking.ask(client, {"Authorization": f"Bearer {token}"})
        _refused(antwoord, 403, "scope-ontbreekt")
