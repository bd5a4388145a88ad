"""Sent as one statement or planned once: what is written stays the same."""

import uuid

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samenloop.core import gebeurtenissen, gemeentegrens, opdrachten
from samenloop.core.models import Gebeurtenis

pytestmark = pytest.mark.django_db

_EEN = "INSERT INTO core_gebeurtenis (id, soort, onderwerp, gemeente)"


def deel(soort: str = "proef", gemeente: str = "GM1663") -> tuple[str, list[object]]:
    """A writing of one row."""
    return f"{_EEN} VALUES (%s, %s, %s, %s)", [
        uuid.uuid4(), soort, uuid.uuid4(), gemeente,
    ]  # fmt: skip


def soorten() -> list[str]:
    return sorted(Gebeurtenis.objects.values_list("soort", flat=True))


def prepared() -> int:
    """How many statements this connection keeps planned."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


def test_writings_of_several_go_as_one_statement() -> None:
    with (
        CaptureQueriesContext(
            connection,
        ) as gezien,
        transaction.atomic(),
        opdrachten.together(),
    ):
        for naam in ("een", "twee", "drie"):
            opdracht, waarden = deel(naam)
            opdrachten.write({naam: opdracht}, waarden)
        assert not soorten()
    inserts = [q for q in gezien.captured_queries if "INSERT" in str(q["sql"])]
    assert len(inserts) == 1
    assert soorten() == ["drie", "een", "twee"]


def test_without_it_each_is_written_at_once() -> None:
    opdracht, waarden = deel("een")
    opdrachten.write({"een": opdracht}, waarden)
    assert soorten() == ["een"]


def test_same_name_twice_is_written_twice() -> None:
    with transaction.atomic(), opdrachten.together():
        for naam in ("een", "twee"):
            opdracht, waarden = deel(naam)
            opdrachten.write({"zelfde": opdracht}, waarden)
    assert soorten() == ["een", "twee"]


def test_what_waits_is_there_for_who_asks() -> None:
    with transaction.atomic(), opdrachten.together():
        eerst, waarden = deel("eerst")
        opdrachten.write({"eerst": eerst}, waarden)
        dan, waarden = deel("dan")
        (rij,) = opdrachten.ask(
            {"dan": f"{dan} RETURNING soort"},
            waarden,
            "SELECT dan.soort, (SELECT count(*) FROM core_gebeurtenis) FROM dan",
        )
        assert rij == ("dan", 1)


def test_what_waits_can_be_sent_before_the_end() -> None:
    with transaction.atomic(), opdrachten.together() as samen:
        opdracht, waarden = deel("een")
        opdrachten.write({"een": opdracht}, waarden)
        samen.send()
        assert soorten() == ["een"]


def test_one_that_is_refused_takes_all_with_it() -> None:
    def write() -> None:
        with transaction.atomic(), opdrachten.together():
            for soort in ("goed", ""):
                opdracht, waarden = deel(soort)
                opdrachten.write({soort or "leeg": opdracht}, waarden)

    with pytest.raises(IntegrityError):
        write()
    assert not soorten()


def test_nothing_is_written_when_the_work_fails() -> None:
    def fail() -> None:
        with transaction.atomic(), opdrachten.together():
            opdracht, waarden = deel("een")
            opdrachten.write({"een": opdracht}, waarden)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not soorten()


@pytest.mark.django_db(transaction=True)
def test_together_is_a_transaction() -> None:
    with pytest.raises(RuntimeError), opdrachten.together():
        pass


def test_events_and_their_handlers_wait_as_well() -> None:
    with transaction.atomic(), opdrachten.together():
        gebeurtenissen.record("proef", onderwerp=uuid.uuid4())
        assert not soorten()
    assert soorten() == ["proef"]


def test_planned_once_is_kept_and_the_usual_is_not() -> None:
    uniek = f"SELECT '{uuid.uuid4()}'::text, %s::int"
    for _ in range(5):
        with connection.cursor() as cursor:
            cursor.execute(uniek, [1])
    eerder = prepared()
    for _ in range(5):
        with opdrachten.planned_once(), connection.cursor() as cursor:
            cursor.execute(uniek, [1])
            assert cursor.fetchone()[1] == 1
    assert prepared() == eerder + 1


def test_planned_once_stays_within_the_border_of_now() -> None:
    vraag = "SELECT samenloop_mag_gemeente(%s)"

    def allowed(code: str) -> bool:
        with opdrachten.planned_once(), connection.cursor() as cursor:
            cursor.execute(vraag, [code])
            return bool(cursor.fetchone()[0])

    for _ in range(4):
        with gemeentegrens.within("GM1663"):
            assert allowed("GM1663")
            assert not allowed("GM0005")
        with gemeentegrens.within("GM0005"):
            assert allowed("GM0005")
            assert not allowed("GM1663")


@pytest.mark.django_db(transaction=True)
def test_connection_that_was_broken_off_is_noticed_without_asking() -> None:
    connection.ensure_connection()
    assert connection.is_usable()
    with CaptureQueriesContext(connection) as gezien:
        assert connection.is_usable()
    assert not gezien.captured_queries
    params = connection.get_connection_params()
    wanted = ("host", "port", "dbname", "user", "password")
    with psycopg.connect(
        **{naam: params[naam] for naam in wanted}, autocommit=True
    ) as ander:
        ander.execute(
            "SELECT pg_terminate_backend(%s, 5000)",
            [connection.connection.info.backend_pid],
        )
    assert not connection.is_usable()
    connection.close()
