"""Somebody from outside at the table: a link, a code told by another way, no account.

The link goes to their own address; the code is told by telephone by who leads, so a
mailbox that others read opens nothing. Of both only a digest is kept. They work from
shortly before the conference until it ends; after five wrong codes they stop and who
leads makes new ones. Inside, a guest is an actor with the participations that were
given and nothing else.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from samenloop.access import linkcode
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.linkcode import POGINGEN
from samenloop.access.linkcode import digest as digest
from samenloop.core import gemeentegrens, klok
from samenloop.regie.overleg import agenda
from samenloop.regie.overleg.fouten import LinkDicht, VerkeerdeCode
from samenloop.regie.overleg.models import Gedeeld, Genodigde, Overleg

VOORAF = timedelta(minutes=15)


@transaction.atomic
def make_link(genodigde: Genodigde, *, door: Actor) -> tuple[str, str]:
    """Make a new link and code; earlier ones stop. Returns (key of the link, code).

    Raises:
        GeenToegang: the actor does not lead the conference.
        NietMeer: it is over.
    """
    agenda.require_lead(door, genodigde.overleg)
    agenda.require_open(genodigde.overleg)
    nieuw = linkcode.make()
    Genodigde.objects.filter(pk=genodigde.pk, account__isnull=True).update(
        **nieuw.bewaard, binnen_op=None
    )
    return nieuw.sleutel, nieuw.code


def find(sleutel: str) -> Genodigde:
    """Return whose link this is, while it opens something.

    Raises:
        LinkDicht: unknown, too early, over, or tried too often.
    """
    # Before one knows who knocks there is no municipality to stay within.
    with gemeentegrens.everywhere("link of a guest"):
        genodigde = (
            Genodigde.objects.select_related("overleg")
            .filter(sleutel=digest(sleutel))
            .first()
        )
    if genodigde is None or not _is_open(genodigde):
        raise LinkDicht()
    return genodigde


def come_in(genodigde: Genodigde, code: str) -> None:
    """Let somebody in by the code that was told.

    Raises:
        VerkeerdeCode: not the code; it counts.
        LinkDicht: it was tried too often.
    """
    with gemeentegrens.within(genodigde.overleg.gemeente_id):
        rij = Genodigde.objects.filter(pk=genodigde.pk)
        goed = linkcode.attempt(rij, code)
        if goed is None:
            raise LinkDicht()
        if not goed:
            raise VerkeerdeCode()
        rij.update(binnen_op=klok.now())


def still_inside(genodigde: UUID, sleutel: str) -> Genodigde | None:
    """Return the guest of a session, for as long as the link that let them in holds."""
    with gemeentegrens.everywhere("guest in a conference"):
        gevonden = (
            Genodigde.objects.select_related("overleg")
            .filter(pk=genodigde, sleutel=sleutel, binnen_op__isnull=False)
            .exclude(sleutel="")
            .first()
        )
    return gevonden if gevonden is not None and _is_open(gevonden) else None


def actor_of(genodigde: Genodigde) -> Actor:
    """Return a guest as an actor; call it within the municipality."""
    deelnames = Gedeeld.objects.filter(genodigde=genodigde).values_list(
        "deelname", flat=True
    )
    return Actor(
        soort=ActorSoort.GENODIGDE,
        id=str(genodigde.pk),
        naam=genodigde.naam,
        gemeente=genodigde.overleg.gemeente_id,
        deelnames=frozenset(deelnames),
    )


def _is_open(genodigde: Genodigde) -> bool:
    overleg = genodigde.overleg
    if genodigde.mispogingen >= POGINGEN:
        return False
    if overleg.staat == Overleg.Staat.BEZIG:
        return overleg.uiterlijk_tot is not None and klok.now() < overleg.uiterlijk_tot
    if overleg.staat != Overleg.Staat.GEPLAND:
        return False
    einde = overleg.gepland_op + timedelta(minutes=overleg.minuten)
    return overleg.gepland_op - VOORAF <= klok.now() <= einde
