"""How many things wait, beside the lines of the menu; kept for some seconds.

The counters stand on every page and cost a fifth of making one. What others do may show
that many seconds later; what one does oneself shows at once, in whatever process the
next page is made: who changes something gets a new mark in the session.
"""

import secrets
import time
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from samenloop.access.actor import Actor

_MERK = "gewijzigd"
_VEEL = 10_000  # people whose counters one process keeps

_kept: dict[tuple[object, ...], tuple[float, dict[str, int]]] = {}


def counts(
    request: HttpRequest, actor: Actor, tellers: Iterable[str]
) -> dict[str, int]:
    """Return the number behind each counter (dotted name), kept or counted now."""
    namen = tuple(tellers)
    if request.method not in ("GET", "HEAD") or not settings.TELLERS_SECONDEN:
        return _count(actor, namen)
    wie = (
        *(actor.soort, actor.id, actor.gemeente, actor.rollen, namen),
        request.session.get(_MERK),
    )
    nu = time.monotonic()
    toen, aantallen = _kept.get(wie, (0.0, {}))
    if not aantallen or nu - toen >= settings.TELLERS_SECONDEN:
        if len(_kept) >= _VEEL:
            _kept.clear()
        aantallen = _count(actor, namen)
        # When it was asked: what happened during the counting may not be in it.
        _kept[wie] = nu, aantallen
    return aantallen


def changed(request: HttpRequest) -> None:
    """Let this person's counters be counted anew: they did something."""
    if settings.TELLERS_SECONDEN:
        request.session[_MERK] = secrets.token_hex(4)


def _count(actor: Actor, namen: Iterable[str]) -> dict[str, int]:
    return {naam: import_string(naam)(actor) for naam in namen}
