"""Odd looks, put forward by rules that one can read.

Each rule says one thing that a privacy officer would want to see and why; none adds up
to a score of a worker. A look at one's own record is put forward at once, the others by
a job every hour. What comes of it is decided by a person, with a reason.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.access.logboek import kenmerken
from samenloop.access.logboek.models import Afwijking
from samenloop.core import klok


def put_forward_at_once(
    actor: Actor,
    personen: Collection[UUID],
    gemeente: str,
    regel: int,
    op: datetime,
) -> list[Afwijking]:
    """Put forward that somebody looks at their own record, as it happens.

    Only for workers of whom the municipality keeps marks, so it costs others nothing
    but one look-up.
    """
    worker = kenmerken.of_worker(actor.id, gemeente)
    if worker is None or not worker.bsn:
        return []
    return _keep(
        Afwijking(
            gemeente=gemeente,
            regel=Afwijking.Regel.EIGEN,
            aanleiding=f"{persoon}:{klok.today():%Y-%m-%d}",
            actor_id=actor.id,
            actor_naam=actor.naam,
            persoon=persoon,
            auditregel=regel,
            op=op,
        )
        for persoon, marks in kenmerken.of_persons(personen).items()
        if marks.bsn == worker.bsn
    )


def _keep(rows: Iterable[Afwijking]) -> list[Afwijking]:
    found = list(rows)
    for row in found:
        row.gevonden_op = klok.now()
    Afwijking.objects.bulk_create(found, ignore_conflicts=True)
    return found
