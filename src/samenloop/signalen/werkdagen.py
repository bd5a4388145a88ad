"""Working days: when something must be weighed.

Weekends and the public holidays of the Algemene termijnenwet (article 3) do not count.
Easter is computed (Gauss, in the form of Meeus), so no list has to be kept up.
"""

from datetime import date, datetime, time, timedelta
from functools import cache

from samenloop.core.klok import AMSTERDAM

EINDE_WERKDAG = time(17, 0)
_DAG = timedelta(days=1)


def easter(jaar: int) -> date:
    """Return Easter Sunday of a year."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(jaar, f // 31, f % 31 + 1)


@cache
def holidays(jaar: int) -> frozenset[date]:
    """Return the public holidays of a year as the Algemene termijnenwet names them.

    5 May counts each year, as the law has it; King's Day moves to the 26th when the
    27th of April is a Sunday.
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
        }
    )


def is_working_day(dag: date) -> bool:
    """Whether offices are open."""
    return dag.weekday() < 5 and dag not in holidays(dag.year)


def after(moment: datetime, werkdagen: int) -> datetime:
    """Return the end of the working day that many working days later."""
    dag = moment.astimezone(AMSTERDAM).date()
    while werkdagen > 0:
        dag += _DAG
        werkdagen -= is_working_day(dag)
    return datetime.combine(dag, EINDE_WERKDAG, AMSTERDAM)


def left(vandaag: date, tot: date) -> int:
    """Return how many working days are left; below zero they have passed."""
    if tot < vandaag:
        return -left(tot, vandaag)
    return sum(
        is_working_day(vandaag + timedelta(days=n))
        for n in range(1, (tot - vandaag).days + 1)
    )
