"""The administrator makes marks of workers; what is typed is not kept."""

import pytest
from django.test import Client

from samenloop.access.logboek import kenmerken
from samenloop.access.logboek.models import Auditregel, Medewerkerskenmerk
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.core.bsn import Bsn
from tests.access.accounts import account

pytestmark = pytest.mark.django_db
ADRES = "/logboek/kenmerken/"
BSN = "999990019"


@pytest.fixture
def sanne() -> Gebruiker:
    """A worker of the municipality."""
    return account("s.bakker", naam="Sanne Bakker")


@pytest.fixture
def beheer(client: Client) -> Client:
    """The administrator, signed in."""
    client.force_login(account("b.beheer", rol=Rol.BEHEER))
    return client


def test_marks_are_kept_recorded_and_forgotten(
    beheer: Client, sanne: Gebruiker
) -> None:
    antwoord = beheer.post(
        ADRES,
        {
            "account": sanne.pk, "bsn": BSN, "achternaam": "Bakker",
            "postcode": "9901 ab", "huisnummer": "12",
        },
        follow=True,
    )  # fmt: skip
    assert "Kenmerken van Sanne Bakker vergeten" in antwoord.content.decode()
    assert BSN not in antwoord.content.decode()
    worker = kenmerken.of_worker(str(sanne.pk), "GM1651")
    assert worker is not None
    assert worker.bsn == kenmerken.bsn_key(Bsn(BSN))
    assert Auditregel.objects.get().onderwerp == f"kenmerken:{sanne.pk}"
    beheer.post(f"{ADRES}{sanne.pk}/weg/")
    assert not Medewerkerskenmerk.objects.exists()
    assert Auditregel.objects.count() == 2


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"bsn": "123456789"}, "geen geldig burgerservicenummer"),
        ({"postcode": "9901AB"}, "een postcode en een nummer"),
        ({}, "ten minste"),
    ],
)
def test_mistake_is_told_and_the_number_does_not_come_back(
    beheer: Client, sanne: Gebruiker, velden: dict[str, str], zin: str
) -> None:
    antwoord = beheer.post(ADRES, {"account": sanne.pk, **velden})
    assert antwoord.status_code == 422
    tekst = antwoord.content.decode()
    assert zin in tekst
    assert "123456789" not in tekst
    assert not Medewerkerskenmerk.objects.exists()


def test_worker_of_another_municipality_cannot_be_chosen(beheer: Client) -> None:
    ander = account("e.elders", gemeente="GM0005")
    antwoord = beheer.post(ADRES, {"account": ander.pk, "achternaam": "Elders"})
    assert antwoord.status_code == 422
    assert not Medewerkerskenmerk.objects.exists()


@pytest.mark.parametrize("rol", [Rol.FG, Rol.CONSULENT, Rol.TEAMLEIDER])
def test_only_the_administrator_makes_marks(
    client: Client, sanne: Gebruiker, rol: Rol
) -> None:
    client.force_login(account("iemand", rol=rol))
    antwoord = client.post(ADRES, {"account": sanne.pk, "achternaam": "Bakker"})
    assert antwoord.status_code == 403
    assert not Medewerkerskenmerk.objects.exists()


def test_marks_of_another_municipality_are_not_there(sanne: Gebruiker) -> None:
    kenmerken.keep(str(sanne.pk), "GM1651", achternaam="Bakker")
    with gemeentegrens.within("GM0005"):
        assert not Medewerkerskenmerk.objects.exists()
        assert not kenmerken.forget(str(sanne.pk), "GM1651")
