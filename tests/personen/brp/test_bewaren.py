"""A doubt about the BRP is destroyed some time after it was settled, and not before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from samenloop.access.bewaren import vernietigen
from samenloop.access.bewaren.models import Bewaarinstelling
from samenloop.personen.brp.models import BrpTerugmelding, Status, Uitkomst
from samenloop.personen.models import Persoon
from tests.personen.maken import municipality, person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "beheer"])
HIER = "GM1663"
BEGIN = datetime(2026, 3, 10, 12, tzinfo=UTC)
NA = BEGIN + timedelta(days=30)
BEANTWOORD: dict[str, Any] = {
    "status": Status.BEANTWOORD,
    "verstuurd_op": BEGIN,
    "beantwoord_op": NA,
    "uitkomst": Uitkomst.GECORRIGEERD,
}
VERSTUURD: dict[str, Any] = {"status": Status.VERSTUURD, "verstuurd_op": NA}
INGETROKKEN: dict[str, Any] = {"status": Status.INGETROKKEN}
OPEN: dict[str, Any] = {"status": Status.OPGESTELD}
ONDERZOEK: dict[str, Any] = {**VERSTUURD, "uitkomst": Uitkomst.IN_ONDERZOEK}


@pytest.fixture(autouse=True)
def _term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vernietigen, "state_folder", lambda: tmp_path)
    municipality(HIER, "De Marne")
    Bewaarinstelling.objects.create(
        gemeente=HIER, code="B077", duur="P1Y", reden="Advies", vastgesteld_door=1
    )


def doubt(gemeente: str = HIER, **hoe: Any) -> BrpTerugmelding:
    return BrpTerugmelding.objects.create(
        gemeente=gemeente, persoon=person("Twijfel"), categorie="08",
        waarom="Op huisbezoek bleek het anders.", opgesteld_op=BEGIN,
        opgesteld_door="account-1", **hoe,
    )  # fmt: skip


def left_on(dag: datetime) -> int:
    with time_machine.travel(dag, tick=False):
        vernietigen.run(vernietigen.begin(HIER))
    return BrpTerugmelding.objects.count()


@pytest.mark.parametrize(
    ("hoe", "vanaf"), [(BEANTWOORD, NA), (VERSTUURD, NA), (INGETROKKEN, BEGIN)]
)
def test_doubt_goes_a_term_after_the_last_we_heard(
    hoe: dict[str, Any], vanaf: datetime
) -> None:
    doubt(**hoe)
    assert left_on(vanaf + timedelta(days=364)) == 1
    assert left_on(vanaf + timedelta(days=365)) == 0
    assert Persoon.objects.count() == 1


@pytest.mark.parametrize("hoe", [OPEN, ONDERZOEK])
def test_doubt_that_still_runs_stays(hoe: dict[str, Any]) -> None:
    doubt(**hoe)
    assert left_on(BEGIN + timedelta(days=5 * 365)) == 1


def test_doubt_of_another_municipality_keeps_its_own_term() -> None:
    municipality("GM0005")
    doubt("GM0005", **BEANTWOORD)
    assert left_on(BEGIN + timedelta(days=5 * 365)) == 1
