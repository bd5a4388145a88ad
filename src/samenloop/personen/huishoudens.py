"""Who lives together on a date.

A huishouden has no list of members of its own: its members are the people whose address
on that date points to it. So a move changes one fact and both households follow.
"""

from datetime import date

from samenloop.personen.models import Adres, Huishouden, Persoon, PersoonQuerySet


def members(
    huishouden: Huishouden, datum: date, *, bekend_op: date | None = None
) -> PersoonQuerySet:
    """The people of this huishouden on `datum`, as known on `bekend_op` (now)."""
    adressen = Adres.objects.as_of(bekend_op).in_force(datum)
    return Persoon.objects.filter(
        pk__in=adressen.filter(huishouden=huishouden).values("persoon")
    )


def household_of(
    persoon: Persoon, datum: date, *, bekend_op: date | None = None
) -> Huishouden | None:
    """The huishouden someone is part of on `datum`; None when unknown."""
    adres = (
        Adres.objects.as_of(bekend_op)
        .in_force(datum)
        .filter(persoon=persoon)
        .select_related("huishouden")
        .first()
    )
    return adres.huishouden if adres else None
