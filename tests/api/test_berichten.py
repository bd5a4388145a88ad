"""A program brings and fetches messages, if the municipality connected it."""

import base64
import json
from collections.abc import Callable
from uuid import uuid4

import pytest

from samenloop.access.koppelingen.models import Koppeling, Scope
from samenloop.berichten.verkeer import toewijzingen
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from tests.api.conftest import Programma
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality
from tests.voorzieningen.maken import toewijzing

pytestmark = pytest.mark.django_db
GEMEENTE = "GM0005"


@pytest.fixture
def drager(program: Callable[..., Programma]) -> Programma:
    """A program that GM0005 connected to its messages."""
    wie = program(scopes=[Scope.BERICHTEN_UITWISSELEN], gemeenten=[GEMEENTE])
    Aansluiting.objects.create(
        gemeente=municipality(GEMEENTE),
        soort="http",
        koppeling=Koppeling.objects.get(organisatie=wie.organisatie),
    )
    return wie


def _message(inhoud: bytes = b"<a/>") -> dict[str, str]:
    return {"kenmerk": str(uuid4()), "inhoud": base64.b64encode(inhoud).decode()}


def test_a_message_is_brought_once_however_often_it_is_sent(drager: Programma) -> None:
    bericht = _message()
    assert drager.post("/berichten", bericht).status_code == 201
    assert drager.post("/berichten", bericht).status_code == 200
    assert Ketenbericht.objects.get().staat == "ontvangen"


def test_a_message_waits_until_the_program_says_it_has_it(drager: Programma) -> None:
    gegeven = toewijzing(maken.client(), gemeente=municipality(GEMEENTE))
    toewijzingen.tell(GEMEENTE, [gegeven.pk])
    rij = Ketenbericht.objects.get()
    Ketenbericht.objects.update(staat="klaar")
    for _ in range(2):
        (uit,) = json.loads(drager.post("/berichten/_haal").content)["resultaten"]
        assert uit["soort"] == "WMO301"
    assert base64.b64decode(uit["inhoud"]).startswith(b"<?xml")
    eerste = drager.post(f"/berichten/{rij.pk}/_ontvangen")
    tweede = drager.post(f"/berichten/{rij.pk}/_ontvangen")
    assert eerste.status_code == tweede.status_code == 200
    assert eerste.content == tweede.content
    assert json.loads(drager.post("/berichten/_haal").content)["resultaten"] == []


def test_a_program_that_was_not_connected_is_refused(
    program: Callable[..., Programma],
) -> None:
    wie = program(scopes=[Scope.BERICHTEN_UITWISSELEN], gemeenten=[GEMEENTE])
    antwoord = wie.post("/berichten", _message())
    assert antwoord.status_code == 409
    assert json.loads(antwoord.content)["code"] == "niet-aangesloten"
    assert not Ketenbericht.objects.exists()


def test_what_is_no_base64_is_told_and_not_kept(drager: Programma) -> None:
    antwoord = drager.post(
        "/berichten", {"kenmerk": str(uuid4()), "inhoud": "geen base64"}
    )
    assert antwoord.status_code == 400
    assert not Ketenbericht.objects.exists()


def test_a_message_of_nobody_is_absent(drager: Programma) -> None:
    assert drager.post(f"/berichten/{uuid4()}/_ontvangen").status_code == 404
