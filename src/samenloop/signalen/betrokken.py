"""Who has a task toward whom because of a signal or melding.

Asked by the rules that put odd looks forward, and by secrecy of an address.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from samenloop.signalen.models import SignaalBetrokkene


def involved(account: str, personen: Collection[UUID], gemeente: str) -> set[UUID]:
    """Return of whom of these this account weighs a melding or recorded a signal."""
    if not account.isdigit():
        return set()
    nummer = int(account)
    return set(
        SignaalBetrokkene.objects.filter(
            Q(signaal__koppeling__melding__toegewezen_aan=nummer)
            | Q(signaal__vastgelegd_door=nummer),
            persoon__in=list(personen),
            gemeente=gemeente,
        ).values_list("persoon", flat=True)
    )
