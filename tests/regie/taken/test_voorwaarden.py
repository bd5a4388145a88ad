"""Waiting never goes round, and no task waits for what cannot come."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from time_machine import Traveller

from samenloop.access.actor import Actor
from samenloop.core import gemeentegrens
from samenloop.regie.models import Casus
from samenloop.regie.taken import doen, voorwaarden
from samenloop.regie.taken.fouten import (
    AlGeeindigd,
    AndereCasus,
    GeenUitkomst,
    Kring,
)
from samenloop.regie.taken.models import Taak, Voorwaarde
from samenloop.regie.taken.opdragen import Uitvoerder
from samenloop.regie.taken.voorwaarden import Bij, Na, Vanaf
from tests.regie import maken as casussen
from tests.regie.taken.maken import directed, state, task

pytestmark = pytest.mark.django_db
NU = "2026-06-09 09:00+02:00"
VANDAAG = date(2026, 6, 9)


@pytest.fixture(autouse=True)
def klok() -> Iterator[Traveller]:
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def bij(klok: Traveller) -> tuple[Casus, Actor]:
    return directed()


def edge(taak: Taak, op: Taak) -> Voorwaarde:
    return Voorwaarde(taak=taak, soort=Voorwaarde.Soort.NA, op_taak=op)


def test_a_loop_is_refused_in_code_and_named(bij: tuple[Casus, Actor]) -> None:
    a = task(*bij, "a")
    b = task(*bij, "b", na=[a])
    c = task(*bij, "c", na=[b])
    with pytest.raises(Kring) as fout:
        voorwaarden.replace(a, [[Na(c.pk)]])
    assert set(fout.value.lus) == {a.pk, b.pk, c.pk}
    assert "a" not in str(fout.value).split()
    assert state(a, b, c) == ["open", "wacht", "wacht"]


def test_a_loop_of_one_and_a_loop_within_any_of_are_loops(
    bij: tuple[Casus, Actor],
) -> None:
    a, b = task(*bij, "a"), task(*bij, "b")
    with pytest.raises(Kring):
        voorwaarden.replace(a, [[Na(a.pk)]])
    voorwaarden.replace(b, [[Na(a.pk), Vanaf(VANDAAG + timedelta(9000))]])
    with pytest.raises(Kring):
        voorwaarden.replace(a, [[Na(b.pk), Vanaf(VANDAAG)]])


def test_the_database_refuses_a_loop_whoever_writes_it(
    bij: tuple[Casus, Actor],
) -> None:
    a, b, c = (task(*bij, titel) for titel in "abc")
    Voorwaarde.objects.bulk_create([edge(b, a), edge(c, b)])
    for rijen in ([edge(a, a)], [edge(a, c)], [edge(a, b)]):
        with pytest.raises(IntegrityError, match="itself"), transaction.atomic():
            Voorwaarde.objects.bulk_create(rijen)
    # Two halves in one statement are a loop as well.
    d, e = task(*bij, "d"), task(*bij, "e")
    with pytest.raises(IntegrityError, match="itself"), transaction.atomic():
        Voorwaarde.objects.bulk_create([edge(d, e), edge(e, d)])
    Voorwaarde.objects.bulk_create([edge(c, a)])
    assert Voorwaarde.objects.filter(taak=c).count() == 2


def test_a_condition_cannot_be_turned_round_afterwards(
    bij: tuple[Casus, Actor],
) -> None:
    a, b = task(*bij, "a"), task(*bij, "b")
    rij = edge(b, a)
    rij.save()
    with pytest.raises(IntegrityError, match="replaced"), transaction.atomic():
        Voorwaarde.objects.filter(pk=rij.pk).update(taak=a, op_taak=b)
    Voorwaarde.objects.filter(pk=rij.pk).update(groep=2)


def test_a_task_waits_only_within_its_case(bij: tuple[Casus, Actor]) -> None:
    casus, wie = bij
    a = task(casus, wie, "a")
    buiten = task(casussen.casus(naam="Bakker"), wie, "b", uitvoerder=Uitvoerder())
    with pytest.raises(AndereCasus):
        voorwaarden.replace(a, [[Na(buiten.pk)]])
    with pytest.raises(IntegrityError, match="another case"), transaction.atomic():
        edge(a, buiten).save()


@pytest.mark.django_db(transaction=True)
def test_two_who_each_add_half_of_a_loop_cannot_both_succeed() -> None:
    casus, wie = directed()
    a, b = task(casus, wie, "a"), task(casus, wie, "b")
    begin = threading.Barrier(2)
    uitkomsten: list[str] = []

    def half(taak: Taak, op: Taak) -> None:
        try:
            with gemeentegrens.everywhere("tests"):
                begin.wait(10)
                with transaction.atomic():
                    edge(taak, op).save()
            uitkomsten.append("kon")
        except IntegrityError:
            uitkomsten.append("kring")
        finally:
            connections.close_all()

    draden = [threading.Thread(target=half, args=paar) for paar in ((a, b), (b, a))]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    assert sorted(uitkomsten) == ["kon", "kring"]


def test_all_of_waits_for_each_and_any_of_for_one(bij: tuple[Casus, Actor]) -> None:
    _casus, wie = bij
    a, b = task(*bij, "a"), task(*bij, "b")
    alle = task(*bij, "alle", na=[a, b])
    een = task(*bij, "een", eisen=[[Na(a.pk), Na(b.pk)]])
    assert state(alle, een) == ["wacht", "wacht"]
    gevolg = doen.complete(a, door=wie)
    assert gevolg.begonnen == [een.pk]
    assert state(alle, een) == ["wacht", "open"]
    assert doen.complete(b, door=wie).begonnen == [alle.pk]


def test_a_decision_lets_begin_what_was_for_that_outcome_and_lapses_the_rest(
    bij: tuple[Casus, Actor],
) -> None:
    _casus, wie = bij
    besluit = task(*bij, "besluit", keuzes=["ja", "nee"])
    ja = task(*bij, "ja", eisen=[[Bij(besluit.pk, "ja")]])
    nee = task(*bij, "nee", eisen=[[Bij(besluit.pk, "nee")]])
    na_nee = task(*bij, "na nee", na=[nee])
    hoe_dan_ook = task(*bij, "samen", eisen=[[Na(ja.pk), Na(na_nee.pk)]])
    gevolg = doen.complete(besluit, door=wie, uitkomst="ja")
    assert gevolg.begonnen == [ja.pk]
    assert gevolg.vervallen == [nee.pk, na_nee.pk]
    assert state(ja, nee, na_nee, hoe_dan_ook) == [
        "open", "vervallen", "vervallen", "wacht",
    ]  # fmt: skip
    assert doen.complete(ja, door=wie).begonnen == [hoe_dan_ook.pk]


def test_an_outcome_is_one_of_those_of_the_decision(bij: tuple[Casus, Actor]) -> None:
    besluit, gewoon = task(*bij, "besluit", keuzes=["ja", "nee"]), task(*bij)
    for eis in (Bij(besluit.pk, "misschien"), Bij(gewoon.pk, "ja")):
        with pytest.raises(GeenUitkomst):
            task(*bij, "volgt", eisen=[[eis]])
    assert task(*bij, "volgt", eisen=[[Bij(besluit.pk, "nee")]]).staat == "wacht"


def test_a_task_waits_until_its_day_and_begins_on_it(
    bij: tuple[Casus, Actor], klok: Traveller
) -> None:
    morgen = task(*bij, "m", eisen=[[Vanaf(VANDAAG + timedelta(1))]])
    vandaag = task(*bij, "v", eisen=[[Vanaf(VANDAAG)]])
    assert state(morgen, vandaag) == ["wacht", "open"]
    assert doen.wake() == 0
    klok.move_to("2026-06-10 00:01+02:00")
    assert doen.wake() == 1
    assert state(morgen) == ["open"]
    assert doen.wake() == 0


def test_who_chose_to_be_asked_is_asked_and_the_task_waits_for_the_word(
    bij: tuple[Casus, Actor],
) -> None:
    _casus, wie = bij
    a = task(*bij, "a")
    vraagt = task(*bij, "b", na=[a], start_zelf=False)
    vervolg = task(*bij, "c", na=[vraagt])
    assert doen.complete(a, door=wie).vragen == [vraagt.pk]
    vraagt.refresh_from_db()
    assert (vraagt.staat, bool(vraagt.vraagt_sinds)) == ("wacht", True)
    doen.start(vraagt, door=wie)
    assert state(vraagt, vervolg) == ["open", "wacht"]


def test_what_can_never_begin_asks_the_director_when_that_was_chosen(
    bij: tuple[Casus, Actor],
) -> None:
    _casus, wie = bij
    besluit = task(*bij, "besluit", keuzes=["ja", "nee"])
    vraagt = task(*bij, "b", eisen=[[Bij(besluit.pk, "nee")]], start_zelf=False)
    assert doen.complete(besluit, door=wie, uitkomst="ja").vragen == [vraagt.pk]
    assert state(vraagt) == ["wacht"]


def test_new_conditions_that_came_already_are_no_wait(bij: tuple[Casus, Actor]) -> None:
    _casus, wie = bij
    a, besluit = task(*bij, "a"), task(*bij, "besluit", keuzes=["ja", "nee"])
    doen.complete(a, door=wie)
    doen.complete(besluit, door=wie, uitkomst="ja")
    assert task(*bij, "b", na=[a]).staat == "open"
    assert task(*bij, "c", eisen=[[Bij(besluit.pk, "nee")]]).staat == "vervallen"
    assert task(*bij, "d", eisen=[[Bij(besluit.pk, "nee"), Na(a.pk)]]).staat == "open"


def test_what_has_ended_waits_for_nothing_new(bij: tuple[Casus, Actor]) -> None:
    a, b = task(*bij, "a"), task(*bij, "b")
    doen.complete(a, door=bij[1])
    with pytest.raises(AlGeeindigd):
        voorwaarden.replace(a, [[Na(b.pk)]])
    assert voorwaarden.replace(b, []).alle == []


@st.composite
def graphs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Tasks that each wait for some of the earlier ones, in any way there is."""
    taken: list[dict[str, Any]] = []
    for nummer in range(draw(st.integers(2, 9))):
        groepen = []
        for _groep in range(draw(st.integers(0, 3)) if nummer else 0):
            op = draw(st.lists(st.integers(0, nummer - 1), min_size=1, max_size=3))
            groepen.append(
                [
                    ("bij", n, draw(st.sampled_from(["ja", "nee"])))
                    if taken[n]["besluit"] and draw(st.booleans())
                    else ("dag", n, "")
                    if draw(st.integers(0, 5)) == 0
                    else ("na", n, "")
                    for n in op
                ]
            )
        taken.append(
            {
                "besluit": draw(st.booleans()),
                "zelf": draw(st.booleans()),
                "groepen": groepen,
            }
        )
    return taken


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(graphs(), st.randoms(use_true_random=False))
def test_every_task_comes_to_an_end_in_whatever_order_work_is_done(
    bij: tuple[Casus, Actor],
    klok: Traveller,
    graaf: list[dict[str, Any]],
    toeval: Any,
) -> None:
    """Finish, drop and answer at random until nothing can be done any more."""
    casus, wie = bij
    with transaction.atomic():
        klok.move_to(NU)
        taken: list[Taak] = []
        for nummer, wat in enumerate(graaf):
            eisen = [[_eis(eis, taken) for eis in groep] for groep in wat["groepen"]]
            keuzes = ["ja", "nee"] if wat["besluit"] else []
            taken.append(
                task(
                    casus,
                    wie,
                    str(nummer),
                    keuzes=keuzes,
                    start_zelf=wat["zelf"],
                    eisen=eisen,
                )
            )
        for dag in range(2 * len(taken) + 12):
            klok.move_to(datetime.fromisoformat(NU) + timedelta(dag))
            doen.wake()
            _consistent(casus)
            aan_de_beurt = Taak.objects.filter(
                Q(staat="open") | Q(vraagt_sinds__isnull=False), casus=casus
            ).order_by("titel")
            if aan_de_beurt:
                _one_step(toeval.choice(list(aan_de_beurt)), wie, toeval)
        assert set(state(*taken)) <= {"klaar", "vervallen"}
        transaction.set_rollback(True)


def _eis(eis: tuple[str, int, str], taken: list[Taak]) -> voorwaarden.Eis:
    soort, nummer, uitkomst = eis
    if soort == "bij":
        return Bij(taken[nummer].pk, uitkomst)
    if soort == "dag":
        return Vanaf(VANDAAG + timedelta(nummer))
    return Na(taken[nummer].pk)


def _one_step(taak: Taak, wie: Actor, toeval: Any) -> None:
    if toeval.random() < 0.2:
        doen.cancel(taak, door=wie, reden="r", volgers_gaan_door=toeval.random() < 0.5)
    elif taak.staat == "wacht":
        doen.start(taak, door=wie)
    else:
        uitkomst = toeval.choice(taak.keuzes) if taak.keuzes else ""
        doen.complete(taak, door=wie, uitkomst=uitkomst)


def _consistent(casus: Casus) -> None:
    """Who waits without asking has something that can still come, in each group."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM taken_taak t WHERE casus_id = %s AND staat = 'wacht'"
            " AND vraagt_sinds IS NULL AND NOT EXISTS (SELECT 1 FROM (SELECT"
            " bool_or(v.staat = 'waar') AS waar, bool_or(v.staat = 'open') AS kan"
            " FROM taken_voorwaarde v WHERE v.taak_id = t.id GROUP BY v.groep) g"
            " HAVING bool_and(waar OR kan) AND bool_or(NOT waar))",
            [casus.pk],
        )
        assert cursor.fetchone() == (0,)
