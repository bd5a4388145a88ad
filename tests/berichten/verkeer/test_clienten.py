"""Whose address goes along in a message about a child, and whose never does."""

from datetime import date
from typing import Any

import pytest

from samenloop.berichten.verkeer import clienten
from samenloop.personen.models import Adres, Persoon
from tests.berichten.verkeer import maken
from tests.personen.maken import custody, days, known, municipality, person

pytestmark = pytest.mark.django_db
OP = date(2026, 6, 9)


def child(*ouders: Persoon) -> Persoon:
    kind = maken.client(geboortedatum=date(2015, 5, 17))
    for ouder in ouders:
        custody(kind, ouder)
    return kind


def parent(naam: str, **velden: Any) -> Persoon:
    return person(naam, gemeenten=[maken.GEMEENTE], **velden)


def home(wie: Persoon, postcode: str, huisnummer: int = 7) -> None:
    Adres.objects.create(
        persoon=wie,
        gemeente=municipality(maken.GEMEENTE, "Groningen"),
        straat="Elders",
        huisnummer=huisnummer,
        postcode=postcode,
        woonplaats="Groningen",
        geldig=days("2010-01-01"),
        bekend=known("2010-01-01"),
    )


def told(kind: Persoon) -> tuple[dict[str, str], str]:
    """The postal code told of each relation by name, and why a person must look."""
    client = clienten.clients([kind.pk], OP)[kind.pk]
    relaties = client.full().get("Relaties", {"Relatie": []})["Relatie"]
    return (
        {
            each["Naam"]["Geslachtsnaam"]["Achternaam"]: each["Contact"]["Adres"][
                "Postcode"
            ]
            for each in relaties
        },
        client.bezwaar,
    )


def test_a_parent_goes_along_with_an_address_of_their_own() -> None:
    ouder = parent("Open")
    home(ouder, "9722XX")
    assert told(child(ouder)) == ({"Open": "9722XX"}, "")


def test_a_secret_parent_gets_nobodys_address_and_the_other_stays() -> None:
    geheim, open_ = parent("Geheim", geheim=True), parent("Open")
    home(geheim, "9733YY")
    home(open_, "9722XX")
    relaties, bezwaar = told(child(geheim, open_))
    assert relaties == {"Open": "9722XX"}
    assert bezwaar == "", "the child lives elsewhere, so its address tells nothing"


def test_a_parent_without_an_address_does_not_get_that_of_the_child() -> None:
    assert told(child(parent("Zwerver"))) == ({}, "")


def test_a_child_at_the_address_of_a_secret_parent_waits_for_a_person() -> None:
    geheim = parent("Geheim", geheim=True)
    home(geheim, "9711AB")
    relaties, bezwaar = told(child(geheim))
    assert relaties == {}
    assert "geheim adres" in bezwaar


def test_next_door_is_not_the_same_address() -> None:
    geheim = parent("Geheim", geheim=True)
    home(geheim, "9711AB", 9)
    assert told(child(geheim)) == ({}, "")
