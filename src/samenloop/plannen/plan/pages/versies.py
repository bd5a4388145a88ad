"""Versions of a plan: making one, comparing two, printing and signing."""

from http import HTTPStatus
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan import (
    beeld,
    gevolgen,
    grond,
    tekenen,
    vergelijken,
    versies,
    zicht,
)
from samenloop.plannen.plan.forms import TekenForm
from samenloop.plannen.plan.models import Planversie, Tekenwijze
from samenloop.plannen.plan.pages.titel import title


def _whole(request: Verzoek, dossier: UUID) -> Dossier:
    """Return the dossier for who sees the whole plan, and write the look down."""
    gevonden = zicht.dossier_or_404(request.actor, dossier)
    toegang.require(request.actor, gevonden, Handeling.PLAN_LEZEN, Deel.PLAN)
    zicht.record(request.actor, gevonden)
    return gevonden


def _version(dossier: Dossier, nummer: int) -> Planversie:
    gevonden = (
        Planversie.objects.filter(plan__dossier=dossier, nummer=nummer)
        .select_related("plan")
        .first()
    )
    if gevonden is None:
        raise Http404(_("This plan has no such version."))
    gevonden.plan.dossier = dossier
    return gevonden


@mag(Handeling.PLAN_LEZEN)
@require_safe
@never_cache
def overview(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show all versions, and which one is in force."""
    gevonden = _whole(request, dossier)
    rijen = list(
        Planversie.objects.filter(plan__dossier=gevonden)
        .select_related("plan")
        .order_by("-nummer")
    )
    for rij, eerder in pairwise(rijen):
        rij.vorige = eerder.nummer  # type: ignore[attr-defined]
    getekend = (rij for rij in rijen if rij.getekend_op and not rij.plan.gesloten_op)
    return render(
        request,
        "plan/versies.html",
        {
            "dossier": gevonden,
            "titel": title(gevonden),
            "versies": rijen,
            "geldend": next(getekend, None),
            "namen": namen.accounts(rij.gemaakt_door for rij in rijen),
            "schrijft": zicht.may_write(request.actor, gevonden),
        },
    )


@mag(Handeling.PLAN_SCHRIJVEN)
@require_POST
@never_cache
def make(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Make a version of what the plan says now."""
    plan = zicht.to_write(request.actor, dossier)
    try:
        with transaction.atomic():
            versie = versies.make(plan, door=request.actor)
            zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("plan", dossier)
    messages.success(
        request,
        _("Version %(nummer)s was made. Print it, or let it be signed here.")
        % {"nummer": versie.nummer},
    )
    return redirect("plan-versie", dossier, versie.nummer)


@mag(Handeling.PLAN_LEZEN)
@require_safe
@never_cache
def show(request: Verzoek, dossier: UUID, nummer: int) -> HttpResponse:
    """Show one version as it was, fit for signing on paper."""
    gevonden = _whole(request, dossier)
    versie = _version(gevonden, nummer)
    return _page(request, versie)


def _page(
    request: Verzoek, versie: Planversie, form: TekenForm | None = None
) -> HttpResponse:
    dossier = versie.plan.dossier
    stand = tekenen.status(versie)
    laatste = not versie.plan.versies.filter(nummer__gt=versie.nummer).exists()
    open_ = laatste and versie.plan.gesloten_op is None and not versie.getekend_op
    schrijft = open_ and zicht.may_write(request.actor, dossier)
    wachten = [each.tekenaar for each in stand if each.handtekening is None]
    context: dict[str, Any] = {
        "dossier": dossier,
        "titel": title(dossier),
        "versie": versie,
        "doelen": beeld.goals(versie.inhoud),
        "afspraken": versie.inhoud["afspraken"],
        "tekenen": stand,
        "is_laatste": laatste,
        "schrijft": schrijft,
        # Numbered on without a gap; the first has none before it.
        "vorige": versie.nummer - 1,
    }
    if schrijft:
        context["plangrond"] = grond.state(versie.plan)
        context["gevolgen"] = gevolgen.of_version(versie)
        context["form"] = form or TekenForm(
            tekenaars=[(each.sleutel, each.naam) for each in wachten]
        )
    fout = form is not None and form.errors
    return render(
        request,
        "plan/versie.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fout else HTTPStatus.OK,
    )


@mag(Handeling.PLAN_SCHRIJVEN)
@require_POST
@never_cache
def sign(request: Verzoek, dossier: UUID, nummer: int) -> HttpResponse:
    """Record a signature."""
    plan = zicht.to_write(request.actor, dossier)
    versie = _version(plan.dossier, nummer)
    form = TekenForm(
        request.POST,
        tekenaars=[(each["sleutel"], each["naam"]) for each in versie.tekenaars],
    )
    if form.is_valid():
        try:
            with transaction.atomic():
                klaar = tekenen.sign(
                    versie,
                    form.cleaned_data["wie"],
                    wijze=Tekenwijze(form.cleaned_data["wijze"]),
                    op=form.cleaned_data["op"],
                    door=request.actor,
                )
                zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request,
                _("Everybody signed: version %(nummer)s is in force.")
                % {"nummer": nummer}
                if klaar
                else _("The signature was recorded."),
            )
            return redirect("plan-versie", dossier, nummer)
    return _page(request, versie, form)


@mag(Handeling.PLAN_LEZEN)
@require_http_methods(["GET", "HEAD"])
@never_cache
def compare(request: Verzoek, dossier: UUID, was: int, wordt: int) -> HttpResponse:
    """Show two versions side by side, with what was added, taken out and changed."""
    gevonden = _whole(request, dossier)
    oud, nieuw = _version(gevonden, was), _version(gevonden, wordt)
    doelen, afspraken = vergelijken.compare(oud.inhoud, nieuw.inhoud)
    return render(
        request,
        "plan/vergelijken.html",
        {
            "dossier": gevonden,
            "titel": title(gevonden),
            "was": oud,
            "wordt": nieuw,
            "doelen": doelen,
            "afspraken": afspraken,
            "gelijk": all(each.is_gelijk for each in (*doelen, *afspraken)),
        },
    )
