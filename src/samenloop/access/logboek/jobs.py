"""What the logs need in the background: odd looks every hour, checks when asked.

The check every night makes sure that somebody learns of a broken chain, also when no
officer asks.
"""

import contextlib
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samenloop.access.actor import Actor
from samenloop.access.logboek import afwijkingen, toezicht
from samenloop.access.logboek.models import Controle
from samenloop.core import gemeentegrens


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="logboek-afwijkingen")
def put_forward(timestamp: int) -> None:
    """Put odd looks forward."""
    with gemeentegrens.everywhere("odd looks of all municipalities"):
        afwijkingen.put_forward()
    connection.close()


@app.periodic(cron="37 2 * * *")
@app.task(queueing_lock="logboek-nachtcontrole")
def verify_nightly(timestamp: int) -> None:
    """Check all chains once a night."""
    ask_worker(toezicht.ask(Actor.systeem("nachtcontrole")))
    connection.close()


@app.task
def verify(controle_id: str) -> None:
    """Carry out a check that was asked for on the page."""
    toezicht.run(UUID(controle_id))
    connection.close()


def ask_worker(controle: Controle) -> None:
    """Hand a check to the worker; one that it has already is left to it."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        verify.configure(queueing_lock=f"logboek-{controle.pk}").defer(
            controle_id=str(controle.pk)
        )
