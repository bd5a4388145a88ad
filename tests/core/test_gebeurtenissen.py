"""What happened is handled exactly once, whatever dies in between."""

import threading
import uuid
from collections.abc import Sequence
from datetime import timedelta

import pytest
import time_machine
from django.db import connections, transaction

from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.core.gebeurtenissen import (
    handle_pending,
    handles,
    handles_together,
    record,
    record_all,
)
from samenloop.core.models import Afhandeling, Gebeurtenis, Staat
from samenloop.personen.models import Persoon

SOORT = "proef-gedaan"


@pytest.fixture(autouse=True)
def handlers(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """No handlers but those of the test."""
    eigen: dict[str, object] = {}
    monkeypatch.setattr(gebeurtenissen, "_handlers", eigen)
    return eigen


@pytest.fixture
def gedaan() -> list[Gebeurtenis]:
    """What a handler saw."""
    gezien: list[Gebeurtenis] = []

    @handles(SOORT)
    def note(gebeurtenis: Gebeurtenis) -> None:
        gezien.append(gebeurtenis)

    return gezien


def happen(gemeente: str = "GM0005") -> Gebeurtenis:
    with transaction.atomic():
        sleutel = record(SOORT, onderwerp=uuid.uuid4(), gemeente=gemeente)
    return Gebeurtenis.objects.get(pk=sleutel)


@pytest.mark.django_db
def test_event_is_handled_once(gedaan: list[Gebeurtenis]) -> None:
    gebeurtenis = happen()
    assert handle_pending() == 1
    assert handle_pending() == 0
    assert gedaan == [gebeurtenis]


@pytest.mark.django_db(transaction=True)
def test_event_needs_the_transaction_of_its_fact() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(SOORT, onderwerp=uuid.uuid4())


@pytest.mark.django_db(transaction=True)
def test_event_goes_with_the_fact_that_was_undone(gedaan: list[Gebeurtenis]) -> None:
    with transaction.atomic():
        record(SOORT, onderwerp=uuid.uuid4())
        transaction.set_rollback(True)
    assert not Gebeurtenis.objects.exists()
    assert handle_pending() == 0
    assert gedaan == []


@pytest.mark.django_db
def test_handler_works_in_the_border_of_the_event() -> None:
    grenzen = []

    @handles(SOORT)
    def look(gebeurtenis: Gebeurtenis) -> None:
        grenzen.append(gemeentegrens.current().setting)

    happen("GM0005")
    happen("GM1663")
    handle_pending()
    assert grenzen == ["GM0005", "GM1663"]


@pytest.mark.django_db
def test_failure_undoes_its_own_work_only_and_is_tried_again(
    gedaan: list[Gebeurtenis],
) -> None:
    stuk = [True]

    @handles(SOORT)
    def fragile(gebeurtenis: Gebeurtenis) -> None:
        Gebeurtenis.objects.create(soort="gevolg", onderwerp=uuid.uuid4())
        if stuk:
            raise ValueError("999990019")

    happen()
    with time_machine.travel(klok.now(), tick=False) as tijd:
        assert handle_pending() == 1
        assert len(gedaan) == 1
        assert not Gebeurtenis.objects.filter(soort="gevolg").exists()
        over = Afhandeling.objects.get(staat=Staat.OPEN)
        assert over.fout == "ValueError"
        stuk.clear()
        assert handle_pending() == 0  # not yet
        tijd.shift(timedelta(seconds=2))
        assert handle_pending() == 1
    assert Gebeurtenis.objects.filter(soort="gevolg").count() == 1
    assert len(gedaan) == 1


@pytest.mark.django_db(transaction=True)
def test_rule_that_is_checked_at_the_end_fails_its_own_handler_only(
    gedaan: list[Gebeurtenis],
) -> None:
    @handles(SOORT)
    def nameless(gebeurtenis: Gebeurtenis) -> None:
        # Neither a BSN nor a reason: refused by a deferred trigger.
        Persoon.objects.create(geslachtsnaam="Niemand")

    happen()
    assert handle_pending() == 1
    assert len(gedaan) == 1
    assert Afhandeling.objects.get(staat=Staat.OPEN).fout == "IntegrityError"
    assert not Persoon.objects.exists()


@pytest.mark.django_db
def test_events_of_one_municipality_are_handled_at_once() -> None:
    keren: list[tuple[str, list[uuid.UUID]]] = []

    @handles_together(SOORT)
    def note(gebeurtenissen: Sequence[Gebeurtenis]) -> None:
        grens = gemeentegrens.current().setting
        keren.append((grens, [each.onderwerp for each in gebeurtenissen]))

    over = [happen(waar).onderwerp for waar in ("GM0005", "GM1663", "GM0005")]
    assert handle_pending() == 3
    assert keren == [("GM0005", [over[0], over[2]]), ("GM1663", [over[1]])]


@pytest.mark.django_db
def test_event_that_fails_takes_none_of_those_handled_with_it() -> None:
    @handles_together(SOORT)
    def fragile(gebeurtenissen: Sequence[Gebeurtenis]) -> None:
        for each in gebeurtenissen:
            Gebeurtenis.objects.create(soort="gevolg", onderwerp=each.onderwerp)
            if each.onderwerp == stuk:
                raise ValueError

    over = [happen().onderwerp for _ in range(4)]
    stuk = over[1]
    assert handle_pending() == 3
    gevolgen = Gebeurtenis.objects.filter(soort="gevolg")
    assert sorted(each.onderwerp for each in gevolgen) == sorted({*over} - {stuk})
    mislukt = Afhandeling.objects.get(staat=Staat.OPEN)
    assert (mislukt.gebeurtenis.onderwerp, mislukt.pogingen) == (stuk, 1)


@pytest.mark.django_db
def test_several_facts_are_written_down_at_once(gedaan: list[Gebeurtenis]) -> None:
    over = [uuid.uuid4() for _ in range(3)]
    with transaction.atomic():
        sleutels = record_all(SOORT, onderwerpen=over, gemeente="GM0005")
        assert record_all(SOORT, onderwerpen=[]) == []
    assert handle_pending() == 3
    assert [(each.pk, each.onderwerp) for each in gedaan] == list(
        zip(sleutels, over, strict=True)
    )


@pytest.mark.django_db
def test_failure_is_given_up_and_stays_to_be_seen(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @handles(SOORT)
    def broken(gebeurtenis: Gebeurtenis) -> None:
        raise ValueError("999990019")

    happen()
    with time_machine.travel(klok.now(), tick=False) as tijd:
        for _ in range(gebeurtenissen.POGINGEN + 3):
            handle_pending()
            tijd.shift(timedelta(hours=1, seconds=1))
    afhandeling = Afhandeling.objects.get()
    assert afhandeling.staat == Staat.MISLUKT
    assert afhandeling.pogingen == gebeurtenissen.POGINGEN
    assert "999990019" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_take_the_same_event() -> None:
    teller: list[uuid.UUID] = []

    @handles(SOORT)
    def count(gebeurtenis: Gebeurtenis) -> None:
        teller.append(gebeurtenis.onderwerp)

    verwacht = sorted(happen().onderwerp for _ in range(80))

    def work() -> None:
        try:
            handle_pending()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(teller) == verwacht
    assert Afhandeling.objects.filter(staat=Staat.KLAAR).count() == 80
