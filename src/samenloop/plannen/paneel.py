"""The panel that says who takes part, on the page of a case."""

from collections.abc import Mapping
from typing import Any

from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.plannen import deelnemers, toegang
from samenloop.plannen.models import Deel, Dossier, Herbeoordeling


def panel(actor: Actor, dossier: Dossier) -> Mapping[str, Any] | None:
    """Return who takes part now; None when that was not opened to the reader."""
    if toegang.depth(actor, dossier, Handeling.DOSSIER_LEZEN, Deel.TOEGANG) is None:
        return None
    open_ = 0
    if toegang.leads(actor, dossier):
        open_ = Herbeoordeling.objects.filter(
            dossier=dossier, afgedaan_op__isnull=True
        ).count()
    return {
        "dossier": dossier,
        "deelnemers": deelnemers.of(dossier).nu,
        "te_herzien": open_,
        "alle_delen": len(Deel),
    }
