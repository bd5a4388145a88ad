"""Who may see which part of a dossier, and how deep.

The table of decisions says what an involvement allows (`access.besluiten`); here stands
what somebody's involvement is: a participation that runs now. Somebody who leads sees
all parts; everybody else those that were opened to them. Emergency access opens what is
told of the person it was taken for (G148).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samenloop.access import besluiten, noodtoegang
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import klok
from samenloop.personen.models import Gezinslid
from samenloop.plannen.models import LEIDEND, Deel, Deelname, Deelnemersrol, Dossier

_NIETS = Q(pk__in=[])


def running(op: datetime | None = None) -> QuerySet[Deelname]:
    """Return the participations that run at a moment; without one, now."""
    moment = op or klok.now()
    return Deelname.objects.filter(
        Q(tot__isnull=True) | Q(tot__gt=moment), van__lte=moment
    )


def of_actor(actor: Actor) -> QuerySet[Deelname]:
    """Return the participations of this actor that run now."""
    wie = _NIETS
    if actor.account_id is not None:
        wie |= Q(account=actor.account_id)
    if actor.organisatie is not None:
        wie |= Q(organisatie=actor.organisatie)
    return running().filter(wie, dossier__gemeente=actor.gemeente)


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
            filter_ |= Q(pk__in=of_actor(actor).values("dossier"))
        if open_to := noodtoegang.persons_open_to(actor):
            filter_ |= Q(betrokkene__in=open_to)
    return Dossier.objects.filter(filter_, gemeente=actor.gemeente)


def parts(actor: Actor, dossier: Dossier) -> frozenset[Deel]:
    """Return the parts of this dossier that are open to this actor now."""
    delen: set[Deel] = set()
    for rol, open_delen in (
        of_actor(actor).filter(dossier=dossier).values_list("rol", "delen")
    ):
        if Deelnemersrol(rol) in LEIDEND:
            return frozenset(Deel)
        delen.update(Deel(deel) for deel in open_delen)
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
) -> Deelname:
    """Let somebody take part from now; the caller has checked that one may."""
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
        gegeven_door=door.account_id,
    )


def end(deelnames: QuerySet[Deelname], *, reden: str, door: Actor) -> int:
    """End participations now; one that has ended already keeps its own end."""
    nu = klok.now()
    return deelnames.filter(Q(tot__isnull=True) | Q(tot__gt=nu)).update(
        tot=nu, reden_einde=reden, beeindigd_door=door.account_id
    )
