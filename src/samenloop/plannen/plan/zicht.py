"""Which plan somebody sees, and how much of it.

Either the whole plan, or only what they do themselves: a helper of one goal sees that
goal as it was agreed, and nothing that tells there are others.
"""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Diepte, Handeling
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan.models import Plan

DOEL = {Deel.PLAN: "regie_gezamenlijk_plan", Deel.EIGEN_DEEL: "regie_eigen_deel"}


def dossier_or_404(
    actor: Actor, dossier: UUID, handeling: Handeling = Handeling.PLAN_LEZEN
) -> Dossier:
    """Return a dossier in which this actor has something to do with the plan.

    Raises:
        Http404: there is none that they may know of.
    """
    gevonden = (
        toegang.dossiers(actor, handeling, Diepte.WAT)
        .select_related("gezin", "betrokkene")
        .filter(pk=dossier)
        .first()
    )
    if gevonden is None:
        raise Http404(_("This dossier is not known, or you take no part in it."))
    return gevonden


def part_of(actor: Actor, dossier: Dossier) -> Deel:
    """Return which part of the plan is open to this actor: the whole or their own.

    Raises:
        GeenToegang: neither was opened to them.
    """
    for deel in DOEL:
        diepte = toegang.depth(actor, dossier, Handeling.PLAN_LEZEN, deel)
        if diepte is not None and diepte.reaches(Diepte.WAT):
            return deel
    raise GeenToegang(
        _(
            "The plan of this dossier was not opened to you. The director can let you "
            "in."
        )
    )


def may_write(actor: Actor, dossier: Dossier) -> bool:
    """Whether this actor may change the plan."""
    diepte = toegang.depth(actor, dossier, Handeling.PLAN_SCHRIJVEN, Deel.PLAN)
    return diepte is not None and diepte.reaches(Diepte.WAT)


def to_write(actor: Actor, dossier: UUID) -> Plan:
    """Return the open plan of a dossier, for who may change it.

    Raises:
        Http404: there is no such dossier or it has no open plan.
        GeenToegang: they may not change it.
    """
    plan = (
        Plan.objects.select_related("dossier")
        .filter(
            dossier=dossier, dossier__gemeente=actor.gemeente, gesloten_op__isnull=True
        )
        .first()
    )
    if plan is None:
        raise Http404(_("This dossier is not known, or it has no open plan."))
    toegang.require(actor, plan.dossier, Handeling.PLAN_SCHRIJVEN, Deel.PLAN)
    return plan


def record(
    actor: Actor,
    dossier: Dossier,
    *,
    deel: Deel = Deel.PLAN,
    wijze: Wijze = Wijze.GEOPEND,
) -> None:
    """Write down that somebody looked at this plan, or changed it."""
    gewijzigd = wijze is Wijze.GEWIJZIGD
    logboek.record(
        actor,
        Handeling.PLAN_SCHRIJVEN if gewijzigd else Handeling.PLAN_LEZEN,
        personen=toegang.persons(dossier),
        onderwerp=f"dossier:{dossier.pk}",
        doel=DOEL[deel],
        wijze=wijze,
        diepte=Diepte.WAT,
    )
