"""The conferences on the page of a case, and on its time line."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import lezing
from samenloop.plannen import toegang
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.dossier.tijdlijn import Gebeurd
from samenloop.plannen.models import Deel, Dossier
from samenloop.regie import casussen
from samenloop.regie.models import Casus
from samenloop.regie.overleg import agenda
from samenloop.regie.overleg.models import Agendapunt, Overleg
from samenloop.regie.panelen import Paneel, register

_LAATSTE = 5


def content(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return the last conferences about a case; None for who takes no part."""
    dossier = casus.dossier
    if dossier is None:
        return None
    if toegang.depth(actor, dossier, Handeling.PLAN_LEZEN, Deel.PLAN) is not Diepte.WAT:
        return None
    punten = [
        punt
        for punt in _points(dossier)
        if punt.overleg.staat != Overleg.Staat.AFGELAST
    ]
    return {
        "punten": punten[:_LAATSTE],
        "kan_openen": _can_open(actor, dossier),
        "mag_plannen": dossier.gesloten_op is None and casussen.leads(actor, casus),
    }


def events(actor: Actor, dossier: Dossier) -> Iterable[Gebeurd]:
    """Yield the conferences that were held about a case."""
    kan_openen = _can_open(actor, dossier)
    for punt in _points(dossier):
        gehouden = punt.overleg.staat == Overleg.Staat.AFGESLOTEN
        if not gehouden or punt.overleg.begonnen_op is None:
            continue
        yield Gebeurd(
            op=punt.overleg.begonnen_op,
            soort=tijdlijn.Soort.OVERLEG,
            tekst=_("Case conference with %(n)s invited; decisions: %(besluiten)s")
            % {
                "n": len(punt.genodigden.all()),
                "besluiten": len(punt.besluiten.all()),
            },
            deel=Deel.PLAN,
            gewicht="besluit",
            adres=reverse("overleg", args=[punt.overleg_id])
            if punt.overleg_id in kan_openen
            else "",
        )


@lezing.once
def _points(dossier: Dossier) -> list[Agendapunt]:
    """Return when a case was on the agenda or is to be, the last first."""
    return list(
        Agendapunt.objects.filter(casus__dossier=dossier)
        .select_related("overleg")
        .prefetch_related("besluiten", "genodigden")
        .order_by("-overleg__gepland_op", "pk")
    )


@lezing.once
def _can_open(actor: Actor, dossier: Dossier) -> set[UUID]:
    """Return which of those conferences this actor can open."""
    if not (punten := _points(dossier)):
        return set()
    hier = agenda.visible_to(actor).filter(pk__in={each.overleg_id for each in punten})
    return set(hier.values_list("pk", flat=True))


def add() -> None:
    """Put the panel on the page, and conferences on the time line."""
    register(Paneel("overleg", 60, "overleg/paneel.html", content))
    tijdlijn.register(events)
