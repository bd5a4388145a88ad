"""The plan ends with its case, and goes on with it: what is not done is said first.

Who takes a case up again chooses whether the last plan goes on or a new one begins. A
plan that goes on is the same plan: what was signed holds again, its next version counts
on, and its ground is asked at every look as before. Never two open plans for one
family: when it has another one, here or elsewhere, the last plan stays closed.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import ngettext

from samenloop.plannen.plan import grond
from samenloop.plannen.plan.models import Activiteit, Activiteitstand, Plan
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie.models import Casus

_GEDAAN = (Activiteitstand.KLAAR, Activiteitstand.GESTOPT)


def objection(casus: Casus) -> list[str]:
    """Return that there are activities in the plan that were not done or stopped."""
    n = (
        Activiteit.objects.filter(
            doelstelling__plan__dossier=casus.dossier_id,
            doelstelling__plan__gesloten_op__isnull=True,
            doelstelling__weg_op__isnull=True,
            weg_op__isnull=True,
        )
        .exclude(stand__in=_GEDAAN)
        .count()
    )
    if not n:
        return []
    return [
        ngettext(
            "%(n)s activity of the plan is not done; the plan closes with the case.",
            "%(n)s activities of the plan are not done; the plan closes with the case.",
            n,
        )
        % {"n": n}
    ]


def close(casus: Casus, reden: str) -> None:
    """Close the plan of a case that closes; it can still be read."""
    if casus.dossier is None:
        return
    plan = open_plan(casus.dossier)
    if plan is not None:
        grond.close(plan, reden=reden[:300])


def last(casus: Casus) -> Plan | None:
    """Return the plan that could go on: the last of the dossier, when none is open."""
    if casus.dossier_id is None:
        return None
    plan = (
        Plan.objects.filter(dossier=casus.dossier_id)
        .order_by("-geopend_op", "-pk")
        .first()
    )
    return plan if plan is not None and plan.gesloten_op is not None else None


def can_go_on(casus: Casus) -> bool:
    """Whether there is a last plan, and its family has no other open one."""
    plan = last(casus)
    if plan is None:
        return False
    wie = (
        Q(gezin=plan.gezin_id)
        if plan.gezin_id
        else Q(gezin=None, betrokkene=plan.betrokkene_id)
    )
    return not Plan.objects.filter(wie, gesloten_op__isnull=True).exists()


def go_on(casus: Casus) -> bool:
    """Open the last plan of a case again; False when there is none that can.

    The database has the last word: of two who open at once, one does.
    """
    plan = last(casus)
    if plan is None:
        return False
    try:
        with transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(gesloten_op=None, reden_einde="")
    except IntegrityError:
        return False
    return True
