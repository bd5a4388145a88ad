"""The pages of what somebody has: the overview, one allocation, one budget."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    forms,
    herindiceren,
    perioden,
    redenen,
    toewijzen,
    verstrekken,
    zicht,
)
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Beschikking,
    Bezwaarzaak,
    EigenBijdrage,
    Pgb,
    Toewijzing,
)
from samenloop.voorzieningen.toewijzen.models import (
    Verzoek as Aanbiedersverzoek,
)
from samenloop.voorzieningen.toewijzen.models.verzoek import OPEN
from samenloop.voorzieningen.toewijzen.pages import delen

_MEESTE = 100


def _allocations(request: Verzoek) -> Any:
    return Toewijzing.objects.filter(gemeente=request.actor.gemeente).select_related(
        "persoon", "aanbieder", "product", "contract", "beschikking"
    )


@mag(Handeling.VOORZIENING_ZIEN)
@require_safe
@never_cache
def of_person(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Show what somebody has and asked, through time."""
    wie = delen.person(persoon)
    actor = request.actor
    if not zicht.may_see(actor, wie.pk):
        return render(
            request,
            "toewijzen/geen_taak.html",
            {
                "wie": wie,
                "behandelt": besluiten.may(actor, Handeling.AANVRAAG_BEHANDELEN),
            },
        )
    zicht.look(actor, wie.pk, f"persoon:{wie.pk}")
    vandaag = klok.today()
    toewijzingen = list(_allocations(request).filter(persoon=wie)[:_MEESTE])
    pgbs = list(
        Pgb.objects.filter(persoon=wie, gemeente=actor.gemeente).select_related(
            "product"
        )
    )
    eigen = {each.voorziening for each in (*toewijzingen, *pgbs)}
    # Granted before this system allocated: known to the figures only.
    eerder = [
        each
        for each in Voorziening.objects.current()
        .filter(betrokkene=wie, gemeente=actor.gemeente)
        .select_related("product", "aanbieder")
        .order_by("-geldig")[:_MEESTE]
        if each.kenmerk not in eigen
    ]
    return render(
        request,
        "toewijzen/persoon.html",
        {
            "wie": wie,
            "toewijzingen": toewijzingen,
            "pgbs": pgbs,
            "tekening": perioden.draw(toewijzingen, pgbs, vandaag),
            "herindicaties": herindiceren.possible(
                actor.gemeente, [*toewijzingen, *pgbs, *eerder]
            ),
            "eerder": eerder,
            "aanvragen": list(
                Aanvraag.objects.filter(
                    persoon=wie, gemeente=actor.gemeente, staat__in=aanvragen.OPEN
                ).select_related("product")
            ),
            "besluiten": list(
                Beschikking.objects.filter(
                    persoon=wie, gemeente=actor.gemeente
                ).select_related("product", "vervangen_door")[:_MEESTE]
            ),
            "verzoeken": list(
                Aanbiedersverzoek.objects.filter(
                    persoon=wie, gemeente=actor.gemeente, staat__in=OPEN
                ).select_related("aanbieder")
            ),
            "zaken": list(
                Bezwaarzaak.objects.filter(
                    persoon=wie, gemeente=actor.gemeente
                ).select_related("bezwaar")
            ),
            "bijdragen": list(
                EigenBijdrage.objects.filter(persoon=wie, gemeente=actor.gemeente)
            ),
            "vandaag": vandaag,
            "behandelt": besluiten.may(actor, Handeling.AANVRAAG_BEHANDELEN),
        },
    )


@mag(Handeling.VOORZIENING_ZIEN)
@require_safe
@never_cache
def show(request: Verzoek, toewijzing: UUID) -> HttpResponse:
    """Show an allocation with all its versions and what was delivered."""
    gevonden: Toewijzing = delen.found(_allocations(request), toewijzing)
    zicht.look(request.actor, gevonden.persoon_id, f"toewijzing:{gevonden.pk}")
    leveringen = [
        (each, redenen.of_end(each.wet, each.reden_einde))
        for each in gevonden.leveringen.prefetch_related("meldingen")
    ]
    return render(
        request,
        "toewijzen/toewijzing.html",
        {
            "toewijzing": gevonden,
            "wie": gevonden.persoon,
            "versies": list(gevonden.versies.order_by("-volgnummer")),
            "leveringen": leveringen,
            "tekening": perioden.draw([gevonden], [], klok.today()),
            "wijzigt": besluiten.may(request.actor, Handeling.TOEWIJZEN)
            and not gevonden.is_verwijderd,
        },
    )


@mag(Handeling.TOEWIJZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: Verzoek, toewijzing: UUID) -> HttpResponse:
    """Make an allocation longer, shorter, larger or smaller."""
    gevonden: Toewijzing = delen.found(_allocations(request), toewijzing)
    zicht.look(request.actor, gevonden.persoon_id, f"toewijzing:{gevonden.pk}")
    form = forms.WijzigForm(
        request.POST or None,
        initial={"eind": gevonden.eind, "volume": gevonden.volume},
    )
    if request.method == "POST" and form.is_valid():
        velden = form.cleaned_data
        try:
            toewijzen.change(
                gevonden,
                reden=velden["reden"],
                eind=velden["eind"],
                volume=velden["volume"]
                if velden["volume"] != gevonden.volume
                else None,
                budget=velden["budget"],
                door=request.actor,
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("Changed; the provider gets a message."))
            return redirect("toewijzing", gevonden.pk)
    return delen.form_page(
        request,
        form,
        titel=_("Change the allocation"),
        knop=_("Change the allocation"),
        terug=reverse("toewijzing", args=[gevonden.pk]),
        uitleg=_(
            "Another volume per day, week or month takes a new allocation: let this "
            "one end first."
        ),
        wie=gevonden.persoon,
    )


@mag(Handeling.TOEWIJZEN)
@require_POST
@never_cache
def remove(request: Verzoek, toewijzing: UUID) -> HttpResponse:
    """Remove an allocation."""
    gevonden: Toewijzing = delen.found(_allocations(request), toewijzing)
    zicht.look(request.actor, gevonden.persoon_id, f"toewijzing:{gevonden.pk}")
    try:
        toewijzen.remove(gevonden, door=request.actor)
    except SamenloopFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, _("Removed; the provider gets a message."))
    return redirect("toewijzing", gevonden.pk)


@mag(Handeling.TOEWIJZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end_budget(request: Verzoek, pgb: UUID) -> HttpResponse:
    """Let a budget end."""
    gevonden = delen.found(
        Pgb.objects.filter(gemeente=request.actor.gemeente).select_related("persoon"),
        pgb,
    )
    zicht.look(request.actor, gevonden.persoon_id, f"pgb:{gevonden.pk}")
    if gevonden.beeindigd_op is not None:
        raise Http404(_("This budget ended already."))
    form = forms.PgbEindeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verstrekken.end_budget(gevonden, **form.cleaned_data, door=request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("voorzieningen-van", gevonden.persoon_id)
    return delen.form_page(
        request,
        form,
        titel=_("Let the budget end"),
        knop=_("Let the budget end"),
        terug=reverse("voorzieningen-van", args=[gevonden.persoon_id]),
        wie=gevonden.persoon,
    )
