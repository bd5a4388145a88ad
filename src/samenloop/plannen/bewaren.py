"""When a dossier is destroyed, and that everything on it goes along.

A dossier of a family holds parts under several laws, of which the longest term counts
(B046). A lawyer has to confirm that and the municipality sets it; until then nothing is
destroyed. The term runs from the day the dossier was closed.
"""

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import (
    Deel,
    Familie,
    Kandidaat,
    add_part,
    register,
)
from samenloop.personen.models import Gezinslid
from samenloop.plannen.models import Dossier

DOSSIER = "dossier"
TOESTEMMING = "toestemming"
_VAN_DOSSIER = "dossier_id = ANY(%s)"


def _closed(gemeente: str) -> list[Kandidaat]:
    rijen = Dossier.objects.filter(gemeente=gemeente, gesloten_op__isnull=False)
    leden: dict[UUID, set[UUID]] = defaultdict(set)
    for gezin, persoon in (
        Gezinslid.objects.current()
        .filter(gezin__dossiers__in=rijen)
        .values_list("gezin", "persoon")
    ):
        leden[gezin].add(persoon)
    return [
        Kandidaat(
            rij.pk,
            rij.gesloten_op,
            tuple(sorted({rij.betrokkene_id} | leden[rij.gezin_id or UUID(int=0)])),
        )
        for rij in rijen
        if rij.gesloten_op is not None
    ]


def register_families() -> None:
    """Let the destroyer know what this room keeps; rooms above add their parts."""
    register(
        Familie(
            DOSSIER,
            _("Dossiers that were closed"),
            "B046",
            _closed,
            (
                Deel("plannen_herbeoordeling", _VAN_DOSSIER),
                Deel("plannen_beperking", _VAN_DOSSIER),
                Deel("plannen_deelname", _VAN_DOSSIER),
                Deel("plannen_dossier", "id = ANY(%s)"),
            ),
        )
    )
    # Consent ends by a term of its own; what was asked about it goes with it.
    add_part(TOESTEMMING, Deel("plannen_herbeoordeling", "toestemming_id = ANY(%s)"))
