"""Saying how an activity of one's own goes, through the door of the plan editor."""

from collections.abc import Mapping
from uuid import uuid4

from django.db.models import Q, QuerySet

from samenloop.access.logboek import Wijze
from samenloop.plannen.models import Deel
from samenloop.plannen.plan import samen_schrijven, velden, zicht
from samenloop.plannen.plan.eigen import VELDEN
from samenloop.plannen.plan.models import Activiteit
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


def shown(activiteit: Activiteit) -> dict[str, str | int]:
    """Return what the form about an activity begins with, with the revisions of it."""
    begin: dict[str, str | int] = {}
    for naam in VELDEN:
        tekst = velden.field(velden.ACTIVITEIT, naam).text(activiteit)
        begin[naam] = begin[f"was-{naam}"] = tekst
        begin[f"r-{naam}"] = int(activiteit.revisies.get(naam, {}).get("r", 0))
    return begin


def tell(
    mij: Mij, activiteit: Activiteit, woorden: Mapping[str, tuple[str, int]]
) -> bool:
    """Write how it goes; what was agreed does not change by it.

    Args:
        mij: who says it.
        activiteit: one of their own.
        woorden: per field the text, and the revision on which it was written.

    Returns:
        False when somebody else wrote in between: both texts are kept.
    """
    blad, gelukt = uuid4(), True
    for volg, naam in enumerate(VELDEN, start=1):
        if naam not in woorden:
            continue
        tekst, basis = woorden[naam]
        uitkomst = samen_schrijven.keep(
            activiteit.doelstelling.plan,
            Invoer(
                velden.ACTIVITEIT.code,
                activiteit.pk,
                naam,
                tekst,
                basis,
                blad,
                volg,
            ),
            actor=mij.actor,
        )
        gelukt = gelukt and uitkomst.hoe == "bewaard"
    deel = Deel.PLAN if Deel.PLAN in mij.delen else Deel.EIGEN_DEEL
    zicht.record(mij.actor, mij.dossier, deel=deel, wijze=Wijze.GEWIJZIGD)
    return gelukt
