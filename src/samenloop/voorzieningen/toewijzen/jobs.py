"""What this room does every day by itself."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.access.actor import Actor
from samenloop.core import gemeentegrens
from samenloop.voorzieningen.toewijzen import verstrekken
from samenloop.voorzieningen.toewijzen.models import EigenBijdrage


@app.periodic(cron="29 0 * * *")
@app.task(queueing_lock="eigen-bijdrage-stoppen")
def stop_contributions(timestamp: int) -> None:
    """Stop the own contribution of who has nothing any more since yesterday."""
    with gemeentegrens.everywhere("municipalities with own contributions"):
        gemeenten = list(
            EigenBijdrage.objects.filter(eind__isnull=True)
            .order_by("gemeente")
            .values_list("gemeente", flat=True)
            .distinct()
        )
    for gemeente in gemeenten:
        with gemeentegrens.within(gemeente):
            verstrekken.stop_ended(
                gemeente, door=Actor.systeem("eigen bijdrage", gemeente)
            )
    connection.close()
