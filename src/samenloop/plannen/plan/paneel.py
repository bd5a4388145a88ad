"""The plan on the page of a case: its goals, and what waits for a signature."""

from collections.abc import Mapping
from typing import Any

from samenloop.access.actor import Actor
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan import beeld, evaluaties, inhoud, tekenen, versies, zicht
from samenloop.plannen.plan.plannen import open_plan


def panel(actor: Actor, dossier: Dossier) -> Mapping[str, Any] | None:
    """Return what the panel shows; None when no part of the plan is open to them.

    In a fixed number of statements, whatever the size of the plan.
    """
    deel, schrijft = zicht.open_to(actor, dossier)
    if deel is None:
        return None
    heel = deel is Deel.PLAN
    plan = open_plan(dossier)
    context: dict[str, Any] = {
        "dossier": dossier,
        "heel": heel,
        "plan": plan,
        "schrijft": schrijft,
        "doelen": [],
    }
    if plan is None:
        return context
    if not heel:
        geldend = versies.in_force(plan)
        if geldend is not None:
            eigen = inhoud.own_part(geldend.inhoud, actor)
            context["doelen"] = beeld.goals(inhoud.with_how_it_goes(eigen, plan))
        return context
    laatste = versies.latest(plan)
    evaluatie = evaluaties.planned(plan)
    context |= {
        "doelen": beeld.goals(inhoud.of_plan(plan)),
        "laatste": laatste,
        "geldend": laatste
        if laatste is None or laatste.getekend_op
        else versies.in_force(plan),
        "wachten": [
            stand.tekenaar.naam
            for stand in (tekenen.status(laatste) if laatste else [])
            if stand.handtekening is None
        ],
        "evaluatie": evaluatie,
        "te_laat": evaluaties.is_late(evaluatie),
    }
    return context
