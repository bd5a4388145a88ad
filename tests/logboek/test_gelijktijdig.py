"""Many who write at once: nobody waits for another, and every chain stays whole."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samenloop.access import logboek
from samenloop.access.logboek import Wijze, jobs, toezicht
from samenloop.access.logboek.controle import verify
from samenloop.access.logboek.models import (
    Auditregel,
    Controle,
    Naloopronde,
    Verwerking,
)
from samenloop.access.rollen import Handeling
from samenloop.core import gemeentegrens
from tests.access.accounts import actor

pytestmark = pytest.mark.django_db(transaction=True)
DRADEN, KEER = 8, 25


@pytest.fixture(autouse=True)
def _in_use() -> None:
    """The log was written to before: after a clean-up its heads are not there yet."""
    logboek.record(actor(), Handeling.LOG_LEZEN)


def _at_once(work: Callable[[int], None]) -> None:
    fouten: list[BaseException] = []

    def run(nummer: int) -> None:
        try:
            with gemeentegrens.within("GM1651"):
                work(nummer)
        except BaseException as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=run, args=(n,)) for n in range(DRADEN)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert not fouten


def test_writers_at_once_leave_unbroken_chains() -> None:
    def work(nummer: int) -> None:
        for keer in range(KEER):
            personen = [uuid4() for _each in range(1 + (nummer + keer) % 4)]
            logboek.record(
                actor(account=nummer), Handeling.PERSOON_OPENEN, personen=personen
            )

    _at_once(work)
    assert Auditregel.objects.count() == 1 + DRADEN * KEER
    assert Verwerking.objects.filter(persoon__isnull=False).count() == sum(
        1 + (nummer + keer) % 4 for nummer in range(DRADEN) for keer in range(KEER)
    )
    assert verify().heel


def test_writer_that_takes_long_stops_nobody() -> None:
    """Each has its line written before any of them commits: no chain is waited for."""
    allen = threading.Barrier(DRADEN, timeout=30)

    def work(nummer: int) -> None:
        for ongedaan in (False, True):
            with transaction.atomic():
                logboek.record(
                    actor(account=nummer), Handeling.MELDING_WEGEN,
                    personen=[uuid4()], wijze=Wijze.GEWIJZIGD,
                )  # fmt: skip
                allen.wait()
                logboek.record(actor(account=nummer), Handeling.LOG_LEZEN)
                if ongedaan:
                    transaction.set_rollback(True)

    _at_once(work)
    assert Auditregel.objects.count() == 1 + 2 * DRADEN
    assert verify().heel


def test_check_while_others_write_finds_no_fault() -> None:
    klaar = threading.Event()
    uitkomsten = []

    def work(nummer: int) -> None:
        if nummer == 0:
            with gemeentegrens.everywhere("test"):
                while not klaar.is_set():
                    uitkomsten.append(verify(blok=7))
            return
        for _each in range(KEER):
            logboek.record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()])
        klaar.set()

    _at_once(work)
    assert uitkomsten
    assert [fout for uitkomst in uitkomsten for fout in uitkomst.fouten] == []


def test_check_in_the_background_keeps_its_outcome_and_can_be_stopped() -> None:
    for _each in range(4):
        logboek.record(actor(), Handeling.LOG_LEZEN)
    gevraagd = toezicht.ask(actor())
    assert toezicht.ask(actor()).pk == gevraagd.pk
    with gemeentegrens.within():
        gedaan = toezicht.run(gevraagd.pk)
    assert gedaan is not None
    assert (gedaan.status, gedaan.gedaan, gedaan.totaal) == ("heel", 5, 5)
    assert toezicht.run(gevraagd.pk) is None
    tweede = toezicht.ask(actor())
    toezicht.stop(tweede.pk)
    toezicht.run(tweede.pk)
    tweede.refresh_from_db()
    assert tweede.status == Controle.Status.GESTOPT
    assert tweede.geeindigd_op


def test_worker_carries_out_what_was_asked_and_the_hourly_round() -> None:
    gevraagd = toezicht.ask(actor())
    jobs.ask_worker(gevraagd)
    jobs.ask_worker(gevraagd)
    assert ProcrastinateJob.objects.filter(task_name=jobs.verify.name).count() == 1
    with gemeentegrens.within():
        jobs.verify.func(str(gevraagd.pk))
        jobs.put_forward.func(0)
        jobs.verify_nightly.func(0)
    gevraagd.refresh_from_db()
    assert gevraagd.status == Controle.Status.HEEL
    assert Naloopronde.objects.count() == 1
    assert Controle.objects.filter(status=Controle.Status.WACHT, gemeente="").exists()
