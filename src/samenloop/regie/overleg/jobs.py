"""Conferences that nobody ended."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens
from samenloop.regie.overleg import houden


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="overleg-vergeten")
def end_forgotten(timestamp: int) -> None:
    """End conferences whose time is over.

    What was shared has closed by its own time already; this says so in the conference.
    """
    with gemeentegrens.everywhere("conferences whose time is over"):
        houden.end_forgotten()
    connection.close()
