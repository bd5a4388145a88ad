"""Doubts about the BRP come to an end some time after we last heard of them (B077).

The registry keeps what became of a report; what stays here is that somebody doubted and
why, which nobody needs once it is settled. A report delivered as a file is answered on
paper, so sending is the last we hear of it. What waits to be sent, or is looked into,
does not run out.
"""

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import Deel, Familie, Kandidaat, register
from samenloop.core.klok import AMSTERDAM
from samenloop.personen.brp.models import BrpTerugmelding, Status, Uitkomst


def _settled(gemeente: str) -> list[Kandidaat]:
    """Since the answer, else since sending; withdrawn ones since they were written."""
    rijen = (
        BrpTerugmelding.objects.filter(gemeente=gemeente)
        .exclude(status=Status.OPGESTELD)
        .exclude(status=Status.VERSTUURD, uitkomst=Uitkomst.IN_ONDERZOEK)
        .annotate(laatst=Coalesce("beantwoord_op", "verstuurd_op", "opgesteld_op"))
        .order_by("laatst", "id")
    )
    return [
        Kandidaat(pk, laatst.astimezone(AMSTERDAM).date(), (wie,))
        for pk, wie, laatst in rijen.values_list("pk", "persoon", "laatst")
    ]


def register_families() -> None:
    """Let the destroyer know of reports of doubt."""
    register(
        Familie(
            "brp-terugmelding",
            _("Doubts about the BRP that were reported"),
            "B077",
            _settled,
            (Deel("brp_terugmelding", "id = ANY(%s)"),),
        )
    )
