"""Which municipalities a region is, on a day.

Municipalities work together in other combinations over the years and per purpose; a
levering or release is about those that belong to the region on its last day.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samenloop.monitor.fouten import LeveringFout
from samenloop.personen.models import Regio, RegioGemeente


@dataclass(frozen=True, slots=True)
class Gebied:
    """A region with the CBS codes of its municipalities, in order."""

    code: str
    naam: str
    gemeenten: tuple[str, ...]


def find_area(naam: str, op: date) -> Gebied | None:
    """Return the region with that code or name as it is on the day, or None."""
    regio = Regio.objects.filter(Q(code__iexact=naam) | Q(naam__iexact=naam)).first()
    if regio is None:
        return None
    gemeenten = (
        RegioGemeente.objects.filter(regio=regio, geldig__contains=op)
        .order_by("gemeente_id")
        .values_list("gemeente_id", flat=True)
        .distinct()
    )
    return Gebied(regio.code, regio.naam, tuple(gemeenten))


def require_area(naam: str, op: date) -> Gebied:
    """Return the region, which must exist and have municipalities that day.

    Raises:
        LeveringFout: it does not, or has none.
    """
    gebied = find_area(naam, op)
    if gebied is None:
        bekend = ", ".join(
            Regio.objects.order_by("code").values_list("code", flat=True)
        )
        raise LeveringFout(
            f"Regio {naam} staat niet in het systeem; bekend: {bekend or 'geen'}."
        )
    if not gebied.gemeenten:
        raise LeveringFout(f"Regio {naam} heeft op {op:%d-%m-%Y} geen gemeenten.")
    return gebied
