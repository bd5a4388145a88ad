"""The calendar of the offices: which days the law counts as days of work.

Weekends and the public holidays of the Algemene termijnenwet (article 3) do not count.
Easter is computed (Gauss, in the form of Meeus), so no list has to be kept up; days
that the Crown equates with a holiday for a year are data (`feestdagen_extra.csv`).
"""

import csv
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_DAG = timedelta(days=1)


def easter(jaar: int) -> date:
    """Return Easter Sunday of a year."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(jaar, f // 31, f % 31 + 1)


@cache
def equated() -> frozenset[date]:
    """Return the days that were equated with a holiday by royal decree."""
    bron = files("samenloop.core") / "feestdagen_extra.csv"
    with bron.open(encoding="utf-8") as bestand:
        return frozenset(
            date.fromisoformat(rij["datum"]) for rij in csv.DictReader(bestand)
        )


@cache
def holidays(jaar: int) -> frozenset[date]:
    """Return the public holidays of a year as the Algemene termijnenwet names them.

    5 May counts each year, as the law has it; King's Day moves to the 26th when the
    27th of April is a Sunday; Good Friday is equated (article 3, paragraph 2).
    """
    pasen = easter(jaar)
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() == 6:
        koningsdag -= _DAG
    return frozenset(
        {
            date(jaar, 1, 1),
            pasen - 2 * _DAG,  # Good Friday
            pasen + _DAG,
            koningsdag,
            date(jaar, 5, 5),
            pasen + 39 * _DAG,
            pasen + 50 * _DAG,
            date(jaar, 12, 25),
            date(jaar, 12, 26),
            *(dag for dag in equated() if dag.year == jaar),
        }
    )


def is_working_day(dag: date) -> bool:
    """Whether offices are open."""
    return dag.weekday() < 5 and dag not in holidays(dag.year)


def next_working_day(dag: date) -> date:
    """Return this day, or the first working day after it."""
    while not is_working_day(dag):
        dag += _DAG
    return dag


def add_months(dag: date, maanden: int) -> date:
    """Return the same day so many months on, or the last day of that month."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def days_to_go(vandaag: date, tot: date) -> int:
    """Return how many working days are left; once the day has passed, at most -1.

    A term that ended on Friday is late on Saturday, though no working day lies between.
    """
    dagen = working_days_left(vandaag, tot)
    return min(dagen, -1) if tot < vandaag else dagen


def working_days_left(vandaag: date, tot: date) -> int:
    """Return how many working days are left; below zero they have passed."""
    if tot < vandaag:
        return -working_days_left(tot, vandaag)
    weken, rest = divmod((tot - vandaag).days, 7)
    door_de_week = 5 * weken + sum(
        (vandaag + n * _DAG).weekday() < 5 for n in range(1, rest + 1)
    )
    return door_de_week - sum(
        vandaag < dag <= tot and dag.weekday() < 5
        for jaar in range(vandaag.year, tot.year + 1)
        for dag in holidays(jaar)
    )
