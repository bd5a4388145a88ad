"""By what name people stand in a plan."""

from dataclasses import dataclass
from uuid import UUID

from samenloop.personen.models import Persoon
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Deelname, Dossier


@dataclass(frozen=True, slots=True)
class Lid:
    """Somebody the plan is about."""

    id: UUID
    naam: str


def name_of(deelname: Deelname, accounts: dict[int, str]) -> str:
    """Return the name of who takes part; `accounts` by number."""
    if deelname.account is not None:
        return accounts.get(deelname.account, "")
    if deelname.organisatie is not None:
        return deelname.organisatie.naam
    if deelname.persoon is not None:
        return deelname.persoon.volledige_naam
    return deelname.naam


def doers(dossier: Dossier) -> list[tuple[str, str]]:
    """Return who takes part now, as keys and names to choose from."""
    deelnames = list(
        toegang.running()
        .filter(dossier=dossier)
        .select_related("organisatie", "persoon")
    )
    accounts = namen.accounts(deelname.account for deelname in deelnames)
    rijen = []
    for deelname in deelnames:
        naam = name_of(deelname, accounts)
        wat = deelname.hoedanigheid or str(deelname.get_rol_display())
        rijen.append((str(deelname.pk), f"{naam}, {wat}" if wat else naam))
    return sorted(rijen, key=lambda rij: rij[1].casefold())


def members(dossier: Dossier) -> list[Lid]:
    """Return whom the dossier is about today, by name."""
    return [
        Lid(persoon.pk, persoon.volledige_naam)
        for persoon in Persoon.objects.filter(pk__in=toegang.persons(dossier)).order_by(
            "sorteernaam", "id"
        )
    ]
