"""What people who take part are called, for lists: asked once for all of them."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from samenloop.access.models import Organisatie
from samenloop.core import lezing
from samenloop.personen.models import Persoon
from samenloop.plannen.models import Beperking, Deelname
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


def of(rijen: Iterable[Deelname | Beperking]) -> dict[UUID, str]:
    """Return who each participation or restriction is about, by its id."""
    alle = list(rijen)
    van_account = accounts(rij.account for rij in alle)
    personen = people(rij.persoon_id for rij in alle)
    clubs = dict(
        Organisatie.objects.filter(
            pk__in={rij.organisatie_id for rij in alle if rij.organisatie_id}
        ).values_list("pk", "naam")
    )
    namen: dict[UUID, str] = {}
    for rij in alle:
        naam: str | None = rij.naam
        if rij.account is not None:
            naam = van_account.get(rij.account)
        elif rij.organisatie_id is not None:
            naam = clubs.get(rij.organisatie_id)
        elif rij.persoon_id is not None:
            naam = personen.get(rij.persoon_id)
        namen[rij.pk] = naam or _("somebody who is not on record any more")
    return namen
