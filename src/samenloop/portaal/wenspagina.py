"""Where who directs reads and answers a wish of the family: the case, and the day."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenloop.access import besluiten
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.portaal import wensen
from samenloop.portaal.forms import Nietform
from samenloop.portaal.models import Wens
from samenloop.regie import mijn_dag
from samenloop.regie.mijn_dag import Gewicht, Punt
from samenloop.regie.models import Casus
from samenloop.regie.panelen import Paneel, register
from samenloop.regie.postvak.draden import family

_MEESTE = 20


def panel(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return the wishes that wait, for who directs; None when there are none."""
    if casus.dossier is None or not toegang.leads(actor, casus.dossier):
        return None
    wachten = list(wensen.waiting(casus.dossier))
    return {"wensen": wachten, "form": Nietform()} if wachten else None


def points(actor: Actor) -> Iterable[Punt]:
    """Return the wishes that wait for this director, for their day; one statement."""
    if not besluiten.may(actor, Handeling.PLAN_SCHRIJVEN):
        return []
    geleid = toegang.led_dossiers(actor)
    if not geleid:
        return []
    rijen = Wens.objects.filter(
        dossier__in=geleid, staat=Wens.Staat.OPEN
    ).select_related("dossier__gezin", "dossier__betrokkene")[:_MEESTE]
    return [
        Punt(
            gewicht=Gewicht.WACHT_OP_MIJ,
            kleur="letop",
            icoon="letop",
            staat=_("waits for an answer"),
            wat=_("A wish for the plan: %(wie)s") % {"wie": family(rij.dossier)},
            waarom=_("The family said what it wants in the plan."),
            adres=reverse("casus-van-dossier", args=[rij.dossier_id]),
            knop=_("Answer"),
        )
        for rij in rijen
    ]


def add() -> None:
    """Let them stand on the page of a case, under what is stuck, and in the day."""
    register(Paneel("wensen", 15, "portaal/wensen.html", panel))
    mijn_dag.register(points)


@mag(Handeling.PLAN_SCHRIJVEN)
@require_POST
@never_cache
def answer(request: Verzoek, wens: UUID) -> HttpResponse:
    """Take a wish over into the plan, or say why not."""
    rij = get_object_or_404(
        Wens.objects.select_related("dossier"),
        pk=wens,
        dossier__gemeente=request.actor.gemeente,
    )
    toegang.require_lead(request.actor, rij.dossier, Handeling.PLAN_SCHRIJVEN)
    try:
        if "overnemen" in request.POST:
            wensen.take_over(rij, door=request.actor)
            messages.success(request, _("The wish is a goal in the plan now."))
            return redirect("plan-bewerken", rij.dossier_id)
        form = Nietform(request.POST)
        if form.is_valid():
            wensen.refuse(
                rij, antwoord=form.cleaned_data["antwoord"], door=request.actor
            )
            messages.success(request, _("The family reads your answer."))
        else:
            messages.warning(request, _("Write an answer to the family."))
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    return redirect("casus-van-dossier", rij.dossier_id)
