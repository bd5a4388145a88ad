"""The plan ends with its case: what of it is not done is said first."""

from django.utils.translation import ngettext

from samenloop.plannen.plan import grond
from samenloop.plannen.plan.models import Activiteit, Activiteitstand
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
