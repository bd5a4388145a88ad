"""How far the law lets a term end later, and that the applicant was told."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.voorzieningen.toewijzen import aanvragen, uitstellen
from samenloop.voorzieningen.toewijzen.aanvragen import Invoer
from samenloop.voorzieningen.toewijzen.fouten import NietNu, Onvolledig
from samenloop.voorzieningen.toewijzen.models import Aanvraag
from tests.access.accounts import GEMEENTE, account
from tests.personen.maken import municipality, person
from tests.voorzieningen.maken import product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]
VANDAAG = date(2026, 3, 2)


def actor(rol: Rol, nummer: str = "7") -> Actor:
    return Actor(ActorSoort.MEDEWERKER, nummer, "Iemand", GEMEENTE, frozenset({rol}))


CONSULENT = actor(Rol.CONSULENT)


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        yield


def asked(wet: str = "wmo", gevraagd: date | None = VANDAAG) -> Aanvraag:
    municipality(GEMEENTE)
    return aanvragen.receive(
        Invoer(
            persoon=person(gemeenten=[GEMEENTE]),
            wet=wet,
            product=product(wet=wet),
            gemeld_op=date(2026, 2, 2) if gevraagd is None else gevraagd,
            aangevraagd_op=gevraagd,
        ),
        door=CONSULENT,
    )


def delay(row: Aanvraag, grond: str = "aanvulling", **velden: Any) -> Aanvraag:
    basis: dict[str, Any] = {
        "reden": "Stukken gevraagd",
        "dagen": 12,
        "bericht_op": VANDAAG,
        "door": CONSULENT,
    }
    return uitstellen.delay(row, grond=grond, **{**basis, **velden})


def test_it_moves_the_term_and_keeps_ground_reason_and_message() -> None:
    row = asked()
    assert row.uiterlijk == date(2026, 3, 16)
    na = delay(row)
    assert na.uiterlijk == date(2026, 3, 30), "a Saturday moves to Monday"
    assert uitstellen.delayed_days(row) == 12
    uitstel = row.uitstellen.get()
    assert (uitstel.grond, uitstel.reden, uitstel.bericht_op, uitstel.verzet) == (
        *("aanvulling", "Stukken gevraagd", VANDAAG, True),
    )


@pytest.mark.parametrize(
    "velden",
    [
        {"reden": " "},
        {"dagen": 0},
        {"grond": "zomaar"},
        {"bericht_op": date(2026, 3, 3)},
        {"bericht_op": date(2026, 3, 1)},
    ],
)
def test_without_reason_ground_or_message_nothing_moves(velden: dict[str, Any]) -> None:
    row = asked()
    with pytest.raises(Onvolledig):
        delay(row, **velden)
    row.refresh_from_db()
    assert row.uiterlijk == date(2026, 3, 16)
    assert not row.uitstellen.exists()


@pytest.mark.parametrize(
    "grond", ["aanvulling", "aanvrager", "overmacht", "mededeling"]
)
def test_an_inquiry_takes_longer_only_when_the_person_agrees(grond: str) -> None:
    row = asked(gevraagd=None)
    with pytest.raises(Onvolledig):
        delay(row, grond)
    assert delay(row, "instemming").uiterlijk > row.uiterlijk


def test_telling_it_takes_longer_moves_no_term_under_the_wmo() -> None:
    row = asked()
    na = delay(row, "mededeling")
    assert na.uiterlijk == date(2026, 3, 16)
    uitstel = row.uitstellen.get()
    assert (uitstel.verzet, uitstel.genoemd) == (False, date(2026, 3, 30))
    assert uitstellen.delayed_days(row) == 0


def test_under_the_youth_act_it_moves_once_and_only_within_the_term() -> None:
    row = asked("jeugdwet")
    assert row.uiterlijk == date(2026, 4, 28)
    assert delay(row, "mededeling").uiterlijk == date(2026, 5, 11)
    with pytest.raises(Onvolledig):
        delay(row, "mededeling")
    # A ground of 4:15 stands beside it.
    assert delay(row, "instemming", dagen=7).uiterlijk == date(2026, 5, 18)


@pytest.mark.parametrize(
    ("bericht_op", "kan"), [(date(2026, 4, 28), True), (date(2026, 4, 29), False)]
)
def test_after_the_term_has_passed_nothing_moves(bericht_op: date, kan: bool) -> None:
    row = asked("jeugdwet")
    with time_machine.travel("2026-05-01T10:00:00+02:00", tick=False):
        if kan:
            # Told in time, recorded afterwards.
            assert delay(row, "mededeling", bericht_op=bericht_op).uiterlijk.month == 5
        else:
            with pytest.raises(Onvolledig):
                delay(row, "mededeling", bericht_op=bericht_op)


def test_what_was_withdrawn_takes_no_longer() -> None:
    row = asked()
    aanvragen.withdraw(row, reden="Niet meer nodig", door=CONSULENT)
    with pytest.raises(NietNu):
        delay(row)


@pytest.mark.parametrize("rol", [Rol.BACKOFFICE, Rol.TEAMLEIDER])
def test_only_who_deals_with_it_moves_its_term(rol: Rol) -> None:
    row = asked()
    with pytest.raises(GeenToegang):
        delay(row, door=actor(rol, "8"))


def test_the_page_asks_when_the_applicant_was_told(client: Client) -> None:
    row = asked()
    client.force_login(account("ineke", rol=Rol.CONSULENT))
    adres = reverse("aanvraag-stap", args=[row.pk, "uitstel"])
    velden = {"grond": "mededeling", "reden": "Deskundige is ziek", "dagen": 12}
    assert client.post(adres, velden).status_code == 422
    client.post(adres, velden | {"bericht_op": "2026-03-02"})
    tekst = client.get(reverse("aanvraag", args=[row.pk])).content.decode()
    assert "de wettelijke termijn blijft" in tekst
    assert "Deskundige is ziek" in tekst
