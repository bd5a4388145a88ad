"""Adding goals and activities, putting them in order, and taking them out.

What is taken out stays in the database: somebody may be typing in it at that moment,
and it can come back. A page gives a new part its key itself, so pressing once more
because the answer did not come adds nothing twice.
"""

from typing import Any, Literal
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen.plan import velden
from samenloop.plannen.plan.models import (
    Activiteit,
    Doelstelling,
    Onderdeel,
    Plan,
    Plansjabloon,
    Soort,
)

_STAP = 10


def add(
    plan: Plan, code: str, *, ouder: UUID | None = None, sleutel: UUID | None = None
) -> Onderdeel:
    """Add an empty part at the end; one with this key that is there is given back.

    Raises:
        OnbekendVeld: no such kind, or the goal is not of this plan.
    """
    soort = velden.kind(code)
    eigen: dict[str, Any] = {"plan": plan}
    if soort is velden.ACTIVITEIT:
        doel = Doelstelling.objects.filter(plan=plan, pk=ouder or plan.pk).first()
        if doel is None:
            raise velden.OnbekendVeld()
        eigen = {"doelstelling": doel}
    sleutel = sleutel or uuid4()
    rijen: QuerySet[Any] = soort.model._default_manager.filter(**eigen)
    laatste = rijen.aggregate(laatste=Max("orde"))["laatste"] or 0
    try:
        with transaction.atomic():
            gemaakt: Onderdeel = soort.model._default_manager.create(
                id=sleutel, orde=laatste + _STAP, gewijzigd_op=klok.now(), **eigen
            )
    except IntegrityError:
        er_al = rijen.filter(pk=sleutel).first()
        if er_al is None:
            raise velden.OnbekendVeld() from None
        return er_al  # type: ignore[no-any-return]
    return gemaakt


@transaction.atomic
def move(plan: Plan, code: str, sleutel: UUID, waarheen: Literal[-1, 1]) -> bool:
    """Let a part change places with its neighbour; False at the end of the list.

    Raises:
        OnbekendVeld: this plan has no such part.
    """
    soort = velden.kind(code)
    # One at a time within a plan, or two moves would undo each other.
    Plan.objects.select_for_update().get(pk=plan.pk)
    rij = soort.of_plan(plan).filter(pk=sleutel).first()
    if rij is None:
        raise velden.OnbekendVeld()
    if isinstance(rij, Activiteit):
        lijst = list(rij.doelstelling.activiteiten.filter(weg_op__isnull=True))
    else:
        lijst = list(soort.of_plan(plan).filter(weg_op__isnull=True))
    hier = next((i for i, each in enumerate(lijst) if each.pk == sleutel), -1)
    daar = hier + waarheen
    if hier < 0 or not 0 <= daar < len(lijst):
        return False
    lijst[hier], lijst[daar] = lijst[daar], lijst[hier]
    nu = klok.now()
    for plaats, each in enumerate(lijst, start=1):
        if each.orde != plaats * _STAP:
            soort.of_plan(plan).filter(pk=each.pk).update(
                orde=plaats * _STAP, gewijzigd_op=nu
            )
    return True


@transaction.atomic
def move_to(plan: Plan, sleutel: UUID, doel: UUID) -> Activiteit:
    """Put an activity at the end of another goal; every text in it goes along.

    Raises:
        OnbekendVeld: the activity or the goal is not of this plan, or the goal was
            taken out of it.
    """
    # As with moving within a goal: one at a time, so no two get the same place.
    Plan.objects.select_for_update().get(pk=plan.pk)
    activiteit: Activiteit | None = (
        velden.ACTIVITEIT.of_plan(plan).filter(pk=sleutel).first()
    )
    waarheen = plan.doelen.filter(pk=doel, weg_op__isnull=True).first()
    if activiteit is None or waarheen is None:
        raise velden.OnbekendVeld()
    if activiteit.doelstelling_id != waarheen.pk:
        laatste = waarheen.activiteiten.aggregate(laatste=Max("orde"))["laatste"] or 0
        activiteit.doelstelling = waarheen
        activiteit.orde = laatste + _STAP
        activiteit.gewijzigd_op = klok.now()
        # Only these: what is typed in it at this moment is written apart from this.
        activiteit.save(update_fields=["doelstelling", "orde", "gewijzigd_op"])
    return activiteit


def take_out(plan: Plan, code: str, sleutel: UUID, *, actor: Actor) -> None:
    """Take a part out of the plan; what stands in it stays in the database.

    Raises:
        OnbekendVeld: this plan has no such part.
    """
    nu = klok.now()
    if (
        not velden.kind(code)
        .of_plan(plan)
        .filter(pk=sleutel)
        .update(weg_op=nu, weg_door=actor.account_id, gewijzigd_op=nu)
    ):
        raise velden.OnbekendVeld()


def put_back(plan: Plan, code: str, sleutel: UUID) -> None:
    """Put a part that was taken out back where it stood.

    Raises:
        OnbekendVeld: this plan has no such part.
    """
    if (
        not velden.kind(code)
        .of_plan(plan)
        .filter(pk=sleutel)
        .update(weg_op=None, weg_door=None, gewijzigd_op=klok.now())
    ):
        raise velden.OnbekendVeld()


@transaction.atomic
def start_from(plan: Plan, sjabloon: Plansjabloon) -> None:
    """Add the goals and activities of a template after what the plan has."""
    laatste = plan.doelen.aggregate(laatste=Max("orde"))["laatste"] or 0
    nu = klok.now()
    for i, doel in enumerate(sjabloon.inhoud, start=1):
        gemaakt = Doelstelling.objects.create(
            plan=plan,
            tekst=doel["tekst"],
            orde=laatste + i * _STAP,
            gewijzigd_op=nu,
        )
        Activiteit.objects.bulk_create(
            Activiteit(
                doelstelling=gemaakt,
                wat=activiteit["wat"],
                soort=activiteit.get("soort") or Soort.GEZIN,
                oplevert=activiteit.get("oplevert", ""),
                orde=j * _STAP,
                gewijzigd_op=nu,
            )
            for j, activiteit in enumerate(doel.get("activiteiten", ()), start=1)
        )
