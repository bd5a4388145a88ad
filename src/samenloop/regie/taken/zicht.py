"""Whose tasks one sees, how deep, and what one may do with them.

Three ways lead to the content of a task: the part "tasks" of the dossier was opened, it
is one's own (or one's organisation's) and one takes part in the dossier, or it belongs
to an absent colleague whom one stands in for. Who divides work sees of all tasks only
that they are there: whose, when, and whether they are late.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from samenloop.access import besluiten, noodtoegang
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import klok, lezing
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel
from samenloop.regie.models import Afwezigheid, Casus, Teamlid
from samenloop.regie.taken.models import Taak

_NIETS = Q(pk__in=[])


def tasks(actor: Actor, diepte: Diepte = Diepte.DAT) -> QuerySet[Taak]:
    """Return the tasks this actor may see at least so deep."""
    mag = besluiten.involvements(actor, Handeling.TAAK_ZIEN, diepte)
    if Betrokkenheid.GEMEENTE in mag:
        filter_ = Q()
    elif mag:
        filter_ = Q(casus__dossier__in=opened(actor)) | own(actor) | stands_in(actor)
    else:
        filter_ = _NIETS
    if mag and (open_to := noodtoegang.persons_open_to(actor)):
        filter_ |= Q(casus__dossier__betrokkene__in=open_to)
    return Taak.objects.filter(filter_, gemeente=actor.gemeente)


def own(actor: Actor) -> Q:
    """What was given to this actor, in dossiers in which they take part now."""
    wie = _NIETS
    if actor.account_id is not None:
        wie |= Q(account=actor.account_id)
    if actor.organisatie is not None:
        wie |= Q(organisatie=actor.organisatie)
    return wie & Q(casus__dossier__in=toegang.own_dossiers(actor))


def stands_in(actor: Actor) -> Q:
    """What belongs to colleagues for whom this actor stands in today."""
    if not (weg := absent_for(actor)):
        return _NIETS
    van_wie = toegang.running().filter(account__in=weg).values("dossier")
    return Q(account__in=weg, casus__dossier__in=van_wie)


@lezing.once
def absent_for(actor: Actor) -> list[int]:
    """Return for which accounts this actor stands in today."""
    if actor.account_id is None:
        return []
    return list(
        Afwezigheid.objects.filter(
            gemeente=actor.gemeente,
            vervanger=actor.account_id,
            geldig__contains=klok.today(),
        ).values_list("account", flat=True)
    )


def opened(actor: Actor) -> list[UUID]:
    """Return the dossiers of which the tasks were opened to this actor."""
    return [
        deelname.dossier_id
        for deelname in toegang.own(actor)
        if Deel.TAKEN in toegang.open_parts(deelname)
    ]


def led_by(actor: Actor) -> QuerySet[Taak]:
    """Return the tasks of the cases this actor directs, or stands in for."""
    return Taak.objects.filter(
        casus__dossier__in=toegang.led_dossiers(actor), gemeente=actor.gemeente
    )


@lezing.once
def team_of(actor: Actor) -> list[int]:
    """Return the accounts in the teams that this actor leads today."""
    if actor.account_id is None:
        return []
    vandaag = klok.today()
    teams = Teamlid.objects.filter(
        account=actor.account_id, leidt=True, geldig__contains=vandaag
    ).values("team")
    return list(
        Teamlid.objects.filter(
            team__in=teams, team__gemeente=actor.gemeente, geldig__contains=vandaag
        ).values_list("account", flat=True)
    )


def readable(actor: Actor, taken: Iterable[Taak]) -> set[UUID]:
    """Return of which of these one may read the content, in one go."""
    sleutels = [taak.pk for taak in taken]
    return set(
        tasks(actor, Diepte.WAT).filter(pk__in=sleutels).values_list("pk", flat=True)
    )


def require(actor: Actor, taak: UUID) -> Taak:
    """Return a task whose content one may read.

    Raises:
        GeenToegang: it is not theirs and the part was not opened to them.
        Taak.DoesNotExist: there is none here.
    """
    gevonden = Taak.objects.select_related("casus__dossier", "organisatie").get(
        pk=taak, gemeente=actor.gemeente
    )
    if not tasks(actor, Diepte.WAT).filter(pk=taak).exists():
        raise GeenToegang(besluiten.reason(actor, (Handeling.TAAK_ZIEN,)))
    return gevonden


def may_do(actor: Actor, taak: Taak) -> bool:
    """Whether this actor does this task: it is theirs, or they direct the case."""
    if not besluiten.may(actor, Handeling.TAAK_DOEN):
        return False
    return leads(actor, taak.casus) or (
        Taak.objects.filter(own(actor) | stands_in(actor), pk=taak.pk).exists()
    )


def leads(actor: Actor, casus: Casus) -> bool:
    """Whether this actor gives tasks in this case and says what waits on what."""
    return (
        besluiten.may(actor, Handeling.TAAK_DOEN)
        and besluiten.may(actor, Handeling.CASUS_VOEREN)
        and toegang.leads_in(actor, casus.dossier_id)
    )


def dividable(actor: Actor) -> QuerySet[Taak]:
    """Return the running tasks this actor may give to another: all, or of own cases."""
    mag = besluiten.involvements(actor, Handeling.TAAK_VERDELEN)
    lopend = Taak.objects.filter(
        gemeente=actor.gemeente, staat__in=(Taak.Staat.WACHT, Taak.Staat.OPEN)
    )
    if Betrokkenheid.GEMEENTE in mag:
        return lopend
    if Betrokkenheid.TOEGEWEZEN in mag:
        return lopend.filter(pk__in=led_by(actor).values("pk"))
    return lopend.none()


def reads(actor: Actor, casus: Casus) -> bool:
    """Whether all tasks of this case are open to this actor."""
    return (
        casus.dossier is not None
        and toegang.depth(actor, casus.dossier, Handeling.TAAK_ZIEN, Deel.TAKEN)
        is Diepte.WAT
    )
