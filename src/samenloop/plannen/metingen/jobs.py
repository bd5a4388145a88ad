"""Clearing up what somebody began to fill in and left."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens
from samenloop.plannen.metingen import meten


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="metingen-concepten")
def drop_old_drafts(timestamp: int) -> None:
    """Forget drafts of measurements that nobody touched."""
    with gemeentegrens.everywhere("drafts of measurements that nobody finished"):
        meten.drop_old()
    connection.close()
