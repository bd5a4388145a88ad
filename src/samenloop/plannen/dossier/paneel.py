"""What happened last, on the page of a case."""

from collections.abc import Mapping
from typing import Any

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte
from samenloop.plannen.dossier import tijdlijn, toelating
from samenloop.plannen.dossier.tijdlijn import Groep
from samenloop.plannen.models import Deel, Dossier

TEMPLATE = "dossier/paneel.html"
GETOOND = 6


def panel(actor: Actor, dossier: Dossier) -> Mapping[str, Any] | None:
    """Return the newest of the time line; None when nothing of it is open."""
    dieptes = tijdlijn.open_depths(actor, dossier)
    if not dieptes:
        return None
    return {
        "dossier": dossier,
        "lijn": tijdlijn.events(actor, dossier, dieptes=dieptes, meeste=GETOOND)[
            :GETOOND
        ],
        "groepen": Groep.choices,
        "mag_noteren": dieptes.get(Deel.JOURNAAL) is Diepte.WAT
        and toelating.may_write(actor, dossier, Deel.JOURNAAL),
    }
