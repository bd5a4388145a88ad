"""The clock: which day and hour it is in the Netherlands.

A day begins and ends in Europe/Amsterdam, whatever the server's own time zone. Every
room asks the time here, so tests freeze it in one place.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return the present moment, aware, in Europe/Amsterdam."""
    return datetime.now(AMSTERDAM)


def today() -> date:
    """Return the calendar day in Europe/Amsterdam."""
    return now().date()
