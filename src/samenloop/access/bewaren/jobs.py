"""Destroying by itself, at night, and on request with progress."""

from uuid import UUID

from django.db import connections
from procrastinate.contrib.django import app

from samenloop.access.bewaren import vernietigen
from samenloop.access.bewaren.models import Vernietiging
from samenloop.access.models import Aanstelling
from samenloop.core import gemeentegrens


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="bewaren-nightly")
def destroy_nightly(timestamp: int) -> None:
    """Destroy in each municipality what is due there."""
    with gemeentegrens.everywhere("nightly destroying"):
        gemeenten = set(Aanstelling.objects.values_list("gemeente", flat=True))
    for gemeente in sorted(gemeenten):
        with gemeentegrens.within(gemeente):
            vernietigen.run(vernietigen.begin(gemeente))
    connections.close_all()


@app.task(queueing_lock="bewaren-asked")
def destroy_asked(vernietiging: str, gemeente: str) -> None:
    """Carry out the run that someone started on the page."""
    with gemeentegrens.within(gemeente):
        vernietigen.run(Vernietiging.objects.get(pk=UUID(vernietiging)))
    connections.close_all()
