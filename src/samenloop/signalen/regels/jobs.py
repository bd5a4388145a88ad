"""What rules do in the background: dry runs, and forgetting old ones."""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens, klok
from samenloop.signalen.regels import proef
from samenloop.signalen.regels.models import Regelproef

# A dry run names signals by number; those are not kept longer than needed.
BEWAARD = timedelta(days=90)


@app.task(queue="proef")
def dry_run(proef_id: str, gemeente: str) -> None:
    """Do the dry run that somebody asked for; begun again, it starts over."""
    try:
        with gemeentegrens.within(gemeente):
            proef.run(UUID(proef_id))
    finally:
        connection.close()


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="regels-proeven")
def forget_signals(timestamp: int) -> None:
    """Take the numbers of signals out of dry runs of long ago; the counts stay."""
    with gemeentegrens.everywhere("old dry runs"), transaction.atomic():
        oud = Regelproef.objects.filter(
            gestart_op__lt=klok.now() - BEWAARD, uitkomst__has_key="rijen"
        )
        for each in oud.select_for_update():
            each.uitkomst = {**each.uitkomst, "voorbeelden": []}
            each.uitkomst.pop("rijen", None)
            each.save(update_fields=["uitkomst"])
    connection.close()
