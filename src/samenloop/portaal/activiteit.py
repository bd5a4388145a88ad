"""Saying how an activity of one's own goes, through the door of the plan editor."""

import time
from uuid import uuid4

from django.db.models import Q, QuerySet

from samenloop.access.logboek import Wijze
from samenloop.plannen.models import Deel
from samenloop.plannen.plan import samen_schrijven, velden, zicht
from samenloop.plannen.plan.models import Activiteit, Activiteitstand
from samenloop.plannen.plan.samen_schrijven import Invoer
from samenloop.portaal.mij import Mij


def own(mij: Mij) -> QuerySet[Activiteit]:
    """Return what this citizen does in the open plan."""
    return Activiteit.objects.filter(
        Q(doelstelling__plan__dossier=mij.dossier),
        doelstelling__plan__gesloten_op__isnull=True,
        doelstelling__weg_op__isnull=True,
        weg_op__isnull=True,
        uitvoerder__in=mij.mine(),
    ).select_related("doelstelling__plan__dossier")


def tell(
    mij: Mij, activiteit: Activiteit, stand: Activiteitstand, resultaat: str
) -> None:
    """Write how it goes; what was agreed does not change by it."""
    plan = activiteit.doelstelling.plan
    for naam, tekst in (("stand", stand.value), ("resultaat", resultaat)):
        veld = velden.field(velden.ACTIVITEIT, naam)
        if veld.text(activiteit) == tekst:
            continue
        samen_schrijven.keep(
            plan,
            Invoer(
                velden.ACTIVITEIT.code,
                activiteit.pk,
                naam,
                tekst,
                int(activiteit.revisies.get(naam, {}).get("r", 0)),
                uuid4(),
                time.time_ns() // 1_000_000,
            ),
            actor=mij.actor,
        )
    deel = Deel.PLAN if Deel.PLAN in mij.delen else Deel.EIGEN_DEEL
    zicht.record(mij.actor, mij.dossier, deel=deel, wijze=Wijze.GEWIJZIGD)
