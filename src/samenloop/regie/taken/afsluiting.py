"""What is still to do holds up the closing of a case, and is dropped when it closes."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access.actor import Actor
from samenloop.regie.models import Casus
from samenloop.regie.taken import doen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import LOPEND


def objection(casus: Casus) -> list[str]:
    """Return that there are tasks that have not ended."""
    n = Taak.objects.filter(casus=casus, staat__in=LOPEND).count()
    if not n:
        return []
    return [
        ngettext(
            "%(n)s task has not ended; it lapses when you close.",
            "%(n)s tasks have not ended; they lapse when you close.",
            n,
        )
        % {"n": n}
    ]


def drop_open(casus: Casus) -> int:
    """Let lapse what had not ended when a case closed; how many."""
    door = Actor.systeem("casus", casus.gemeente_id or "")
    lopend = list(Taak.objects.filter(casus=casus, staat__in=LOPEND))
    for taak in lopend:
        taak.refresh_from_db()
        if taak.staat in LOPEND:
            doen.cancel(taak, door=door, reden=_("The case was closed"))
    return len(lopend)
