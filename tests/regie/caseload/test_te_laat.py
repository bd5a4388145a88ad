"""What is past its last day goes up to who leads, without whom it is about."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.regie.caseload import te_laat
from samenloop.regie.caseload.pages import te_laat as bladzijde
from samenloop.voorzieningen.toewijzen import aanvragen, bezwaren, verzoeken
from samenloop.voorzieningen.toewijzen.aanvragen import Invoer
from samenloop.voorzieningen.toewijzen.models import Aanvraag
from tests.access.accounts import GEMEENTE, account, actor
from tests.personen.maken import municipality, person
from tests.voorzieningen.maken import product
from tests.voorzieningen.test_verzoeken import SYSTEEM, came

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-17T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def ineke() -> Gebruiker:
    return account("ineke", rol=Rol.CONSULENT, naam="Ineke Postma")


def asked(op: date, wie: Gebruiker, gemeente: str = GEMEENTE) -> Aanvraag:
    """An application under the Wmo: two weeks to decide."""
    municipality(gemeente)
    door = actor(Rol.CONSULENT, gemeente=gemeente)
    row = aanvragen.receive(
        Invoer(
            persoon=person("Geheimzinnig", gemeenten=[gemeente]),
            wet="wmo",
            product=product(),
            aangevraagd_op=op,
        ),
        door=door,
    )
    Aanvraag.objects.filter(pk=row.pk).update(behandelaar=wie.pk)
    return row


def test_late_is_after_the_last_day_and_not_on_it(ineke: Gebruiker) -> None:
    laat = asked(date(2026, 3, 2), ineke)  # by 16 March
    asked(date(2026, 3, 3), ineke)  # by today
    asked(date(2026, 2, 2), ineke, "GM0014")
    (rij,) = te_laat.late(GEMEENTE)
    assert (rij.nummer, rij.soort, rij.dagen, rij.wie) == (
        *(laat.nummer, "besluit", 1, "Ineke Postma"),
    )
    assert te_laat.count(GEMEENTE) == 1


def test_decided_or_withdrawn_it_is_late_no_more(ineke: Gebruiker) -> None:
    row = asked(date(2026, 3, 2), ineke)
    aanvragen.withdraw(row, reden="Niet nodig", door=actor(Rol.CONSULENT))
    assert te_laat.late(GEMEENTE) == []


def test_objections_and_complaints_go_up_too(ineke: Gebruiker) -> None:
    municipality(GEMEENTE)
    bezwaren.complain(
        person(gemeenten=[GEMEENTE]),
        wet="wmo",
        inhoud="Te laat gebeld",
        op=date(2026, 1, 5),
        door=actor(Rol.CONSULENT),
    )
    (rij,) = te_laat.late(GEMEENTE)
    assert (rij.soort, rij.uiterlijk) == ("bezwaar", date(2026, 2, 16))


def test_a_request_of_a_provider_goes_up_after_its_term_and_not_when_answered() -> None:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        laat = verzoeken.receive(came(dagtekening=date(2026, 3, 2)), door=SYSTEEM)
    (rij,) = te_laat.late("GM0005")
    assert (rij.soort, rij.nummer, rij.uiterlijk, rij.wie) == (
        *("verzoek", laat.aanbieder.naam, laat.antwoord_uiterlijk, ""),
    )
    assert rij.uiterlijk < date(2026, 3, 17)
    verzoeken.investigate(laat, door=actor(Rol.BACKOFFICE, gemeente="GM0005"))
    # Under inquiry there are eight weeks for the final answer.
    assert te_laat.late("GM0005") == []


def test_the_leader_sees_it_on_the_day_and_nobody_by_name(ineke: Gebruiker) -> None:
    row = asked(date(2026, 3, 2), ineke)
    leider = account("leider", rol=Rol.TEAMLEIDER)
    (punt,) = bladzijde.points(actor(Rol.TEAMLEIDER))
    assert "1 aanvraag, verzoek of bezwaar" in punt.wat
    client = Client()
    client.force_login(leider)
    tekst = client.get(punt.adres).content.decode()
    assert row.nummer in tekst
    assert "Ineke Postma" in tekst
    assert "Geheimzinnig" not in tekst
    assert list(bladzijde.points(actor(Rol.CONSULENT))) == []


@pytest.mark.parametrize(
    ("rol", "status"),
    [(Rol.TEAMLEIDER, 200), (Rol.CONSULENT, 403), (Rol.BACKOFFICE, 403)],
)
def test_the_list_is_for_who_leads(rol: Rol, status: int) -> None:
    municipality(GEMEENTE)
    client = Client()
    client.force_login(account("wie", rol=rol))
    assert client.get(reverse("aanvragen-te-laat")).status_code == status


def test_the_statements_do_not_grow_with_the_list(ineke: Gebruiker) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as gedaan:
            te_laat.late(GEMEENTE)
        return len(gedaan)

    asked(date(2026, 3, 2), ineke)
    een = count()
    for _n in range(5):
        asked(date(2026, 2, 2), ineke)
    assert count() == een
