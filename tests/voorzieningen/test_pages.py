"""The pages by which a question becomes care, and who may see what somebody has."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Beschikking,
    Toewijzing,
    Uitvoer,
)
from tests.access.accounts import account
from tests.personen.maken import lives, municipality, person
from tests.voorzieningen.maken import contract, contractproduct, product, toewijzing

pytestmark = pytest.mark.django_db
GEMEENTE = "GM1651"


@pytest.fixture
def consulent(client: Client) -> Gebruiker:
    gemaakt = account("ineke", rol=Rol.CONSULENT, naam="Ineke Postma")
    client.force_login(gemaakt)
    return gemaakt


@pytest.fixture
def wie() -> Persoon:
    gemeente = municipality(GEMEENTE, "Eemsmond")
    iemand = person("Wiersma", gemeenten=[GEMEENTE])
    lives(iemand, gemeente)
    return iemand


def page(client: Client, naam: str, *args: object) -> str:
    antwoord = client.get(reverse(naam, args=args))
    assert antwoord.status_code == 200, antwoord.content
    return antwoord.content.decode()


def test_from_a_question_to_care(
    client: Client, consulent: Gebruiker, wie: Persoon
) -> None:
    soort = product()
    vandaag = klok.today()
    prijs = contractproduct(contract(gemeente=GEMEENTE))
    client.post(
        reverse("aanvraag-nieuw", args=[wie.pk]),
        {
            "product": soort.pk,
            "vraag": "Het huis wordt me te veel",
            "kanaal": "gesprek",
            "gemeld_op": vandaag.isoformat(),
        },
    )
    aanvraag = Aanvraag.objects.get()
    assert "Het huis wordt me te veel" in page(client, "aanvraag", aanvraag.pk)
    assert "Wiersma" in page(client, "aanvragen")
    client.post(
        reverse("aanvraag-stap", args=[aanvraag.pk, "onderzoek"]),
        {"bevindingen": "Valt vaak", "advies": "Begeleiding", "klaar": "on"},
    )
    client.post(
        reverse("aanvraag-stap", args=[aanvraag.pk, "aangevraagd"]),
        {"op": vandaag.isoformat()},
    )
    besluit = page(client, "aanvraag-besluit", aanvraag.pk)
    assert "Begeleiding</textarea>" in besluit, "the advice stands ready"
    client.post(
        reverse("aanvraag-besluit", args=[aanvraag.pk]),
        {
            "uitkomst": "toegekend",
            "product": soort.pk,
            "vorm": "zin",
            "motivering": "Kan het niet alleen",
            "grondslag": "Wmo 2015, 2.3.5",
            "ingang": vandaag.isoformat(),
            "eind": vandaag.replace(year=vandaag.year + 1).isoformat(),
            "volume": 4,
            "eenheid": "04",
            "frequentie": "2",
        },
    )
    beschikking = Beschikking.objects.get()
    assert "Begeleiding Samen Verder" in page(client, "beschikking", beschikking.pk)
    client.post(reverse("beschikking-toewijzen", args=[beschikking.pk, prijs.pk]))
    assert Toewijzing.objects.get().volume == 4
    assert Uitvoer.objects.get().soort == "cak_start"


def test_a_decision_that_misses_something_says_what(
    client: Client, consulent: Gebruiker, wie: Persoon
) -> None:
    client.post(
        reverse("aanvraag-nieuw", args=[wie.pk]),
        {
            "product": product("jeugd", "jeugdwet").pk,
            "vraag": "Hulp",
            "kanaal": "gesprek",
            "gemeld_op": klok.today().isoformat(),
        },
    )
    aanvraag = Aanvraag.objects.get()
    antwoord = client.post(
        reverse("aanvraag-besluit", args=[aanvraag.pk]),
        {"uitkomst": "toegekend", "grondslag": "Jeugdwet, 2.3"},
    )
    assert antwoord.status_code == 422
    assert not Beschikking.objects.exists()


def test_what_somebody_has_is_for_who_has_the_task(
    client: Client, consulent: Gebruiker, wie: Persoon
) -> None:
    toewijzing(wie, gemeente=municipality(GEMEENTE))
    assert "02A03" not in page(client, "voorzieningen-van", wie.pk)
    assert (
        client.get(
            reverse("toewijzing", args=[Toewijzing.objects.get().pk])
        ).status_code
        == 403
    )
    client.post(
        reverse("aanvraag-nieuw", args=[wie.pk]),
        {
            "product": product().pk,
            "vraag": "Hulp",
            "kanaal": "telefoon",
            "gemeld_op": klok.today().isoformat(),
        },
    )
    tekst = page(client, "voorzieningen-van", wie.pk)
    assert "Begeleiding Samen Verder" in tekst
    assert "<svg" in tekst
    assert "<table" in tekst
    assert Auditregel.objects.filter(onderwerp=f"persoon:{wie.pk}").exists()


def test_administration_ends_what_was_allocated_and_decides_nothing(
    client: Client, wie: Persoon
) -> None:
    client.force_login(account("achter", rol=Rol.BACKOFFICE, naam="Achter Kantoor"))
    row = toewijzing(wie, gemeente=municipality(GEMEENTE))
    client.post(
        reverse("toewijzing-wijzigen", args=[row.pk]),
        {"reden": "05", "eind": date(2026, 10, 31).isoformat(), "volume": 4},
    )
    row.refresh_from_db()
    assert (row.eind, row.reden_wijziging) == (date(2026, 10, 31), "05")
    assert "versie 2" in page(client, "toewijzing", row.pk)
    assert client.get(reverse("aanvragen")).status_code == 403


def test_the_files_for_others_say_that_nobody_confirmed_them(
    client: Client, consulent: Gebruiker, wie: Persoon
) -> None:
    test_from_a_question_to_care(client, consulent, wie)
    antwoord = client.post(reverse("uitvoer-bestand", args=["cak_start"]))
    assert "onbevestigd" in antwoord["Content-Disposition"]
    assert antwoord.content.decode("utf-8-sig").startswith("ONBEVESTIGD FORMAAT")
    assert Uitvoer.objects.get().uitgevoerd_op is not None
    assert "onbevestigd" in page(client, "uitvoer")


@pytest.mark.parametrize("rol", [Rol.BELEID, Rol.FG, Rol.BEHEER])
def test_who_works_on_no_client_sees_none(
    client: Client, rol: Rol, wie: Persoon
) -> None:
    client.force_login(account("x", rol=rol))
    row = toewijzing(wie, gemeente=municipality(GEMEENTE))
    for naam, args in (
        ("voorzieningen-van", [wie.pk]),
        ("toewijzing", [row.pk]),
        ("aanvragen", []),
        ("verzoeken", []),
    ):
        assert client.get(reverse(naam, args=args)).status_code == 403
