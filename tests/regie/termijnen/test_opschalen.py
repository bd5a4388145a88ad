"""Each rung is taken once, by who it is for; what stands still is left alone."""

import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection

from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.core.models import Gebeurtenis
from samenloop.regie.termijnen import doorzetten, ladder, lopen, opschalen
from samenloop.regie.termijnen.fouten import DagKanNiet
from samenloop.regie.termijnen.models import (
    Aan,
    Doorzetting,
    Escalatie,
    Moment,
    Opschortgrond,
    Staat,
)
from tests.access.accounts import GEMEENTE, account, actor, organisatie
from tests.regie.maken import casus as maak_casus
from tests.regie.termijnen.maken import DINSDAG, Opstelling, day, noon, setting


@pytest.fixture
def op(db: None) -> Iterator[Opstelling]:
    with time_machine.travel(DINSDAG, tick=False):
        yield setting()


def walk_on(dag: str) -> opschalen.Ronde:
    with time_machine.travel(noon(dag), tick=False):
        return opschalen.walk(GEMEENTE)


def told() -> list[tuple[str, list[int]]]:
    return [(each.aan, each.accounts) for each in Escalatie.objects.all()]


def test_rungs_come_one_by_one_and_once(op: Opstelling) -> None:
    # 2 to 16 March: 80% has passed on the 14th.
    op.start("WMO-BESCHIKKING", "2026-03-02")
    regisseur, leider = [op.regisseur.pk], [op.teamleider.pk]
    assert walk_on("2026-03-13") == opschalen.Ronde()
    assert walk_on("2026-03-14").opgeschaald == 1
    assert told() == [("regisseur", regisseur)]
    assert walk_on("2026-03-15").opgeschaald == 0
    assert walk_on("2026-03-16").opgeschaald == 1
    assert told()[1:] == [("teamleider", leider)]
    assert walk_on("2026-03-17") == opschalen.Ronde(verstreken=1)
    assert walk_on("2026-03-18").opgeschaald == 0
    assert walk_on("2026-03-19").opgeschaald == 1
    assert told()[2:] == [("doorzetter", leider)]
    assert walk_on("2026-03-20") == opschalen.Ronde()
    soorten = list(Gebeurtenis.objects.values_list("soort", flat=True))
    assert soorten.count(opschalen.OPGESCHAALD) == 3
    assert soorten.count(opschalen.VERSTREKEN) == 1


def test_all_missed_rungs_are_taken_at_once(op: Opstelling) -> None:
    op.start("WMO-BESCHIKKING", "2026-03-02")
    assert walk_on("2026-04-01") == opschalen.Ronde(verstreken=1, opgeschaald=3)


def test_what_stands_still_or_is_stopped_is_left_alone(op: Opstelling) -> None:
    stil = op.start("WMO-BESCHIKKING", "2026-03-02")
    lopen.suspend(stil, grond=Opschortgrond.AANVULLING, van=klok.today(), door=op.door)
    klaar = op.start("JW-BESCHIKKING", "2026-01-05")
    lopen.stop(klaar, klok.today(), op.door)
    assert walk_on("2026-05-01") == opschalen.Ronde()


def test_agreed_time_of_standing_still_ends_by_itself(op: Opstelling) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    lopen.suspend(
        termijn,
        grond=Opschortgrond.INSTEMMING,
        van=day("2026-03-10"),
        tot=day("2026-03-24"),
        door=op.door,
    )
    assert walk_on("2026-03-23") == opschalen.Ronde()
    assert walk_on("2026-03-24").hervat == 1
    termijn.refresh_from_db()
    assert (termijn.staat, termijn.uiterlijk) == (Staat.LOOPT, day("2026-03-30"))


def test_own_norm_is_watched_before_the_law(op: Opstelling) -> None:
    from samenloop.regie.termijnen import soorten

    beleid = actor(Rol.BELEID)
    soorten.set_norm("WMO-BESCHIKKING", "WD5", reden="sneller", door=beleid)
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    assert (termijn.streef, termijn.uiterlijk) == (day("2026-03-09"), day("2026-03-16"))
    # The day after the norm the leader knows; by law nothing has passed.
    assert walk_on("2026-03-10") == opschalen.Ronde(opgeschaald=2)


def test_team_has_its_own_ladder(op: Opstelling) -> None:
    wethouder = account("w.manager", rol=Rol.TEAMLEIDER)
    ladder.replace(
        op.team,
        [ladder.Sport(Moment.TE_LAAT, 1, Aan.DOORZETTER, wethouder.pk)],
        door=actor(Rol.BELEID),
    )
    op.start("WMO-BESCHIKKING", "2026-03-02")
    zonder_team = maak_casus(op.regisseur, naam="Bakker")
    op.start("WMO-BESCHIKKING", "2026-03-02", casus=zonder_team)
    walk_on("2026-03-16")
    assert sorted(told()) == [
        ("regisseur", [op.regisseur.pk]),
        # No team, so every team leader of the municipality.
        ("teamleider", sorted([op.teamleider.pk, wethouder.pk])),
    ]
    walk_on("2026-03-17")
    assert told()[2:] == [("doorzetter", [wethouder.pk])]


def test_other_municipality_keeps_its_own_walk(op: Opstelling) -> None:
    op.start("WMO-BESCHIKKING", "2026-03-02")
    with time_machine.travel(noon("2026-04-01"), tick=False):
        assert opschalen.walk("GM0014") == opschalen.Ronde()


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_a_rung_once() -> None:
    with time_machine.travel(DINSDAG, tick=False):
        op = setting()
        op.start("WMO-BESCHIKKING", "2026-03-02")
    fouten: list[Exception] = []

    def worker() -> None:
        try:
            with gemeentegrens.everywhere("tests"):
                opschalen.walk(GEMEENTE)
        except Exception as fout:
            fouten.append(fout)
        finally:
            connection.close()

    with time_machine.travel(noon("2026-04-01"), tick=False):
        draden = [threading.Thread(target=worker) for _ in range(4)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        worker()
    assert not fouten
    assert Escalatie.objects.count() == 3


# Pushing through


def test_team_leader_pushes_through_and_it_is_told(op: Opstelling) -> None:
    school = organisatie()
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    with pytest.raises(GeenToegang):
        push(op, school.pk, op.door)
    gedaan = push(op, school.pk, op.leider, termijn=termijn)
    assert gedaan.door == op.teamleider.pk
    assert Gebeurtenis.objects.filter(
        soort=doorzetten.DOORGEZET, onderwerp=gedaan.pk
    ).exists()


def test_pushing_through_stays_within_municipality_and_case(op: Opstelling) -> None:
    school = organisatie()
    with pytest.raises(GeenToegang):
        push(op, school.pk, actor(Rol.TEAMLEIDER, gemeente="GM0014"))
    ander = maak_casus(op.regisseur, naam="Bakker")
    termijn = op.start(casus=ander)
    with pytest.raises(DagKanNiet):
        push(op, school.pk, op.leider, termijn=termijn)
    assert not Doorzetting.objects.exists()


def push(op: Opstelling, naar: object, door: object, **velden: object) -> Doorzetting:
    return doorzetten.push_through(
        op.casus,
        organisatie=naar,  # type: ignore[arg-type]
        besluit="Plaats vrijmaken voor maandag",
        reden="Drie keer gevraagd, geen antwoord",
        door=door,  # type: ignore[arg-type]
        **velden,  # type: ignore[arg-type]
    )
