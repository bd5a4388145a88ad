"""A program of a housing association, with everything it may do."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from samenloop.access.koppelingen import toegang
from samenloop.access.koppelingen.api import tempo as tokentempo
from samenloop.access.koppelingen.models import Scope
from samenloop.access.models import Organisatie
from tests.koppelingen import maken
from tests.personen.maken import municipality

V1 = "/api/v1"


@dataclass
class Programma:
    """A client with a token of one organisation."""

    organisatie: Organisatie
    koppen: dict[str, str]
    client: Client = field(
        default_factory=lambda: Client(raise_request_exception=False)
    )

    def post(self, pad: str, inhoud: Any = None, **koppen: str) -> HttpResponse:
        """Send JSON."""
        return self.client.post(  # type: ignore[return-value]
            V1 + pad,
            json.dumps({} if inhoud is None else inhoud),
            content_type="application/json",
            headers={**self.koppen, **koppen},
        )

    def get(self, pad: str, **koppen: str) -> HttpResponse:
        """Ask."""
        return self.client.get(V1 + pad, headers={**self.koppen, **koppen})  # type: ignore[return-value]

    def delete(self, pad: str, **koppen: str) -> HttpResponse:
        """End something."""
        return self.client.delete(V1 + pad, headers={**self.koppen, **koppen})  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def _gemeenten_en_tempo(db: None) -> None:
    municipality("GM1651", "Eemsmond")
    municipality("GM0005", "Bedum")
    toegang.tempo.clear()
    tokentempo.clear()


@pytest.fixture
def program() -> Callable[..., Programma]:
    """Make a program of some organisation."""

    def make(
        naam: str = "Woonstichting De Marne",
        *,
        gemeenten: tuple[str, ...] = ("GM1651",),
        scopes: tuple[str, ...] = tuple(Scope.values),
    ) -> Programma:
        van = maken.organisatie(naam, gemeenten=gemeenten)
        koppeling, geheim = maken.koppeling(van, scopes=scopes)
        return Programma(van, maken.bearer(koppeling, geheim))

    return make


@pytest.fixture
def wonen(program: Callable[..., Programma]) -> Programma:
    """A housing association of one municipality."""
    return program()


def signal(**anders: Any) -> dict[str, Any]:
    """A signal as a program sends it."""
    return {
        "kenmerk": "HA-1",
        "soort": "huurachterstand",
        "betrokkenen": [{"omschrijving": "Gezin op Dorpsstraat 1"}],
        "aanleiding": "Twee maanden huurachterstand.",
        **anders,
    }
