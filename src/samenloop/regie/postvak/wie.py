"""Who somebody is in a dossier, in words, for many at once."""

from collections.abc import Iterable
from uuid import UUID

from samenloop.plannen import namen
from samenloop.plannen.models import Deelname, Deelnemersrol


def names(deelnames: Iterable[Deelname]) -> dict[UUID, str]:
    """Return the name of each, with what they are; an organisation by its name only."""
    alle = list(deelnames)
    heten = namen.of(alle)
    return {
        each.pk: heten[each.pk]
        if each.organisatie_id is not None
        else f"{heten[each.pk]}, {_what(each)}"
        for each in alle
    }


def _what(deelname: Deelname) -> str:
    return deelname.hoedanigheid or str(Deelnemersrol(deelname.rol).label)
