"""A simulated BRP on a port of this machine, with people a test can change."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from samenloop.demo.bronnen.brp_bijzonder import special_people
from samenloop.demo.bronnen.brp_document import Mens
from samenloop.demo.bronnen.brp_register import Vast
from samenloop.demo.bronnen.toepassing import Toepassing
from tests.demo.bronnen_op_poort import Bronnen, brp_settings, served

DAG = date(2026, 3, 10)


@pytest.fixture
def dag() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(DAG, tick=True) as reis:
        yield reis


@pytest.fixture
def mensen() -> dict[str, Mens]:
    """The people of the BRP by a short name; what a test changes, the BRP says."""
    return special_people(DAG)


@pytest.fixture
def brp(
    mensen: dict[str, Mens], settings: object, dag: time_machine.Traveller
) -> Iterator[Bronnen]:
    with served(Toepassing(register=Vast(lambda _dag: mensen.values()))) as url:
        bronnen = Bronnen(url)
        settings.BRP = brp_settings(bronnen)  # type: ignore[attr-defined]
        yield bronnen
