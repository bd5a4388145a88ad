"""Background work: having files scanned, removing what must go, forgetting drafts."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens
from samenloop.plannen.dossier import concepten, opbergen, scannen


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="dossier-scannen")
def scan(timestamp: int) -> None:
    """Have files that came in looked at, and those of before there was a scanner."""
    if scannen.is_set():
        with gemeentegrens.everywhere("scan documents"):
            scannen.scan_waiting()
        connection.close()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="dossier-bestanden")
def clear_up(timestamp: int) -> None:
    """Remove files whose rows are gone, and what was never committed."""
    with gemeentegrens.everywhere("files of documents that must go"):
        opbergen.remove_left()
        opbergen.clear_up()
    connection.close()


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="dossier-concepten")
def drop_old_drafts(timestamp: int) -> None:
    """Forget what somebody began to type and left."""
    with gemeentegrens.everywhere("drafts that nobody finished"):
        concepten.drop_old()
    connection.close()
