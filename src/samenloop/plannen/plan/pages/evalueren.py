"""Rounds of evaluation: planning the next, and recording one that was held."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.plan import evaluaties, zicht
from samenloop.plannen.plan.forms import EvaluatieForm, PlanEvaluatieForm
from samenloop.plannen.plan.models import Doelstand
from samenloop.plannen.plan.pages.titel import title


@mag(Handeling.PLAN_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hold(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the rounds so far, and record the one that was held."""
    plan = zicht.to_write(request.actor, dossier)
    doelen = [
        (str(doel.pk), doel.tekst, doel.stand)
        for doel in plan.doelen.filter(weg_op__isnull=True).exclude(tekst="")
    ]
    form = EvaluatieForm(request.POST or None, doelen=doelen)
    if request.method == "POST" and form.is_valid():
        gegeven = form.cleaned_data
        try:
            with transaction.atomic():
                evaluaties.hold(
                    plan,
                    {
                        UUID(sleutel): (
                            gegeven[f"zin-{sleutel}"],
                            Doelstand(gegeven[f"stand-{sleutel}"]),
                        )
                        for sleutel, _tekst, _stand in doelen
                    },
                    op=gegeven["gehouden_op"],
                    door=request.actor,
                    verslag=gegeven["verslag"],
                    volgende=gegeven["volgende"],
                )
                zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("The evaluation was recorded."))
            return redirect("plan", dossier)
    else:
        zicht.record(request.actor, plan.dossier)
    gepland = evaluaties.planned(plan)
    return render(
        request,
        "plan/evaluatie.html",
        {
            "dossier": plan.dossier,
            "titel": title(plan.dossier),
            "form": form,
            "plannen": PlanEvaluatieForm(
                initial={"gepland_op": gepland.gepland_op if gepland else None},
                auto_id="plannen_%s",
            ),
            "gepland": gepland,
            "te_laat": evaluaties.is_late(gepland),
            "gehouden": plan.evaluaties.filter(gehouden_op__isnull=False)
            .prefetch_related("resultaten__doelstelling")
            .order_by("-gehouden_op"),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(Handeling.PLAN_SCHRIJVEN)
@require_POST
@never_cache
def plan_on(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Plan the next round, or move it."""
    plan = zicht.to_write(request.actor, dossier)
    form = PlanEvaluatieForm(request.POST)
    op: date | None = form.cleaned_data["gepland_op"] if form.is_valid() else None
    try:
        if op is None:
            raise evaluaties.EvaluatieKanNiet()
        with transaction.atomic():
            evaluaties.plan_on(plan, op)
            zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, _("The evaluation is planned."))
    return redirect("plan-evaluatie", dossier)
