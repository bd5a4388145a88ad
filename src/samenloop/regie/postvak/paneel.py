"""The last messages on the page of a case."""

from collections.abc import Mapping
from typing import Any

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.plannen import toegang
from samenloop.regie.models import Casus
from samenloop.regie.panelen import Paneel, register
from samenloop.regie.postvak import draden

_LAATSTE = 3


def content(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return the last few messages; None for who takes no part."""
    dossier = casus.dossier
    if dossier is None:
        return None
    if toegang.depth(actor, dossier, Handeling.BERICHT_LEZEN) is not Diepte.WAT:
        return None
    return {
        "dossier": dossier.pk,
        "uitwisseling": draden.exchange(actor, dossier, _LAATSTE),
        "mag_schrijven": dossier.gesloten_op is None
        and toegang.depth(actor, dossier, Handeling.BERICHT_SCHRIJVEN) is Diepte.WAT,
    }


def add() -> None:
    """Put the panel on the page."""
    register(Paneel("berichten", 50, "postvak/paneel.html", content))
