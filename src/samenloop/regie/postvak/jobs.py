"""What follows from a message in the background: telling who it is for; clearing up."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens, klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.regie.postvak import attenderen
from samenloop.regie.postvak.models import Bericht, Berichtconcept
from samenloop.regie.postvak.schrijven import GESCHREVEN


@handles(GESCHREVEN)
def tell_receivers(gebeurtenis: Gebeurtenis) -> None:
    """Tell by e-mail that something waits; a message that went is told to nobody."""
    bericht = (
        Bericht.objects.select_related("draad__dossier")
        .filter(pk=gebeurtenis.onderwerp)
        .first()
    )
    if bericht is not None:
        attenderen.tell(attenderen.readers(bericht))


def drop_old_drafts() -> int:
    """Forget messages that somebody began and left for too long."""
    tot = klok.now() - timedelta(days=settings.CONCEPT_DAGEN)
    return Berichtconcept.objects.filter(bewaard_op__lt=tot).delete()[0]


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="postvak-concepten")
def drop_drafts(timestamp: int) -> None:
    """Forget what somebody began to write and left."""
    with gemeentegrens.everywhere("messages that nobody finished"):
        drop_old_drafts()
    connection.close()
