"""What the plan says of two steps: which version it has, and when one evaluates."""

from django.utils import formats
from django.utils.translation import gettext as _

from samenloop.plannen.plan.models import Evaluatie, Planversie
from samenloop.regie.models import Casus, Stap
from samenloop.regie.stappen import register


def register_all() -> None:
    """Let the strip of steps say it."""
    register(Stap.PLAN, _version)
    register(Stap.EVALUEREN, _round)


def _version(casus: Casus) -> str:
    versie = (
        Planversie.objects.filter(plan__dossier=casus.dossier_id)
        .order_by("-gemaakt_op")
        .values_list("nummer", "gemaakt_op")
        .first()
    )
    if versie is None:
        return ""
    nummer, op = versie
    return _("version %(n)s, %(dag)s") % {
        "n": nummer,
        "dag": formats.date_format(op, "j b"),
    }


def _round(casus: Casus) -> str:
    gepland = (
        Evaluatie.objects.filter(
            plan__dossier=casus.dossier_id,
            plan__gesloten_op__isnull=True,
            gehouden_op__isnull=True,
        )
        .values_list("gepland_op", flat=True)
        .first()
    )
    if gepland is None:
        return ""
    return _("%(dag)s planned") % {"dag": formats.date_format(gepland, "j b")}
