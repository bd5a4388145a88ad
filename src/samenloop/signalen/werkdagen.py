"""Working days: when something must be weighed.

The calendar itself stands in `core.kalender`; here stands what the weighing needs of
it: the moment at which a working day ends.
"""

from datetime import date, datetime, time, timedelta

from samenloop.core.kalender import easter as easter
from samenloop.core.kalender import holidays as holidays
from samenloop.core.kalender import is_working_day as is_working_day
from samenloop.core.kalender import working_days_left
from samenloop.core.klok import AMSTERDAM

EINDE_WERKDAG = time(17, 0)
_DAG = timedelta(days=1)


def after(moment: datetime, werkdagen: int) -> datetime:
    """Return the end of the working day that many working days later."""
    dag = moment.astimezone(AMSTERDAM).date()
    while werkdagen > 0:
        dag += _DAG
        werkdagen -= is_working_day(dag)
    return datetime.combine(dag, EINDE_WERKDAG, AMSTERDAM)


def left(vandaag: date, tot: date) -> int:
    """Return how many working days are left; below zero they have passed."""
    return working_days_left(vandaag, tot)
