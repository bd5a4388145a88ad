"""A term ends on the day that the law says, whatever day it began."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.core.kalender import (
    days_to_go,
    easter,
    equated,
    holidays,
    is_working_day,
    working_days_left,
)
from samenloop.core.klok import AMSTERDAM
from samenloop.regie.termijnen import rekenen
from samenloop.regie.termijnen.models import Telling
from samenloop.regie.termijnen.rekenen import OngeldigeDuur, Stil, end

ATW, EU, KALENDER, WD = Telling.ATW, Telling.EU, Telling.KALENDER, Telling.WERKDAGEN


def day(tekst: str) -> date:
    return date.fromisoformat(tekst)


@pytest.mark.parametrize(
    ("begin", "duur", "telling", "einde", "waarom"),
    [
        ("2026-03-10", "P6W", ATW, "2026-04-21", "the same day of the week"),
        ("2026-03-09", "P2W", ATW, "2026-03-23", "the day of the event is not counted"),
        ("2026-02-21", "P6W", ATW, "2026-04-07", "Saturday before Easter: to Tuesday"),
        ("2026-02-20", "P6W", ATW, "2026-04-07", "Good Friday: past Easter Monday"),
        ("2026-03-16", "P6W", ATW, "2026-04-28", "King's Day on a Monday"),
        ("2025-03-15", "P6W", ATW, "2025-04-28", "27 April is a Sunday: the 26th"),
        ("2026-03-24", "P6W", ATW, "2026-05-06", "5 May counts each year"),
        ("2026-04-02", "P6W", ATW, "2026-05-15", "Ascension Day"),
        ("2026-04-13", "P6W", ATW, "2026-05-26", "Whit Monday"),
        ("2026-12-11", "P2W", ATW, "2026-12-28", "Christmas, Boxing Day and Sunday"),
        ("2026-01-31", "P1M", EU, "2026-03-02", "no 31 February; the 28th is Saturday"),
        ("2028-01-31", "P1M", ATW, "2028-02-29", "a leap year"),
        ("2026-01-31", "P1M", KALENDER, "2026-02-28", "moves for nobody"),
        ("2024-02-29", "P1Y", KALENDER, "2025-02-28", "a leap day and a year"),
        ("2026-04-02", "P3D", ATW, "2026-04-08", "past Easter: two working days"),
        ("2026-04-02", "P2D", ATW, "2026-04-07", "two days: Atw 2 asks nothing"),
        ("2026-04-02", "P2D", EU, "2026-04-08", "in EU law two days do"),
        ("2026-06-26", "P12W", ATW, "2026-09-18", "twelve is not more than twelve"),
        ("2026-06-27", "P12W", ATW, "2026-09-21", "so it moves"),
        ("2026-06-27", "P13W", ATW, "2026-09-26", "longer does not move (Atw 4)"),
        ("2026-06-27", "P91D", ATW, "2026-09-26", "nor do more than ninety days"),
        ("2026-06-28", "P90D", ATW, "2026-09-28", "ninety days do"),
        ("2026-03-26", "P4M", ATW, "2026-07-26", "nor more than three months"),
        ("2026-03-26", "P3M", ATW, "2026-06-26", "three months do"),
        ("2026-03-26", "P4M", EU, "2026-07-27", "in EU law a long term moves too"),
        ("2025-11-22", "P1Y", ATW, "2026-11-22", "a year ends on a Sunday as it is"),
        ("2026-04-02", "WD3", WD, "2026-04-09", "Good Friday, weekend, Easter Monday"),
        ("2026-04-10", "WD1", WD, "2026-04-13", "a working day over the weekend"),
        ("2026-04-15", "-P10D", KALENDER, "2026-04-05", "back: no moving (Atw 1)"),
        ("2026-04-12", "-P1W", ATW, "2026-04-05", "also where the Act applies"),
        ("2026-04-09", "-WD3", WD, "2026-04-02", "back in working days"),
        ("2026-03-31", "-P1M", KALENDER, "2026-02-28", "back a month"),
    ],
)  # fmt: skip
def test_worked_examples(
    begin: str, duur: str, telling: Telling, einde: str, waarom: str
) -> None:
    assert end(day(begin), duur, telling) == day(einde), waarom


def test_hours_run_through_the_night_and_the_change_of_the_clock() -> None:
    vrijdag = datetime(2026, 3, 27, 16, 0, tzinfo=AMSTERDAM)
    over = rekenen.end_of_hours(vrijdag, "PT72H")
    # On Sunday 29 March an hour is skipped, so the clock shows one hour more.
    assert over == datetime(2026, 3, 30, 17, 0, tzinfo=AMSTERDAM)
    for fout in ("P3D", "-PT4H"):
        with pytest.raises(OngeldigeDuur):
            rekenen.end_of_hours(vrijdag, fout)


@pytest.mark.parametrize(
    "tekst",
    ["", "P0D", "P6", "6W", "PT2M", "onverwijld", "P-6W", "WD0", "P6W2D", "P6W\n"],
)
def test_what_is_no_duration_is_refused(tekst: str) -> None:
    with pytest.raises(OngeldigeDuur):
        rekenen.parse(tekst)


def test_hours_have_no_last_day() -> None:
    with pytest.raises(OngeldigeDuur):
        end(day("2026-03-10"), "PT48H", Telling.UREN)


# Standing still and extending


def test_days_of_standing_still_are_added() -> None:
    # Asked for additions on 2 March, complete on the 16th: it stands still on 13 days.
    stil = [Stil(day("2026-03-03"), day("2026-03-16"))]
    assert end(day("2026-02-23"), "P2W", ATW) == day("2026-03-09")
    assert end(day("2026-02-23"), "P2W", ATW, stil=stil) == day("2026-03-23")
    # 9 + 13 days is Sunday the 22nd, so Monday.


def test_overlapping_grounds_count_once() -> None:
    een = Stil(day("2026-03-03"), day("2026-03-13"))
    twee = Stil(day("2026-03-05"), day("2026-03-10"))
    naast = Stil(day("2026-03-10"), day("2026-03-13"))
    begin = day("2026-02-25")
    alleen = end(begin, "P8W", KALENDER, stil=[een])
    assert alleen == end(begin, "P8W", KALENDER) + timedelta(days=10)
    assert end(begin, "P8W", KALENDER, stil=[een, twee]) == alleen
    assert end(begin, "P8W", KALENDER, stil=[een, twee, naast, een]) == alleen


def test_standing_still_outside_the_term_changes_nothing() -> None:
    begin, einde = day("2026-03-09"), day("2026-03-23")
    voor = Stil(day("2026-02-01"), day("2026-03-10"))
    na = Stil(day("2026-03-24"), day("2026-04-01"))
    assert end(begin, "P2W", ATW, stil=[voor, na]) == einde
    op_de_laatste_dag = Stil(day("2026-03-23"), day("2026-03-25"))
    assert end(begin, "P2W", ATW, stil=[op_de_laatste_dag]) == day("2026-03-25")


def test_a_term_that_stands_still_on_a_moved_day_runs_at_least_one_day_more() -> None:
    # Ends on Saturday, so on Monday; stands still that Monday and Tuesday.
    begin = day("2026-03-07")
    assert end(begin, "P2W", ATW) == day("2026-03-23")
    stil = [Stil(day("2026-03-23"), day("2026-03-25"))]
    assert end(begin, "P2W", ATW, stil=stil) == day("2026-03-25")


def test_working_days_that_stand_still_do_not_count() -> None:
    stil = [Stil(day("2026-03-11"), day("2026-03-13"))]
    assert end(day("2026-03-09"), "WD5", WD) == day("2026-03-16")
    assert end(day("2026-03-09"), "WD5", WD, stil=stil) == day("2026-03-18")


def test_extension_makes_one_longer_term() -> None:
    # Twelve weeks of objection, postponed by six, from 5 January 2026.
    assert end(day("2026-01-05"), "P12W", ATW, verlengd=["P6W"]) == day("2026-05-11")
    # Months are added up: from 31 January three months is 30 April, not the 28th.
    assert end(day("2026-01-31"), "P1M", EU, verlengd=["P2M"]) == day("2026-04-30")


# For every day

DAGEN = st.dates(date(1990, 1, 1), date(2080, 12, 31))
DUREN = st.one_of(
    st.builds("P{}D".format, st.integers(1, 90)),
    st.builds("P{}W".format, st.integers(1, 12)),
    st.builds("P{}M".format, st.integers(1, 3)),
)
LANG = st.one_of(DUREN, st.builds("P{}Y".format, st.integers(1, 3)))
GEMETEN = st.sampled_from([ATW, EU])


@st.composite
def stretches(draw: st.DrawFn, begin: date) -> list[Stil]:
    uit = []
    for _ in range(draw(st.integers(0, 4))):
        van = begin + timedelta(days=draw(st.integers(-5, 120)))
        uit.append(Stil(van, van + timedelta(days=draw(st.integers(0, 40)))))
    return uit


@settings(max_examples=300, deadline=None)
@given(data=st.data(), begin=DAGEN, duur=DUREN, telling=GEMETEN)
def test_end_is_a_working_day_on_which_it_runs(
    data: st.DataObject, begin: date, duur: str, telling: Telling
) -> None:
    stil = data.draw(stretches(begin))
    einde = end(begin, duur, telling, stil=stil)
    assert is_working_day(einde)
    assert einde > begin


@settings(max_examples=300, deadline=None)
@given(data=st.data(), begin=DAGEN, duur=LANG, telling=st.sampled_from(list(Telling)))
def test_standing_still_and_extending_only_lengthen(
    data: st.DataObject, begin: date, duur: str, telling: Telling
) -> None:
    stil = data.draw(stretches(begin))
    meer = [*stil, *data.draw(stretches(begin))]
    kort, lang = (end(begin, duur, telling, stil=each) for each in (stil, meer))
    assert kort <= lang
    assert lang <= end(begin, duur, telling, stil=meer, verlengd=["P1W"])
    # Never by more than the days themselves and what moving or Atw 2 can add.
    dagen = {
        each.van + timedelta(days=n)
        for each in meer
        for n in range((each.tot - each.van).days)
    }
    assert lang <= end(begin, duur, telling) + timedelta(days=len(dagen) + 5)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), begin=DAGEN, aantal=st.integers(1, 60))
def test_as_many_working_days_as_it_says(
    data: st.DataObject, begin: date, aantal: int
) -> None:
    stil = data.draw(stretches(begin))
    einde = end(begin, f"WD{aantal}", WD, stil=stil)
    geteld = [
        dag
        for n in range(1, (einde - begin).days + 1)
        if is_working_day(dag := begin + timedelta(days=n))
        and not any(each.van <= dag < each.tot for each in stil)
    ]
    assert len(geteld) == aantal
    assert geteld[-1] == einde


@settings(max_examples=200, deadline=None)
@given(begin=DAGEN, duur=DUREN, later=st.integers(0, 400))
def test_who_begins_later_is_never_due_earlier(
    begin: date, duur: str, later: int
) -> None:
    assert end(begin, duur, ATW) <= end(begin + timedelta(days=later), duur, ATW)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), begin=DAGEN, duur=DUREN)
def test_the_part_that_passed_grows_to_a_hundred(
    data: st.DataObject, begin: date, duur: str
) -> None:
    stil = data.draw(stretches(begin))
    einde = end(begin, duur, ATW, stil=stil)
    delen = [
        rekenen.share(begin, einde, begin + timedelta(days=n), stil)
        for n in range((einde - begin).days + 3)
    ]
    assert delen == sorted(delen)
    assert delen[0] == 0
    assert delen[-3:] == [100, 100, 100]


@settings(max_examples=200, deadline=None)
@given(van=DAGEN, dagen=st.integers(0, 800))
def test_working_days_are_counted_as_one_would_by_hand(van: date, dagen: int) -> None:
    tot = van + timedelta(days=dagen)
    met_de_hand = sum(is_working_day(van + timedelta(days=n + 1)) for n in range(dagen))
    assert working_days_left(van, tot) == met_de_hand
    assert working_days_left(tot, van) == -met_de_hand


# Holidays


@pytest.mark.parametrize(
    ("jaar", "pasen"),
    [(2019, "04-21"), (2024, "03-31"), (2025, "04-20"), (2026, "04-05"),
     (2027, "03-28"), (2038, "04-25"), (2285, "03-22")],
)  # fmt: skip
def test_easter(jaar: int, pasen: str) -> None:
    assert easter(jaar) == day(f"{jaar}-{pasen}")


def test_holidays_of_a_year() -> None:
    assert sorted(holidays(2026) - equated()) == [
        day(f"2026-{dag}")
        for dag in (
            "01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25",
            "12-26",
        )
    ]  # fmt: skip
    assert day("2025-04-26") in holidays(2025)
    assert day("2025-04-27") not in holidays(2025)
    assert day("2026-04-05") not in holidays(2026)  # a Sunday of itself


# Late, and own norms


@pytest.mark.parametrize(
    ("vandaag", "dagen"),
    [("2026-03-13", 0), ("2026-03-14", 1), ("2026-03-15", 1), ("2026-03-16", 1),
     ("2026-03-17", 2)],
)  # fmt: skip
def test_late_in_working_days(vandaag: str, dagen: int) -> None:
    assert rekenen.late(day("2026-03-13"), day(vandaag)) == dagen


@pytest.mark.parametrize(
    ("norm", "mag"),
    [("P5W", True), ("P6W", True), ("P43D", False), ("P7W", False), ("WD20", True),
     ("WD30", False), ("P1M", True), ("P2M", False)],
)  # fmt: skip
def test_own_norm_is_never_longer_than_the_law(norm: str, mag: bool) -> None:
    vanaf = day("2026-01-01")
    assert rekenen.is_at_most(norm, "P6W", ATW, vanaf) is mag


@pytest.mark.parametrize(
    ("vandaag", "verwacht"),
    [(19, 1), (20, 0), (21, -1), (22, -1), (23, -1), (24, -2)],
)
def test_a_term_that_ended_on_friday_is_late_in_the_weekend(
    vandaag: int, verwacht: int
) -> None:
    assert days_to_go(date(2026, 11, vandaag), date(2026, 11, 20)) == verwacht
