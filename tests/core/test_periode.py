"""A period includes its last day, and reads back from the database as it was."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from samenloop.core.fouten import OngeldigePeriode
from samenloop.core.periode import Periode

dagen = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


@st.composite
def perioden(draw: st.DrawFn) -> Periode:
    begin = draw(dagen)
    lengte = draw(st.none() | st.integers(min_value=0, max_value=4000))
    return Periode(begin, None if lengte is None else begin + timedelta(lengte))


def test_last_day_is_in_force_and_the_day_after_is_not() -> None:
    periode = Periode(date(2017, 1, 1), date(2017, 3, 31))
    assert date(2017, 3, 31) in periode
    assert date(2017, 4, 1) not in periode
    assert date(2017, 1, 1) in periode
    assert date(2016, 12, 31) not in periode


def test_one_day_is_a_period_and_minus_one_is_not() -> None:
    assert Periode(date(2017, 1, 1), date(2017, 1, 1)).days == 1
    with pytest.raises(OngeldigePeriode):
        Periode(date(2017, 1, 1), date(2016, 12, 31))


def test_running_period_has_no_number_of_days() -> None:
    assert Periode(date(2017, 1, 1)).days is None
    assert date(9999, 12, 31) in Periode(date(2017, 1, 1))


def test_range_is_half_open() -> None:
    assert Periode(date(2017, 1, 1), date(2017, 3, 31)).as_range() == DateRange(
        date(2017, 1, 1), date(2017, 4, 1)
    )


def test_the_last_day_there_is_is_no_end_and_the_day_before_is_one() -> None:
    begin = date(2017, 1, 1)
    assert Periode(begin, date.max).as_range() == DateRange(begin, None)
    assert Periode(begin, date(9999, 12, 30)).as_range() == DateRange(begin, date.max)


@pytest.mark.parametrize(
    "bereik", [DateRange(empty=True), DateRange(None, date(2017, 1, 1))]
)
def test_empty_or_beginless_range_is_no_period(bereik: DateRange) -> None:
    with pytest.raises(OngeldigePeriode):
        Periode.of_range(bereik)


def test_range_with_closed_bounds_is_read_right() -> None:
    bereik = DateRange(date(2017, 1, 1), date(2017, 1, 31), "(]")
    assert Periode.of_range(bereik) == Periode(date(2017, 1, 2), date(2017, 1, 31))


@given(perioden())
def test_what_is_written_reads_back(periode: Periode) -> None:
    assert Periode.of_range(periode.as_range()) == periode


@given(perioden(), perioden())
def test_overlap_is_having_a_day_in_common(een: Periode, ander: Periode) -> None:
    later = max(een.begin, ander.begin)
    assert een.overlaps(ander) == (later in een and later in ander)
    assert een.overlaps(ander) == ander.overlaps(een)
