"""Events: how a fact in one room sets work going in another.

`record` is called in the transaction of the fact. Handlers are found by kind of event;
each does its work in the transaction that also marks it done, so what it does in the
database happens exactly once, however often a process dies. What it does outside (an
e-mail, a message) can happen twice when the process dies just after it; such a handler
says so and makes that harmless.

A handler of much work takes several events of one municipality at once
(`handles_together`). When that fails, each is tried alone, so that one event that
cannot be handled does not hold up the others.

A room puts its handlers in `jobs.py`, which is imported when the program starts.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from samenloop.core import gemeentegrens, klok, opdrachten
from samenloop.core.models import Afhandeling, Gebeurtenis, Staat

Handler = Callable[[Gebeurtenis], None]
Handlers = Callable[[Sequence[Gebeurtenis]], None]

POGINGEN = 12
# One commit for several events, but not so long that others wait for its locks.
_PER_KEER = 100
_HOOGUIT = 0.25  # seconds
_GEBEURD = """
INSERT INTO core_gebeurtenis (id, soort, onderwerp, gemeente)
SELECT id, %s, onderwerp, %s FROM unnest(%s::uuid[], %s::uuid[]) g (id, onderwerp)
RETURNING id
"""
_AFHANDELAARS = """
INSERT INTO core_afhandeling (
    gebeurtenis_id, afhandelaar, staat, pogingen, niet_voor, fout)
SELECT gebeurd.id, naam, %s, 0, %s, '' FROM gebeurd, unnest(%s::text[]) naam
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Work:
    do: Handlers
    together: bool


_handlers: dict[str, dict[str, _Work]] = {}


def handles(*soorten: str) -> Callable[[Handler], Handler]:
    """Make a function the handler of these kinds of event."""

    def register(handler: Handler) -> Handler:
        def one(gebeurtenissen: Sequence[Gebeurtenis]) -> None:
            (gebeurtenis,) = gebeurtenissen
            handler(gebeurtenis)

        _register(soorten, handler, _Work(one, together=False))
        return handler

    return register


def handles_together(*soorten: str) -> Callable[[Handlers], Handlers]:
    """Make a function the handler of several such events of one municipality at once.

    What it does for some of them it must do for each of them alone as well.
    """

    def register(handler: Handlers) -> Handlers:
        _register(soorten, handler, _Work(handler, together=True))
        return handler

    return register


def _register(
    soorten: Iterable[str], handler: Callable[..., None], work: _Work
) -> None:
    naam = f"{handler.__module__.removeprefix('samenloop.')}.{handler.__name__}"
    for soort in soorten:
        _handlers.setdefault(soort, {})[naam] = work


def record(soort: str, *, onderwerp: UUID, gemeente: str = "") -> UUID:
    """Write down that something happened, in the transaction of the fact; its id.

    Args:
        soort: what happened, for instance `signaal-ontvangen`.
        onderwerp: id of the record it happened to; never anything personal.
        gemeente: CBS code in whose border the handlers work; empty for the system.

    Raises:
        RuntimeError: there is no transaction, so the fact could be lost without it.
    """
    return record_all(soort, onderwerpen=[onderwerp], gemeente=gemeente)[0]


def record_all(
    soort: str, *, onderwerpen: Sequence[UUID], gemeente: str = ""
) -> list[UUID]:
    """Write down that the same happened to several records; the ids of the events.

    Raises:
        RuntimeError: there is no transaction, so the facts could be lost without it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its fact")
    if not onderwerpen:
        return []
    sleutels = [uuid4() for _ in onderwerpen]
    values: list[object] = [soort, gemeente, sleutels, list(onderwerpen)]
    # One statement: all that comes in passes here.
    parts = {"gebeurd": _GEBEURD}
    if afhandelaars := list(_handlers.get(soort, {})):
        parts["te_doen"] = _AFHANDELAARS
        values += [Staat.OPEN.value, klok.now(), afhandelaars]
    opdrachten.write(parts, values)
    return sleutels


def handle_pending() -> int:
    """Do all that can be done now; how many handlers finished."""
    done = 0
    while (ronde := handle_some()) is not None:
        done += ronde
    return done


def handle_some() -> int | None:
    """Do some open events in one transaction; None when there are none.

    A handler that fails takes nothing of its neighbours with it: it is tried again
    later, ever less often, and given up after `POGINGEN` times.
    """
    einde = monotonic() + _HOOGUIT
    with gemeentegrens.everywhere("events"), transaction.atomic():
        porties = _portions(_open())
        done: list[Afhandeling] = []
        for portie in porties:
            done += _handle(portie)
            if monotonic() > einde:
                break
        _done(done, klok.now())
    return len(done) if porties else None


def _open() -> list[Afhandeling]:
    """Take open events, past those that another worker has in hand.

    What there turns out to be no time for is simply let go of.
    """
    return list(
        Afhandeling.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("gebeurtenis")
        .filter(staat=Staat.OPEN, niet_voor__lte=klok.now())
        .order_by("niet_voor", "id")[:_PER_KEER]
    )


def _work(afhandeling: Afhandeling) -> _Work | None:
    return _handlers.get(afhandeling.gebeurtenis.soort, {}).get(afhandeling.afhandelaar)


def _portions(open_: Iterable[Afhandeling]) -> list[list[Afhandeling]]:
    """What is handled at once: alone, or together with its like of a municipality."""
    porties: dict[object, list[Afhandeling]] = {}
    for afhandeling in open_:
        work = _work(afhandeling)
        samen = work is not None and work.together and not afhandeling.pogingen
        sleutel = (
            (afhandeling.afhandelaar, afhandeling.gebeurtenis.gemeente)
            if samen
            else afhandeling.pk
        )
        porties.setdefault(sleutel, []).append(afhandeling)
    return list(porties.values())


def _handle(portie: list[Afhandeling]) -> list[Afhandeling]:
    """Handle a portion in a transaction of its own; returns what was handled."""
    work = _work(portie[0])
    gebeurtenissen = [afhandeling.gebeurtenis for afhandeling in portie]
    try:
        with transaction.atomic(), _border(gebeurtenissen[0]):
            if work is None:
                raise LookupError("no such handler in this version")
            work.do(gebeurtenissen)
            # Rules that are checked at the end are checked here: at the commit they
            # would take its neighbours along, again and again.
            transaction.get_connection().check_constraints()
    except Exception as fout:
        if len(portie) > 1:
            return [klaar for one in portie for klaar in _handle([one])]
        _failed(portie[0], fout)
        return []
    return portie


def _done(afhandelingen: Iterable[Afhandeling], nu: datetime) -> None:
    Afhandeling.objects.filter(pk__in=[each.pk for each in afhandelingen]).update(
        staat=Staat.KLAAR, afgehandeld_op=nu, fout="", pogingen=F("pogingen") + 1
    )


def _border(gebeurtenis: Gebeurtenis) -> AbstractContextManager[object]:
    if gebeurtenis.gemeente:
        return gemeentegrens.within(gebeurtenis.gemeente)
    return gemeentegrens.everywhere(f"event {gebeurtenis.soort}")


def _failed(afhandeling: Afhandeling, fout: Exception) -> None:
    afhandeling.pogingen += 1
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
