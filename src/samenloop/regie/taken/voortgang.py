"""How far an activity of the plan is, told by its task: asked once, shown in both.

What somebody set by hand in the plan stays: a task that begins does not take up again
what was stopped there, and one that is done says so only of what was not finished yet.
"""

from uuid import UUID

from samenloop.plannen.plan.models import Activiteit, Activiteitstand
from samenloop.regie.taken.models import Taak

_A = Activiteitstand
_NOG_NIET_AF = (_A.TE_STARTEN, _A.LOOPT, _A.WACHT)
# From which states of the activity a task in this state brings it to another.
STAND = {
    Taak.Staat.OPEN: ((_A.TE_STARTEN, _A.WACHT), _A.LOOPT),
    Taak.Staat.KLAAR: (_NOG_NIET_AF, _A.KLAAR),
    Taak.Staat.VERVALLEN: (_NOG_NIET_AF, _A.GESTOPT),
}


def tell_plan(taak: UUID) -> bool:
    """Bring the activity of a task up to date; whether anything changed.

    Of a task that comes back only the last one counts: until then it goes on.
    """
    gevonden = Taak.objects.filter(pk=taak).first()
    if gevonden is None or not gevonden.activiteit or hasattr(gevonden, "volgende"):
        return False
    overgang = STAND.get(Taak.Staat(gevonden.staat))
    if overgang is None:
        return False
    van, naar = overgang
    activiteit = Activiteit.objects.filter(pk=gevonden.activiteit, stand__in=van)
    if gevonden.resultaat:
        activiteit.filter(resultaat="").update(resultaat=gevonden.resultaat)
    return bool(activiteit.update(stand=naar))
