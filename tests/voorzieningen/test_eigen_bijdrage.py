"""The own contribution stops by itself, once, when nothing that asks it runs on."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    beschikken,
    jobs,
    toewijzen,
    verstrekken,
)
from samenloop.voorzieningen.toewijzen.models import (
    EigenBijdrage,
    Pgb,
    Toewijzing,
    Uitvoer,
)
from tests.personen.maken import municipality, person
from tests.voorzieningen.maken import product, toewijzing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]
GEMEENTE = "GM0005"
CONSULENT = Actor(
    ActorSoort.MEDEWERKER, "7", "Iemand", GEMEENTE, frozenset({Rol.CONSULENT})
)
SYSTEEM = Actor.systeem("eigen bijdrage", GEMEENTE)
INGANG, EIND = date(2026, 3, 9), date(2026, 5, 31)


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        yield


def runs(wie: Persoon | None = None, **velden: Any) -> Toewijzing:
    """An allocation under the Wmo with the contribution that goes with it."""
    row = toewijzing(wie, ingang=INGANG, **{"eind": EIND, **velden})
    verstrekken.contribute(row, door=CONSULENT)
    return row


def budget(wie: Persoon, **velden: Any) -> Pgb:
    municipality(GEMEENTE)
    aanvraag = aanvragen.receive(
        aanvragen.Invoer(
            persoon=wie, wet="wmo", product=product(), aangevraagd_op=date(2026, 3, 2)
        ),
        door=CONSULENT,
    )
    basis: dict[str, Any] = {
        "uitkomst": "toegekend",
        "motivering": "Kiest zelf wie helpt.",
        "vorm": "pgb",
        "budget": 900_000,
        "categorie": "03",
        "ingang": INGANG,
        "eind": EIND,
    }
    besluit = beschikken.Besluit(**{**basis, **velden})
    return beschikken.decide(aanvraag, besluit, door=CONSULENT).pgbs.get()


def stop_on(dag: str) -> int:
    with time_machine.travel(f"{dag}T03:29:00+02:00", tick=False):
        return verstrekken.stop_ended(GEMEENTE, door=SYSTEEM)


def stops() -> list[date]:
    return list(
        Uitvoer.objects.filter(soort="cak_stop").values_list("datum", flat=True)
    )


def test_it_stops_the_day_after_the_last_day_and_not_on_it() -> None:
    runs()
    assert stop_on("2026-05-30") == 0
    assert stop_on("2026-05-31") == 0, "that day is still paid for"
    assert stop_on("2026-06-01") == 1
    assert EigenBijdrage.objects.get().eind == EIND
    assert stops() == [EIND]


def test_late_is_the_same_last_day() -> None:
    runs()
    assert stop_on("2026-06-19") == 1
    assert EigenBijdrage.objects.get().eind == EIND


def test_a_second_round_finds_nothing_to_do() -> None:
    runs()
    assert [stop_on("2026-06-01"), stop_on("2026-06-01"), stop_on("2026-06-02")] == [
        *(1, 0, 0)
    ]
    assert stops() == [EIND]


@pytest.mark.parametrize("eind", [date(2026, 12, 31), None])
def test_while_another_provision_of_the_person_runs_it_runs(eind: date | None) -> None:
    eerste = runs()
    runs(
        eerste.persoon,
        eind=eind,
        code="02A05",
        **({} if eind else {"frequentie": "4"}),
    )
    assert EigenBijdrage.objects.count() == 1
    assert stop_on("2026-06-01") == 0
    if eind:
        assert stop_on("2027-01-01") == 1
        assert stops() == [eind]


def test_of_another_person_or_municipality_it_says_nothing() -> None:
    eerste = runs()
    ander = runs(eind=date(2026, 12, 31))
    municipality("GM0014")
    toewijzing(eerste.persoon, gemeente=municipality("GM0014"), ingang=INGANG)
    assert stop_on("2026-06-01") == 1
    assert EigenBijdrage.objects.get(eind__isnull=True).persoon == ander.persoon


def test_youth_care_a_removed_allocation_and_an_allowance_keep_it_from_nothing() -> (
    None
):
    eerste = runs()
    wie = eerste.persoon
    toewijzing(wie, wet="jeugdwet", ingang=INGANG, eind=date(2026, 12, 31))
    weg = runs(wie, eind=date(2026, 12, 31), code="02A05")
    toewijzen.remove(weg, door=CONSULENT)
    budget(wie, vorm="financieel", eind=date(2026, 12, 31))
    assert stop_on("2026-06-01") == 1
    assert stops() == [EIND]


def test_a_budget_asks_it_until_its_own_last_day() -> None:
    eerste = runs()
    budget(eerste.persoon, eind=date(2026, 7, 31))
    assert stop_on("2026-06-01") == 0
    assert stop_on("2026-08-01") == 1
    assert stops() == [date(2026, 7, 31)]


def test_a_budget_that_ended_early_counts_until_then() -> None:
    wie = person()
    pgb = budget(wie, eind=date(2026, 12, 31))
    with time_machine.travel("2026-06-10T10:00:00+02:00", tick=False):
        # The end lies ahead, so nothing stops yet.
        verstrekken.end_budget(pgb, date(2026, 6, 30), reden="Verhuisd", door=CONSULENT)
    assert stops() == []
    assert stop_on("2026-06-30") == 0
    assert stop_on("2026-07-01") == 1
    assert stops() == [date(2026, 6, 30)]


def test_what_never_was_is_not_paid_for() -> None:
    row = runs()
    toewijzen.remove(row, door=CONSULENT)
    assert stop_on("2026-06-01") == 1
    # The shortest there is: from its first day to its first day.
    assert EigenBijdrage.objects.get().eind == INGANG


def test_what_has_not_begun_yet_is_left_alone() -> None:
    row = toewijzing(ingang=date(2026, 9, 1), eind=date(2026, 12, 31))
    verstrekken.contribute(row, door=CONSULENT)
    toewijzen.remove(row, door=CONSULENT)
    assert stop_on("2026-06-01") == 0
    assert stop_on("2026-09-02") == 1


def test_killed_halfway_the_rest_follows_and_nothing_is_told_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _n in range(4):
        runs(person())
    echt = verstrekken.stop_contribution
    gedaan: list[Persoon] = []

    def dies(persoon: Persoon, gemeente: str, *, door: Actor) -> EigenBijdrage | None:
        if len(gedaan) == 2:
            # Killed within the third: what it did is undone with its transaction.
            with transaction.atomic():
                echt(persoon, gemeente, door=door)
                raise KeyboardInterrupt
        gedaan.append(persoon)
        return echt(persoon, gemeente, door=door)

    monkeypatch.setattr(verstrekken, "stop_contribution", dies)
    with pytest.raises(KeyboardInterrupt):
        stop_on("2026-06-01")
    assert len(stops()) == 2
    monkeypatch.setattr(verstrekken, "stop_contribution", echt)
    assert stop_on("2026-06-01") == 2
    assert stops() == [EIND] * 4
    assert (
        len(set(Uitvoer.objects.filter(soort="cak_stop").values_list("onderwerp"))) == 4
    )


def test_the_database_refuses_a_second_stop_of_one_contribution() -> None:
    runs()
    stop_on("2026-06-01")
    een = Uitvoer.objects.get(soort="cak_stop")
    with pytest.raises(IntegrityError), transaction.atomic():
        Uitvoer.objects.create(
            gemeente_id=GEMEENTE,
            persoon=een.persoon,
            soort="cak_stop",
            onderwerp=een.onderwerp,
            datum=een.datum,
        )


def test_a_longer_allocation_lets_it_begin_again_the_day_after() -> None:
    row = runs()
    stop_on("2026-06-01")
    with time_machine.travel("2026-06-05T10:00:00+02:00", tick=False):
        toewijzen.change(row, reden="04", eind=date(2026, 12, 31), door=CONSULENT)
    tweede = EigenBijdrage.objects.get(eind__isnull=True)
    assert tweede.ingang == date(2026, 6, 1)
    assert Uitvoer.objects.filter(soort="cak_start").count() == 2
    assert stop_on("2027-01-01") == 1
    assert sorted(stops()) == [EIND, date(2026, 12, 31)]


def test_shorter_afterwards_starts_nothing() -> None:
    row = runs()
    stop_on("2026-06-01")
    with time_machine.travel("2026-06-05T10:00:00+02:00", tick=False):
        toewijzen.end(row, date(2026, 5, 15), reden="14", door=CONSULENT)
    assert EigenBijdrage.objects.count() == 1


def test_what_overlaps_what_was_paid_for_begins_after_it() -> None:
    eerste = runs()
    stop_on("2026-06-01")
    with time_machine.travel("2026-06-05T10:00:00+02:00", tick=False):
        # Granted afterwards, from before the stop on.
        tweede = toewijzing(
            eerste.persoon, ingang=date(2026, 5, 15), eind=EIND, code="02A05"
        )
        assert verstrekken.contribute(tweede, door=CONSULENT) is None
        derde = toewijzing(
            eerste.persoon,
            ingang=date(2026, 5, 15),
            eind=date(2026, 9, 30),
            code="02A07",
        )
        bijdrage = verstrekken.contribute(derde, door=CONSULENT)
    assert bijdrage is not None
    assert bijdrage.ingang == date(2026, 6, 1)


@pytest.mark.django_db(transaction=True)
def test_the_daily_work_does_it_for_each_municipality() -> None:
    runs()
    municipality("GM0014")
    elders = toewijzing(
        person(gemeenten=["GM0014"]),
        gemeente=municipality("GM0014"),
        ingang=INGANG,
        eind=EIND,
    )
    verstrekken.contribute(elders, door=CONSULENT)
    with time_machine.travel("2026-06-01T03:29:00+02:00", tick=False):
        jobs.stop_contributions.func(0)
    assert stops() == [EIND, EIND]
    regel = Auditregel.objects.filter(onderwerp__startswith="eigenbijdrage:")
    assert regel.count() == 2, "each is on record, by the system"
