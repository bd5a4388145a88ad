"""Reading: which messages one may read, which one only knows of, and who read what.

Who wrote a message or got it reads it, for as long as they take part. What was sent to
or by the director is for who directs now, so that a hand-over loses no agreement. Of
what others in a dossier wrote to each other the director sees that they did, not what
(requirement I4): free words between a family and its helper stay theirs.
"""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samenloop.access.actor import Actor, ActorSoort
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.models import LEIDEND
from samenloop.regie.postvak.models import Bericht, Draad, Ontvangst


def readable(actor: Actor) -> QuerySet[Bericht]:
    """Return the messages this actor may read."""
    eigen = [each.pk for each in toegang.own(actor)]
    leidt = _inherited(actor)
    ontvangen = Ontvangst.objects.filter(bericht=OuterRef("pk"))
    return Bericht.objects.filter(
        Q(van__in=eigen)
        | Q(Exists(ontvangen.filter(deelname__in=eigen)))
        | Q(draad__dossier__in=leidt)
        & (
            Q(van__rol__in=LEIDEND)
            | Q(Exists(ontvangen.filter(deelname__rol__in=LEIDEND)))
        )
    )


def threads(actor: Actor) -> QuerySet[Draad]:
    """Return the threads in which this actor can read something, newest first."""
    return Draad.objects.filter(
        Exists(readable(actor).filter(draad=OuterRef("pk")))
    ).order_by("-laatste_op", "id")


def unread(actor: Actor) -> QuerySet[Ontvangst]:
    """Return what came for this actor, or for who leads in their place, unread."""
    # Asked apart: it stands on every page, and most have nothing or a handful.
    deelnames = toegang.own(actor)
    if not deelnames:
        return Ontvangst.objects.none()
    eigen = [each.pk for each in deelnames]
    # The director's post waits for who directs now, also when somebody else did then.
    geleid = Q(deelname__rol__in=LEIDEND, bericht__draad__dossier__in=_inherited(actor))
    wacht = Ontvangst.objects.filter(
        Q(deelname__in=eigen) | geleid, gelezen_op__isnull=True
    )
    if actor.account_id is None:
        return wacht.exclude(bericht__van__in=eigen)
    return wacht.exclude(bericht__account=actor.account_id)


def _inherited(actor: Actor) -> list[UUID]:
    """Return the dossiers of which one takes over the post of directors before.

    A citizen who directs does not: what helpers wrote a director of the municipality
    was not written for the family.
    """
    return [] if actor.soort is ActorSoort.BURGER else toegang.led_dossiers(actor)


def waiting_for(actor: Actor) -> int:
    """Return how many messages wait unread for this actor; stands in the menu."""
    if actor.account_id is None and not actor.deelnames:
        return 0
    return unread(actor).values("bericht").distinct().count()


def unread_per_thread(actor: Actor, draden: Sequence[UUID]) -> Counter[UUID]:
    """Return how many messages wait unread in each of these threads."""
    return Counter(
        unread(actor)
        .filter(bericht__draad__in=draden)
        .values_list("bericht__draad", flat=True)
    )


def mark_read(actor: Actor, draad: Draad) -> int:
    """Say that what came in this thread for this actor is read now."""
    if actor.account_id is None and not actor.deelnames:
        return 0
    wacht = unread(actor).filter(bericht__draad=draad).values_list("pk", flat=True)
    return Ontvangst.objects.filter(pk__in=list(wacht)).update(
        gelezen_op=klok.now(), gelezen_door=actor.account_id
    )
