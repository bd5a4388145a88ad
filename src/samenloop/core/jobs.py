"""Jobs on the clock that keep the queue itself in order."""

from datetime import timedelta

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from samenloop.core import klok
from samenloop.core.models import Gebeurtenis, Staat

# How long one can see what happened; nothing of a person is in it.
BEWAARD = timedelta(days=90)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="core-stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Begin again what a worker had in hand when it was killed."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="core-events")
def drop_old_events(timestamp: int) -> None:
    """Forget events that were handled long ago; what failed stays to be looked at."""
    Gebeurtenis.objects.filter(vastgelegd_op__lt=klok.now() - BEWAARD).exclude(
        afhandelingen__staat__in=[Staat.OPEN, Staat.MISLUKT]
    ).delete()
    connection.close()
