"""What somebody does in a plan, and their word on how it goes.

Only what was agreed on and is still theirs: an activity that the working plan gave to
another meanwhile can be read until a new version is signed, and not written. A word on
how it goes is written through the same door as in the editor, so it overwrites nothing
of who has the plan open there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from samenloop.access.actor import Actor
from samenloop.plannen import aanvullen, toegang
from samenloop.plannen.models import Deel, Deelnemersrol, Dossier
from samenloop.plannen.plan import inhoud, samen_schrijven, velden, versies
from samenloop.plannen.plan.models import Activiteit, Plan
from samenloop.plannen.plan.samen_schrijven import Invoer

VELDEN = ("stand", "resultaat")
_DELEN = (Deel.EIGEN_DEEL, Deel.PLAN)


@dataclass(frozen=True, slots=True)
class Woord:
    """What somebody says of one field, and on which revision they said it."""

    tekst: str
    basis: int


def may_tell(actor: Actor, dossier: Dossier) -> bool:
    """Whether this actor may say how their own activities go."""
    return aanvullen.may(actor, dossier, *_DELEN)


def activities(actor: Actor, plan: Plan) -> list[Activiteit]:
    """Return the activities that were agreed on and that this actor does now."""
    versie = versies.in_force(plan)
    if versie is None:
        return []
    afgesproken = [
        activiteit["id"]
        for doel in inhoud.own_part(versie.inhoud, actor)["doelen"]
        for activiteit in doel["activiteiten"]
    ]
    return list(
        velden.ACTIVITEIT.of_plan(plan)
        .filter(
            pk__in=afgesproken,
            uitvoerder__in=toegang.of_actor(actor)
            .filter(dossier=plan.dossier_id)
            .exclude(rol=Deelnemersrol.OVERLEG)
            .values("pk"),
            weg_op__isnull=True,
            doelstelling__weg_op__isnull=True,
        )
        .order_by("doelstelling__orde", "orde", "pk")
    )


@transaction.atomic
def tell(
    plan: Plan, activiteit: UUID, woorden: Mapping[str, Woord], *, actor: Actor
) -> bool:
    """Write how an own activity goes; False when another text came in between.

    Then both are kept, and who writes the plan chooses.

    Raises:
        GeenToegang: their part of the plan is not open to them.
        OnbekendVeld: it is no activity of theirs, or no field that is theirs.
        OngeldigeWaarde: this cannot stand in that field.
    """
    aanvullen.require(actor, plan.dossier, *_DELEN)
    rij = next((a for a in activities(actor, plan) if a.pk == activiteit), None)
    if rij is None or not set(woorden) <= set(VELDEN):
        raise velden.OnbekendVeld()
    blad, gelukt = uuid4(), True
    for volg, (naam, woord) in enumerate(woorden.items(), start=1):
        if velden.ACTIVITEIT.velden[naam].text(rij) == woord.tekst:
            continue
        uitkomst = samen_schrijven.keep(
            plan,
            Invoer(
                velden.ACTIVITEIT.code,
                rij.pk,
                naam,
                woord.tekst,
                woord.basis,
                blad,
                volg,
            ),
            actor=actor,
        )
        gelukt = gelukt and uitkomst.hoe == "bewaard"
    return gelukt
