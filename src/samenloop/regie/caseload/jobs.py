"""What planned reassessments do by themselves: become a term, or lapse."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

from samenloop.access.actor import Actor
from samenloop.core import gemeentegrens, klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.regie.caseload import herindicaties
from samenloop.regie.caseload.models import Herindicatieplanning
from samenloop.regie.models import Casus
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.fouten import LooptAl
from samenloop.regie.termijnen.models import Staat
from samenloop.voorzieningen.models import Voorziening

SOORT = "HERINDICATIE"


@handles(herindicaties.GEPLAND)
def start_planned(gebeurtenis: Gebeurtenis) -> None:
    """Let the terms run of what was planned."""
    follow(gebeurtenis.gemeente)


@app.periodic(cron="23 5 * * *")
@app.task(queueing_lock="herindicaties")
def follow_daily(timestamp: int) -> None:
    """Follow cases that were opened and decisions that changed since yesterday."""
    with gemeentegrens.everywhere("municipalities with planned reassessments"):
        gemeenten = list(
            Herindicatieplanning.objects.filter(vervallen_op__isnull=True)
            .order_by("gemeente")
            .values_list("gemeente", flat=True)
            .distinct()
        )
    for gemeente in gemeenten:
        with gemeentegrens.within(gemeente):
            follow(gemeente)
    connection.close()


def follow(gemeente: str) -> tuple[int, int]:
    """Start terms where a case is open, and let plans lapse of what changed.

    Returns how many terms began and how many plans lapsed. A plan of a person without
    a case waits for one; it stands on the board until then.
    """
    return _start(gemeente), _lapse(gemeente)


def _start(gemeente: str) -> int:
    systeem = Actor.systeem("herindicaties", gemeente)
    open_ = Herindicatieplanning.objects.filter(
        gemeente=gemeente, vervallen_op__isnull=True, termijn__isnull=True
    )
    casussen = {
        casus.betrokkene_id: casus
        for casus in Casus.objects.filter(
            gemeente=gemeente,
            dossier__gesloten_op__isnull=True,
            dossier__isnull=False,
            betrokkene__in=open_.values("betrokkene"),
        ).select_related("dossier")
    }
    gestart = 0
    for sleutel in list(
        open_.filter(betrokkene__in=casussen).values_list("pk", flat=True)
    ):
        with transaction.atomic():
            plan = (
                open_.select_for_update(of=("self",), skip_locked=True)
                .filter(pk=sleutel)
                .first()
            )
            if plan is None:
                continue
            plan.casus = casussen[plan.betrokkene_id]
            try:
                plan.termijn = lopen.start(
                    SOORT,
                    casus=plan.casus,
                    begin=plan.start,
                    uiterlijk=plan.einddatum,
                    onderwerp=plan.voorziening,
                    door=systeem,
                )
            except LooptAl:
                plan.termijn = plan.casus.termijnen.filter(
                    soort=SOORT, onderwerp=plan.voorziening
                ).latest("gestart_op")
            plan.save(update_fields=["casus", "termijn"])
            gestart += 1
    return gestart


def _lapse(gemeente: str) -> int:
    """Let a plan lapse whose decision was ended, extended or withdrawn meanwhile."""
    systeem = Actor.systeem("herindicaties", gemeente)
    plannen = list(
        Herindicatieplanning.objects.filter(
            gemeente=gemeente, vervallen_op__isnull=True
        ).select_related("termijn")
    )
    eindes = {
        kenmerk: geldig.upper
        for kenmerk, geldig in Voorziening.objects.current()
        .filter(kenmerk__in=[each.voorziening for each in plannen])
        .values_list("kenmerk", "geldig")
    }
    vervallen = 0
    for plan in plannen:
        einde = eindes.get(plan.voorziening)
        if einde is not None and (einde - plan.einddatum).days == 1:
            continue
        with transaction.atomic():
            plan.vervallen_op = klok.today()
            plan.save(update_fields=["vervallen_op"])
            if plan.termijn is not None and plan.termijn.is_open:
                lopen.stop(
                    plan.termijn,
                    klok.today(),
                    systeem,
                    uitkomst=Staat.VERVALLEN,
                    reden="De beschikking is gewijzigd",
                )
        vervallen += 1
    return vervallen
