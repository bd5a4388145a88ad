"""Putting an activity at another goal: a page of its own for who has no script."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.plannen.plan import opbouw, velden, zicht
from samenloop.plannen.plan.pages.titel import title


@mag(Handeling.PLAN_SCHRIJVEN, Handeling.MIJN_PAGINAS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def move(request: Verzoek, dossier: UUID, activiteit: UUID) -> HttpResponse:
    """Ask to which goal, and put it there."""
    plan = zicht.to_write(request.actor, dossier)
    rij = velden.ACTIVITEIT.of_plan(plan).filter(pk=activiteit).first()
    if rij is None:
        raise Http404(_("This part is not in this plan."))
    if request.method == "POST":
        try:
            naar = UUID(request.POST.get("doel", ""))
            with transaction.atomic():
                opbouw.move_to(plan, activiteit, naar)
                zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)
        except ValueError:
            messages.warning(request, _("Choose a goal of this plan."))
        else:
            messages.success(request, _("The activity stands at the other goal now."))
            adres = reverse("plan-bewerken", args=[dossier])
            return HttpResponseRedirect(f"{adres}#activiteit-{activiteit}")
    zicht.record(request.actor, plan.dossier)
    return render(
        request,
        "plan/verplaatsen.html",
        {
            "dossier": plan.dossier,
            "titel": title(plan.dossier),
            "activiteit": rij,
            "doelen": list(plan.doelen.filter(weg_op__isnull=True)),
        },
    )
