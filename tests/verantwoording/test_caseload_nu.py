"""The caseload of now is counted as a release counts it, over one's own records."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from samenloop.core import gemeentegrens
from samenloop.monitor import cijfers, keuring
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.regie.models import Casusperiode
from samenloop.verantwoording import levering, nu
from tests.verantwoording import uitgegeven
from tests.verantwoording.dossier import Dossier

pytestmark = pytest.mark.django_db
Q3 = Kwartaal(2026, 3)
CASUSTABELLEN = ("caseload", "nieuwe-casussen", "afgeronde-casussen")


@pytest.fixture
def casussen(dossier: Dossier) -> Dossier:
    """Cases of Aduard around the boundaries of a quarter, and one of Bierum."""
    eerder, later = date(2026, 1, 5), date(2026, 8, 10)
    dossier.casus(eerder, None, "meervoudig")
    # The end date is the last day open: this one leaves in the third quarter.
    dossier.casus(eerder, date(2026, 6, 30), "enkelvoudig")
    # And this one is still open on the last day of the third.
    dossier.casus(eerder, date(2026, 9, 30), "enkelvoudig")
    # Grown from single to multiple support: new once, never closed.
    gegroeid = dossier.casus(later, date(2026, 8, 31), "enkelvoudig")
    Casusperiode.objects.create(
        casus=gegroeid.casus,
        type="meervoudig",
        geldig=DateRange(date(2026, 9, 1), None),
        bekend=DateRange(date(2026, 9, 1), None),
    )
    dossier.casus(date(2026, 10, 1), None, "meervoudig")
    dossier.casus(later, None, "meervoudig", gemeente_id="GM9002")
    return dossier


def _counted(gemeente: str, kwartaal: Kwartaal = Q3) -> dict[str, dict[str, int]]:
    with gemeentegrens.within(gemeente):
        monitor = nu.caseload(gemeente, kwartaal)
    return {
        naam: {
            soort: aantal
            for plaats, soort, aantal in monitor.tabellen[naam].rijen
            if plaats == "Totaal"
        }
        for naam in CASUSTABELLEN
    }


def test_stock_new_and_closed_by_the_last_day_of_the_quarter(
    casussen: Dossier,
) -> None:
    assert _counted("GM9001") == {
        "caseload": {"Totaal": 3, "enkelvoudig": 1, "meervoudig": 2},
        "nieuwe-casussen": {"Totaal": 1, "enkelvoudig": 1, "meervoudig": 0},
        "afgeronde-casussen": {"Totaal": 1, "enkelvoudig": 1, "meervoudig": 0},
    }


def test_a_release_of_the_same_quarter_holds_the_same_cells(
    casussen: Dossier, tmp_path: Path
) -> None:
    casussen.voorziening(date(2026, 1, 1))
    map_ = tmp_path / "uit" / "levering"
    levering.write(["GM9001"], levering.period_for(Q3), map_)
    with keuring.keur([map_]) as gekeurd:
        uitgave = cijfers.bereken(gekeurd.tabellen, Q3)
    with gemeentegrens.within("GM9001"):
        vandaag = nu.caseload("GM9001", Q3)
    for naam in CASUSTABELLEN:
        assert vandaag.tabellen[naam] == uitgave.tabellen[naam]


def test_only_the_cases_of_ones_own_municipality_count(casussen: Dossier) -> None:
    assert _counted("GM9002")["caseload"] == {"Totaal": 1, "meervoudig": 1}
    with gemeentegrens.within("GM9002"):
        elders = nu.caseload("GM9001", Q3)
    assert all(not elders.tabellen[naam].rijen for naam in CASUSTABELLEN)


def test_a_municipality_without_cases_gets_empty_tables(dossier: Dossier) -> None:
    assert _counted("GM9001") == {naam: {} for naam in CASUSTABELLEN}


@time_machine.travel("2026-11-22T10:00:00+01:00", tick=False)
def test_the_page_opens_at_the_last_whole_quarter_and_says_when_one_still_runs(
    casussen: Dossier, client: Client
) -> None:
    client.force_login(uitgegeven.gebruiker("renske", ["GM9001"]))
    dicht = client.get("/casussen-nu/").content.decode()
    assert "Casussen van Aduard, 2026, derde kwartaal" in dicht
    assert "Dit kwartaal loopt nog" not in dicht
    open_ = client.get("/casussen-nu/?kwartaal=2026Q4").content.decode()
    assert "Dit kwartaal loopt nog tot en met 31 december 2026" in open_
    assert client.get("/casussen-nu/?kwartaal=2024Q4").status_code == 404
    assert client.get("/casussen-nu/?kwartaal=2027Q1").status_code == 404
