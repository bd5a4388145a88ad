"""What the plan says of two steps: which version it has, and when one evaluates."""

from django.utils import formats
from django.utils.translation import gettext as _

from samenloop.plannen.plan import evaluaties, versies
from samenloop.regie.models import Casus, Stap
from samenloop.regie.stappen import register


def register_all() -> None:
    """Let the strip of steps say it."""
    register(Stap.PLAN, _version)
    register(Stap.EVALUEREN, _round)


def _version(casus: Casus) -> str:
    alle = versies.of_dossier(casus.dossier_id) if casus.dossier_id else []
    if not alle:
        return ""
    versie = max(alle, key=lambda each: each.gemaakt_op)
    return _("version %(n)s, %(dag)s") % {
        "n": versie.nummer,
        "dag": formats.date_format(versie.gemaakt_op, "j b"),
    }


def _round(casus: Casus) -> str:
    for ronde in evaluaties.of_dossier(casus.dossier_id) if casus.dossier_id else []:
        if ronde.gehouden_op is None and ronde.plan.gesloten_op is None:
            dag = formats.date_format(ronde.gepland_op, "j b")
            return _("%(dag)s planned") % {"dag": dag}
    return ""
