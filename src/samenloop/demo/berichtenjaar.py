"""A year of messages with providers, lived through day by day.

What people of the municipality do on a day (allocating, answering requests) stands in
`voorzieningenwerk`; here the messages follow from it. They travel over the folder of
the installation, as they would in earnest: our side takes in, judges, answers and
sends, and the providers of `berichten.aanbieder` live the same day with their mistakes.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

from samenloop.access.actor import Actor
from samenloop.berichten.aanbieder import Aanbieders, Gedrag, MapPost
from samenloop.berichten.regels.stand import StandContractproduct
from samenloop.berichten.standaard.soorten import Wet
from samenloop.berichten.verkeer import rondgaan, termijnen
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.berichten.verkeer.stand import DatabaseStand, cbs
from samenloop.core import gebeurtenissen, gemeentegrens, kalender, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.klok import AMSTERDAM
from samenloop.demo.slotdagen import Slot, Slotpost
from samenloop.voorzieningen.toewijzen import verzoeken
from samenloop.voorzieningen.toewijzen.models import Verzoek

Werkdag = Callable[[str, date], None]
_OCHTEND, _MIDDAG = time(9, 0), time(16, 0)
_ZAAD = 2026
# Weekdays on which requests are dealt with: two of three are granted.
_BEHANDELDAGEN = (1, 3)
# What came in last is left to whoever tries out the demo.
_BLIJFT_LIGGEN = timedelta(days=8)


def lived(gemeente: str) -> bool:
    """Whether the year was lived through already."""
    return Ketenbericht.objects.filter(gemeente=gemeente).exists()


def empty_folder(gemeente: str) -> None:
    """Remove what a year that was broken off left in the folder."""
    shutil.rmtree(rondgaan.base_folder() / gemeente.lower(), ignore_errors=True)


def live(
    gemeente: str,
    van: date,
    tot: date,
    werkdag: Werkdag | None = None,
    backoffice: tuple[Actor, Actor] | None = None,
) -> int:
    """Live the working days of a period in one municipality; how many messages.

    Args:
        gemeente: CBS code.
        van: the first day.
        tot: the last day.
        werkdag: what people do on a day, before messages go.
        backoffice: who deals with what went wrong and approves payments, and the
            colleague who makes those; the last days are then left for whoever tries
            out the demo. Without them nothing goes wrong on purpose.
    """
    with gemeentegrens.within(gemeente):
        map_ = MapPost(_connect(gemeente))
        dagen = list(_working_days(van, tot))
        slot = Slot(dagen, Slotpost(map_), *backoffice) if backoffice else None
        aanbieders = Aanbieders(
            slot.post if slot else map_,
            gemeente=cbs(gemeente),
            contract=_contract(gemeente),
            gedrag=Gedrag(),
            zaad=_ZAAD,
        )
        for dag in dagen:
            _live_day(gemeente, dag, aanbieders, werkdag, slot, tot)
        return Ketenbericht.objects.filter(gemeente=gemeente).count()


def _live_day(
    gemeente: str,
    dag: date,
    aanbieders: Aanbieders,
    werkdag: Werkdag | None,
    slot: Slot | None,
    tot: date,
) -> None:
    with klok.simulated(datetime.combine(dag, _OCHTEND, AMSTERDAM)):
        if werkdag is not None:
            werkdag(gemeente, dag)
        if slot is not None:
            slot.pay(dag)
        if dag.weekday() in _BEHANDELDAGEN:
            behandeld = slot.dealt_with() if slot else tot - _BLIJFT_LIGGEN
            _answer_requests(gemeente, behandeld)
            if slot is not None:
                slot.tidy()
        _exchange(gemeente)
        if slot is not None:
            slot.before(dag, aanbieders)
        aanbieders.dag(dag)
    with klok.simulated(datetime.combine(dag, _MIDDAG, AMSTERDAM)):
        _exchange(gemeente)
        termijnen.watch()


def _exchange(gemeente: str) -> None:
    gebeurtenissen.handle_pending()
    if rondgaan.exchange(gemeente):
        gebeurtenissen.handle_pending()
        rondgaan.exchange(gemeente)


def _answer_requests(gemeente: str, tot: date) -> None:
    """Grant what was asked until a day, save one in three: refused for its content."""
    door = Actor.systeem("demo", gemeente)
    for verzoek in Verzoek.objects.filter(
        gemeente=gemeente, staat__in=["open", "onderzoek"], ontvangen_op__date__lte=tot
    ).order_by("ontvangen_op", "id"):
        lot = verzoek.pk.int % 6
        with suppress(SamenloopFout):
            if lot == 0 and verzoek.staat == "open":
                verzoeken.investigate(verzoek, door=door)
                continue
            if lot != 1:
                verzoeken.grant(verzoek, door=door)
                continue
        with suppress(SamenloopFout):
            verzoeken.refuse(verzoek, reden="7", door=door)


def _connect(gemeente: str) -> Path:
    naam = gemeente.lower()
    Aansluiting.objects.get_or_create(
        gemeente_id=gemeente, defaults={"soort": "map", "map": naam}
    )
    return rondgaan.base_folder() / naam


def _contract(gemeente: str) -> Callable[[str, Wet], list[StandContractproduct]]:
    stand = DatabaseStand(gemeente)

    def agreed(agb: str, wet: Wet) -> list[StandContractproduct]:
        return list(stand.contractproducten(wet, agb))

    return agreed


def _working_days(van: date, tot: date) -> Iterator[date]:
    dag = van
    while dag <= tot:
        if kalender.is_working_day(dag):
            yield dag
        dag += timedelta(days=1)
