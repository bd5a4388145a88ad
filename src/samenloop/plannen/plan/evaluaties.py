"""Rounds in which is looked how it went: one planned at a time, then the next."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access.actor import Actor
from samenloop.core import klok, lezing
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.plan.models import (
    Doelresultaat,
    Doelstand,
    Doelstelling,
    Evaluatie,
    Plan,
)


class EvaluatieKanNiet(SamenloopFout):
    """This round cannot be planned or recorded so."""

    melding = gettext_lazy("Choose a day for the evaluation: today or later.")


def planned(plan: Plan) -> Evaluatie | None:
    """Return the round that is to come, or is late."""
    if lezing.within():
        alle = of_dossier(plan.dossier_id)
        return next(
            (r for r in alle if r.plan_id == plan.pk and not r.gehouden_op), None
        )
    return plan.evaluaties.filter(gehouden_op__isnull=True).first()


@lezing.once
def of_dossier(dossier: UUID) -> list[Evaluatie]:
    """Return all rounds of the plans of a dossier, the first planned first."""
    return list(Evaluatie.objects.filter(plan__dossier=dossier).select_related("plan"))


def is_late(evaluatie: Evaluatie | None) -> bool:
    """Whether a planned round should have been held already."""
    return (
        evaluatie is not None
        and evaluatie.gehouden_op is None
        and evaluatie.gepland_op < klok.today()
    )


def plan_on(plan: Plan, op: date) -> Evaluatie:
    """Plan the next round, or move the one that was planned.

    Raises:
        EvaluatieKanNiet: the day has passed.
    """
    if op < klok.today():
        raise EvaluatieKanNiet()
    if Evaluatie.objects.filter(plan=plan, gehouden_op__isnull=True).update(
        gepland_op=op
    ):
        return Evaluatie.objects.get(plan=plan, gehouden_op__isnull=True)
    try:
        with transaction.atomic():
            return Evaluatie.objects.create(plan=plan, gepland_op=op)
    except IntegrityError:  # planned by somebody else meanwhile
        return plan_on(plan, op)


@transaction.atomic
def hold(
    plan: Plan,
    resultaten: Mapping[UUID, tuple[str, Doelstand]],
    *,
    op: date,
    door: Actor,
    verslag: str = "",
    volgende: date | None = None,
) -> Evaluatie:
    """Record a round: per goal one sentence and how it stands; plan the next one.

    Args:
        plan: of which plan.
        resultaten: by goal, what was said of it and how it stands now.
        op: the day it was held.
        door: who records it.
        verslag: what there is to say beside the goals.
        volgende: the day of the next round, if there is one.

    Raises:
        EvaluatieKanNiet: the day has not come yet, or the next one has passed.
    """
    if op > klok.today():
        raise EvaluatieKanNiet(_("This evaluation is still to come."))
    Plan.objects.select_for_update().get(pk=plan.pk)
    ronde = planned(plan) or Evaluatie(plan=plan, gepland_op=op)
    ronde.gehouden_op, ronde.verslag = op, verslag
    ronde.vastgelegd_door = door.account_id
    ronde.save()
    for doel in Doelstelling.objects.filter(plan=plan, pk__in=resultaten):
        zin, stand = resultaten[doel.pk]
        Doelresultaat.objects.create(
            evaluatie=ronde, doelstelling=doel, zin=zin, stand=stand
        )
        if doel.stand != stand:
            eerder = doel.revisies.get("stand", {})
            nu = klok.now()
            doel.revisies["stand"] = {
                "r": int(eerder.get("r", 0)) + 1,
                "a": door.account_id,
                "t": nu.isoformat(timespec="seconds"),
            }
            doel.stand, doel.gewijzigd_op = stand, nu
            doel.save(update_fields=["stand", "revisies", "gewijzigd_op"])
    if volgende is not None:
        plan_on(plan, volgende)
    return ronde
