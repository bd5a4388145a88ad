"""Reading a plan, opening one on its ground, and closing it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel
from samenloop.plannen.plan import (
    beeld,
    evaluaties,
    grond,
    inhoud,
    tekenen,
    versies,
    zicht,
)
from samenloop.plannen.plan import eigen as own_part
from samenloop.plannen.plan.forms import GrondForm, SluitForm
from samenloop.plannen.plan.models import Grond, Plan
from samenloop.plannen.plan.pages import eigen
from samenloop.plannen.plan.pages.titel import title
from samenloop.plannen.plan.plannen import open_plan


@mag(Handeling.PLAN_LEZEN)
@require_safe
@never_cache
def show(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the plan, whole or only one's own part."""
    actor = request.actor
    gevonden = zicht.dossier_or_404(actor, dossier)
    deel, schrijft = zicht.part_of(actor, gevonden)
    zicht.record(actor, gevonden, deel=deel)
    plan = open_plan(gevonden)
    context: dict[str, Any] = {"dossier": gevonden, "titel": title(gevonden)}
    if deel is Deel.EIGEN_DEEL:
        return render(
            request,
            "plan/eigen.html",
            {**context, **eigen.shown(request.actor, gevonden, plan)},
        )
    context["schrijft"] = schrijft
    if plan is None:
        context["form"] = GrondForm()
        context["toestemming"] = grond.consent(gevonden)
        context["eerdere"] = list(gevonden.plannen.filter(gesloten_op__isnull=False))
        return render(request, "plan/geen.html", context)
    plan.dossier = gevonden
    # Who writes the plan says there how it goes; who only helps in it, at their part.
    context["eigen_deel"] = not schrijft and own_part.may_tell(actor, gevonden)
    return render(request, "plan/plan.html", {**context, **_whole(plan)})


def _whole(plan: Plan) -> dict[str, Any]:
    gezegd = inhoud.of_plan(plan)
    laatste = versies.latest(plan)
    geldend = laatste if laatste and laatste.getekend_op else versies.in_force(plan)
    evaluatie = evaluaties.planned(plan)
    return {
        "plan": plan,
        "doelen": beeld.goals(gezegd),
        "afspraken": gezegd["afspraken"],
        "plangrond": grond.state(plan),
        "laatste": laatste,
        "geldend": geldend,
        "gewijzigd": versies.changed_since(gezegd, laatste),
        "wachten": plan.varianten.filter(gekozen_op__isnull=True).count(),
        "tekenen": tekenen.status(laatste) if laatste else [],
        "evaluatie": evaluatie,
        "te_laat": evaluaties.is_late(evaluatie),
        "gehouden": plan.evaluaties.filter(gehouden_op__isnull=False).last(),
        "sluiten": SluitForm(),
    }


@mag(Handeling.PLAN_SCHRIJVEN)
@require_POST
@never_cache
def open_(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Open a plan, or record the ground of the open one anew."""
    actor = request.actor
    gevonden = zicht.dossier_or_404(actor, dossier, Handeling.PLAN_SCHRIJVEN)
    toegang.require(actor, gevonden, Handeling.PLAN_SCHRIJVEN, Deel.PLAN)
    form = GrondForm(request.POST)
    plan = open_plan(gevonden)
    if form.is_valid():
        keuze = {
            "grond": Grond(form.cleaned_data["grond"]),
            "reden": form.cleaned_data["reden"],
            "herzien_op": form.cleaned_data["herzien_op"],
            "door": actor,
        }
        try:
            with transaction.atomic():
                if plan is None:
                    grond.open_plan(gevonden, **keuze)
                else:
                    grond.change(plan, **keuze)
                zicht.record(actor, gevonden, wijze=Wijze.GEWIJZIGD)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            if plan is None:
                messages.success(request, _("The plan is open: write the first goal."))
                return redirect("plan-bewerken", dossier)
            messages.success(request, _("The ground was recorded."))
            return redirect("plan", dossier)
    return render(
        request,
        "plan/geen.html",
        {
            "dossier": gevonden,
            "titel": title(gevonden),
            "schrijft": True,
            "form": form,
            "plan": plan,
            "toestemming": grond.consent(gevonden),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


@mag(Handeling.PLAN_SCHRIJVEN)
@require_safe
@never_cache
def ground(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Ask on what ground the plan goes on."""
    plan = zicht.to_write(request.actor, dossier)
    zicht.record(request.actor, plan.dossier)
    return render(
        request,
        "plan/geen.html",
        {
            "dossier": plan.dossier,
            "titel": title(plan.dossier),
            "schrijft": True,
            "plan": plan,
            "toestemming": grond.consent(plan.dossier),
            "form": GrondForm(initial={"grond": plan.grond, "reden": plan.grond_reden}),
        },
    )


@mag(Handeling.PLAN_SCHRIJVEN)
@require_POST
@never_cache
def close(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Close the plan, with why."""
    plan = zicht.to_write(request.actor, dossier)
    form = SluitForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say why the plan ends."))
        return redirect("plan", dossier)
    with transaction.atomic():
        grond.close(plan, reden=form.cleaned_data["reden"])
        zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)
    messages.success(request, _("The plan is closed; it can still be read."))
    return redirect("plan", dossier)
