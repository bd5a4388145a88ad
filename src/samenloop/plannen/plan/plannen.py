"""Which plan there is for a dossier."""

from samenloop.core import lezing
from samenloop.plannen.models import Dossier
from samenloop.plannen.plan.models import Plan


@lezing.once
def open_plan(dossier: Dossier) -> Plan | None:
    """Return the plan of this dossier that is not closed, if there is one."""
    return Plan.objects.filter(dossier=dossier, gesloten_op__isnull=True).first()
