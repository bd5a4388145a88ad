"""Which municipalities have a task toward someone, and so may know of them.

What comes in are facts and records that name a person and a municipality: triggers
(`keeps_task`) add that municipality to `Persoon.gemeenten`, by which row-level security
decides. What goes out is that somebody is known here (`take_on`, `take_on_by_bsn`), or
no longer (`release`, for the destruction of records). A municipality takes a person on
only within its own border.

Knowing of a person is not the same as having a task of one's own: the address of
someone under secrecy is only for who is assigned to them. Rooms above say who that is
(`register_assigned`).
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.migrations import RunSQL

from samenloop.core import gemeentegrens
from samenloop.core.bsn import Bsn

Toegewezen = Callable[[Any, UUID], bool]
_toegewezen: dict[str, Toegewezen] = {}


def of_border() -> list[str]:
    """The municipalities this piece of work is done for."""
    return list(gemeentegrens.current().gemeenten)


def keeps_task(
    table: str, persoon: str = "persoon_id", gemeente: str = "gemeente_id"
) -> RunSQL:
    """Let each row of a table give its municipality a task toward its person.

    An operation for a migration that depends on ("personen", "0003_gemeentegrens");
    what is in the table already is taken along.
    """
    trigger = (
        "CREATE TRIGGER samenloop_taak_bij_{0} AFTER {0} ON {1} "
        "REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT "
        "EXECUTE FUNCTION samenloop_houd_taak('{2}', '{3}')"
    )
    return RunSQL(
        [
            trigger.format("insert", table, persoon, gemeente),
            trigger.format("update", table, persoon, gemeente),
            "SELECT samenloop_voeg_taak_toe(wie, array_agg(DISTINCT waar)) FROM "  # noqa: S608
            f"(SELECT {persoon} AS wie, {gemeente}::text AS waar FROM {table}) rijen "
            "WHERE wie IS NOT NULL AND coalesce(waar, '') <> '' GROUP BY wie",
        ],
        [
            f"DROP TRIGGER samenloop_taak_bij_insert ON {table}",
            f"DROP TRIGGER samenloop_taak_bij_update ON {table}",
        ],
    )


def take_on(personen: Iterable[UUID], gemeente: str) -> None:
    """Give a municipality a task toward people it may not know of yet.

    Raises:
        django.db.Error: the municipality lies outside the border.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT samenloop_neem_aan(%s::uuid[], %s)", [list(personen), gemeente]
        )


def take_on_by_bsn(bsn: Bsn, gemeente: str) -> UUID | None:
    """The person with this BSN, also one that only others knew; None if there is none.

    The municipality has a task toward them from now on.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT samenloop_neem_aan_met_sleutel(%s, %s)",
            [bsn.zoeksleutel(settings.BSN_SLEUTEL), gemeente],
        )
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def release(personen: Iterable[UUID], gemeente: str) -> None:
    """Take the task of a municipality away: nothing of it is left on record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT samenloop_laat_los(%s::uuid[], %s)", [list(personen), gemeente]
        )


def register_assigned(naam: str, is_toegewezen: Toegewezen) -> None:
    """Let a room above say who is assigned to a person (its `AppConfig.ready`)."""
    _toegewezen[naam] = is_toegewezen


def is_assigned(actor: Any, persoon: UUID) -> bool:
    """Whether this account has a task of its own toward this person."""
    return any(vraag(actor, persoon) for vraag in _toegewezen.values())
