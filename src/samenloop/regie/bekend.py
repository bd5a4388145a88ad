"""What this room and the provisions know of people, for rooms that ask."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from samenloop.personen.models import Gezinslid
from samenloop.regie.models import Casusperiode
from samenloop.signalen.models import SignaalBetrokkene
from samenloop.voorzieningen.models import Uitkering


def with_open_case(personen: Iterable[UUID], op: date) -> set[UUID]:
    """Return who of these, or whose gezin, had a case on that day."""
    gevraagd = list(personen)
    gezinnen = dict[UUID, set[UUID]]()
    leden = Gezinslid.objects.known_on(op).in_force(op)
    for persoon, gezin in leden.filter(persoon__in=gevraagd).values_list(
        "persoon", "gezin"
    ):
        gezinnen.setdefault(gezin, set()).add(persoon)
    in_gezin: dict[UUID, set[UUID]] = {persoon: {persoon} for persoon in gevraagd}
    for persoon, gezin in leden.filter(gezin__in=gezinnen).values_list(
        "persoon", "gezin"
    ):
        in_gezin.setdefault(persoon, set()).update(gezinnen[gezin])
    met = (
        Casusperiode.objects.known_on(op)
        .in_force(op)
        .filter(casus__betrokkene__in=in_gezin)
        .values_list("casus__betrokkene", flat=True)
    )
    return {wie for betrokkene in met for wie in in_gezin[betrokkene]} & set(gevraagd)


def with_low_income(personen: Iterable[UUID], op: date) -> set[UUID]:
    """Return who of these had a benefit on that day: what we know of a low income."""
    return set(
        Uitkering.objects.known_on(op)
        .in_force(op)
        # One array: of a list of names a hundred thousand long the reading alone costs
        # more than the answer.
        .extra(where=["betrokkene_id = ANY (%s)"], params=[list(personen)])
        .values_list("betrokkene", flat=True)
    )


def involved(account: str, personen: Collection[UUID], gemeente: str) -> set[UUID]:
    """Return with whom of these this account has to do as the director of a case."""
    if not account.isdigit():
        return set()
    van_signaal = SignaalBetrokkene.objects.filter(
        signaal__koppeling__melding__wegingen__regisseur=int(account),
        persoon__in=list(personen),
        gemeente=gemeente,
    )
    return set(van_signaal.values_list("persoon", flat=True))
