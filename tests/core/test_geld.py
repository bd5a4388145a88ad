"""Money is counted in whole cents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.core.fouten import OngeldigBedrag
from samenloop.core.geld import Geld

bedragen = st.integers(min_value=-(10**15), max_value=10**15).map(Geld)


@pytest.mark.parametrize(
    ("tekst", "cent"),
    [
        ("1.234,56", 123456),
        ("1234,56", 123456),
        ("€ 12", 1200),
        ("-3,50", -350),
        ("0", 0),
        ("1.000.000", 100_000_000),
    ],
)
def test_amount_is_read_as_the_dutch_write_it(tekst: str, cent: int) -> None:
    assert Geld.of_text(tekst) == Geld(cent)


@pytest.mark.parametrize(
    "tekst", ["1.5", "12,345", "12,3", "1.23,00", "", "€", "1e3", "12.3456", "٣"]
)
def test_what_could_be_read_two_ways_is_refused(tekst: str) -> None:
    with pytest.raises(OngeldigBedrag):
        Geld.of_text(tekst)


@pytest.mark.parametrize("geen", [1.0, True, "1", 2**63])
def test_only_whole_cents_that_fit_are_money(geen: object) -> None:
    with pytest.raises(OngeldigBedrag):
        Geld(geen)  # type: ignore[arg-type]


def test_fraction_of_an_amount_is_refused() -> None:
    assert Geld(100) * 3 == Geld(300)
    with pytest.raises(OngeldigBedrag):
        Geld(100) * 0.5  # type: ignore[operator]


@given(bedragen)
def test_what_is_written_reads_back(bedrag: Geld) -> None:
    assert Geld.of_text(str(bedrag)) == bedrag


@given(st.lists(bedragen, max_size=20))
def test_total_is_independent_of_order(lijst: list[Geld]) -> None:
    assert Geld.total(lijst) == Geld.total(reversed(lijst))
    assert Geld.total(lijst) - Geld.total(lijst) == Geld(0)


def test_written_amount() -> None:
    assert str(Geld(123456789)) == "€ 1.234.567,89"
    assert str(-Geld(5)) == "€ -0,05"
