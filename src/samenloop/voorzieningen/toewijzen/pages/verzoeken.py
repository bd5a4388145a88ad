"""The work list of requests of providers, and the page on which one is answered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.kalender import days_to_go
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    forms,
    routes,
    toewijzen,
    verzoeken,
    zicht,
)
from samenloop.voorzieningen.toewijzen.models import Kanaal, Verzoeksoort
from samenloop.voorzieningen.toewijzen.models import Verzoek as Aanbiedersverzoek
from samenloop.voorzieningen.toewijzen.models.verzoek import OPEN
from samenloop.voorzieningen.toewijzen.pages import delen

ACTIVITEIT = "zorgtoewijzing"
_MEESTE = 200


def _requests(actor: Actor) -> Any:
    return Aanbiedersverzoek.objects.filter(gemeente=actor.gemeente).select_related(
        "persoon", "aanbieder"
    )


@mag(Handeling.VERZOEK_BEHANDELEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the requests that wait, by their last day; or those that were answered."""
    klaar = request.GET.get("staat") == "klaar"
    rijen = _requests(request.actor)
    if klaar:
        rijen = rijen.exclude(staat__in=OPEN).order_by("-beantwoord_op")
    else:
        rijen = rijen.filter(staat__in=OPEN)
    gevonden = list(rijen.prefetch_related("regels")[:_MEESTE])
    if not klaar:
        gevonden.sort(key=lambda each: (verzoeken.due(each), str(each.pk)))
    vandaag = klok.today()
    logboek.record(
        request.actor,
        Handeling.VERZOEK_BEHANDELEN,
        personen=sorted({each.persoon_id for each in gevonden}),
        onderwerp="verzoeken",
        wijze=logboek.Wijze.GEVONDEN,
        activiteit=ACTIVITEIT,
    )
    return render(
        request,
        "toewijzen/verzoeken.html",
        {
            "rijen": [
                (
                    each,
                    verzoeken.due(each),
                    days_to_go(vandaag, verzoeken.due(each)),
                )
                for each in gevonden
            ],
            "klaar": klaar,
        },
    )


@mag(Handeling.VERZOEK_BEHANDELEN)
@require_safe
@never_cache
def show(request: Verzoek, verzoek: UUID) -> HttpResponse:
    """Show a request: what is asked, what runs, until when, and the answers."""
    return _page(request, delen.found(_requests(request.actor), verzoek), None)


def _page(
    request: Verzoek, gevonden: Aanbiedersverzoek, form: forms.AfwijsForm | None
) -> HttpResponse:
    actor = request.actor
    logboek.record(
        actor,
        Handeling.VERZOEK_BEHANDELEN,
        personen=[gevonden.persoon_id],
        onderwerp=f"verzoek:{gevonden.pk}",
        activiteit=ACTIVITEIT,
    )
    regels = list(gevonden.regels.all())
    vandaag = klok.today()
    return render(
        request,
        "toewijzen/verzoek.html",
        {
            "verzoek": gevonden,
            "wie": gevonden.persoon,
            "regels": regels,
            "uiterlijk": verzoeken.due(gevonden),
            "dagen": days_to_go(vandaag, verzoeken.due(gevonden)),
            "loopt": toewijzen.running(gevonden.persoon, actor.gemeente, vandaag),
            "ziet": zicht.may_see(actor, gevonden.persoon_id),
            "wijst_toe": verzoeken.may_grant(gevonden, actor),
            "behandelt": besluiten.may(actor, Handeling.AANVRAAG_BEHANDELEN)
            and gevonden.soort == Verzoeksoort.TOEWIJZING,
            "aanvragen": list(gevonden.aanvragen.all()),
            "form": form or forms.AfwijsForm(),
        },
        status=422 if form is not None and form.errors else 200,
    )


def _grant(verzoek: Aanbiedersverzoek, door: Actor) -> str:
    n = len(verzoeken.grant(verzoek, door=door))
    return _("Granted: %(n)s allocations go to the provider.") % {"n": n}


def _investigate(verzoek: Aanbiedersverzoek, door: Actor) -> str:
    verzoeken.investigate(verzoek, door=door)
    return _("The provider hears that it is under inquiry.")


def _take_up(verzoek: Aanbiedersverzoek, door: Actor) -> str:
    verzoeken.take_up(verzoek, door=door)
    return _("You have this request in hand.")


ANTWOORDEN: dict[str, Callable[[Aanbiedersverzoek, Actor], str]] = {
    "toewijzen": _grant,
    "onderzoek": _investigate,
    "oppakken": _take_up,
}


@mag(Handeling.VERZOEK_BEHANDELEN)
@require_POST
@never_cache
def answer(request: Verzoek, verzoek: UUID, antwoord: str) -> HttpResponse:
    """Answer a request, or take it in hand."""
    gevonden = delen.found(_requests(request.actor), verzoek)
    if antwoord not in ANTWOORDEN:
        raise Http404
    try:
        gezegd = ANTWOORDEN[antwoord](gevonden, request.actor)
    except SamenloopFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, gezegd)
    return redirect("verzoek", gevonden.pk)


@mag(Handeling.VERZOEK_BEHANDELEN)
@require_POST
@never_cache
def refuse(request: Verzoek, verzoek: UUID) -> HttpResponse:
    """Refuse a request with a reason of the standard."""
    gevonden = delen.found(_requests(request.actor), verzoek)
    form = forms.AfwijsForm(request.POST)
    if form.is_valid():
        try:
            verzoeken.refuse(gevonden, **form.cleaned_data, door=request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("Refused; the provider hears why."))
            return redirect("verzoek", gevonden.pk)
    return _page(request, gevonden, form)


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_POST
@never_cache
def to_application(request: Verzoek, verzoek: UUID) -> HttpResponse:
    """Make an application of a request: who, what and who referred are known."""
    gevonden: Aanbiedersverzoek = delen.found(_requests(request.actor), verzoek)
    regel = gevonden.regels.first()
    prijs = routes.contracted_line(gevonden, regel) if regel else None
    try:
        aanvraag = aanvragen.receive(
            aanvragen.Invoer(
                persoon=gevonden.persoon,
                wet=gevonden.wet,
                kanaal=Kanaal.AANBIEDER.value,
                product=prijs.product if prijs else None,
                vraag=gevonden.commentaar,
                gemeld_op=gevonden.dagtekening,
                verwijzer_type=gevonden.verwijzer_type,
                verwijzer_naam=gevonden.verwijzer_naam,
                verzoek=gevonden,
            ),
            door=request.actor,
        )
    except SamenloopFout as fout:
        messages.error(request, str(fout))
        return redirect("verzoek", gevonden.pk)
    return redirect("aanvraag", aanvraag.pk)
