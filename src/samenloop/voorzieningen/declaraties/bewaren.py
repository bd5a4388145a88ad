"""When invoices are destroyed, and what goes with them.

Invoice, lines and their payment end together, by the term of the financial
administration (B052). A batch holds nothing about clients and stays.
"""

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import Deel, Familie, Kandidaat, register
from samenloop.core.klok import AMSTERDAM
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie

_DELEN = (
    Deel(
        "declaraties_betaalregel",
        "prestatie_id IN (SELECT id FROM declaraties_prestatie"
        " WHERE declaratie_id = ANY(%s))",
    ),
    Deel("declaraties_prestatie", "declaratie_id = ANY(%s)"),
    Deel("declaraties_declaratie", "id = ANY(%s)"),
)


def _candidates(gemeente: str) -> list[Kandidaat]:
    wie: dict[UUID, set[UUID]] = defaultdict(set)
    for declaratie, persoon in (
        Prestatie.objects.filter(gemeente=gemeente, persoon__isnull=False)
        .order_by()
        .values_list("declaratie", "persoon")
        .distinct()
    ):
        wie[declaratie].add(persoon)
    rijen = Declaratie.objects.filter(gemeente=gemeente).values_list(
        "pk", "beoordeeld_op"
    )
    return [
        Kandidaat(pk, op.astimezone(AMSTERDAM).date(), tuple(sorted(wie[pk], key=str)))
        for pk, op in rijen
    ]


def register_families() -> None:
    """Let the destroyer know what this room keeps."""
    register(
        Familie(
            "declaratie",
            _("Invoices of providers"),
            "B052",
            _candidates,
            _DELEN,
        )
    )
