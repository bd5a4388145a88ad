"""The pages on which a question becomes an application and a decision."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.models import Gebruiker
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.kalender import days_to_go
from samenloop.voorzieningen.inkoop.forms import Form
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    bekend,
    beschikken,
    forms,
    herindiceren,
    uitstellen,
)
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Onderzoek,
)
from samenloop.voorzieningen.toewijzen.pages import delen

ACTIVITEIT = "zorgtoewijzing"
_MEESTE = 200


def _applications(actor: Actor) -> Any:
    return Aanvraag.objects.filter(gemeente=actor.gemeente).select_related(
        "persoon", "product"
    )


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the open applications, own ones or all, the most pressing first."""
    actor = request.actor
    alle = request.GET.get("wie") == "alle"
    rijen = _applications(actor).filter(staat__in=aanvragen.OPEN)
    if not alle:
        rijen = rijen.filter(behandelaar=actor.account_id)
    rijen = list(rijen.order_by("uiterlijk", "pk")[:_MEESTE])
    namen = _names({each.behandelaar for each in rijen})
    vandaag = klok.today()
    logboek.record(
        actor,
        Handeling.AANVRAAG_BEHANDELEN,
        personen=sorted({each.persoon_id for each in rijen}),
        onderwerp="aanvragen",
        wijze=logboek.Wijze.GEVONDEN,
        activiteit=ACTIVITEIT,
    )
    return render(
        request,
        "toewijzen/aanvragen.html",
        {
            "rijen": [
                (
                    each,
                    days_to_go(vandaag, each.uiterlijk),
                    namen.get(each.behandelaar or 0, ""),
                )
                for each in rijen
            ],
            "alle": alle,
        },
    )


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Record a question of somebody; who they are and where they live is known."""
    wie = delen.person(persoon)
    actor = request.actor
    form = forms.AanvraagForm(
        request.POST or None, initial={"gemeld_op": klok.today(), "kanaal": "gesprek"}
    )
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        try:
            aanvraag = aanvragen.receive(
                aanvragen.Invoer(
                    persoon=wie,
                    wet=velden["product"].wet,
                    gezaghebbende=bekend.guardian(wie),
                    dossier=_uuid(request.GET.get("dossier", "")),
                    **velden,
                ),
                door=actor,
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("The question is recorded; its term runs."))
            return redirect("aanvraag", aanvraag.pk)
    return delen.form_page(
        request,
        form,
        titel=_("New application"),
        knop=_("Record the question"),
        terug=reverse("voorzieningen-van", args=[wie.pk]),
        wie=wie,
    )


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_safe
@never_cache
def show(request: Verzoek, aanvraag: UUID) -> HttpResponse:
    """Show an application: what is asked, what was found, and what comes next."""
    actor = request.actor
    gevonden: Aanvraag = delen.found(_applications(actor), aanvraag)
    logboek.record(
        actor,
        Handeling.AANVRAAG_BEHANDELEN,
        personen=[gevonden.persoon_id],
        onderwerp=f"aanvraag:{gevonden.pk}",
        activiteit=ACTIVITEIT,
    )
    onderzoek = Onderzoek.objects.filter(aanvraag=gevonden).first()
    return render(
        request,
        "toewijzen/aanvraag.html",
        {
            "aanvraag": gevonden,
            "wie": gevonden.persoon,
            "dagen": days_to_go(klok.today(), gevonden.uiterlijk),
            "onderzoek": onderzoek,
            "uitstellen": list(gevonden.uitstellen.all()),
            "besluiten": list(
                gevonden.beschikkingen.select_related("product", "vervangen_door")
            ),
            "behandelaar": _names({gevonden.behandelaar}).get(
                gevonden.behandelaar or 0, ""
            ),
            "is_van_mij": gevonden.behandelaar == actor.account_id,
            "beslist": besluiten.may(actor, Handeling.BESCHIKKEN),
            "nu": _present(gevonden),
        },
    )


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_POST
@never_cache
def take_up(request: Verzoek, aanvraag: UUID) -> HttpResponse:
    """Take an application in hand."""
    gevonden = delen.found(_applications(request.actor), aanvraag)
    try:
        aanvragen.take_up(gevonden, door=request.actor)
    except SamenloopFout as fout:
        messages.error(request, str(fout))
    return redirect("aanvraag", aanvraag)


def _inquire(aanvraag: Aanvraag, velden: Mapping[str, Any], door: Actor) -> None:
    aanvragen.inquire(aanvraag, aanvragen.Bevinding(**velden), door=door)


def _apply(aanvraag: Aanvraag, velden: Mapping[str, Any], door: Actor) -> None:
    aanvragen.apply(aanvraag, velden["op"], door=door)


def _delay(aanvraag: Aanvraag, velden: Mapping[str, Any], door: Actor) -> None:
    uitstellen.delay(aanvraag, **velden, door=door)


def _withdraw(aanvraag: Aanvraag, velden: Mapping[str, Any], door: Actor) -> None:
    aanvragen.withdraw(aanvraag, **velden, door=door)


# The steps of an application: its form, the title of the page, what it does.
STAPPEN: dict[
    str,
    tuple[
        type[Form],
        str | Promise,
        str | Promise,
        Callable[[Aanvraag, Mapping[str, Any], Actor], None],
    ],
] = {
    "onderzoek": (
        forms.OnderzoekForm,
        gettext_lazy("Inquiry"),
        gettext_lazy("Keep the inquiry"),
        _inquire,
    ),
    "aangevraagd": (
        forms.AangevraagdForm,
        gettext_lazy("They apply"),
        gettext_lazy("Record the application"),
        _apply,
    ),
    "uitstel": (
        forms.UitstelForm,
        gettext_lazy("Take longer"),
        gettext_lazy("Move the term"),
        _delay,
    ),
    "intrekken": (
        forms.IntrekForm,
        gettext_lazy("Not gone on with"),
        gettext_lazy("Record that it stops"),
        _withdraw,
    ),
}


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def step(request: Verzoek, aanvraag: UUID, stap: str) -> HttpResponse:
    """Take a step with an application."""
    gevonden: Aanvraag = delen.found(_applications(request.actor), aanvraag)
    if stap not in STAPPEN:
        raise Http404
    soort, titel, knop, doen = STAPPEN[stap]
    form = soort(request.POST or None, initial=_initial(request.actor, gevonden, stap))
    if request.method == "POST" and form.is_valid():
        try:
            doen(gevonden, form.cleaned_data, request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("aanvraag", gevonden.pk)
    return delen.form_page(
        request,
        form,
        titel=str(titel),
        knop=str(knop),
        terug=reverse("aanvraag", args=[gevonden.pk]),
        wie=gevonden.persoon,
    )


@mag(Handeling.BESCHIKKEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decide(request: Verzoek, aanvraag: UUID) -> HttpResponse:
    """Decide on an application."""
    gevonden: Aanvraag = delen.found(_applications(request.actor), aanvraag)
    onderzoek = Onderzoek.objects.filter(aanvraag=gevonden).first()
    nu = _present(gevonden)
    form = forms.BesluitForm(
        request.POST or None,
        wet=gevonden.wet,
        initial={
            **(herindiceren.proposal(nu) if nu else {}),
            "product": gevonden.product_id,
            "grondslag": beschikken.GRONDSLAG[gevonden.wet],
            "motivering": onderzoek.advies if onderzoek else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            besluit = beschikken.decide(
                gevonden, beschikken.Besluit(**form.cleaned_data), door=request.actor
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("The decision is taken and its term runs."))
            return redirect("beschikking", besluit.pk)
    return delen.form_page(
        request,
        form,
        titel=_("Decide"),
        knop=_("Take the decision"),
        terug=reverse("aanvraag", args=[gevonden.pk]),
        uitleg=_(
            "You decide for the municipality. The person can object for six weeks; a "
            "decision cannot be changed, only replaced by a next one."
        ),
        wie=gevonden.persoon,
    )


def _present(aanvraag: Aanvraag) -> herindiceren.Nu | None:
    """What is looked at again, as it is now."""
    if aanvraag.herindicatie_van is None:
        return None
    return herindiceren.present(aanvraag.gemeente_id, aanvraag.herindicatie_van)


def _initial(actor: Actor, aanvraag: Aanvraag, stap: str) -> dict[str, Any]:
    """What is known already: earlier findings, else the goals of the plan."""
    if stap == "aangevraagd":
        return {"op": klok.today()}
    if stap == "uitstel":
        return {"bericht_op": klok.today()}
    if stap != "onderzoek":
        return {}
    onderzoek = Onderzoek.objects.filter(aanvraag=aanvraag).first()
    if onderzoek is not None:
        return {
            naam: getattr(onderzoek, naam)
            for naam in (
                "gesprek_op",
                "doelen",
                "eigen_kracht",
                "bevindingen",
                "advies",
            )
        } | {"klaar": onderzoek.afgerond_op is not None}
    return {"doelen": "\n".join(bekend.goals(actor, aanvraag.persoon))}


def _names(accounts: set[int | None]) -> dict[int, str]:
    rijen = Gebruiker.objects.filter(pk__in=[each for each in accounts if each])
    return {each.pk: str(each) for each in rijen}


def _uuid(tekst: str) -> UUID | None:
    try:
        return UUID(tekst)
    except ValueError:
        return None
