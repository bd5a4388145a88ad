"""What people are called who take part, do a task or direct: the one place for it.

Asked once for all rows of a list, never row by row.
"""

from collections.abc import Collection, Iterable
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from samenloop.access.models import Organisatie
from samenloop.core import lezing
from samenloop.personen.models import Persoon
from samenloop.plannen.models import Deelname, Deelnemersrol
from samenloop.signalen import collegas


def accounts(nummers: Iterable[int | None]) -> dict[int, str]:
    """Return the names of accounts; one that is gone is left out."""
    return collegas.names(nummers)


def people(personen: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the full names of people within the border."""
    return _people({persoon for persoon in personen if persoon is not None})


@lezing.each_once
def _people(personen: Collection[UUID]) -> dict[UUID, str]:
    return {
        each.pk: each.volledige_naam for each in Persoon.objects.filter(pk__in=personen)
    }


class Iemand(Protocol):
    """A row that says who, in one of four ways: nobody when none is filled."""

    pk: Any
    account: int | None
    organisatie_id: UUID | None
    persoon_id: UUID | None


def of(rijen: Iterable[Iemand]) -> dict[UUID, str]:
    """Return who each row is about, by its id; nobody is an empty name.

    Participations, restrictions, tasks, directors: all that names somebody by an
    account, an organisation, a person on record or in words. What was loaded with the
    row is not asked again; for the rest at most three statements, whatever the number.
    """
    alle = list(rijen)
    van_account = accounts(rij.account for rij in alle)
    personen = people(rij.persoon_id for rij in alle if _loaded(rij, "persoon") is None)
    clubs = dict(
        Organisatie.objects.filter(
            pk__in={
                rij.organisatie_id
                for rij in alle
                if rij.organisatie_id and _loaded(rij, "organisatie") is None
            }
        ).values_list("pk", "naam")
    )
    namen: dict[UUID, str] = {}
    for rij in alle:
        naam: str | None = getattr(rij, "naam", "")
        if rij.account is not None:
            naam = van_account.get(rij.account)
        elif rij.organisatie_id is not None:
            club = _loaded(rij, "organisatie")
            naam = club.naam if club else clubs.get(rij.organisatie_id)
        elif rij.persoon_id is not None:
            persoon = _loaded(rij, "persoon")
            naam = persoon.volledige_naam if persoon else personen.get(rij.persoon_id)
        elif not naam:
            namen[rij.pk] = ""
            continue
        namen[rij.pk] = naam or _("somebody who is not on record any more")
    return namen


def with_role(deelnames: Iterable[Deelname]) -> dict[UUID, str]:
    """Return the name of each with what they are; an organisation by its name only."""
    alle = list(deelnames)
    heten = of(alle)
    return {
        each.pk: heten[each.pk]
        if each.organisatie_id is not None
        else f"{heten[each.pk]}, {role(each)}"
        for each in alle
    }


def role(deelname: Deelname) -> str:
    """Return what somebody is to the family or in their work."""
    return deelname.hoedanigheid or str(Deelnemersrol(deelname.rol).label)


def _loaded(rij: Any, veld: str) -> Any:
    """Return what a row points at when it was loaded with the row, else None."""
    return getattr(rij, veld) if rij._meta.get_field(veld).is_cached(rij) else None
