"""Telling by e-mail that a rung of the ladder was taken.

The same few words as for a message inside (`postvak.attenderen`): that something waits,
not which term, of whom, or how late. Each rung is mailed once, and whoever was told of
something else the same day is not told again.
"""

from uuid import UUID

from django.db import transaction

from samenloop.access.models import Gebruiker
from samenloop.core import klok
from samenloop.regie.postvak import attenderen
from samenloop.regie.termijnen.models import OPEN, Escalatie, Escalatiebericht


@transaction.atomic
def tell(termijn: UUID) -> int:
    """Tell who was named on the rungs of a term that were not mailed yet; how many.

    What was met or lapsed in the meantime waits for nobody: nothing is sent.
    """
    nieuw = list(
        Escalatie.objects.filter(termijn=termijn, bericht__isnull=True)
        .select_related("termijn")
        .order_by("op", "pk")
    )
    # Of two that do this at once, the second waits here and finds them taken.
    verse = [
        escalatie
        for escalatie in nieuw
        if Escalatiebericht.objects.get_or_create(
            escalatie=escalatie, defaults={"op": klok.now()}
        )[1]
    ]
    wie = {
        account
        for escalatie in verse
        if escalatie.termijn.staat in OPEN
        for account in escalatie.accounts
    }
    return attenderen.tell(
        Gebruiker.objects.filter(pk__in=wie, is_active=True)
        .exclude(email="")
        .order_by("pk")
    )
