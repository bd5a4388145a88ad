"""Who somebody is in words: one answer for all rows that name somebody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenloop.plannen import namen
from samenloop.plannen.models import Deelname, Deelnemersrol
from tests.access.accounts import account, organisatie
from tests.personen.maken import person
from tests.plannen.maken import dossier, takes_part

pytestmark = pytest.mark.django_db


def rows() -> list[Deelname]:
    """An account, an organisation, a person on record and somebody in words."""
    van = dossier()
    return [
        takes_part(van, account("bart", naam="Bart Kamphuis")),
        takes_part(
            van, None, Deelnemersrol.HULPVERLENER, organisatie=organisatie("Club").pk
        ),
        takes_part(
            van, None, Deelnemersrol.NETWERK,
            persoon=person("Dijkema", "1950-01-01", voornamen="Trijntje"),
        ),
        takes_part(van, None, Deelnemersrol.NETWERK, naam="oma", hoedanigheid="buur"),
    ]  # fmt: skip


def test_each_of_the_four_ways_has_its_name() -> None:
    alle = rows()
    assert list(namen.of(alle).values()) == [
        "Bart Kamphuis", "Club", "Trijntje Dijkema", "oma",
    ]  # fmt: skip
    assert list(namen.with_role(alle).values()) == [
        "Bart Kamphuis, regisseur", "Club", "Trijntje Dijkema, iemand uit het netwerk",
        "oma, buur",
    ]  # fmt: skip


def test_nobody_is_empty_and_who_is_gone_is_said() -> None:
    bart = rows()[0]
    bart.account = 999_999
    assert namen.of([bart])[bart.pk] == "iemand die hier niet meer bekend is"
    bart.account = None
    assert namen.of([bart])[bart.pk] == ""


def test_what_was_loaded_is_not_asked_again() -> None:
    rows()
    geladen = list(Deelname.objects.select_related("organisatie", "persoon"))
    los = list(Deelname.objects.all())

    def asked(alle: list[Deelname]) -> int:
        with CaptureQueriesContext(connection) as vragen:
            namen.of(alle)
        return len(vragen)

    assert asked(geladen) == 1  # only the accounts
    assert asked(los) == 3
