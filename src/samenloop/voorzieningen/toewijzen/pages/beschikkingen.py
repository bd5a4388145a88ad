"""The pages of a decision: the choice of a provider, objection and complaint."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.inkoop import aanbod
from samenloop.voorzieningen.inkoop.models import Contractproduct
from samenloop.voorzieningen.toewijzen import (
    beschikken,
    bezwaren,
    forms,
    herindiceren,
    zicht,
)
from samenloop.voorzieningen.toewijzen.models import (
    VERWIJDERD,
    Beschikking,
    Bezwaarzaak,
    Vorm,
)
from samenloop.voorzieningen.toewijzen.pages import delen


def _decisions(request: Verzoek) -> Any:
    return Beschikking.objects.filter(gemeente=request.actor.gemeente).select_related(
        "persoon", "product", "aanvraag", "vervangt", "vervangen_door"
    )


@mag(Handeling.VOORZIENING_ZIEN, Handeling.BESCHIKKEN)
@require_safe
@never_cache
def show(request: Verzoek, beschikking: UUID) -> HttpResponse:
    """Show a decision; in kind and not allocated yet, who offers it."""
    gevonden: Beschikking = delen.found(_decisions(request), beschikking)
    _look(request, gevonden)
    toewijzingen = list(gevonden.toewijzingen.select_related("aanbieder", "product"))
    vervangen = hasattr(gevonden, "vervangen_door")
    kiest = (
        not vervangen
        and gevonden.vorm == Vorm.ZIN
        and gevonden.ingang is not None
        and not any(each.reden_wijziging != VERWIJDERD for each in toewijzingen)
        and besluiten.may(request.actor, Handeling.TOEWIJZEN)
    )
    return render(
        request,
        "toewijzen/beschikking.html",
        {
            "beschikking": gevonden,
            "wie": gevonden.persoon,
            "toewijzingen": toewijzingen,
            "pgbs": list(gevonden.pgbs.all()),
            "zaken": list(gevonden.bezwaarzaken.select_related("bezwaar")),
            # An objection that is open also counts against what took its place
            # (Awb 6:19).
            "zaken_eerder": list(
                Bezwaarzaak.objects.filter(
                    beschikking=gevonden.vervangt_id,
                    bezwaar__afgehandeld_op__isnull=True,
                ).select_related("bezwaar")
            )
            if gevonden.vervangt_id
            else [],
            "vervangt_nu": not vervangen
            and (gevonden.eind is None or gevonden.eind >= klok.today())
            and besluiten.may(request.actor, Handeling.BESCHIKKEN),
            "kiest": kiest,
            "levert_nu": _delivers_now(gevonden) if kiest else None,
            "aanbod": aanbod.compare(
                request.actor.gemeente,
                max(gevonden.ingang, klok.today()),
                wet=gevonden.wet,
                product=gevonden.product,
            )
            if kiest and gevonden.ingang
            else [],
            "vandaag": klok.today(),
            "behandelt": besluiten.may(request.actor, Handeling.AANVRAAG_BEHANDELEN),
        },
    )


@mag(Handeling.TOEWIJZEN)
@require_POST
@never_cache
def allocate(request: Verzoek, beschikking: UUID, product: UUID) -> HttpResponse:
    """Allocate what was granted to the provider that was chosen."""
    gevonden: Beschikking = delen.found(_decisions(request), beschikking)
    _look(request, gevonden)
    keuze = delen.found(
        Contractproduct.objects.filter(
            contract__gemeenten__contains=[request.actor.gemeente],
            contract__wet=gevonden.wet,
        ).select_related("contract__aanbieder"),
        product,
    )
    try:
        toegewezen = beschikken.allocate(gevonden, keuze, door=request.actor)
    except SamenloopFout as fout:
        messages.error(request, str(fout))
        return redirect("beschikking", gevonden.pk)
    messages.success(
        request,
        _("Allocated under number %(nummer)s; the provider gets a message.")
        % {"nummer": toegewezen.nummer},
    )
    return redirect("toewijzing", toegewezen.pk)


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def object_to(request: Verzoek, beschikking: UUID) -> HttpResponse:
    """Record an objection to a decision."""
    gevonden: Beschikking = delen.found(_decisions(request), beschikking)
    _record(request, gevonden.persoon_id, f"beschikking:{gevonden.pk}")
    form = forms.BezwaarForm(request.POST or None, initial={"op": klok.today()})
    if request.method == "POST" and form.is_valid():
        try:
            bezwaren.object_to(gevonden, **form.cleaned_data, door=request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("beschikking", gevonden.pk)
    return delen.form_page(
        request,
        form,
        titel=_("Objection"),
        knop=_("Record the objection"),
        terug=reverse("beschikking", args=[gevonden.pk]),
        wie=gevonden.persoon,
    )


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def complain(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Record a complaint of somebody."""
    wie = delen.person(persoon)
    form = forms.KlachtForm(request.POST or None, initial={"op": klok.today()})
    if request.method == "POST" and form.is_valid():
        try:
            zaak = bezwaren.complain(wie, **form.cleaned_data, door=request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("bezwaar", zaak.pk)
    return delen.form_page(
        request,
        form,
        titel=_("Complaint"),
        knop=_("Record the complaint"),
        terug=reverse("voorzieningen-van", args=[wie.pk]),
        wie=wie,
    )


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settle(request: Verzoek, zaak: UUID) -> HttpResponse:
    """Show an objection or complaint, postpone it or decide on it."""
    gevonden = delen.found(
        Bezwaarzaak.objects.filter(gemeente=request.actor.gemeente).select_related(
            "bezwaar", "persoon", "beschikking__vervangen_door"
        ),
        zaak,
    )
    _record(request, gevonden.persoon_id, f"bezwaarzaak:{gevonden.pk}")
    uitstel = "verdagen" in request.POST
    form = forms.AfdoenForm(request.POST if request.POST and not uitstel else None)
    if request.method == "POST":
        try:
            if uitstel:
                bezwaren.postpone(gevonden, door=request.actor)
                return redirect("bezwaar", gevonden.pk)
            if form.is_valid():
                bezwaren.settle(gevonden, **form.cleaned_data, door=request.actor)
                return redirect("bezwaar", gevonden.pk)
        except SamenloopFout as fout:
            messages.error(request, str(fout))
            return redirect("bezwaar", gevonden.pk)
    return render(
        request,
        "toewijzen/bezwaar.html",
        {
            "zaak": gevonden,
            "wie": gevonden.persoon,
            "form": form,
            "vervangt_nu": gevonden.beschikking is not None
            and gevonden.bezwaar.uitkomst in bezwaren.GEGROND
            and not hasattr(gevonden.beschikking, "vervangen_door")
            and besluiten.may(request.actor, Handeling.BESCHIKKEN),
        },
        status=422 if form.errors else 200,
    )


def _delivers_now(beschikking: Beschikking) -> int | None:
    """The provider of what was looked at again, to tell it from the others."""
    aanvraag = beschikking.aanvraag
    if aanvraag is None or aanvraag.herindicatie_van is None:
        return None
    nu = herindiceren.present(beschikking.gemeente_id, aanvraag.herindicatie_van)
    return nu.voorziening.aanbieder_id if nu else None


def _look(request: Verzoek, beschikking: Beschikking) -> None:
    """Who decided just now sees the decision; others need a task."""
    if beschikking.besloten_door != request.actor.account_id:
        zicht.look(
            request.actor, beschikking.persoon_id, f"beschikking:{beschikking.pk}"
        )


def _record(request: Verzoek, persoon: UUID, onderwerp: str) -> None:
    """An objection is dealt with by whoever it comes to, often another colleague."""
    logboek.record(
        request.actor,
        Handeling.AANVRAAG_BEHANDELEN,
        personen=[persoon],
        onderwerp=onderwerp,
        activiteit=zicht.ACTIVITEIT,
    )
