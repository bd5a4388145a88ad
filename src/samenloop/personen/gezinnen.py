"""Whom a plan is about on a date, and who has custody over a minor.

Gezin and huishouden are two things, because laws define them differently (VISD 5.6): a
gezin can live at several addresses, and gezag does not follow from living together.
"""

from datetime import date

from samenloop.core.tijd import FeitQuerySet
from samenloop.personen.models import Gezag, Gezin, Gezinslid, Persoon


def members(
    gezin: Gezin, datum: date, *, bekend_op: date | None = None
) -> FeitQuerySet[Gezinslid]:
    """The memberships in force, each with `persoon` and `rol`."""
    return (
        Gezinslid.objects.as_of(bekend_op)
        .in_force(datum)
        .filter(gezin=gezin)
        .select_related("persoon")
        .order_by("persoon__sorteernaam", "persoon_id")
    )


def gezag_over(
    minderjarige: Persoon, datum: date, *, bekend_op: date | None = None
) -> FeitQuerySet[Gezag]:
    """The custody in force over someone, one row per holder (two parents: two rows)."""
    return (
        Gezag.objects.as_of(bekend_op)
        .in_force(datum)
        .filter(minderjarige=minderjarige)
        .select_related("houder")
        .order_by("soort", "houder__sorteernaam", "houder_id")
    )
