"""Who may see which part of a dossier, and how deep.

The table of decisions says what an involvement allows (`access.besluiten`); here stands
what somebody's involvement is: a participation that runs now. Somebody who leads sees
all parts; everybody else those that were opened to them and that no restriction closes.
Emergency access opens what is told of the person it was taken for (G148).

A participation that rests on consent or on gezag runs only while that holds: it is
asked at every look (`gronden`), so no right outlives its ground, whatever work at night
still has to write down.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samenloop.access import besluiten, noodtoegang
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import gebeurtenissen, klok, lezing
from samenloop.personen.models import Gezinslid
from samenloop.plannen import gronden
from samenloop.plannen.models import LEIDEND, Deel, Deelname, Deelnemersrol, Dossier

BEEINDIGD = "deelname-beeindigd"
# No participation lasts so long: from here a date was mistyped.
VERSTE = date(2200, 1, 1)

_NIETS = Q(pk__in=[])


def running(op: datetime | None = None) -> QuerySet[Deelname]:
    """Return the participations that run at a moment; without one, now.

    Only those whose ground holds then and of which a restriction leaves something; each
    has `dicht`, the parts that are closed (None when none are). See `open_parts`.
    """
    moment = op or klok.now()
    return gronden.with_restrictions(
        Deelname.objects.filter(
            Q(tot__isnull=True) | Q(tot__gt=moment),
            gronden.holds(moment),
            van__lte=moment,
        ),
        moment,
    )


def open_parts(deelname: Deelname) -> frozenset[Deel]:
    """Return what a participation of `running` opens: all for who leads."""
    if Deelnemersrol(deelname.rol) in LEIDEND:
        return frozenset(Deel)
    dicht = set(getattr(deelname, "dicht", None) or ())
    return frozenset(Deel(deel) for deel in deelname.delen if deel not in dicht)


def of_actor(actor: Actor) -> QuerySet[Deelname]:
    """Return the participations of this actor that run now."""
    wie = _NIETS
    if actor.account_id is not None:
        wie |= Q(account=actor.account_id)
    if actor.organisatie is not None:
        wie |= Q(organisatie=actor.organisatie)
    if actor.deelnames:
        wie |= Q(pk__in=actor.deelnames)
    return running().filter(wie, dossier__gemeente=actor.gemeente)


@lezing.once
def own(actor: Actor) -> tuple[Deelname, ...]:
    """Return the participations of this actor that run now, each with `dicht`."""
    return tuple(of_actor(actor))


def own_in(actor: Actor, dossier: UUID) -> list[Deelname]:
    """Return as what this actor takes part in a dossier now."""
    if lezing.within():
        return [each for each in own(actor) if each.dossier_id == dossier]
    return list(of_actor(actor).filter(dossier=dossier))


def own_dossiers(actor: Actor) -> list[UUID]:
    """Return the dossiers in which this actor takes part now.

    Some tens mostly, by which their cases and tasks are found on an index; as one
    question with what is asked of them, the planner may walk along all that there is.
    """
    return list({each.dossier_id for each in own(actor)})


def led_dossiers(actor: Actor) -> list[UUID]:
    """Return the dossiers that this actor directs now, or stands in for who does."""
    return list({each.dossier_id for each in own(actor) if each.rol in LEIDEND})


def dossiers(
    actor: Actor, handeling: Handeling, diepte: Diepte = Diepte.DAT
) -> QuerySet[Dossier]:
    """Return the dossiers in which this actor may do this at least so deep."""
    mag = besluiten.involvements(actor, handeling, diepte)
    if Betrokkenheid.GEMEENTE in mag:
        filter_ = Q()
    else:
        filter_ = _NIETS
        if mag:
            filter_ |= Q(pk__in=own_dossiers(actor))
        if open_to := noodtoegang.persons_open_to(actor):
            filter_ |= Q(betrokkene__in=open_to)
    return Dossier.objects.filter(filter_, gemeente=actor.gemeente)


def parts(actor: Actor, dossier: Dossier) -> frozenset[Deel]:
    """Return the parts of this dossier that are open to this actor now."""
    delen: set[Deel] = set()
    for deelname in own_in(actor, dossier.pk):
        delen |= open_parts(deelname)
    if dossier.betrokkene_id in noodtoegang.persons_open_to(actor):
        return frozenset(Deel)
    return frozenset(delen)


def depth(
    actor: Actor, dossier: Dossier, handeling: Handeling, deel: Deel | None = None
) -> Diepte | None:
    """Return how deep this actor may go here; None when not at all.

    Args:
        actor: who asks.
        dossier: where.
        handeling: what they want to do.
        deel: in which part; None when it concerns no part in particular.
    """
    if dossier.gemeente_id != actor.gemeente:
        return None
    delen = parts(actor, dossier)
    betrokken = [Betrokkenheid.GEMEENTE]
    if delen if deel is None else deel in delen:
        betrokken += [Betrokkenheid.TOEGEWEZEN, Betrokkenheid.EIGEN]
    dieptes = [
        diepte
        for each in betrokken
        if (diepte := besluiten.depth(actor, handeling, each)) is not None
    ]
    return max(dieptes, key=lambda diepte: diepte.rang, default=None)


def require(
    actor: Actor,
    dossier: Dossier,
    handeling: Handeling,
    deel: Deel | None = None,
    diepte: Diepte = Diepte.WAT,
) -> None:
    """Refuse with a reason unless this actor may do this here so deep.

    Raises:
        GeenToegang: with a sentence that says what is missing.
    """
    gevonden = depth(actor, dossier, handeling, deel)
    if gevonden is None or not gevonden.reaches(diepte):
        raise GeenToegang(
            _(
                "You take no part in this dossier, or this part of it was not opened "
                "to you. The director can let you in."
            )
        )


def persons(dossier: Dossier) -> list[UUID]:
    """Return whom the dossier is about today, for the log."""
    wie = {dossier.betrokkene_id}
    if dossier.gezin_id:
        wie.update(
            Gezinslid.objects.current()
            .in_force(klok.today())
            .filter(gezin=dossier.gezin_id)
            .values_list("persoon", flat=True)
        )
    return sorted(wie)


def give(
    dossier: Dossier,
    *,
    rol: Deelnemersrol,
    door: Actor,
    account: int | None = None,
    organisatie: UUID | None = None,
    persoon: UUID | None = None,
    naam: str = "",
    hoedanigheid: str = "",
    delen: Iterable[Deel] = (),
    tot: datetime | None = None,
    grond: str = "",
    toestemming: UUID | None = None,
    gezag_over: UUID | None = None,
) -> Deelname:
    """Let somebody take part from now; the caller has checked that one may.

    Args:
        dossier: in what.
        rol: as what.
        door: who lets in.
        account: an account of the municipality; or one of the next three.
        organisatie: a helping organisation.
        persoon: a person on record.
        naam: somebody who is not on record.
        hoedanigheid: what they are to the family, or in their work.
        delen: the parts that open.
        tot: until when; without it until further notice.
        grond: on what ground, in words.
        toestemming: the consent it rests on; it ends with it.
        gezag_over: the minor over whom this person has gezag; it ends with that.

    Raises:
        GeenGrond: the consent or the gezag it is to rest on does not hold now.
    """
    gronden.require(
        dossier, toestemming=toestemming, gezag_over=gezag_over, persoon=persoon
    )
    lezing.forget()
    return Deelname.objects.create(
        dossier=dossier,
        rol=rol,
        account=account,
        organisatie_id=organisatie,
        persoon_id=persoon,
        naam=naam,
        hoedanigheid=hoedanigheid,
        delen=[Deel(deel).value for deel in delen],
        van=klok.now(),
        tot=tot,
        grond=grond,
        toestemming_id=toestemming,
        gezag_over_id=gezag_over,
        gegeven_door=door.account_id,
    )


def end(deelnames: QuerySet[Deelname], *, reden: str, door: Actor) -> int:
    """End participations now; one that has ended already keeps its own end.

    Who must do something about it hears by the event `deelname-beeindigd`: what was
    asked of somebody who no longer takes part goes back.
    """
    nu = klok.now()
    lezing.forget()
    with transaction.atomic():
        open_ = list(
            Deelname.objects.select_for_update(of=("self",))
            .filter(Q(tot__isnull=True) | Q(tot__gt=nu))
            .filter(pk__in=deelnames.values("pk"))
            .order_by("pk")
            .values_list("pk", "dossier__gemeente")
        )
        Deelname.objects.filter(pk__in=[pk for pk, _gemeente in open_]).update(
            tot=nu, reden_einde=reden, beeindigd_door=door.account_id
        )
        for pk, gemeente in open_:
            gebeurtenissen.record(BEEINDIGD, onderwerp=pk, gemeente=gemeente)
    return len(open_)


def leads(actor: Actor, dossier: Dossier) -> bool:
    """Whether this actor directs the dossier now, or stands in for who does."""
    return leads_in(actor, dossier.pk)


def leads_in(actor: Actor, dossier: UUID | None) -> bool:
    """Whether this actor directs the dossier with this key now; false without one."""
    return dossier is not None and any(
        each.rol in LEIDEND for each in own_in(actor, dossier)
    )


def require_lead(actor: Actor, dossier: Dossier, handeling: Handeling) -> None:
    """Refuse what only who directs may do, whatever parts are open to others.

    Raises:
        GeenToegang: with a sentence that says who can.
    """
    require(actor, dossier, handeling, Deel.TOEGANG)
    if not leads(actor, dossier):
        raise GeenToegang(
            _("Only who directs this dossier does this, at the wish of the family.")
        )
