"""The panels of rooms below this floor, which know dossiers and no cases."""

from collections.abc import Callable, Mapping
from typing import Any

from samenloop.access.actor import Actor
from samenloop.plannen import paneel as toegang
from samenloop.plannen.dossier import paneel as dossier
from samenloop.plannen.metingen import paneel as metingen
from samenloop.plannen.models import Dossier
from samenloop.plannen.plan import paneel as plan
from samenloop.regie.models import Casus
from samenloop.regie.panelen import Paneel, Vulling
from samenloop.regie.panelen import register as register_paneel

_VanDossier = Callable[[Actor, Dossier], Mapping[str, Any] | None]


def register() -> None:
    """Put the plan, the measurements, who takes part and what happened on the page."""
    for paneel in (
        Paneel("plan", 20, "plan/paneel.html", _of(plan.panel)),
        Paneel("metingen", 40, "metingen/paneel.html", _of(metingen.panel)),
        Paneel("wie", 110, "plannen/paneel.html", _of(toegang.panel), terzijde=True),
        Paneel(
            "gebeurd", 130, "dossier/paneel.html", _of(dossier.panel), terzijde=True
        ),
    ):
        register_paneel(paneel)


def _of(panel: _VanDossier) -> Vulling:
    """Let a panel of a dossier be one of its case."""

    def filled(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
        return panel(actor, casus.dossier) if casus.dossier is not None else None

    return filled
