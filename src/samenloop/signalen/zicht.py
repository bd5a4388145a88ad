"""Which signals and meldingen someone may see, and how deep.

The reporter, whoever weighs it and in principle the subject; never a third party
(requirement B6). Lists show that something is there (`dat`) to who steers the work; the
content (`wat`) only to who it is assigned to or who recorded it. The table of decisions
says so; here it becomes a filter.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from samenloop.access import besluiten, noodtoegang
from samenloop.access.actor import Actor
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.signalen.models import Melding, Signaal

_NIETS = Q(pk__in=[])


def signals(actor: Actor, diepte: Diepte = Diepte.DAT) -> QuerySet[Signaal]:
    """Return the signals this actor may see at least so deep."""
    mag = besluiten.involvements(actor, Handeling.SIGNAAL_LEZEN, diepte)
    mag |= besluiten.involvements(actor, Handeling.TERUGMELDING_LEZEN, diepte) & {
        Betrokkenheid.EIGEN
    }
    if Betrokkenheid.GEMEENTE in mag:
        filter_ = Q()
    else:
        filter_ = _NIETS
        if Betrokkenheid.TOEGEWEZEN in mag and actor.account_id:
            filter_ |= Q(koppeling__melding__toegewezen_aan=actor.account_id)
        if Betrokkenheid.EIGEN in mag:
            filter_ |= _own(actor)
        if open_to := noodtoegang.persons_open_to(actor):
            filter_ |= Q(pk__in=_about(open_to).values("pk"))
    return Signaal.objects.filter(filter_, gemeente=actor.gemeente)


def meldingen(actor: Actor, diepte: Diepte = Diepte.DAT) -> QuerySet[Melding]:
    """Return the meldingen this actor may see at least so deep, hardest first."""
    mag = besluiten.involvements(actor, Handeling.MELDING_ZIEN, diepte)
    if Betrokkenheid.GEMEENTE in mag:
        filter_ = Q()
    elif Betrokkenheid.TOEGEWEZEN in mag and actor.account_id:
        filter_ = Q(toegewezen_aan=actor.account_id)
    else:
        filter_ = _NIETS
    return Melding.objects.filter(filter_, gemeente=actor.gemeente)


def depth_of(actor: Actor, signaal: Signaal) -> Diepte | None:
    """Return how deep this actor may look into one signal; None is not at all."""
    for diepte in (Diepte.WAT, Diepte.DAT):
        if signals(actor, diepte).filter(pk=signaal.pk).exists():
            return diepte
    return None


def may_weigh(actor: Actor, melding: Melding) -> bool:
    """Whether this actor weighs this melding: it is assigned to them."""
    return (
        besluiten.may(actor, Handeling.MELDING_WEGEN)
        and actor.account_id is not None
        and melding.toegewezen_aan == actor.account_id
    )


def melding_depth(actor: Actor, melding: Melding) -> Diepte | None:
    """Return how deep this actor may look into one melding; None is not at all.

    Emergency access to one of the persons opens what is told of them (G112, G148).
    """
    if melding.gemeente_id != actor.gemeente:
        return None
    betrokken = [Betrokkenheid.GEMEENTE]
    if (
        melding.toegewezen_aan is not None
        and melding.toegewezen_aan == actor.account_id
    ):
        betrokken.append(Betrokkenheid.TOEGEWEZEN)
    dieptes = {
        besluiten.depth(actor, Handeling.MELDING_ZIEN, each) for each in betrokken
    } - {None}
    if not dieptes:
        return None
    if Diepte.WAT not in dieptes:
        open_to = noodtoegang.persons_open_to(actor)
        if open_to and _about(open_to).filter(koppeling__melding=melding).exists():
            return Diepte.WAT
    return Diepte.WAT if Diepte.WAT in dieptes else Diepte.DAT


def may_assign(actor: Actor, melding: Melding) -> bool:
    """Whether this actor divides this work, or hands over their own."""
    if melding.gemeente_id != actor.gemeente:
        return False
    mag = besluiten.involvements(actor, Handeling.MELDING_TOEWIJZEN)
    if Betrokkenheid.GEMEENTE in mag:
        return True
    return (
        Betrokkenheid.TOEGEWEZEN in mag
        and actor.account_id is not None
        and melding.toegewezen_aan == actor.account_id
    )


def may_deal_with(actor: Actor, signaal: Signaal) -> bool:
    """Whether this actor may close a loose signal: they recorded it, or weigh it."""
    mag = besluiten.involvements(actor, Handeling.SIGNAAL_AFHANDELEN, Diepte.WAT)
    eigen = signaal.vastgelegd_door is not None and (
        signaal.vastgelegd_door == actor.account_id
    )
    if Betrokkenheid.EIGEN in mag and eigen:
        return True
    koppeling = getattr(signaal, "koppeling", None)
    return (
        Betrokkenheid.TOEGEWEZEN in mag
        and koppeling is not None
        and koppeling.melding.toegewezen_aan == actor.account_id
    )


def _own(actor: Actor) -> Q:
    """What they recorded themselves, or their organisation reported."""
    if actor.organisatie:
        return Q(organisatie=actor.organisatie)
    return Q(vastgelegd_door=actor.account_id) if actor.account_id else _NIETS


def _about(personen: frozenset[UUID]) -> QuerySet[Signaal]:
    return Signaal.objects.filter(betrokkenen__persoon__in=personen)
