"""What goes on in the background: checking, reading in, forgetting."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.signalen.bestand import keuren, opruimen, verwerken
from samenloop.signalen.bestand.aanbieden import TE_KEUREN, TE_VERWERKEN


@handles(TE_KEUREN)
def check(gebeurtenis: Gebeurtenis) -> None:
    """Check a file whose columns were chosen."""
    keuren.check(gebeurtenis.onderwerp)


@handles(TE_VERWERKEN)
def work(gebeurtenis: Gebeurtenis) -> None:
    """Register one portion of a file."""
    verwerken.work(gebeurtenis.onderwerp)


@app.periodic(cron="11 4 * * *")
@app.task(queueing_lock="signaalbestand-forget")
def forget(timestamp: int) -> None:
    """Forget files that were read in or left lying."""
    with gemeentegrens.everywhere("forget files of signals"):
        opruimen.forget()
    connection.close()
