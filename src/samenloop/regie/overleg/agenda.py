"""Preparing a conference: its agenda, what is shared of each case, who is invited.

Only who directs a case puts it on an agenda and chooses what is shared and with whom;
who leads the conference invites. Nothing is shared by inviting: that begins when the
conference does (`houden`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel
from samenloop.regie import casussen
from samenloop.regie.models import Casus
from samenloop.regie.overleg.fouten import AlOpAgenda, AlUitgenodigd, NietMeer
from samenloop.regie.overleg.models import Agendapunt, Genodigde, Overleg

# What can be shared at a table. Who takes part is not the table's; tasks show there.
DEELBAAR = (
    Deel.PLAN,
    Deel.METINGEN,
    Deel.GESPREKKEN,
    Deel.JOURNAAL,
    Deel.DOCUMENTEN,
    Deel.TAKEN,
)


def visible_to(actor: Actor) -> QuerySet[Overleg]:
    """Return the conferences one leads, brought a case into, or is invited to."""
    if actor.account_id is None or not besluiten.may(actor, Handeling.OVERLEG_BIJWONEN):
        return Overleg.objects.none()
    genodigd = Genodigde.objects.filter(
        overleg=OuterRef("pk"), account=actor.account_id
    )
    ingebracht = Agendapunt.objects.filter(
        overleg=OuterRef("pk"), ingebracht_door=actor.account_id
    )
    return Overleg.objects.filter(
        Q(voorzitter=actor.account_id) | Q(Exists(genodigd)) | Q(Exists(ingebracht)),
        gemeente=actor.gemeente,
    )


def leads(actor: Actor, overleg: Overleg) -> bool:
    """Whether this actor leads the conference."""
    return (
        actor.account_id == overleg.voorzitter
        and actor.gemeente == overleg.gemeente_id
        and besluiten.may(actor, Handeling.OVERLEG_HOUDEN)
    )


def require_lead(actor: Actor, overleg: Overleg) -> None:
    """Refuse who does not lead the conference.

    Raises:
        GeenToegang: only who leads it can do this.
    """
    if not leads(actor, overleg):
        raise GeenToegang(besluiten.reason(actor, (Handeling.OVERLEG_HOUDEN,)))


def require_open(overleg: Overleg) -> None:
    """Refuse a conference that is over.

    Raises:
        NietMeer: it ended or was called off.
    """
    if overleg.staat not in (Overleg.Staat.GEPLAND, Overleg.Staat.BEZIG):
        raise NietMeer()


def plan(
    actor: Actor, *, gepland_op: datetime, minuten: int, plaats: str = ""
) -> Overleg:
    """Plan a conference that this actor leads."""
    besluiten_mag = besluiten.may(actor, Handeling.OVERLEG_HOUDEN)
    if not besluiten_mag or actor.account_id is None:
        raise GeenToegang(besluiten.reason(actor, (Handeling.OVERLEG_HOUDEN,)))
    return Overleg.objects.create(
        gemeente_id=actor.gemeente,
        gepland_op=gepland_op,
        minuten=minuten,
        plaats=plaats,
        voorzitter=actor.account_id,
    )


@transaction.atomic
def put_on(
    overleg: Overleg,
    casus: Casus,
    *,
    vraag: str,
    delen: Collection[Deel],
    grond: str,
    door: Actor,
) -> Agendapunt:
    """Put a case on the agenda.

    Args:
        overleg: the conference.
        casus: one that the actor directs.
        vraag: what the conference is asked.
        delen: which parts of the dossier are shared, out of `DEELBAAR`.
        grond: on what ground they may be shared, in words.
        door: who directs the case.

    Raises:
        GeenToegang: the actor does not direct the case.
        NietMeer: the conference is over.
        AlOpAgenda: the case is there already.
    """
    require_open(overleg)
    casussen.require_lead(door, casus)
    assert door.account_id is not None
    assert casus.dossier is not None
    laatste = overleg.punten.aggregate(Max("orde"))["orde__max"] or 0
    try:
        with transaction.atomic():
            punt = Agendapunt.objects.create(
                overleg=overleg,
                casus=casus,
                orde=laatste + 1,
                vraag=vraag,
                delen=[each.value for each in DEELBAAR if each in delen],
                grond=grond,
                ingebracht_door=door.account_id,
            )
    except IntegrityError:
        raise AlOpAgenda() from None
    logboek.record(
        door,
        Handeling.OVERLEG_HOUDEN,
        personen=toegang.persons(casus.dossier),
        onderwerp=f"casus:{casus.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
    return punt


def take_off(punt: Agendapunt, *, door: Actor) -> None:
    """Take a case off the agenda of a conference that has not begun.

    Raises:
        GeenToegang: the actor does not direct the case.
        NietMeer: the conference has begun.
    """
    if punt.overleg.staat != Overleg.Staat.GEPLAND:
        raise NietMeer()
    casussen.require_lead(door, punt.casus)
    punt.delete()


@transaction.atomic
def invite(
    overleg: Overleg,
    *,
    door: Actor,
    functie: str,
    punten: Iterable[Agendapunt],
    account: int | None = None,
    naam: str = "",
    organisatie: UUID | None = None,
    email: str = "",
) -> Genodigde:
    """Invite a colleague or partner by account, or somebody from outside by name.

    Raises:
        GeenToegang: the actor does not lead the conference.
        NietMeer: it is over.
        AlUitgenodigd: this account is invited already.
    """
    require_lead(door, overleg)
    require_open(overleg)
    assert door.account_id is not None
    try:
        with transaction.atomic():
            genodigde = Genodigde.objects.create(
                overleg=overleg,
                account=account,
                naam=naam,
                functie=functie,
                organisatie_id=organisatie,
                email=email,
                uitgenodigd_door=door.account_id,
            )
    except IntegrityError:
        raise AlUitgenodigd() from None
    genodigde.punten.set(punten)
    return genodigde


@transaction.atomic
def call_off(overleg: Overleg, *, reden: str, door: Actor) -> None:
    """Call off a conference that has not begun; links stop.

    Raises:
        GeenToegang: the actor does not lead it.
        NietMeer: it has begun or is over.
    """
    require_lead(door, overleg)
    vast = Overleg.objects.select_for_update().get(pk=overleg.pk)
    if vast.staat != Overleg.Staat.GEPLAND:
        raise NietMeer()
    overleg.genodigden.update(sleutel="", code="")
    Overleg.objects.filter(pk=overleg.pk).update(
        staat=Overleg.Staat.AFGELAST, reden=reden, geeindigd_op=klok.now()
    )
    overleg.refresh_from_db()
