"""Codes have names and days on which they count."""

import csv
from datetime import date

import pytest

from samenloop.berichten.standaard.codelijsten import (
    GEMEENTEN,
    geldig,
    lijst,
    naam,
    waarden,
)
from tests.berichten import bron


@pytest.mark.parametrize(
    ("lijstnaam", "code", "verwacht"),
    [
        ("WMO020", "01", "Hulp bij het huishouden"),
        ("JZ020", "45", "Jeugdhulp ambulant"),
        ("WMO588", "31", "Verhuizing naar andere gemeente"),
        ("JZ588", "31", "Volgens plan"),
        ("WJ756", "16", "Dagdeel (4 uur)"),
        ("COD032", "NL", "Nederland"),
        ("COD032", "BE", "België"),
        (GEMEENTEN, "0363", "Amsterdam"),
        ("WJ756", "99", "99"),
    ],
)
def test_code_has_a_name(lijstnaam: str, code: str, verwacht: str) -> None:
    assert naam(lijstnaam, code) == verwacht


@pytest.mark.parametrize(
    ("lijstnaam", "code", "op", "verwacht"),
    [
        ("WJ756", "84", date(2020, 12, 31), False),
        ("WJ756", "84", date(2021, 1, 1), True),
        ("JZ002", "13", date(2022, 3, 31), False),
        ("JZ002", "13", date(2022, 4, 1), True),
        (GEMEENTEN, "0457", date(2022, 3, 23), True),
        (GEMEENTEN, "0457", date(2022, 3, 24), False),
        (GEMEENTEN, "1992", date(2022, 12, 31), False),
        (GEMEENTEN, "1992", date(2023, 1, 1), True),
        (GEMEENTEN, "0363", date(2015, 1, 1), True),
        (GEMEENTEN, "9999", date(2026, 1, 1), False),
        ("COD046", "0", date(1900, 1, 1), True),
    ],
)
def test_code_counts_on_its_days(
    lijstnaam: str, code: str, op: date, verwacht: bool
) -> None:
    assert geldig(lijstnaam, code, op) is verwacht
    assert (naam(lijstnaam, code, op) != code) is verwacht


def test_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        waarden("WMO999")


def test_today_has_as_many_municipalities_as_the_country() -> None:
    vandaag = date(2026, 11, 22)
    assert sum(each.geldt(vandaag) for each in lijst(GEMEENTEN).values()) == 342


@bron.nodig
def test_days_are_those_of_the_standard() -> None:
    pad = next(bron.STANDAARDEN.rglob("Codes gebruikt*.csv"))
    with pad.open(encoding="utf-8-sig", newline="") as tekst:
        for rij in csv.DictReader(tekst):
            lijstnaam = rij["Codelijst"].partition(":")[0]
            if rij["Code"].startswith(f"{lijstnaam}:"):
                continue
            # The table was kept in a program that drops zeros before a number.
            breed = len(next(iter(lijst(lijstnaam))))
            code = lijst(lijstnaam)[rij["Code"].rjust(breed, "0")]
            dag = rij["Ingangsdatum"]
            verwacht = date(*map(int, dag.split("-")[::-1])) if dag else None
            assert code.ingang == verwacht
            assert code.einde is None
            assert rij["Expiratiedatum"] == ""
