"""Where who directs answers a wish of the family: on the page of the case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.portaal import wensen
from samenloop.portaal.forms import Nietform
from samenloop.portaal.models import Wens
from samenloop.regie.models import Casus
from samenloop.regie.panelen import Paneel, register


def panel(actor: Actor, casus: Casus) -> Mapping[str, Any] | None:
    """Return the wishes that wait, for who directs; None when there are none."""
    if casus.dossier is None or not toegang.leads(actor, casus.dossier):
        return None
    wachten = list(wensen.waiting(casus.dossier))
    return {"wensen": wachten, "form": Nietform()} if wachten else None


def add() -> None:
    """Let them stand on the page of a case, under what is stuck."""
    register(Paneel("wensen", 15, "portaal/wensen.html", panel))


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
