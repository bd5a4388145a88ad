"""The clock: which day and hour it is in the Netherlands.

A day begins and ends in Europe/Amsterdam, whatever the server's own time zone. Every
room asks the time here: tests freeze it in one place, and a year of work can be lived
through in a minute where all persons are invented.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_nagedaan: ContextVar[datetime | None] = ContextVar("nagedaan", default=None)


def now() -> datetime:
    """Return the present moment, aware, in Europe/Amsterdam."""
    return _nagedaan.get() or datetime.now(AMSTERDAM)


@contextmanager
def simulated(moment: datetime) -> Iterator[None]:
    """Work as if it were that moment (aware). For the invented region only."""
    token = _nagedaan.set(moment.astimezone(AMSTERDAM))
    try:
        yield
    finally:
        _nagedaan.reset(token)


def today() -> date:
    """Return the calendar day in Europe/Amsterdam."""
    return now().date()
