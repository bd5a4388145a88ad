"""Jobs on the clock: nothing is kept of tokens that stopped long ago."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.access.koppelingen import bewijzen


@app.periodic(cron="43 * * * *")
@app.task(queueing_lock="koppelingen-clear")
def clear_old(timestamp: int) -> None:
    """Remove tokens and counts of wrong attempts that mean nothing any more."""
    bewijzen.clear_old()
    connection.close()
