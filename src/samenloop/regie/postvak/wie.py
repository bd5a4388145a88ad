"""Who somebody is in a dossier, in words, for many at once."""

from collections.abc import Iterable
from uuid import UUID

from samenloop.plannen.models import Deelname, Deelnemersrol
from samenloop.signalen import collegas


def names(deelnames: Iterable[Deelname]) -> dict[UUID, str]:
    """Return the name of each; one query, with organisation and person joined before.

    What they are stands behind the name where it is not the name of an organisation.
    """
    deelnames = list(deelnames)
    accounts = collegas.names(each.account for each in deelnames)
    return {each.pk: _name(each, accounts) for each in deelnames}


def _name(deelname: Deelname, accounts: dict[int, str]) -> str:
    if deelname.organisatie is not None:
        return deelname.organisatie.naam
    if deelname.account is not None:
        naam = accounts.get(deelname.account, "?")
    elif deelname.persoon is not None:
        naam = deelname.persoon.volledige_naam
    else:
        naam = deelname.naam
    wat = deelname.hoedanigheid or str(Deelnemersrol(deelname.rol).label)
    return f"{naam}, {wat}"
