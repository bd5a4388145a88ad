"""Emergency access: looking where one has no task, for a vital interest.

GDPR article 6 paragraph 1 d. It takes a reason, lasts three hours at most, and is told
at once to directors, team leaders and the data protection officer of the municipality.
While it runs, one counts as someone to whom this one person is assigned; nothing else
opens. It ends by itself, and can be ended before. The record of it stays.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.models import (
    LANGSTE_NOODTOEGANG,
    Noodtoegang,
    NoodtoegangGezien,
)
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok, lezing

GEBRUIKT = "noodtoegang-gebruikt"


def take(
    actor: Actor, persoon_id: UUID, reden: str, duur: timedelta = LANGSTE_NOODTOEGANG
) -> Noodtoegang:
    """Open the records of one person for a while, and tell who must know.

    Raises:
        GeenToegang: this actor may not.
    """
    besluiten.require(actor, Handeling.NOODTOEGANG)
    if actor.account_id is None:
        raise besluiten.GeenToegang
    lezing.forget()
    begin = klok.now()
    with transaction.atomic():
        genomen = Noodtoegang.objects.create(
            gebruiker_id=actor.account_id,
            gemeente=actor.gemeente,
            persoon_id=persoon_id,
            reden=reden.strip(),
            van=begin,
            tot=begin + min(duur, LANGSTE_NOODTOEGANG),
        )
        gebeurtenissen.record(GEBRUIKT, onderwerp=genomen.pk, gemeente=actor.gemeente)
    return genomen


def end(actor: Actor, nummer: UUID) -> None:
    """End one's own emergency access before its time; twice is once."""
    nu = klok.now()
    lezing.forget()
    _open_to(actor, nu).filter(pk=nummer).update(beeindigd_op=nu)


def active(actor: Actor, persoon_id: UUID, op: datetime | None = None) -> bool:
    """Whether this actor has emergency access to this person at a moment."""
    return _open_to(actor, op or klok.now()).filter(persoon_id=persoon_id).exists()


@lezing.once
def persons_open_to(actor: Actor, op: datetime | None = None) -> frozenset[UUID]:
    """Return the persons that emergency access opens to this actor; mostly none."""
    if not besluiten.may(actor, Handeling.NOODTOEGANG):
        return frozenset()
    gevonden = _open_to(actor, op or klok.now()).values_list("persoon_id", flat=True)
    return frozenset(gevonden)


def told_to(actor: Actor) -> QuerySet[Noodtoegang]:
    """Return what was taken in the municipality, newest first, for who may judge it."""
    if not besluiten.may(actor, Handeling.NOODTOEGANG_ZIEN):
        return Noodtoegang.objects.none()
    return (
        Noodtoegang.objects.filter(gemeente=actor.gemeente)
        .select_related("gebruiker")
        .order_by("-van")
    )


def unseen_by(actor: Actor) -> int:
    """Return how many this actor has not taken notice of; one's own do not count."""
    ik = actor.account_id
    if ik is None:
        return 0
    van_anderen = told_to(actor).exclude(gebruiker_id=ik)
    return van_anderen.exclude(gezien__gebruiker_id=ik).count()


def take_notice(actor: Actor, nummer: UUID) -> None:
    """Record that this actor knows of it; twice is once."""
    ik = actor.account_id
    gevonden = told_to(actor).filter(pk=nummer).first()
    if ik is not None and gevonden is not None and gevonden.gebruiker_id != ik:
        NoodtoegangGezien.objects.get_or_create(noodtoegang=gevonden, gebruiker_id=ik)


def _running(op: datetime) -> QuerySet[Noodtoegang]:
    return Noodtoegang.objects.filter(van__lte=op, tot__gt=op).filter(
        Q(beeindigd_op__isnull=True) | Q(beeindigd_op__gt=op)
    )


def _open_to(actor: Actor, op: datetime) -> QuerySet[Noodtoegang]:
    if actor.account_id is None:
        return Noodtoegang.objects.none()
    return _running(op).filter(gebruiker_id=actor.account_id, gemeente=actor.gemeente)
