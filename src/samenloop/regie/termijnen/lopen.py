"""A term in the life of a case: begin, stand still, run again, extend, stop, correct.

Each step writes what happened and what the last day became, once, in the transaction of
the change. The last day is always counted anew from the facts (`rekenen`), never moved
from the last day before, so no day is counted twice.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel
from samenloop.regie.models import Casus
from samenloop.regie.termijnen import rekenen, soorten, tellen
from samenloop.regie.termijnen.fouten import (
    DagKanNiet,
    GrondKanNiet,
    IsAlKlaar,
    LooptAl,
    VerlengenKanNiet,
    ZonderEinde,
)
from samenloop.regie.termijnen.models import (
    Gebeurd,
    Opschortgrond,
    Staat,
    Stilstand,
    Telling,
    Termijn,
    Termijngebeurtenis,
    Verlenging,
)

_DAG = timedelta(days=1)


def may_manage(actor: Actor, casus: Casus) -> bool:
    """Whether this actor may begin, suspend and stop terms of this case."""
    if casus.gemeente_id != actor.gemeente:
        return False
    if casus.dossier is None:
        diepte = besluiten.depth(actor, Handeling.TERMIJN_BEHEREN)
    else:
        diepte = toegang.depth(
            actor, casus.dossier, Handeling.TERMIJN_BEHEREN, Deel.TAKEN
        )
    return diepte is not None and diepte.reaches(Diepte.WAT)


@transaction.atomic
def start(
    code: str,
    *,
    casus: Casus,
    begin: date,
    door: Actor,
    onderwerp: UUID | None = None,
    omschrijving: str = "",
    uiterlijk: date | None = None,
    begin_om: datetime | None = None,
) -> Termijn:
    """Let a term run on a case.

    Args:
        code: which kind (`soorten`).
        casus: on which case.
        begin: the day of the event; that day is not counted.
        door: who starts it, or the system.
        onderwerp: id of what it is about within the case, when there can be several.
        omschrijving: what was agreed, in a few words; content of the dossier.
        uiterlijk: the last day, for kinds that end on an agreed date.
        begin_om: the moment of the event, for kinds that count hours.

    Raises:
        GeenToegang: the case is not theirs.
        LooptAl: one of this kind is open for the same subject.
        OnbekendeTermijn: there is no such kind here.
        ZonderEinde: nobody says when it ends.
        DagKanNiet: the last day lies before the first.
    """
    _require(door, casus)
    soort = soorten.find(code, casus.gemeente_id or "")
    termijn = Termijn(
        gemeente_id=casus.gemeente_id or "",
        casus=casus,
        soort=code,
        onderwerp=onderwerp,
        omschrijving=omschrijving.strip(),
        begin=begin,
        duur="" if soort.ends_by_date else soort.duur,
        streefduur="" if soort.ends_by_date else soort.streefduur,
        telling=soort.telling or Telling.DATUM,
        gestart_door=door.account_id,
    )
    if termijn.telling == Telling.UREN:
        termijn.begin_om = begin_om or klok.now()
        termijn.begin = termijn.begin_om.astimezone(klok.AMSTERDAM).date()
    if termijn.telling == Telling.DATUM:
        if uiterlijk is None:
            raise ZonderEinde()
        if uiterlijk < begin:
            raise DagKanNiet(_("The last day lies before the first."))
        termijn.uiterlijk = uiterlijk
    else:
        tellen.count(termijn, [], [])
    try:
        with transaction.atomic():
            termijn.save(force_insert=True)
    except IntegrityError as fout:
        if "een_open" in str(fout):
            raise LooptAl() from None
        raise
    _happened(termijn, Gebeurd.GESTART, door, omschrijving.strip())
    return termijn


@transaction.atomic
def suspend(
    termijn: Termijn,
    *,
    grond: Opschortgrond,
    van: date,
    tot: date | None = None,
    reden: str = "",
    door: Actor,
) -> Termijn:
    """Let a term stand still from a day on.

    Args:
        termijn: which.
        grond: on what ground; the kind of term says which are possible.
        van: the first day that does not count; after a request for additions that is
            the day after the request (Awb 4:15).
        tot: the day on which it runs again; None while that is not known.
        reden: what is waited for.
        door: who decides so.

    Raises:
        DagKanNiet: it had ended by then, or had not begun.
        GeenToegang: the case is not theirs.
        GrondKanNiet: not on this ground.
        IsAlKlaar: it was stopped.
    """
    vast = _open(termijn, door)
    if grond not in soorten.find(vast.soort, vast.gemeente_id).opschorting:
        raise GrondKanNiet()
    if van <= vast.begin or van > klok.today() + _DAG:
        raise DagKanNiet(
            _("A term stands still after it began, and from tomorrow at the latest.")
        )
    if van > vast.uiterlijk:
        raise DagKanNiet(_("The term had passed by then; it cannot stand still."))
    if tot is not None and tot <= van:
        raise DagKanNiet(_("It runs again after the day on which it stood still."))
    Stilstand.objects.create(
        termijn=vast, grond=grond, van=van, tot=tot, reden=reden, door=door.account_id
    )
    return _recount(vast, Gebeurd.OPGESCHORT, door, reden)


@transaction.atomic
def resume(termijn: Termijn, *, op: date, reden: str = "", door: Actor) -> Termijn:
    """Let a term run again from a day on; every ground of standing still ends.

    Raises:
        DagKanNiet: it did not stand still, or only from a later day.
        GeenToegang: the case is not theirs.
        IsAlKlaar: it was stopped.
    """
    vast = _open(termijn, door)
    rust = [each for each in vast.opschortingen.all() if tellen.still(each, op)]
    if not rust or op > klok.today() + _DAG or any(each.van > op for each in rust):
        raise DagKanNiet(_("On that day this term did not stand still."))
    for each in rust:
        each.tot = op
        each.save(update_fields=["tot"])
    return _recount(vast, Gebeurd.HERVAT, door, reden)


@transaction.atomic
def extend(
    termijn: Termijn,
    *,
    reden: str,
    bericht_op: date,
    door: Actor,
    duur: str = "",
    naar: date | None = None,
) -> Termijn:
    """Make a term longer: once by law, or to a new date where that was agreed.

    Args:
        termijn: which.
        reden: why, as it was told.
        bericht_op: the day on which was told that it is extended.
        door: who decides so.
        duur: how much longer, at most what the law gives; empty takes all of that.
        naar: the new last day, for a term that ends on an agreed date.

    Raises:
        DagKanNiet: told after the term had passed, or no later day.
        GeenToegang: the case is not theirs.
        IsAlKlaar: it was stopped.
        VerlengenKanNiet: the law gives no extension, or it was given already.
    """
    vast = _open(termijn, door)
    if bericht_op > vast.uiterlijk:
        raise DagKanNiet(_("Extending is told before the last day, not after it."))
    if vast.telling == Telling.DATUM:
        if naar is None or naar <= vast.uiterlijk:
            raise DagKanNiet(_("The new last day lies after the one that holds."))
        erbij, van_rechtswege = f"P{(naar - vast.uiterlijk).days}D", False
        vast.uiterlijk = naar
    else:
        erbij, van_rechtswege = _by_law(vast, duur), True
    try:
        with transaction.atomic():
            Verlenging.objects.create(
                termijn=vast,
                duur=erbij,
                van_rechtswege=van_rechtswege,
                bericht_op=bericht_op,
                reden=reden,
                door=door.account_id,
            )
    except IntegrityError as fout:
        if "een_keer" in str(fout):
            raise VerlengenKanNiet() from None
        raise
    return _recount(vast, Gebeurd.VERLENGD, door, reden)


@transaction.atomic
def stop(
    termijn: Termijn,
    op: date,
    door: Actor,
    *,
    uitkomst: Staat = Staat.GEHAALD,
    reden: str = "",
) -> Termijn:
    """Say that what the term was for is done, or that it lapsed.

    Raises:
        DagKanNiet: before it began, or later than today.
        GeenToegang: the case is not theirs.
        IsAlKlaar: it was stopped.
    """
    vast = _open(termijn, door)
    vandaag = klok.today()
    # One that has still to begin, or is counted back, can be stopped today.
    if op > vandaag or op < min(vast.begin, vast.uiterlijk, vandaag):
        raise DagKanNiet(_("A term is stopped on a day on which it ran."))
    vast.staat = uitkomst
    vast.beeindigd_op = op
    vast.stil_sinds = None
    vast.save(update_fields=["staat", "beeindigd_op", "stil_sinds"])
    _happened(vast, Gebeurd(uitkomst.value), door, reden)
    return vast


@transaction.atomic
def correct(
    termijn: Termijn,
    *,
    door: Actor,
    reden: str,
    begin: date | None = None,
    uiterlijk: date | None = None,
) -> Termijn:
    """Set right on which day it began, or the agreed last day; what was stays told.

    Raises:
        DagKanNiet: the last day would lie before the first.
        GeenToegang: the case is not theirs.
        IsAlKlaar: it was stopped.
    """
    vast = _open(termijn, door)
    if begin is not None:
        if vast.begin_om is not None:
            vast.begin_om += begin - vast.begin
        vast.begin = begin
    if uiterlijk is not None and vast.telling == Telling.DATUM:
        vast.uiterlijk = uiterlijk
    if vast.telling == Telling.DATUM and vast.uiterlijk < vast.begin:
        raise DagKanNiet(_("The last day lies before the first."))
    return _recount(vast, Gebeurd.GECORRIGEERD, door, reden)


def wake(termijn: Termijn) -> Termijn:
    """Let a term run again whose agreed time of standing still is over; by the job."""
    systeem = Actor.systeem("termijnen", termijn.gemeente_id)
    return _recount(termijn, Gebeurd.HERVAT, systeem, "")


def _require(door: Actor, casus: Casus) -> None:
    if not may_manage(door, casus):
        raise GeenToegang(besluiten.reason(door, (Handeling.TERMIJN_BEHEREN,)))


def _open(termijn: Termijn, door: Actor) -> Termijn:
    vast = (
        Termijn.objects.select_for_update(of=("self",))
        .select_related("casus__dossier")
        .get(pk=termijn.pk)
    )
    _require(door, vast.casus)
    if not vast.is_open:
        raise IsAlKlaar()
    return vast


def _by_law(termijn: Termijn, duur: str) -> str:
    hoogstens = soorten.find(termijn.soort, termijn.gemeente_id).verlenging
    if not hoogstens:
        raise VerlengenKanNiet()
    erbij = duur or hoogstens
    vanaf = termijn.begin
    if rekenen.end(vanaf, erbij, Telling.KALENDER) > rekenen.end(
        vanaf, hoogstens, Telling.KALENDER
    ):
        raise VerlengenKanNiet(_("The law gives less than that."))
    return erbij


def _recount(termijn: Termijn, wat: Gebeurd, door: Actor, reden: str) -> Termijn:
    """Count anew, say how it stands, and write down what happened."""
    vandaag = klok.today()
    rust = list(termijn.opschortingen.all())
    verlengd = [each.duur for each in termijn.verlengingen.all() if each.van_rechtswege]
    if termijn.telling != Telling.DATUM:
        tellen.count(termijn, tellen.stretches(termijn), verlengd)
    nu_stil = [each for each in rust if tellen.still(each, vandaag)]
    termijn.staat = Staat.STIL if nu_stil else Staat.LOOPT
    termijn.stil_sinds = min((each.van for each in nu_stil), default=None)
    if termijn.verstreken_op and termijn.uiterlijk >= vandaag:
        termijn.verstreken_op = None
    termijn.save()
    _happened(termijn, wat, door, reden)
    return termijn


def _happened(termijn: Termijn, wat: Gebeurd, door: Actor, reden: str) -> None:
    Termijngebeurtenis.objects.create(
        termijn=termijn,
        soort=wat,
        op=klok.now(),
        door=door.account_id,
        uiterlijk=termijn.uiterlijk,
        reden=reden[:500],
    )
    dossier = termijn.casus.dossier
    logboek.record(
        door,
        Handeling.TERMIJN_BEHEREN,
        personen=toegang.persons(dossier) if dossier else [],
        onderwerp=f"casus:{termijn.casus_id}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
