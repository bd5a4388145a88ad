"""Where most tests of the traffic start: a day in June, and an allocation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from samenloop.berichten.verkeer import rondgaan
from samenloop.berichten.verkeer.models import Aansluiting
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, toewijzing


@pytest.fixture
def _june() -> Iterator[None]:
    with time_machine.travel(maken.at("2026-06-09"), tick=False):
        yield


@pytest.fixture
def gegeven() -> Toewijzing:
    """An allocation of a client at a contracted provider."""
    contractproduct(contract(aanbieder(), maken.GEMEENTE))
    return toewijzing(
        maken.client(), gemeente=municipality(maken.GEMEENTE, "Groningen")
    )


@pytest.fixture
def map_(tmp_path: Path, gegeven: Toewijzing, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder over which the municipality exchanges."""
    monkeypatch.setattr(rondgaan, "base_folder", lambda: tmp_path)
    Aansluiting.objects.create(gemeente=gegeven.gemeente, soort="map", map="groningen")
    return tmp_path / "groningen"
