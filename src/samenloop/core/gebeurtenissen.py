"""Events: how a fact in one room sets work going in another.

`record` is called in the transaction of the fact. Handlers are found by kind of event;
each does its work in the transaction that also marks it done, so what it does in the
database happens exactly once, however often a process dies. What it does outside (an
e-mail, a message) can happen twice when the process dies just after it; such a handler
says so and makes that harmless.

A room puts its handlers in `jobs.py`, which is imported when the program starts.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from time import monotonic
from uuid import UUID, uuid4

from django.db import transaction

from samenloop.core import gemeentegrens, klok
from samenloop.core.models import Afhandeling, Gebeurtenis, Staat

Handler = Callable[[Gebeurtenis], None]

POGINGEN = 12
# One commit for several events, but not so long that others wait for its locks.
_PER_KEER = 25
_HOOGUIT = 0.25  # seconds
_GEBEURD = """
INSERT INTO core_gebeurtenis (id, soort, onderwerp, gemeente) VALUES (%s, %s, %s, %s)
"""
_MET_AFHANDELAARS = f"""
WITH gebeurd AS ({_GEBEURD} RETURNING id)
INSERT INTO core_afhandeling (
    gebeurtenis_id, afhandelaar, staat, pogingen, niet_voor, fout)
SELECT id, naam, %s, 0, %s, '' FROM gebeurd, unnest(%s::text[]) naam
"""  # noqa: S608 (own text, values apart)
_log = logging.getLogger(__name__)
_handlers: dict[str, dict[str, Handler]] = {}


def handles(*soorten: str) -> Callable[[Handler], Handler]:
    """Make a function the handler of these kinds of event."""

    def register(handler: Handler) -> Handler:
        naam = f"{handler.__module__.removeprefix('samenloop.')}.{handler.__name__}"
        for soort in soorten:
            _handlers.setdefault(soort, {})[naam] = handler
        return handler

    return register


def record(soort: str, *, onderwerp: UUID, gemeente: str = "") -> UUID:
    """Write down that something happened, in the transaction of the fact; its id.

    Args:
        soort: what happened, for instance `signaal-ontvangen`.
        onderwerp: id of the record it happened to; never anything personal.
        gemeente: CBS code in whose border the handlers work; empty for the system.

    Raises:
        RuntimeError: there is no transaction, so the fact could be lost without it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its fact")
    sleutel = uuid4()
    values: list[object] = [sleutel, soort, onderwerp, gemeente]
    # One statement: all that comes in passes here.
    if afhandelaars := list(_handlers.get(soort, {})):
        values += [Staat.OPEN.value, klok.now(), afhandelaars]
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(_MET_AFHANDELAARS if afhandelaars else _GEBEURD, values)
    return sleutel


def handle_pending() -> int:
    """Do all that can be done now; how many handlers finished."""
    done = 0
    while (ronde := handle_some()) is not None:
        done += ronde
    return done


def handle_some() -> int | None:
    """Do a handful of open events in one transaction; None when there are none.

    A handler that fails takes nothing of its neighbours with it: it is tried again
    later, ever less often, and given up after `POGINGEN` times.
    """
    begin = monotonic()
    taken = done = 0
    with gemeentegrens.everywhere("events"), transaction.atomic():
        for afhandeling in _open():
            taken += 1
            done += _handle(afhandeling)
            if monotonic() - begin > _HOOGUIT:
                break
    return done if taken else None


def _open() -> Iterator[Afhandeling]:
    """Take open events one by one, past those that another worker has in hand."""
    for _ in range(_PER_KEER):
        volgende = (
            Afhandeling.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("gebeurtenis")
            .filter(staat=Staat.OPEN, niet_voor__lte=klok.now())
            .order_by("niet_voor", "id")
            .first()
        )
        if volgende is None:
            return
        yield volgende


def _handle(afhandeling: Afhandeling) -> bool:
    gebeurtenis = afhandeling.gebeurtenis
    handler = _handlers.get(gebeurtenis.soort, {}).get(afhandeling.afhandelaar)
    afhandeling.pogingen += 1
    try:
        with transaction.atomic(), _border(gebeurtenis):
            if handler is None:
                raise LookupError("no such handler in this version")
            handler(gebeurtenis)
            # Rules that are checked at the end are checked here: at the commit they
            # would take its neighbours along, again and again.
            transaction.get_connection().check_constraints()
    except Exception as fout:
        _failed(afhandeling, fout)
        return False
    afhandeling.staat = Staat.KLAAR
    afhandeling.afgehandeld_op = klok.now()
    afhandeling.fout = ""
    afhandeling.save()
    return True


def _border(gebeurtenis: Gebeurtenis) -> AbstractContextManager[object]:
    if gebeurtenis.gemeente:
        return gemeentegrens.within(gebeurtenis.gemeente)
    return gemeentegrens.everywhere(f"event {gebeurtenis.soort}")


def _failed(afhandeling: Afhandeling, fout: Exception) -> None:
    afhandeling.fout = type(fout).__name__
    if afhandeling.pogingen >= POGINGEN:
        afhandeling.staat = Staat.MISLUKT
        afhandeling.afgehandeld_op = klok.now()
    else:
        # A second, two, four, up to an hour.
        wacht = min(2 ** (afhandeling.pogingen - 1), 3600)
        afhandeling.niet_voor = klok.now() + timedelta(seconds=wacht)
    afhandeling.save()
    # The kind of error and where, not its text.
    waar = fout.__traceback__
    while waar is not None and waar.tb_next is not None:
        waar = waar.tb_next
    _log.error(
        "%s failed on %s: %s at %s:%s (try %s of %s)",
        afhandeling.afhandelaar,
        afhandeling.gebeurtenis,
        afhandeling.fout,
        waar.tb_frame.f_globals.get("__name__") if waar else "?",
        waar.tb_lineno if waar else "?",
        afhandeling.pogingen,
        POGINGEN,
    )
