"""Holding a conference: sharing from begin to end, discussing, deciding.

Begin gives everybody invited a participation in each dossier of theirs, for the chosen
parts, until the end; and until a fixed time after it was planned to end, so that what
was forgotten to close closes by itself. A decision is a task in the case.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.regie import casussen
from samenloop.regie.overleg import agenda
from samenloop.regie.overleg.fouten import (
    NietMeer,
    NietsTeBespreken,
    NogNiet,
    TussendoorGewijzigd,
)
from samenloop.regie.overleg.models import (
    Agendapunt,
    Gedeeld,
    Genodigde,
    Overleg,
    Overlegbesluit,
)
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder

UITLOOP = timedelta(hours=1)
GEEINDIGD = "overleg-geeindigd"
REDEN = "Het casusoverleg is afgelopen"


@transaction.atomic
def begin(overleg: Overleg, *, door: Actor) -> int:
    """Begin, and share what was chosen; how many participations were given.

    Raises:
        GeenToegang: the actor does not lead it.
        NietMeer: it began already, ended or was called off.
        NietsTeBespreken: no case with somebody invited for it.
    """
    agenda.require_lead(door, overleg)
    vast = Overleg.objects.select_for_update().get(pk=overleg.pk)
    if vast.staat != Overleg.Staat.GEPLAND:
        raise NietMeer()
    nu = klok.now()
    Overleg.objects.filter(pk=overleg.pk).update(
        staat=Overleg.Staat.BEZIG,
        begonnen_op=nu,
        uiterlijk_tot=nu + timedelta(minutes=vast.minuten) + UITLOOP,
    )
    overleg.refresh_from_db()
    gegeven = sum(
        share(genodigde, punt, door=door)
        for genodigde in overleg.genodigden.prefetch_related("punten__casus__dossier")
        for punt in genodigde.punten.all()
    )
    if not gegeven:
        raise NietsTeBespreken()
    return gegeven


def share(genodigde: Genodigde, punt: Agendapunt, *, door: Actor) -> bool:
    """Open the chosen parts of one case to somebody invited; whether it was new.

    Who brought the case in sees it already; who directs it no longer shares nothing.
    """
    overleg = punt.overleg
    dossier = punt.casus.dossier
    if overleg.staat != Overleg.Staat.BEZIG or overleg.uiterlijk_tot is None:
        raise NogNiet()
    if dossier is None or dossier.gesloten_op is not None:
        return False
    regisseur = casussen.current_director(punt.casus)
    if regisseur is None or regisseur.account != punt.ingebracht_door:
        return False
    if genodigde.account == punt.ingebracht_door:
        return False
    if Gedeeld.objects.filter(genodigde=genodigde, punt=punt).exists():
        return False
    deelname = toegang.give(
        dossier,
        rol=Deelnemersrol.OVERLEG,
        door=door,
        account=genodigde.account,
        naam=genodigde.naam if genodigde.account is None else "",
        hoedanigheid=genodigde.functie,
        delen=[Deel(deel) for deel in punt.delen],
        tot=overleg.uiterlijk_tot,
        grond=punt.grond,
    )
    Gedeeld.objects.create(genodigde=genodigde, punt=punt, deelname=deelname)
    logboek.record(
        door,
        Handeling.OVERLEG_HOUDEN,
        personen=toegang.persons(dossier),
        onderwerp=f"overleg:{overleg.pk}",
        wijze=logboek.Wijze.VERSTREKT,
        diepte=Diepte.WAT,
    )
    return True


@transaction.atomic
def write_down(punt: Agendapunt, tekst: str, *, versie: int, door: Actor) -> Agendapunt:
    """Keep what is discussed; `versie` is that of the text one began from.

    Raises:
        GeenToegang: neither leads the conference nor directs the case.
        NogNiet, NietMeer: it is not going on.
        TussendoorGewijzigd: somebody else kept another text meanwhile.
    """
    _require_writer(punt, door)
    vast = Agendapunt.objects.select_for_update().get(pk=punt.pk)
    if vast.bespreking == tekst:
        return vast
    if vast.versie != versie:
        raise TussendoorGewijzigd()
    vast.bespreking = tekst
    vast.versie += 1
    vast.save(update_fields=["bespreking", "versie"])
    return vast


@transaction.atomic
def decide(
    punt: Agendapunt,
    tekst: str,
    *,
    uitvoerder: Uitvoerder,
    uiterlijk: date | None,
    door: Actor,
) -> Overlegbesluit:
    """Record a decision: it is a task in the case at once.

    Raises:
        GeenToegang: neither leads the conference nor directs the case.
        NogNiet, NietMeer: it is not going on.
        GeenDeelnemer: whom it is for takes no part in the dossier.
    """
    _require_writer(punt, door)
    assert door.account_id is not None
    taak = opdragen.give(
        punt.casus,
        tekst,
        door=door,
        uitvoerder=uitvoerder,
        uiterlijk=uiterlijk,
        waarom=punt.vraag,
    )
    return Overlegbesluit.objects.create(
        punt=punt, tekst=tekst, taak=taak, door=door.account_id, op=klok.now()
    )


@transaction.atomic
def end(overleg: Overleg, *, door: Actor | None) -> int:
    """End it: sharing stops now, links stop; how many participations ended.

    Without an actor it ended by its time.

    Raises:
        GeenToegang: the actor does not lead it.
        NogNiet, NietMeer: it is not going on.
    """
    if door is not None:
        agenda.require_lead(door, overleg)
    vast = Overleg.objects.select_for_update().get(pk=overleg.pk)
    if vast.staat == Overleg.Staat.GEPLAND:
        raise NogNiet()
    if vast.staat != Overleg.Staat.BEZIG:
        raise NietMeer()
    wie = door or Actor.systeem("casusoverleg", vast.gemeente_id)
    deelnames = Deelname.objects.filter(gedeeld_in__punt__overleg=overleg)
    geeindigd = toegang.end(deelnames, reden=REDEN, door=wie)
    overleg.genodigden.update(sleutel="", code="")
    Overleg.objects.filter(pk=overleg.pk).update(
        staat=Overleg.Staat.AFGESLOTEN, geeindigd_op=klok.now()
    )
    overleg.refresh_from_db()
    gebeurtenissen.record(GEEINDIGD, onderwerp=overleg.pk, gemeente=overleg.gemeente_id)
    return geeindigd


def end_forgotten() -> int:
    """End conferences whose time is over; how many."""
    over = Overleg.objects.filter(
        staat=Overleg.Staat.BEZIG, uiterlijk_tot__lte=klok.now()
    )
    aantal = 0
    for overleg in over:
        end(overleg, door=None)
        aantal += 1
    return aantal


def writes(punt: Agendapunt, actor: Actor) -> bool:
    """Whether this actor writes down what is discussed and decided."""
    return agenda.leads(actor, punt.overleg) or casussen.leads(actor, punt.casus)


def _require_writer(punt: Agendapunt, door: Actor) -> None:
    if not writes(punt, door):
        raise GeenToegang()
    if punt.overleg.staat == Overleg.Staat.GEPLAND:
        raise NogNiet()
    if punt.overleg.staat != Overleg.Staat.BEZIG:
        raise NietMeer()


def tasks_of(punten: list[UUID]) -> dict[UUID, list[Taak]]:
    """Return the tasks that were decided, by item."""
    per_punt: dict[UUID, list[Taak]] = {}
    for besluit in Overlegbesluit.objects.filter(punt__in=punten).select_related(
        "taak__organisatie", "taak__persoon"
    ):
        per_punt.setdefault(besluit.punt_id, []).append(besluit.taak)
    return per_punt
