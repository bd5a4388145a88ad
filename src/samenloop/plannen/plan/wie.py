"""By what name people stand in a plan."""

from dataclasses import dataclass
from uuid import UUID

from samenloop.personen.models import Persoon
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Dossier


@dataclass(frozen=True, slots=True)
class Lid:
    """Somebody the plan is about."""

    id: UUID
    naam: str


def doers(dossier: Dossier) -> list[tuple[str, str]]:
    """Return who takes part now, as keys and names to choose from."""
    deelnames = list(
        toegang.running()
        .filter(dossier=dossier)
        .select_related("organisatie", "persoon")
    )
    heten = namen.of(deelnames)
    rijen = [
        (str(each.pk), f"{heten[each.pk]}, {namen.role(each)}") for each in deelnames
    ]
    return sorted(rijen, key=lambda rij: rij[1].casefold())


def members(dossier: Dossier) -> list[Lid]:
    """Return whom the dossier is about today, by name."""
    return [
        Lid(persoon.pk, persoon.volledige_naam)
        for persoon in Persoon.objects.filter(pk__in=toegang.persons(dossier)).order_by(
            "sorteernaam", "id"
        )
    ]
