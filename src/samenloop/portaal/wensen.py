"""What the family wants in the plan: said by them, answered by who directs.

Where somebody of the family directs, their own wish goes straight into the plan.
"""

import time
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.models import Dossier
from samenloop.plannen.plan import opbouw, samen_schrijven
from samenloop.plannen.plan.models import Plan
from samenloop.plannen.plan.plannen import open_plan
from samenloop.plannen.plan.samen_schrijven import Invoer
from samenloop.portaal.mij import Mij
from samenloop.portaal.models import Wens


class GeenPlan(SamenloopFout, ValueError):
    """There is no open plan to put a wish in."""

    melding = _("There is no plan yet. Open the plan first.")


class AlBeantwoord(SamenloopFout, ValueError):
    """Somebody answered it meanwhile."""

    melding = _("This wish was answered already.")


@transaction.atomic
def say(mij: Mij, tekst: str, *, van_allen: bool) -> Wens:
    """Write down what somebody wants; straight into the plan for who directs it."""
    wens = Wens.objects.create(
        dossier=mij.dossier,
        van=mij.deelnames[0],
        tekst=tekst.strip(),
        van_allen=van_allen,
        op=klok.now(),
    )
    if mij.leidt and open_plan(mij.dossier) is not None:
        take_over(wens, door=mij.actor)
        wens.refresh_from_db()
    return wens


def waiting(dossier: Dossier) -> QuerySet[Wens]:
    """Return the wishes that wait for an answer, oldest first."""
    return (
        Wens.objects.filter(dossier=dossier, staat=Wens.Staat.OPEN)
        .select_related("van__persoon")
        .order_by("op")
    )


def of(mij: Mij) -> list[Wens]:
    """Return one's own wishes, newest first."""
    return list(Wens.objects.filter(van__in=mij.mine())[:20])


@transaction.atomic
def take_over(wens: Wens, *, door: Actor) -> UUID:
    """Make a goal of a wish, in the words in which it was said; the key of the goal.

    Raises:
        GeenToegang: the actor does not direct the dossier.
        GeenPlan: there is no open plan.
        AlBeantwoord: somebody answered it meanwhile.
    """
    vast = _taken(wens, door)
    plan = open_plan(vast.dossier)
    if plan is None:
        raise GeenPlan()
    # Who is not of the family wants it too, but the plan makes no goals for them.
    van = vast.van.persoon_id
    voor_een = not vast.van_allen and van in toegang.persons(vast.dossier)
    doel = opbouw.add(plan, "doel").pk
    for veld, waarde in (
        ("tekst", vast.tekst),
        ("voor", str(van) if voor_een else ""),
        ("van_wie", _whose(vast)),
    ):
        _write(plan, doel, veld, waarde, door)
    _settle(vast, Wens.Staat.OVERGENOMEN, door, doel=doel)
    return doel


@transaction.atomic
def refuse(wens: Wens, *, antwoord: str, door: Actor) -> None:
    """Answer that a wish does not come into the plan, with why.

    Raises:
        GeenToegang: the actor does not direct the dossier.
        AlBeantwoord: somebody answered it meanwhile.
    """
    _settle(_taken(wens, door), Wens.Staat.NIET, door, antwoord=antwoord.strip())


def _taken(wens: Wens, door: Actor) -> Wens:
    vast = (
        Wens.objects.select_for_update(of=("self",))
        .select_related("dossier", "van__persoon")
        .get(pk=wens.pk)
    )
    toegang.require_lead(door, vast.dossier, Handeling.PLAN_SCHRIJVEN)
    if vast.staat != Wens.Staat.OPEN:
        raise AlBeantwoord()
    return vast


def _whose(wens: Wens) -> str:
    return wens.van.persoon.volledige_naam if wens.van.persoon else wens.van.naam


def _write(plan: Plan, doel: UUID, veld: str, waarde: str, door: Actor) -> None:
    if waarde:
        samen_schrijven.keep(
            plan,
            Invoer("doel", doel, veld, waarde, 0, uuid4(), time.time_ns() // 1_000_000),
            actor=door,
        )


def _settle(
    wens: Wens,
    staat: Wens.Staat,
    door: Actor,
    *,
    antwoord: str = "",
    doel: UUID | None = None,
) -> None:
    wens.staat = staat
    wens.antwoord = antwoord
    wens.doel = doel
    wens.afgedaan_op = klok.now()
    wens.afgedaan_door = door.account_id
    wens.save()
    logboek.record(
        door,
        Handeling.PLAN_SCHRIJVEN,
        personen=toegang.persons(wens.dossier),
        onderwerp=f"wens:{wens.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
