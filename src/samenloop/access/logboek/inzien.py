"""Who looked: at a person, or at one thing such as a melding.

For the citizen's own page and for the panels "Wie zag deze melding". Newest first; who
reads this for a citizen works without a border between municipalities and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from samenloop.access.logboek.models import Auditregel
from samenloop.access.logboek.wijze import Wijze

MEESTE = 500

_AT_PERSON = """
SELECT a.id, a.op, a.gemeente, a.actor_soort, a.actor_id, a.actor_naam, a.rollen,
       a.handeling, a.doel, a.grond, a.diepte, a.wijze, a.onderwerp
  FROM logboek_verwerking v
  JOIN logboek_auditregel a
    ON a.trace_id = v.trace_id AND a.span_id IN (v.span_id, v.parent_span_id)
 WHERE v.persoon = %s AND v.begonnen_op >= %s AND a.wijze = ANY (%s)
 ORDER BY v.begonnen_op DESC, a.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Inzage:
    """One look: who, in which role, what for, and how deep."""

    regel: int
    op: datetime
    gemeente: str
    actor_soort: str
    actor_id: str
    actor_naam: str
    rollen: tuple[str, ...]
    handeling: str
    doel: str
    grond: str
    diepte: str
    wijze: Wijze
    onderwerp: str


def looks_at(
    persoon_id: UUID,
    since: datetime,
    *,
    wijzen: Iterable[Wijze] = tuple(Wijze),
    limit: int = MEESTE,
) -> list[Inzage]:
    """Return who looked at a person since a moment, newest first.

    Args:
        persoon_id: the opaque id; the person's record may be gone.
        since: from this moment on.
        wijzen: leave out, for instance, who only met the person in a search.
        limit: at most this many.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _AT_PERSON, [persoon_id, since, [str(each) for each in wijzen], limit]
        )
        return [_look(row) for row in cursor.fetchall()]


def looks_at_onderwerp(
    onderwerp: str,
    since: datetime | None = None,
    *,
    wijzen: Iterable[Wijze] = tuple(Wijze),
    limit: int = MEESTE,
) -> list[Inzage]:
    """Return who looked at a thing, for instance `melding:<uuid>`, newest first."""
    rows = Auditregel.objects.filter(onderwerp=onderwerp, wijze__in=list(wijzen))
    if since is not None:
        rows = rows.filter(op__gte=since)
    columns = [
        "id",
        "op",
        "gemeente",
        "actor_soort",
        "actor_id",
        "actor_naam",
        "rollen",
        "handeling",
        "doel",
        "grond",
        "diepte",
        "wijze",
        "onderwerp",
    ]
    found = rows.exclude(onderwerp="").order_by("-op", "-id").values_list(*columns)
    return [_look(row) for row in found[:limit]]


def _look(row: tuple[Any, ...]) -> Inzage:
    values = list(row)
    values[6] = tuple(values[6])
    values[11] = Wijze(values[11])
    return Inzage(*values)
