"""What follows in this room from what was decided, and what it does every day."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.access.actor import Actor
from samenloop.core import gemeentegrens
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.regie import casussen, soort, vervangen
from samenloop.regie.models import Casusmelding
from samenloop.signalen.models import Weging
from samenloop.signalen.wegen import BESLOTEN

_SOORT = {
    Weging.Besluit.CASUS: casussen.MEERVOUDIG,
    Weging.Besluit.ENKELVOUDIG: casussen.ENKELVOUDIG,
}


@handles(BESLOTEN)
def open_case(gebeurtenis: Gebeurtenis) -> None:
    """Open a case where that was decided, or let the melding come to one that runs.

    One family, one director: a second melding never makes a second case. A melding that
    names nobody on record opens none: a case is about somebody, so the director first
    finds out who it is.
    """
    weging = Weging.objects.select_related("melding").get(pk=gebeurtenis.onderwerp)
    melding = weging.melding
    gekozen = _SOORT.get(Weging.Besluit(weging.besluit))
    if gekozen is None or melding.betrokkene_id is None:
        return
    if Casusmelding.objects.filter(melding=melding).exists():
        return
    systeem = Actor.systeem("regie", melding.gemeente_id)
    loopt = casussen.open_of(
        gemeente=melding.gemeente_id,
        betrokkene=melding.betrokkene_id,
        gezin=melding.gezin_id,
    )
    if loopt is not None:
        casussen.add_melding(loopt, melding.pk, door=systeem)
        if gekozen == casussen.MEERVOUDIG:
            soort.grow(
                loopt, door=systeem, reden=f"Besluit bij melding {melding.nummer}"
            )
        return
    casussen.open_casus(
        gemeente=melding.gemeente_id,
        betrokkene=melding.betrokkene_id,
        gezin=melding.gezin_id,
        soort=gekozen,
        melding=melding.pk,
        # Who weighed a single question helps with it; nobody else was chosen.
        regisseur=weging.regisseur or weging.door or None,
        door=systeem,
        grond=f"Besluit bij melding {melding.nummer}",
    )


@app.periodic(cron="7 0 * * *")
@app.task(queueing_lock="regie-vervangen")
def stand_in(timestamp: int) -> None:
    """Open what a substitute should see and does not yet, however that came about."""
    with gemeentegrens.everywhere("substitutes of absent directors"):
        vervangen.cover_all()
    connection.close()
