"""What a case weighs, and its planned reassessments, go with the dossier.

A plan of a person without a case is kept as a reassessment is (B003), from the day on
which the decision ended.
"""

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import (
    Deel,
    Familie,
    Kandidaat,
    add_part,
    register,
)
from samenloop.regie.caseload.models import Herindicatieplanning

DOSSIER = "dossier"
_CASUSSEN = "casus_id IN (SELECT id FROM regie_casus WHERE dossier_id = ANY(%s))"


def _loose(gemeente: str) -> list[Kandidaat]:
    rijen = Herindicatieplanning.objects.filter(gemeente=gemeente, casus__isnull=True)
    return [
        Kandidaat(pk, einde, (wie,))
        for pk, einde, wie in rijen.values_list("pk", "einddatum", "betrokkene")
    ]


def add() -> None:
    """Let the destroyer know of what this room keeps."""
    add_part(DOSSIER, Deel("caseload_herindicatieplanning", _CASUSSEN))
    add_part(DOSSIER, Deel("caseload_casuszwaarte", _CASUSSEN))
    register(
        Familie(
            "herindicatie-los",
            _("Planned reassessments without a case"),
            "B003",
            _loose,
            (Deel("caseload_herindicatieplanning", "id = ANY(%s)"),),
        )
    )
