"""How much may be invoiced: the worked examples of the standard, and its edges."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.berichten.regels.omvang import (
    bedrag_in_minuten,
    factor,
    maanden,
    maximum_periode,
    maximum_totaal,
    minuuttarief,
    mogelijk_in_minuten,
    uren,
    weken,
    zondagen,
)
from samenloop.berichten.regels.stand import StandToewijzing

UUR_PER_WEEK = StandToewijzing(
    nummer=1,
    bsn="999900006",
    aanbieder="65656055",
    ingang=date(2022, 7, 11),
    eind=date(2022, 9, 4),
    categorie="02",
    code="02A03",
    volume=3,
    eenheid="04",
    frequentie="2",
)
EURO_PER_WEEK = replace(UUR_PER_WEEK, volume=30000, eenheid="83")
JULI = (date(2022, 7, 11), date(2022, 7, 31))
AUGUSTUS = (date(2022, 8, 1), date(2022, 8, 31))
SEPTEMBER = (date(2022, 9, 1), date(2022, 9, 4))


@pytest.mark.parametrize(
    ("periode", "uren_"), [(JULI, 9), (AUGUSTUS, 15), (SEPTEMBER, 3)]
)
def test_effort_counts_the_weeks_that_a_period_touches(
    periode: tuple[date, date], uren_: int
) -> None:
    assert maximum_periode(UUR_PER_WEEK, "wmo", *periode) == uren_ * 60
    assert maximum_totaal(UUR_PER_WEEK, date.max) == 24 * 60


@pytest.mark.parametrize(
    ("periode", "euros"), [(JULI, 900), (AUGUSTUS, 1200), (SEPTEMBER, 300)]
)
def test_output_counts_sundays(periode: tuple[date, date], euros: int) -> None:
    assert maximum_periode(EURO_PER_WEEK, "wmo", *periode) == euros * 100


@pytest.mark.parametrize(
    ("periode", "euros"), [(JULI, 900), (AUGUSTUS, 1500), (SEPTEMBER, 0)]
)
def test_a_broken_last_week_of_output_goes_with_the_last_sunday(
    periode: tuple[date, date], euros: int
) -> None:
    tot_zaterdag = replace(EURO_PER_WEEK, eind=date(2022, 9, 3))
    assert maximum_periode(tot_zaterdag, "wmo", *periode) == euros * 100
    assert maximum_totaal(tot_zaterdag, date.max) == 240000


def test_the_second_example_of_effort() -> None:
    gegeven = replace(UUR_PER_WEEK, ingang=date(2022, 10, 11), eind=date(2022, 12, 28))
    meest = [
        maximum_periode(gegeven, "jeugdwet", eerste, laatste)
        for eerste, laatste in (
            (date(2022, 10, 11), date(2022, 10, 31)),
            (date(2022, 11, 1), date(2022, 11, 30)),
            (date(2022, 12, 1), date(2022, 12, 28)),
        )
    ]
    # October touches weeks 41 to 44: 31 October is the Monday of week 44.
    assert [each // 60 for each in meest if each is not None] == [12, 15, 15]
    assert maximum_totaal(gegeven, date.max) == 36 * 60


def test_the_second_example_of_output() -> None:
    gegeven = replace(EURO_PER_WEEK, ingang=date(2022, 10, 11), eind=date(2022, 12, 31))
    meest = [
        maximum_periode(gegeven, "jeugdwet", eerste, laatste)
        for eerste, laatste in (
            (date(2022, 10, 11), date(2022, 10, 31)),
            (date(2022, 11, 1), date(2022, 11, 30)),
            (date(2022, 12, 1), date(2022, 12, 31)),
        )
    ]
    assert meest == [90000, 120000, 150000]


def test_household_help_has_six_weeks_in_a_month_under_the_wmo_only() -> None:
    hulp = replace(UUR_PER_WEEK, categorie="01")
    assert maximum_periode(hulp, "wmo", *SEPTEMBER) == 6 * 3 * 60
    assert maximum_periode(hulp, "jeugdwet", *SEPTEMBER) == 3 * 60


@pytest.mark.parametrize(
    ("frequentie", "verwacht"), [("1", 31 * 3), ("4", 3), ("6", 3)]
)
def test_other_frequencies(frequentie: str, verwacht: int) -> None:
    gegeven = replace(UUR_PER_WEEK, frequentie=frequentie)
    assert maximum_periode(gegeven, "wmo", *AUGUSTUS) == verwacht * 60


def test_a_month_that_is_partly_allocated_has_a_whole_month() -> None:
    gegeven = replace(UUR_PER_WEEK, frequentie="4", volume=15)
    assert maximum_periode(gegeven, "wmo", *JULI) == 15 * 60
    assert maximum_totaal(gegeven, date.max) == 3 * 15 * 60


def test_without_an_end_the_whole_counts_up_to_what_is_invoiced() -> None:
    gegeven = replace(UUR_PER_WEEK, frequentie="4", eind=None)
    assert maximum_totaal(gegeven, date(2022, 8, 31)) == 2 * 3 * 60


def test_without_volume_there_is_no_maximum() -> None:
    gegeven = replace(UUR_PER_WEEK, volume=None, eenheid=None, frequentie=None)
    assert maximum_periode(gegeven, "wmo", *JULI) is None
    assert maximum_totaal(gegeven, date.max) is None


def test_output_of_less_than_a_week_without_a_sunday_counts_once() -> None:
    gegeven = replace(EURO_PER_WEEK, ingang=date(2022, 8, 29), eind=date(2022, 9, 2))
    assert maximum_periode(gegeven, "wmo", date(2022, 8, 29), AUGUSTUS[1]) == 0
    assert maximum_periode(gegeven, "wmo", date(2022, 9, 1), gegeven.eind) == 30000  # type: ignore[arg-type]
    assert maximum_totaal(gegeven, date.max) == 30000


DAGEN = st.dates(date(2015, 1, 1), date(2040, 1, 1))


@given(eerste=DAGEN, lengte=st.integers(0, 800))
def test_counting_is_what_walking_along_the_days_gives(
    eerste: date, lengte: int
) -> None:
    laatste = eerste + timedelta(days=lengte)
    dagen = [eerste + timedelta(days=each) for each in range(lengte + 1)]
    assert weken(eerste, laatste) == len({each.isocalendar()[:2] for each in dagen})
    assert zondagen(eerste, laatste) == sum(each.weekday() == 6 for each in dagen)
    assert maanden(eerste, laatste) == len({(each.year, each.month) for each in dagen})


@given(eerste=DAGEN, lengte=st.integers(0, 400), eenheid=st.sampled_from(["82", "83"]))
def test_output_of_all_months_is_that_of_the_whole(
    eerste: date, lengte: int, eenheid: str
) -> None:
    laatste = eerste + timedelta(days=lengte)
    gegeven = replace(EURO_PER_WEEK, eenheid=eenheid, ingang=eerste, eind=laatste)
    som, dag = 0, eerste
    while dag <= laatste:
        volgende = (dag.replace(day=1) + timedelta(days=32)).replace(day=1)
        tot = min(volgende - timedelta(days=1), laatste)
        som += maximum_periode(gegeven, "wmo", dag, tot) or 0
        dag = volgende
    assert som == maximum_totaal(gegeven, date.max)


def test_minutes_may_be_invoiced_on_hours_and_nothing_else() -> None:
    assert (factor("04", "04"), factor("01", "04")) == (60, 1)
    assert factor("04", "01") is None
    assert factor("16", "14") is None
    assert factor("83", "83") == 1


@pytest.mark.parametrize(
    ("minuten", "verwacht"), [(380, 6), (390, 7), (389, 6), (5, 1), (60, 1), (90, 2)]
)
def test_hours_are_rounded_and_at_least_one(minuten: int, verwacht: int) -> None:
    assert uren(minuten) == verwacht


def test_a_tariff_per_minute_is_shown_rounded_and_reckoned_unrounded() -> None:
    # 87.30 per hour is 1.455 per minute.
    assert minuuttarief(8730) == 146
    assert minuuttarief(8724) == 145
    assert bedrag_in_minuten(8730, 100) == 14550
    assert bedrag_in_minuten(8731, 1) == 146


@given(st.integers(0, 3000), st.integers(0, 1440), st.integers(-5, 5))
def test_an_amount_for_minutes_is_possible_when_a_tariff_per_hour_gives_it(
    tarief: int, minuten: int, ernaast: int
) -> None:
    bedrag = max(0, tarief * minuten + ernaast)
    per_uur = range(max(0, 60 * tarief - 60), 60 * tarief + 60)
    bedragen = {
        bedrag_in_minuten(uur, minuten)
        for uur in per_uur
        if minuuttarief(uur) == tarief
    }
    assert mogelijk_in_minuten(bedrag, minuten, tarief) is (bedrag in bedragen)
