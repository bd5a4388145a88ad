"""Nobody sees or writes a row of a municipality outside the border."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from samenloop.core import gemeentegrens
from samenloop.core.gemeentegrens import everywhere, within

pytestmark = pytest.mark.django_db


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('samenloop.gemeenten', true)")
        return str(cursor.fetchone()[0] or "")


def allowed(gemeente: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT samenloop_mag_gemeente(%s)", [gemeente])
        return bool(cursor.fetchone()[0])


def test_database_hears_the_border_before_each_statement() -> None:
    with within("GM1663", "GM0005"):
        assert told() == "GM0005,GM1663"
        with within("GM0005"):
            assert told() == "GM0005"
        assert told() == "GM0005,GM1663"
        with everywhere("figures of the region"):
            assert told() == "*"


def test_border_changes_under_a_cursor_that_stays_open() -> None:
    with connection.cursor() as cursor:
        for code in ("GM0005", "GM1663"):
            with within(code):
                cursor.execute("SELECT samenloop_gemeenten()")
                assert cursor.fetchone() == ([code],)


def test_without_a_border_nothing_is_allowed() -> None:
    with within():
        assert told() == ""
        assert not allowed("GM0005")
        assert not allowed("")


def test_one_municipality_does_not_reach_its_neighbour() -> None:
    with within("GM0005"):
        assert allowed("GM0005")
        assert not allowed("GM1663")
    with everywhere("maintenance"):
        assert allowed("GM1663")


def test_border_holds_after_a_rollback_undid_what_was_told() -> None:
    with within("GM0005"):
        told()
        with within("GM1663"):
            told_inside = []
            with pytest.raises(RuntimeError), transaction.atomic():
                raise RuntimeError(told_inside.append(told()))
            assert told_inside == ["GM1663"]
            assert told() == "GM1663"
        assert told() == "GM0005"


def test_border_holds_after_a_statement_that_failed() -> None:
    with within("GM0005"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1/0")
        assert told() == "GM0005"


def test_another_thread_starts_with_nothing() -> None:
    seen: list[str] = []

    def look() -> None:
        try:
            seen.append(told())
        finally:
            connections.close_all()

    with within("GM0005"):
        told()
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [""]


@pytest.mark.parametrize("code", ["", "*", "GM0005,GM1663"])
def test_a_border_is_named_by_codes_only(code: str) -> None:
    with pytest.raises(ValueError, match="CBS code"), within(code):
        pass


def test_working_without_a_border_takes_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"), everywhere(""):
        pass


def test_the_border_ends_with_the_work() -> None:
    before = gemeentegrens.current()
    with pytest.raises(KeyError), within("GM0005"):
        raise KeyError
    assert gemeentegrens.current() == before
