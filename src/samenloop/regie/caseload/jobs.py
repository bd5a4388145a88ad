"""What planned reassessments do by themselves: become a term, move along, or lapse."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from samenloop.access.actor import Actor
from samenloop.core import gemeentegrens, klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.personen.models import Gezinslid
from samenloop.plannen import toegang
from samenloop.regie import afsluiten, casussen
from samenloop.regie.caseload import herindicaties
from samenloop.regie.caseload.herindicaties import waiting
from samenloop.regie.caseload.models import Herindicatieplanning
from samenloop.regie.models import Casus
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.fouten import LooptAl
from samenloop.regie.termijnen.models import OPEN, Gebeurd, Staat
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen import beschikken
from samenloop.voorzieningen.toewijzen.models import Aanvraag

SOORT = "HERINDICATIE"


@handles(herindicaties.GEPLAND)
def start_planned(gebeurtenis: Gebeurtenis) -> None:
    """Let the terms run of what was planned."""
    follow(gebeurtenis.gemeente)


@handles(casussen.GEOPEND, afsluiten.HEROPEND)
def take_along(gebeurtenis: Gebeurtenis) -> None:
    """Let a case that opened, or runs again, have what was planned for its people."""
    casus = Casus.objects.select_related("dossier").get(pk=gebeurtenis.onderwerp)
    if casus.dossier is not None:
        _start(
            gebeurtenis.gemeente,
            {casus.betrokkene_id, *toegang.persons(casus.dossier)},
        )


@handles(afsluiten.GESLOTEN)
def let_go(gebeurtenis: Gebeurtenis) -> None:
    """Let what was not done in a case that closed wait for the next one.

    What somebody said of it stays: a reassessment that was held, or that a director
    let lapse, is done.
    """
    casus = Casus.objects.select_related("dossier").get(pk=gebeurtenis.onderwerp)
    if casus.dossier is None or casus.dossier.gesloten_op is None:
        return
    met_de_casus = Q(
        termijn__staat=Staat.VERVALLEN,
        termijn__gebeurtenissen__soort=Gebeurd.VERVALLEN,
        termijn__gebeurtenissen__door__isnull=True,
    )
    los = Herindicatieplanning.objects.filter(
        Q(termijn__isnull=True) | Q(termijn__staat__in=OPEN) | met_de_casus,
        casus=casus,
        vervallen_op__isnull=True,
    )
    personen = list(los.values_list("betrokkene", flat=True))
    Herindicatieplanning.objects.filter(
        pk__in=list(los.values_list("pk", flat=True))
    ).update(casus=None, termijn=None)
    _start(gebeurtenis.gemeente, personen)


@handles(beschikken.GENOMEN)
def finish(gebeurtenis: Gebeurtenis) -> None:
    """Call the reassessment done on whose application was decided."""
    aanvraag = Aanvraag.objects.filter(
        beschikkingen=gebeurtenis.onderwerp, herindicatie_eind__isnull=False
    ).first()
    if (
        aanvraag is None
        or aanvraag.herindicatie_van is None
        or aanvraag.herindicatie_eind is None
    ):
        return
    for plan in Herindicatieplanning.objects.filter(
        voorziening=aanvraag.herindicatie_van,
        einddatum=aanvraag.herindicatie_eind,
        vervallen_op__isnull=True,
        termijn__staat__in=OPEN,
    ).select_related("termijn"):
        if plan.termijn is not None:
            lopen.stop(
                plan.termijn,
                klok.today(),
                Actor.systeem("herindicaties", gebeurtenis.gemeente),
                reden=f"Besloten op aanvraag {aanvraag.nummer}",
            )


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
    a case waits for one; it stands on the board until it is done.
    """
    return _start(gemeente), _lapse(gemeente)


def _start(gemeente: str, onder: Collection[UUID] | None = None) -> int:
    """Start terms where a case is open now, of the person or else of their family.

    `onder` narrows it to these persons.
    """
    systeem = Actor.systeem("herindicaties", gemeente)
    open_ = waiting(gemeente)
    if onder is not None:
        open_ = open_.filter(betrokkene__in=onder)
    casussen_ = _cases_for(gemeente, set(open_.values_list("betrokkene", flat=True)))
    gestart = 0
    for sleutel in list(
        open_.filter(betrokkene__in=casussen_).values_list("pk", flat=True)
    ):
        with transaction.atomic():
            plan = (
                waiting(gemeente)
                .select_for_update(of=("self",), skip_locked=True)
                .filter(pk=sleutel)
                .first()
            )
            if plan is None:
                continue
            plan.casus = casussen_[plan.betrokkene_id]
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


def _cases_for(gemeente: str, personen: Collection[UUID]) -> dict[UUID, Casus]:
    """Return per person the case that runs: their own, or else that of their family."""
    lid_van = dict(
        Gezinslid.objects.current()
        .in_force(klok.today())
        .filter(persoon__in=personen)
        .values_list("persoon", "gezin")
    )
    lopend = (
        Casus.objects.filter(
            Q(betrokkene__in=personen) | Q(dossier__gezin__in=set(lid_van.values())),
            gemeente=gemeente,
            dossier__gesloten_op__isnull=True,
            dossier__isnull=False,
        )
        .select_related("dossier")
        .order_by("dossier__geopend_op", "pk")
    )
    eigen = {casus.betrokkene_id: casus for casus in lopend}
    van_gezin = {
        casus.dossier.gezin_id: casus
        for casus in lopend
        if casus.dossier is not None and casus.dossier.gezin_id is not None
    }
    gevonden = {
        persoon: eigen.get(persoon)
        or (van_gezin.get(lid_van[persoon]) if persoon in lid_van else None)
        for persoon in personen
    }
    return {persoon: casus for persoon, casus in gevonden.items() if casus is not None}


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
