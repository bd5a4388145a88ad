"""The pages of routes for requests, and of what others must be told."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Min
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

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.toewijzen import forms, routes, uitvoer
from samenloop.voorzieningen.toewijzen.models import (
    Routeregel,
    Uitvoer,
    Uitvoersoort,
)
from samenloop.voorzieningen.toewijzen.pages import delen


@mag(Handeling.CONTRACT_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show by which rules requests go straight through, and which are reviewed."""
    return render(
        request,
        "toewijzen/routes.html",
        {
            "regels": Routeregel.objects.filter(
                gemeente=request.actor.gemeente
            ).select_related("aanbieder"),
            "vandaag": klok.today(),
        },
    )


@mag(Handeling.CONTRACT_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek) -> HttpResponse:
    """Add a rule."""
    form = forms.RouteForm(
        request.POST or None, initial={"ingang": klok.today(), "volgorde": 10}
    )
    if request.method == "POST" and form.is_valid():
        try:
            routes.add(routes.Invoer(**form.cleaned_data), door=request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("routeregels")
    return delen.form_page(
        request,
        form,
        titel=_("New rule for requests"),
        knop=_("Add the rule"),
        terug=reverse("routeregels"),
        uitleg=_(
            "Leave empty what does not matter. What is not under contract never goes "
            "straight through, and without a rule a person looks."
        ),
    )


@mag(Handeling.CONTRACT_BEHEREN)
@require_POST
@never_cache
def end(request: Verzoek, regel: UUID) -> HttpResponse:
    """Let a rule end today."""
    gevonden = delen.found(
        Routeregel.objects.filter(gemeente=request.actor.gemeente), regel
    )
    routes.end(gevonden, door=request.actor)
    return redirect("routeregels")


@mag(Handeling.TOEWIJZEN)
@require_safe
@never_cache
def exports(request: Verzoek) -> HttpResponse:
    """Show what the CAK and the SVB must be told, per kind."""
    wacht = {
        rij["soort"]: rij
        for rij in Uitvoer.objects.filter(
            gemeente=request.actor.gemeente, uitgevoerd_op__isnull=True
        )
        .order_by()
        .values("soort")
        .annotate(aantal=Count("pk"), eerste=Min("uiterlijk"))
    }
    return render(
        request,
        "toewijzen/uitvoer.html",
        {
            "rijen": [
                (soort, wacht.get(soort.value), uitvoer.exporter(soort.value))
                for soort in Uitvoersoort
            ],
            "vandaag": klok.today(),
        },
    )


@mag(Handeling.TOEWIJZEN)
@require_POST
@never_cache
def export(request: Verzoek, soort: str) -> HttpResponse:
    """Give the file with all of a kind that waits."""
    if soort not in Uitvoersoort.values:
        raise Http404
    gemaakt = uitvoer.hand_over(soort, door=request.actor)
    if gemaakt is None:
        messages.info(request, _("Nothing of this kind waits."))
        return redirect("uitvoer")
    inhoud, naam = gemaakt
    antwoord = HttpResponse(inhoud, content_type="application/octet-stream")
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord
