"""What terms do by themselves: begin and end with their case, and go a level up."""

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.access.actor import Actor
from samenloop.core import gemeentegrens, klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.personen.models import Gemeente
from samenloop.plannen.dossier import gesprekken
from samenloop.regie import afsluiten, casussen
from samenloop.regie.models import Casus
from samenloop.regie.termijnen import lopen, mailen, opschalen
from samenloop.regie.termijnen.models import OPEN, Staat, Termijn

# What the law asks after a melding, by the law of its signals.
BIJ_MELDING = {"wmo": "WMO-ONDERZOEK", "wgs": "WGS-VROEGAANBOD"}


@handles(casussen.GEOPEND)
def start_inquiry(gebeurtenis: Gebeurtenis) -> None:
    """Start the terms that run from the melding a case came from.

    They run from the day of the melding, not from the day on which the case opened:
    the time it took to decide is part of them.
    """
    casus = Casus.objects.select_related("dossier").get(pk=gebeurtenis.onderwerp)
    systeem = Actor.systeem("termijnen", gebeurtenis.gemeente)
    koppeling = casus.casusmeldingen.select_related("melding").first()
    if koppeling is None:
        return
    wetten = set(
        koppeling.melding.koppelingen.values_list("signaal__soort__wet", flat=True)
    )
    for wet, code in BIJ_MELDING.items():
        if wet in wetten and not casus.termijnen.filter(soort=code).exists():
            lopen.start(
                code,
                casus=casus,
                begin=koppeling.melding.ontstaan_op.astimezone(klok.AMSTERDAM).date(),
                door=systeem,
            )


@handles(gesprekken.AFGEROND)
def conversation_held(gebeurtenis: Gebeurtenis) -> None:
    """Say that the offer of a conversation was met: it was held."""
    _meet(gebeurtenis, "WGS-VROEGAANBOD")


@handles(gesprekken.GEGEVEN)
def report_given(gebeurtenis: Gebeurtenis) -> None:
    """Say that the inquiry ended: the family has its report (Wmo 2015, 2.3.2)."""
    _meet(gebeurtenis, "WMO-ONDERZOEK")


def _meet(gebeurtenis: Gebeurtenis, code: str) -> None:
    termijn = (
        Termijn.objects.filter(
            casus__dossier__gesprekken=gebeurtenis.onderwerp,
            soort=code,
            staat__in=OPEN,
        )
        .select_related("casus__dossier")
        .first()
    )
    if termijn is not None:
        systeem = Actor.systeem("termijnen", gebeurtenis.gemeente)
        lopen.stop(termijn, klok.today(), systeem)


@handles(afsluiten.GESLOTEN)
def lapse_with_case(gebeurtenis: Gebeurtenis) -> None:
    """Let the terms of a closed case lapse: whoever closed it saw that they ran."""
    systeem = Actor.systeem("termijnen", gebeurtenis.gemeente)
    casus = Casus.objects.get(pk=gebeurtenis.onderwerp)
    for termijn in casus.termijnen.filter(staat__in=OPEN):
        lopen.stop(
            termijn,
            klok.today(),
            systeem,
            uitkomst=Staat.VERVALLEN,
            reden="De casus is afgesloten",
        )


@handles(opschalen.OPGESCHAALD)
def mail_rung(gebeurtenis: Gebeurtenis) -> None:
    """Tell who is named on a rung that something waits, without saying what."""
    mailen.tell(gebeurtenis.onderwerp)


@app.periodic(cron="7 5 * * *")
@app.task(queueing_lock="termijnen")
def walk_daily(timestamp: int) -> None:
    """Walk along all open terms, each municipality within its own border."""
    with gemeentegrens.everywhere("municipalities with open terms"):
        gemeenten = list(
            Gemeente.objects.filter(
                pk__in=Termijn.objects.filter(staat__in=OPEN).values("gemeente")
            ).values_list("pk", flat=True)
        )
    for gemeente in gemeenten:
        with gemeentegrens.within(gemeente):
            opschalen.walk(gemeente)
    connection.close()
