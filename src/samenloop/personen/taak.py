"""Which municipalities have a task toward someone, and so may know of them.

What comes in are facts and records that name a person and a municipality: triggers
(`keeps_task`) add that municipality to `Persoon.gemeenten`, by which row-level security
decides. What goes out is that somebody is known here (`take_on`, `take_on_by_bsn`), or
no longer (`release`, for the destruction of records). A municipality takes a person on
only within its own border.

Knowing of a person is not the same as having a task of one's own (`is_assigned`): the
address of someone under secrecy, for instance, is only for who has.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.migrations import RunSQL

from samenloop.access import noodtoegang
from samenloop.access.actor import Actor
from samenloop.access.logboek import betrokkenheid
from samenloop.core import gemeentegrens
from samenloop.core.bsn import Bsn


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
    return take_on_by_bsns([bsn], gemeente).get(bsn)


def take_on_by_bsns(bsns: Iterable[Bsn], gemeente: str) -> dict[Bsn, UUID]:
    """The persons with these BSNs, as `take_on_by_bsn` finds each."""
    sleutels = {bsn.zoeksleutel(settings.BSN_SLEUTEL): bsn for bsn in bsns}
    if not sleutels:
        return {}
    with connection.cursor() as cursor:
        # In a fixed order, so that two who take on the same people wait in turn.
        cursor.execute(
            "SELECT s, samenloop_neem_aan_met_sleutel(s, %s) FROM unnest(%s::text[]) s",
            [gemeente, sorted(sleutels)],
        )
        return {sleutels[s]: persoon for s, persoon in cursor.fetchall() if persoon}


def take_on_household(sleutel: str, gemeente: str) -> UUID:
    """The household with this key, made when nobody had it, shared when others do.

    Raises:
        django.db.Error: the municipality lies outside the border.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT samenloop_neem_huishouden_aan(%s, %s)", [sleutel, gemeente]
        )
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def release(personen: Iterable[UUID], gemeente: str) -> None:
    """Take the task of a municipality away: nothing of it is left on record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT samenloop_laat_los(%s::uuid[], %s)", [list(personen), gemeente]
        )


def is_assigned(actor: Actor, persoon: UUID) -> bool:
    """Whether this account has a task of its own toward this person.

    The rooms above say who is involved with whom; emergency access counts as well.
    """
    betrokken = betrokkenheid.involved(actor.id, [persoon], actor.gemeente)
    return persoon in betrokken or noodtoegang.active(actor, persoon)
