"""A term is counted as a calendar counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.access.bewaren.duur import OngeldigeDuur, add, is_duur


@pytest.mark.parametrize(
    ("dag", "duur", "over"),
    [
        (date(2026, 1, 1), "P42D", date(2026, 2, 12)),
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2024, 2, 29), "P4Y", date(2028, 2, 29)),
        (date(2026, 7, 15), "P6M", date(2027, 1, 15)),
        (date(2026, 12, 31), "P0D", date(2026, 12, 31)),
        (date(2011, 3, 1), "P15Y", date(2026, 3, 1)),
    ],
)
def test_term_ends_on_the_same_day_of_the_calendar(
    dag: date, duur: str, over: date
) -> None:
    assert add(dag, duur) == over


@pytest.mark.parametrize("tekst", ["", "P", "15Y", "PY", "P1W", "blijvend", "P-1D"])
def test_a_word_is_no_term(tekst: str) -> None:
    assert not is_duur(tekst)
    with pytest.raises(OngeldigeDuur):
        add(date(2026, 1, 1), tekst)


def test_a_term_past_the_calendar_is_refused() -> None:
    with pytest.raises(OngeldigeDuur):
        add(date(2026, 1, 1), "P9999Y")


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.integers(0, 200),
    st.sampled_from("DMY"),
)
def test_a_longer_term_never_ends_sooner(dag: date, aantal: int, eenheid: str) -> None:
    assert dag <= add(dag, f"P{aantal}{eenheid}") <= add(dag, f"P{aantal + 1}{eenheid}")
