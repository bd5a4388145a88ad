"""The panel with the course of self-sufficiency, on the page of a case."""

from collections.abc import Mapping
from typing import Any

from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.plannen import toegang
from samenloop.plannen.metingen import beeld, meten, verloop
from samenloop.plannen.models import Deel, Dossier


def panel(actor: Actor, dossier: Dossier) -> Mapping[str, Any] | None:
    """Return the course of who was measured last; None when it is not open."""
    if toegang.depth(actor, dossier, Handeling.DOSSIER_LEZEN, Deel.METINGEN) is None:
        return None
    alle = verloop.of_dossier(dossier)
    laatste = alle[-1] if alle else None
    gemeten = {meting.persoon_id for meting in alle}
    persoon = laatste.persoon if laatste else dossier.betrokkene
    return {
        "dossier": dossier,
        "persoon": persoon,
        "anderen": [
            lid
            for lid in meten.people(dossier)
            if lid.pk != persoon.pk and lid.pk in gemeten
        ],
        "beeld": beeld.course(dossier, persoon, laatste.instrument)
        if laatste
        else None,
        "mag_meten": toegang.depth(actor, dossier, Handeling.METING_DOEN, Deel.METINGEN)
        is not None,
    }
