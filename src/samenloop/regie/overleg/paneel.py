"""The conferences on the page of a case, and on its time line."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
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
    punten = (
        Agendapunt.objects.filter(casus=casus)
        .exclude(overleg__staat=Overleg.Staat.AFGELAST)
        .select_related("overleg")
        .prefetch_related("besluiten")
        .order_by("-overleg__gepland_op")
    )
    return {
        "punten": punten[:_LAATSTE],
        "kan_openen": set(agenda.visible_to(actor).values_list("pk", flat=True)),
        "mag_plannen": dossier.gesloten_op is None and casussen.leads(actor, casus),
    }


def events(actor: Actor, dossier: Dossier) -> Iterable[Gebeurd]:
    """Yield the conferences that were held about a case."""
    punten = (
        Agendapunt.objects.filter(
            casus__dossier=dossier, overleg__staat=Overleg.Staat.AFGESLOTEN
        )
        .select_related("overleg")
        .prefetch_related("besluiten", "genodigden")
    )
    kan_openen = set(agenda.visible_to(actor).values_list("pk", flat=True))
    for punt in punten:
        if punt.overleg.begonnen_op is None:
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


def add() -> None:
    """Put the panel on the page, and conferences on the time line."""
    register(Paneel("overleg", 60, "overleg/paneel.html", content))
    tijdlijn.register(events)
