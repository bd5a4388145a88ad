"""Which plan somebody sees, and how much of it.

Either the whole plan, or only what they do themselves: a helper of one goal sees that
goal as it was agreed, and nothing that tells there are others.
"""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan.models import Plan

DOEL = {Deel.PLAN: "regie_gezamenlijk_plan", Deel.EIGEN_DEEL: "regie_eigen_deel"}


# Asked of the room that knows what a citizen reads of a plan: may this one read all?
LeestAlles = Callable[[Actor, Plan], bool]
_leest_alles: list[LeestAlles] = []


def register_reader(leest_alles: LeestAlles) -> None:
    """Let a room say whether a citizen may read every goal of a plan."""
    if leest_alles not in _leest_alles:
        _leest_alles.append(leest_alles)


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


def open_to(actor: Actor, dossier: Dossier) -> tuple[Deel | None, bool]:
    """Return how much of the plan is open to this actor, and whether they may write.

    The whole plan, their own part or nothing; asked at once for both.
    """
    if dossier.gemeente_id != actor.gemeente:
        return None, False
    delen = toegang.parts(actor, dossier)
    deel = next(
        (each for each in DOEL if _reaches(actor, Handeling.PLAN_LEZEN, each, delen)),
        None,
    )
    return deel, _reaches(actor, Handeling.PLAN_SCHRIJVEN, Deel.PLAN, delen)


def _reaches(
    actor: Actor, handeling: Handeling, deel: Deel, delen: frozenset[Deel]
) -> bool:
    betrokken = [Betrokkenheid.GEMEENTE]
    if deel in delen:
        betrokken += [Betrokkenheid.TOEGEWEZEN, Betrokkenheid.EIGEN]
    dieptes = (besluiten.depth(actor, handeling, each) for each in betrokken)
    return any(diepte is not None and diepte.reaches(Diepte.WAT) for diepte in dieptes)


def part_of(actor: Actor, dossier: Dossier) -> tuple[Deel, bool]:
    """Return which part of the plan is open to this actor, and whether they may write.

    Raises:
        GeenToegang: neither the whole nor their own part was opened to them.
    """
    deel, schrijft = open_to(actor, dossier)
    if deel is None:
        raise GeenToegang(
            _(
                "The plan of this dossier was not opened to you. The director can let "
                "you in."
            )
        )
    return deel, schrijft


def may_write(actor: Actor, dossier: Dossier) -> bool:
    """Whether this actor may change the plan."""
    return open_to(actor, dossier)[1]


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
    if actor.soort is ActorSoort.BURGER:
        # Others of the family say what they want; who directs writes it.
        toegang.require_lead(actor, plan.dossier, Handeling.PLAN_SCHRIJVEN)
        if not all(leest(actor, plan) for leest in _leest_alles):
            raise GeenToegang(
                _(
                    "In this plan are goals of somebody of sixteen or older, who "
                    "decides who reads them. Ask them to let you in. Until then "
                    "your helper can change the plan for you."
                )
            )
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
