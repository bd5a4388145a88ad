"""What an allocation is worth: volume over days, at the price of its unit."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.voorzieningen.inkoop.models import Contractproduct
from samenloop.voorzieningen.toewijzen import waarde
from samenloop.voorzieningen.toewijzen.models import Toewijzing

BEGIN, EIND = date(2026, 1, 5), date(2026, 2, 1)  # four weeks


def row(**velden: Any) -> Toewijzing:
    basis = {"ingang": BEGIN, "eind": EIND, "volume": 2}
    return Toewijzing(**{**basis, "eenheid": "04", "frequentie": "2", **velden})


def price(tarief: int | None = 6000, per: str = "04") -> Contractproduct:
    return Contractproduct(tarief=tarief, tarief_eenheid=per)


@pytest.mark.parametrize(
    ("velden", "prijs", "bedrag"),
    [
        ({}, price(), 4 * 2 * 6000),
        ({"frequentie": "1"}, price(), 28 * 2 * 6000),
        ({"frequentie": "6"}, price(), 2 * 6000),
        ({"eenheid": "01", "volume": 90}, price(), 4 * 90 * 100),
        ({"eenheid": "16"}, price(9000, "16"), 4 * 2 * 9000),
        ({"eenheid": "83", "frequentie": "6", "volume": 500}, None, 500),
        ({"volume": None, "eenheid": "", "frequentie": "", "budget": 70}, None, 70),
        ({}, None, None),
        ({}, price(None, ""), None),
        ({"eind": None}, price(), None),
        ({"volume": None, "eenheid": "", "frequentie": ""}, price(), None),
    ],
)
def test_the_most_that_may_be_invoiced(
    velden: dict[str, Any], prijs: Contractproduct | None, bedrag: int | None
) -> None:
    assert waarde.of(row(**velden), prijs) == bedrag


def test_only_the_days_asked_for_count() -> None:
    assert waarde.of(row(), price(), van=date(2026, 1, 19)) == 2 * 2 * 6000
    assert waarde.of(row(), price(), tot=date(2026, 1, 11)) == 2 * 6000
    assert waarde.of(row(), price(), van=date(2026, 3, 1)) == 0
    assert waarde.of(row(eind=None), price(), tot=EIND) == 4 * 2 * 6000


@given(
    st.integers(1, 400),
    st.integers(1, 60),
    st.integers(0, 500),
    st.sampled_from("1246"),
)
def test_parts_of_a_period_add_up_to_the_whole(
    dagen: int, volume: int, na: int, frequentie: str
) -> None:
    eind = BEGIN + timedelta(days=dagen - 1)
    knip = BEGIN + timedelta(days=min(na, dagen - 1))
    hele = row(eind=eind, volume=volume, frequentie=frequentie)
    links = waarde.of(hele, price(), tot=knip) or 0
    rechts = waarde.of(hele, price(), van=knip + timedelta(days=1)) or 0
    assert abs(links + rechts - (waarde.of(hele, price()) or 0)) <= 1
