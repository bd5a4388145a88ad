"""Who can be invited, who is, and who can be given a decision to carry out."""

from collections.abc import Iterable
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.access.models import Aanstelling
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Deelnemersrol
from samenloop.regie.models import Casus
from samenloop.regie.overleg.models import Genodigde
from samenloop.regie.taken.opdragen import Uitvoerder

_KOMT = (Rol.CONSULENT, Rol.REGISSEUR, Rol.PARTNER)


def can_come(gemeente: str, behalve: Iterable[int | None]) -> list[tuple[int, str]]:
    """Return accounts that can be invited in a municipality, by name."""
    aanstellingen = (
        Aanstelling.objects.filter(
            gemeente=gemeente,
            rol__in=_KOMT,
            geldig__contains=klok.today(),
            gebruiker__is_active=True,
        )
        .exclude(gebruiker__in=[each for each in behalve if each is not None])
        .select_related("gebruiker__organisatie")
        .order_by("gebruiker__naam", "gebruiker")
    )
    gevonden: dict[int, str] = {}
    for each in aanstellingen:
        wie = each.gebruiker
        bij = wie.organisatie.naam if wie.organisatie else wie.functie
        gevonden[wie.pk] = f"{wie.naam}, {bij}" if bij else wie.naam
    return list(gevonden.items())


def invited(genodigden: Iterable[Genodigde]) -> dict[UUID, str]:
    """Return the name and capacity of everybody invited."""
    alle = list(genodigden)
    accounts = namen.accounts(each.account for each in alle)
    return {
        each.pk: ", ".join(
            deel
            for deel in (
                accounts.get(each.account, "") if each.account else each.naam,
                each.functie,
            )
            if deel
        )
        for each in alle
    }


def doers(casus: Casus, door: Actor) -> list[tuple[str, Uitvoerder, str]]:
    """Return to whom a decision about a case can be given: key, who, and name.

    Who takes part for longer than the conference, and the family itself. Who only sits
    at the table is named: their part ends with it, and with that their tasks would go
    back to the director. Whoever should have more is let in by the director first.
    """
    dossier = casus.dossier
    if dossier is None:
        return []
    deelnames = list(toegang.running().filter(dossier=dossier))
    heten = namen.of(deelnames)
    blijven = {each.account for each in deelnames if each.rol != Deelnemersrol.OVERLEG}
    keuzes: dict[Uitvoerder, str] = {}
    for each in deelnames:
        uitvoerder = Uitvoerder.of_deelname(each)
        if each.rol == Deelnemersrol.OVERLEG:
            if each.account is not None and each.account in blijven:
                continue
            uitvoerder = Uitvoerder(naam=heten[each.pk])
        naam = ", ".join(deel for deel in (heten[each.pk], each.hoedanigheid) if deel)
        keuzes.setdefault(uitvoerder, naam)
    for persoon in Persoon.objects.filter(pk__in=toegang.persons(dossier)):
        keuzes.setdefault(Uitvoerder(persoon=persoon.pk), persoon.volledige_naam)
    eigen = Uitvoerder(account=door.account_id)
    op_naam = sorted(keuzes.items(), key=lambda each: (each[0] != eigen, each[1]))
    return [(str(nr), wie, naam) for nr, (wie, naam) in enumerate(op_naam, start=1)]
