"""Making a version of the plan, and which one is in force.

The last version that everybody signed is in force until a later one is signed; what is
being written meanwhile is a draft. How it goes with a goal is no change of the plan, so
it asks no new version.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access.actor import Actor
from samenloop.core import klok, lezing
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.plan import grond, inhoud, tekenen
from samenloop.plannen.plan.models import Plan, Planversie


class GeenVersie(SamenloopFout):
    """There is nothing that could be put before the family."""

    melding = gettext_lazy(
        "There is nothing to put forward: the plan has no goals, or nothing changed "
        "since the last version."
    )


@lezing.once
def latest(plan: Plan) -> Planversie | None:
    """Return the newest version, signed or not."""
    return plan.versies.first()


def in_force(plan: Plan) -> Planversie | None:
    """Return the version that holds: the last one that everybody signed."""
    return plan.versies.filter(getekend_op__isnull=False).first()


@lezing.once
def of_dossier(dossier: UUID) -> list[Planversie]:
    """Return all versions of the plans of a dossier, without what they say."""
    return list(
        Planversie.objects.filter(plan__dossier=dossier).defer("inhoud", "tekenaars")
    )


def changed_since(gezegd: inhoud.Inhoud, versie: Planversie | None) -> bool:
    """Whether what was agreed differs from a version; without one, always."""
    return versie is None or inhoud.as_agreed(gezegd) != inhoud.as_agreed(versie.inhoud)


def make(plan: Plan, *, door: Actor) -> Planversie:
    """Put the working plan before the family as a new version.

    Raises:
        GeenPlangrond: the plan has no ground any more.
        GeenVersie: it is empty or as before, or texts that met wait for a choice.
    """
    with transaction.atomic():
        plan = (
            Plan.objects.select_for_update(of=("self",))
            .select_related("dossier")
            .get(pk=plan.pk)
        )
        grond.require(plan)
        if plan.gesloten_op is not None:
            raise GeenVersie(_("This plan is closed."))
        if plan.varianten.filter(gekozen_op__isnull=True).exists():
            raise GeenVersie(
                _("In some fields two texts wait for a choice. Choose first.")
            )
        gezegd, vorige = inhoud.of_plan(plan), latest(plan)
        if not gezegd["doelen"] or not changed_since(gezegd, vorige):
            raise GeenVersie()
        return Planversie.objects.create(
            plan=plan,
            nummer=_next_number(plan),
            inhoud=gezegd,
            tekenaars=tekenen.as_kept(tekenen.signers(plan)),
            gemaakt_op=klok.now(),
            gemaakt_door=door.account_id,
        )


def _next_number(plan: Plan) -> int:
    # Counted on over the plans of a dossier, so a number says which one in words.
    alle = Planversie.objects.filter(plan__dossier=plan.dossier_id)
    return (alle.aggregate(hoogste=Max("nummer"))["hoogste"] or 0) + 1
