"""Which kinds of signal can be reported today.

The list changes a few times in its life and every signal that comes in needs it, so a
process keeps it for a minute: what somebody changed counts everywhere within that time,
and a kind that was just added at once. Days are compared anew for every question.
"""

import time

from django.db.models import QuerySet

from samenloop.core import klok
from samenloop.signalen.models import Signaalsoort

SECONDS = 60.0
_kept: tuple[float, dict[str, Signaalsoort]] | None = None


def of_today() -> QuerySet[Signaalsoort]:
    """Return the kinds of today as they stand in the database, by name."""
    return Signaalsoort.objects.filter(geldig__contains=klok.today())


def find(code: str) -> Signaalsoort | None:
    """Return a kind by its code; None when it cannot be reported today."""
    soort = _codes().get(code)
    if soort is None:
        # Perhaps it is newer than what was kept.
        forget()
        soort = _codes().get(code)
    return soort if soort and klok.today() in soort.geldig else None


def forget() -> None:
    """Read the list again at the next question."""
    global _kept
    _kept = None


def _codes() -> dict[str, Signaalsoort]:
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > SECONDS:
        kept = time.monotonic(), {each.pk: each for each in Signaalsoort.objects.all()}
        _kept = kept
    return kept[1]
