"""Done, lapsed, taken up again, coming back, reminded."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from samenloop.access.actor import Actor
from samenloop.core.models import Gebeurtenis
from samenloop.regie.models import Casus
from samenloop.regie.taken import doen
from samenloop.regie.taken.fouten import (
    AlGeeindigd,
    GeenUitkomst,
    NietAanDeBeurt,
    NogOpen,
    RedenNodig,
)
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Herhaling
from samenloop.regie.taken.voorwaarden import Bij, Na
from tests.regie.taken.maken import directed, state, task

pytestmark = pytest.mark.django_db
NU = "2026-06-09 09:00+02:00"


@pytest.fixture(autouse=True)
def klok() -> Iterator[Traveller]:
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def bij(klok: Traveller) -> tuple[Casus, Actor]:
    return directed()


def course(taak: Taak) -> list[str]:
    return list(taak.verloop.values_list("wat", flat=True))


def happened(soort: str) -> int:
    return Gebeurtenis.objects.filter(soort=soort).count()


def test_done_is_said_once_by_somebody_and_told(bij: tuple[Casus, Actor]) -> None:
    taak = task(*bij)
    doen.complete(taak, door=bij[1], resultaat="Afspraak staat")
    taak.refresh_from_db()
    assert (taak.staat, taak.beeindigd_door) == ("klaar", bij[1].account_id)
    assert taak.resultaat == "Afspraak staat"
    assert course(taak) == ["gegeven", "klaar"]
    assert happened(doen.KLAAR) == 1
    with pytest.raises(AlGeeindigd):
        doen.complete(taak, door=bij[1])
    assert happened(doen.KLAAR) == 1


def test_what_waits_is_not_done_before_its_turn(bij: tuple[Casus, Actor]) -> None:
    wacht = task(*bij, na=[task(*bij)])
    with pytest.raises(NietAanDeBeurt):
        doen.complete(wacht, door=bij[1])
    doen.start(wacht, door=bij[1])
    doen.complete(wacht, door=bij[1])
    with pytest.raises(AlGeeindigd):
        doen.start(wacht, door=bij[1])


@pytest.mark.parametrize(
    ("keuzes", "uitkomst", "mag"),
    [
        (["ja", "nee"], "ja", True),
        (["ja", "nee"], "", False),
        (["ja", "nee"], "later", False),
        ([], "ja", False),
        ([], "", True),
    ],
)
def test_a_decision_ends_with_one_of_its_outcomes(
    bij: tuple[Casus, Actor], keuzes: list[str], uitkomst: str, mag: bool
) -> None:
    taak = task(*bij, keuzes=keuzes)
    if mag:
        doen.complete(taak, door=bij[1], uitkomst=uitkomst)
        assert Taak.objects.get(pk=taak.pk).uitkomst == uitkomst
    else:
        with pytest.raises(GeenUitkomst):
            doen.complete(taak, door=bij[1], uitkomst=uitkomst)
        assert state(taak) == ["open"]


def test_what_follows_a_lapsed_task_goes_on_or_lapses_as_is_chosen(
    bij: tuple[Casus, Actor],
) -> None:
    for door, verwacht in ((True, "open"), (False, "vervallen")):
        taak = task(*bij)
        volger = task(*bij, na=[taak])
        doen.cancel(taak, door=bij[1], reden="Niet nodig", volgers_gaan_door=door)
        assert state(taak, volger) == ["vervallen", verwacht]


def test_what_waits_for_the_outcome_of_a_decision_that_lapses_never_begins(
    bij: tuple[Casus, Actor],
) -> None:
    besluit = task(*bij, keuzes=["ja", "nee"])
    ja = task(*bij, eisen=[[Bij(besluit.pk, "ja")]])
    doen.cancel(besluit, door=bij[1], reden="Ingetrokken", volgers_gaan_door=True)
    assert state(ja) == ["vervallen"]
    assert happened(doen.VERVALLEN) == 2


def test_lapsing_and_taking_up_again_need_a_reason(bij: tuple[Casus, Actor]) -> None:
    taak = task(*bij)
    with pytest.raises(RedenNodig):
        doen.cancel(taak, door=bij[1], reden=" ")
    with pytest.raises(NogOpen):
        doen.reopen(taak, door=bij[1], reden="toch")
    doen.complete(taak, door=bij[1])
    with pytest.raises(RedenNodig):
        doen.reopen(taak, door=bij[1], reden="")
    doen.reopen(taak, door=bij[1], reden="Brief kwam terug")
    assert course(taak) == ["gegeven", "klaar", "heropend"]
    assert state(taak) == ["open"]


def test_taken_up_again_what_still_waits_waits_again_and_what_began_goes_on(
    bij: tuple[Casus, Actor],
) -> None:
    a, b = task(*bij, "a"), task(*bij, "b")
    begonnen, beide = task(*bij, na=[a]), task(*bij, na=[a, b])
    vraagt = task(*bij, na=[a], start_zelf=False)
    doen.complete(a, door=bij[1])
    doen.reopen(a, door=bij[1], reden="toch niet")
    doen.complete(b, door=bij[1])
    assert state(begonnen, beide, vraagt) == ["open", "wacht", "wacht"]
    vraagt.refresh_from_db()
    assert vraagt.vraagt_sinds is None
    doen.complete(a, door=bij[1])
    assert state(beide) == ["open"]
    vraagt.refresh_from_db()
    assert vraagt.vraagt_sinds is not None


def test_a_decision_taken_again_brings_back_what_had_lapsed_by_it(
    bij: tuple[Casus, Actor],
) -> None:
    besluit = task(*bij, keuzes=["ja", "nee"])
    nee = task(*bij, "nee", eisen=[[Bij(besluit.pk, "nee")]])
    verder = task(*bij, "verder", na=[nee])
    met_de_hand = task(*bij, "m", eisen=[[Bij(besluit.pk, "nee")]])
    doen.cancel(met_de_hand, door=bij[1], reden="niet nodig")
    doen.complete(besluit, door=bij[1], uitkomst="ja")
    assert state(nee, verder) == ["vervallen", "vervallen"]
    doen.reopen(besluit, door=bij[1], reden="bezwaar")
    assert state(nee, verder, met_de_hand) == ["wacht", "wacht", "vervallen"]
    doen.complete(besluit, door=bij[1], uitkomst="nee")
    assert state(nee, verder) == ["open", "wacht"]


def test_a_task_comes_back_until_its_day_and_missed_times_do_not_pile_up(
    bij: tuple[Casus, Actor], klok: Traveller
) -> None:
    eerste = task(
        *bij, "Huisbezoek", uiterlijk=date(2026, 6, 10),
        herhaling=Herhaling(2, date(2026, 8, 1)),
        herinneringen=[date(2026, 6, 8)],
    )  # fmt: skip
    doen.complete(eerste, door=bij[1])
    tweede = eerste.volgende
    assert (tweede.uiterlijk, tweede.staat) == (date(2026, 6, 24), "wacht")
    assert [h.op for h in tweede.herinneringen.all()] == [date(2026, 6, 22)]
    klok.move_to("2026-06-10 08:00+02:00")
    doen.wake()
    assert state(tweede) == ["open"]
    # Five weeks late: the two times in between are not made up for.
    klok.move_to("2026-07-20 08:00+02:00")
    doen.complete(tweede, door=bij[1])
    derde = tweede.volgende
    assert (derde.uiterlijk, derde.staat) == (date(2026, 7, 22), "open")
    doen.complete(derde, door=bij[1])
    assert not Taak.objects.filter(vorige=derde).exists()


def test_taken_up_again_and_done_again_makes_no_second_next_one(
    bij: tuple[Casus, Actor],
) -> None:
    taak = task(*bij, herhaling=Herhaling(1, date(2026, 8, 1)))
    doen.complete(taak, door=bij[1])
    doen.reopen(taak, door=bij[1], reden="nog niet af")
    doen.complete(taak, door=bij[1])
    assert Taak.objects.filter(casus=bij[0]).count() == 2


def test_a_reminder_is_given_once_on_its_day_and_not_for_what_ended(
    bij: tuple[Casus, Actor], klok: Traveller
) -> None:
    dag = date(2026, 6, 10)
    task(*bij, "a", herinneringen=[dag, dag])
    klaar = task(*bij, "b", herinneringen=[dag])
    doen.complete(klaar, door=bij[1])
    assert doen.remind() == 0
    klok.move_to("2026-06-10 08:00+02:00")
    assert doen.remind() == 1
    assert doen.remind() == 0
    assert happened(doen.HERINNERING) == 1


def test_ending_a_task_asks_no_more_of_the_database_when_more_waits_for_it(
    bij: tuple[Casus, Actor],
) -> None:
    def statements(volgers: int) -> int:
        taak = task(*bij)
        for _volger in range(volgers):
            task(*bij, eisen=[[Na(taak.pk)]])
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            doen.complete(taak, door=bij[1])
        return len(vragen)

    assert statements(1) == statements(12)
