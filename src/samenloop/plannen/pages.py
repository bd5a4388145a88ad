"""The pages about who takes part: the list, letting in, letting go, looking again.

The family decides who may look, at its own pages (`portaal`) or by asking who directs,
who then writes it down here. Everything on these pages is of one dossier, and each
look and each change goes into the log.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen import gevolgen
from samenloop.plannen import deelnemers, herzien, namen, toegang
from samenloop.plannen.forms import EindeForm, HerbeoordelingForm, ToelatenForm
from samenloop.plannen.gronden import GeenGrond
from samenloop.plannen.models import (
    LEIDEND,
    Deel,
    Deelname,
    Deelnemersrol,
    Dossier,
    Herbeoordeling,
    Uitkomst,
)


def dossier_or_404(actor: Actor, dossier: UUID) -> Dossier:
    """Return the dossier; outside the municipality acted for there is none."""
    gevonden = (
        Dossier.objects.filter(pk=dossier, gemeente=actor.gemeente)
        .select_related("betrokkene")
        .first()
    )
    if gevonden is None:
        raise Http404(_("This dossier is not known in the municipality you act for."))
    return gevonden


def record(
    actor: Actor,
    dossier: Dossier,
    handeling: Handeling,
    wijze: Wijze,
    onderwerp: str = "",
) -> None:
    """Write a look or a change in the log, about all whom the dossier is about."""
    logboek.record(
        actor,
        handeling,
        personen=toegang.persons(dossier),
        onderwerp=onderwerp or f"dossier:{dossier.pk}",
        wijze=wijze,
        activiteit="regie-voeren",
    )


def show(request: Verzoek, sjabloon: str, inhoud: dict[str, Any]) -> HttpResponse:
    """Show a page with a form; one that was refused says so to programs as well."""
    form = inhoud.get("form")
    fout = form is not None and form.is_bound and not form.is_valid()
    return render(
        request,
        sjabloon,
        inhoud,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fout else HTTPStatus.OK,
    )


@mag(Handeling.DOSSIER_LEZEN)
@require_safe
@never_cache
def participants(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show who takes part, on what ground, who did, and what must be looked at."""
    van = dossier_or_404(request.actor, dossier)
    toegang.require(request.actor, van, Handeling.DOSSIER_LEZEN, Deel.TOEGANG)
    record(request.actor, van, Handeling.DOSSIER_LEZEN, Wijze.GEOPEND)
    leidt = toegang.leads(request.actor, van)
    leden = deelnemers.members(van)
    return render(
        request,
        "plannen/deelnemers.html",
        {
            "dossier": van,
            "lijst": deelnemers.of(van),
            "leidt": leidt,
            "toestemmingen": deelnemers.consents(van, leden) if leidt else [],
            "tekent": deelnemers.who_signs(leden, klok.today()),
            "herzien": deelnemers.to_review(herzien.open_for(van)) if leidt else [],
        },
    )


@mag(Handeling.TOEGANG_GEVEN)
@never_cache
def let_in(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Let somebody in, at the wish of the family or on another ground."""
    van = dossier_or_404(request.actor, dossier)
    toegang.require_lead(request.actor, van, Handeling.TOEGANG_GEVEN)
    leden = deelnemers.members(van)
    gezag = deelnemers.holders(leden)
    personen = {str(lid.pk): lid.volledige_naam for lid in leden}
    personen |= {
        str(each.houder_id): each.houder.volledige_naam
        for each in gezag
        if each.houder is not None
    }
    form = ToelatenForm(
        request.POST or None,
        keuzes={
            "collega": deelnemers.colleagues(request.actor.gemeente),
            "organisatie": deelnemers.organisations(request.actor.gemeente),
            "persoon": list(personen.items()),
            "toestemming": deelnemers.consents(van, leden),
            "gezag": list(
                {
                    str(each.minderjarige_id): each.minderjarige.volledige_naam
                    for each in gezag
                }.items()
            ),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                if form.arguments["naam"]:
                    deelnemers.require_new_name(van, form.arguments["naam"])
                nieuw = toegang.give(van, door=request.actor, **form.arguments)
                record(
                    request.actor,
                    van,
                    Handeling.TOEGANG_GEVEN,
                    Wijze.GEWIJZIGD,
                    f"deelname:{nieuw.pk}",
                )
            messages.success(request, _("This participant was let in."))
            return redirect("deelnemers", van.pk)
        except GeenGrond as fout:
            form.add_error("grondslag", str(fout))
        except deelnemers.NaamBezet as fout:
            form.add_error("naam", str(fout))
    return show(request, "plannen/toelaten.html", {"dossier": van, "form": form})


def deelname_or_404(actor: Actor, deelname: UUID) -> Deelname:
    """Return a participation in a dossier of the municipality acted for."""
    gevonden = (
        Deelname.objects.filter(pk=deelname, dossier__gemeente=actor.gemeente)
        .select_related("dossier__betrokkene", "toestemming__persoon", "gezag_over")
        .first()
    )
    if gevonden is None:
        raise Http404(_("This participant is not known here."))
    return gevonden


@mag(Handeling.TOEGANG_GEVEN)
@never_cache
def end(request: Verzoek, deelname: UUID) -> HttpResponse:
    """End a participation; directing is handed over elsewhere."""
    rij = deelname_or_404(request.actor, deelname)
    toegang.require_lead(request.actor, rij.dossier, Handeling.TOEGANG_GEVEN)
    if Deelnemersrol(rij.rol) in LEIDEND:
        raise Http404(_("Directing is handed over on the page of the case."))
    form = EindeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            aantal = toegang.end(
                Deelname.objects.filter(pk=rij.pk),
                reden=form.cleaned_data["reden"],
                door=request.actor,
            )
            record(
                request.actor,
                rij.dossier,
                Handeling.TOEGANG_GEVEN,
                Wijze.GEWIJZIGD,
                f"deelname:{rij.pk}",
            )
        if aantal:
            messages.success(request, _("This participant sees nothing any more."))
        else:
            messages.warning(request, _("It had ended already."))
        return redirect("deelnemers", rij.dossier_id)
    return show(
        request,
        "plannen/beeindigen.html",
        {"dossier": rij.dossier, "form": form, "wie": namen.of([rij])[rij.pk]},
    )


@mag(Handeling.TOEGANG_GEVEN)
@never_cache
def review(request: Verzoek, herbeoordeling: UUID) -> HttpResponse:
    """Show what must be looked at again and why, and write down what came of it."""
    rij = (
        Herbeoordeling.objects.filter(
            pk=herbeoordeling, dossier__gemeente=request.actor.gemeente
        )
        .select_related(
            "dossier__betrokkene", "persoon", "deelname", "toestemming", "beperking"
        )
        .first()
    )
    if rij is None:
        raise Http404(_("There is nothing to look at again here."))
    toegang.require_lead(request.actor, rij.dossier, Handeling.TOEGANG_GEVEN)
    form = HerbeoordelingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            herzien.settle(
                rij,
                Uitkomst(form.cleaned_data["uitkomst"]),
                form.cleaned_data["toelichting"],
                request.actor,
            )
            messages.success(request, _("What was decided was written down."))
        except SamenloopFout as fout:
            messages.warning(request, str(fout))
        return redirect("deelnemers", rij.dossier_id)
    record(request.actor, rij.dossier, Handeling.DOSSIER_LEZEN, Wijze.GEOPEND)
    return show(
        request,
        "plannen/herbeoordeling.html",
        {
            "dossier": rij.dossier,
            "rij": rij,
            "form": form,
            "wat": deelnemers.to_review([rij])[0].wat,
            "gevolgen": gevolgen.of(rij.toestemming)
            if rij.toestemming and rij.toestemming.ingetrokken_op is None
            else [],
        },
    )
