"""What was received and released stays as it is, whoever asks."""

import hashlib
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from samenloop.verantwoording.models import (
    AfgekeurdeRegel,
    Levering,
    Uitgave,
    Uitgavebestand,
)

TABELLEN = (
    "verantwoording_levering",
    "verantwoording_afgekeurderegel",
    "verantwoording_uitgave",
    "verantwoording_uitgavebestand",
)


def sha256(inhoud: bytes) -> str:
    return hashlib.sha256(inhoud).hexdigest()


def levering(**velden: Any) -> Levering:
    return Levering.objects.create(
        **{
            "afzender": "Regio Noord", "regio": "NOORD", "kwartaal": "2017Q4",
            "status": "aanvaard", **velden,
        }
    )  # fmt: skip


def uitgave(**velden: Any) -> Uitgave:
    inhoud = velden.get("inhoud", "{}")
    van = velden.pop("levering", None) or levering()
    return Uitgave.objects.create(
        **{
            "regio": "NOORD", "kwartaal": "2017Q4", "revisie": 1,
            "status": "voorlopig", "levering": van,
            "invoer": {}, "inhoud": inhoud, "sha256": sha256(inhoud.encode()), **velden,
        }
    )  # fmt: skip


def bestand(van: Uitgave, **velden: Any) -> Uitgavebestand:
    return Uitgavebestand.objects.create(
        **{
            "uitgave": van, "naam": "nl/monitor.html", "soort": "text/html",
            "inhoud": b"<p>", "sha256": sha256(b"<p>"), **velden,
        }
    )  # fmt: skip


def fill() -> None:
    """One row in every table."""
    een = uitgave()
    bestand(een)
    AfgekeurdeRegel.objects.create(
        levering=een.levering, bestand="voorzieningen.csv", regelnummer=7,
        kolom="soort", regel="V-SOORT", melding="bestaat niet",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True, databases=["default", "beheer"])
@pytest.mark.parametrize("rol", ["default", "beheer"])
def test_no_role_can_change_or_remove_what_stands(rol: str) -> None:
    fill()
    for tabel in TABELLEN:
        for opdracht in (f"UPDATE {tabel} SET id = id", f"DELETE FROM {tabel}"):
            with (
                connections[rol].cursor() as cursor,
                pytest.raises(DatabaseError, match="staat vast"),
            ):
                cursor.execute(opdracht)
    for model in (Levering, AfgekeurdeRegel, Uitgave, Uitgavebestand):
        assert model.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_application_cannot_empty_the_tables_or_lift_the_guard() -> None:
    fill()
    for tabel in TABELLEN:
        for opdracht in (
            f"TRUNCATE {tabel} CASCADE",
            f"ALTER TABLE {tabel} DISABLE TRIGGER onveranderlijk",
            f"DROP TABLE {tabel} CASCADE",
            "SET session_replication_role = replica",
        ):
            with (
                connections["default"].cursor() as cursor,
                pytest.raises(DatabaseError) as fout,
            ):
                cursor.execute(opdracht)
            oorzaak = fout.value.__cause__
            assert isinstance(oorzaak, psycopg.errors.InsufficientPrivilege)
    assert Uitgave.objects.count() == 1


@pytest.mark.django_db
def test_the_orm_cannot_change_them_either() -> None:
    een = uitgave()
    een.reden = "stil verbeterd"
    with pytest.raises(DatabaseError, match="staat vast"), transaction.atomic():
        een.save()
    with pytest.raises(DatabaseError, match="staat vast"), transaction.atomic():
        een.delete()


ANDER = {"reden": "correctie", "status": "herzien"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"revisie": 1}, "uitgave_eenmaal"),
        ({"revisie": 0}, "revisie"),
        ({"revisie": 2, "status": "herzien"}, "uitgave_reden_bij_revisie"),
        ({"revisie": 2, "reden": "x"}, "uitgave_revisie_is_niet_voorlopig"),
        ({"revisie": 2, **ANDER, "kwartaal": "2017Q5"}, "uitgave_kwartaal"),
        ({"revisie": 2, **ANDER, "status": "klaar"}, "uitgave_status"),
        ({"revisie": 2, **ANDER, "sha256": "0" * 64}, "uitgave_sha256_klopt"),
        ({"revisie": 2, **ANDER, "regio": ""}, "uitgave_regio"),
        ({"kwartaal": "2018Q1", "wijzigingen": [{}]}, "uitgave_eerste_wijzigt_niets"),
    ],
)
def test_a_release_that_cannot_be_is_refused(
    velden: dict[str, Any], regel: str
) -> None:
    eerste = uitgave()
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        uitgave(levering=eerste.levering, **velden)
    tweede = uitgave(levering=eerste.levering, revisie=2, **ANDER)
    assert [een.revisie for een in Uitgave.objects.all()] == [tweede.revisie, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"naam": "nl/monitor.html"}, "bestand_eenmaal"),
        ({"naam": "nl/../monitor.pdf"}, "bestand_naam_blijft_binnen"),
        ({"naam": "/etc/passwd"}, "bestand_naam_blijft_binnen"),
        ({"naam": "en/monitor.html", "inhoud": b"anders"}, "bestand_sha256_klopt"),
    ],
)
def test_a_file_of_a_release_has_a_safe_name_and_its_own_hash(
    velden: dict[str, Any], regel: str
) -> None:
    een = uitgave()
    bestand(een)
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        bestand(een, **velden)
    assert bestand(een, naam="nl/tabellen/aandeel-huishoudens.csv").kale_naam == (
        "aandeel-huishoudens.csv"
    )


@pytest.mark.django_db
def test_a_delivery_that_is_not_accepted_says_why() -> None:
    with pytest.raises(IntegrityError, match="zegt_waarom"), transaction.atomic():
        levering(status="gepauzeerd")
    assert levering(status="gepauzeerd", melding="te veel afgekeurd").afgekeurd == 0
