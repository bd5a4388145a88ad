"""The page on which a decision is replaced by a next one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.toewijzen import bezwaren, forms, vervangen, zicht
from samenloop.voorzieningen.toewijzen.models import Beschikking, Vervangreden
from samenloop.voorzieningen.toewijzen.pages import delen


@mag(Handeling.BESCHIKKEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def replace(request: Verzoek, beschikking: UUID) -> HttpResponse:
    """Take a decision in the place of an earlier one.

    Often by another colleague than who decided first, so no task is asked for.
    """
    gevonden: Beschikking = delen.found(
        Beschikking.objects.filter(gemeente=request.actor.gemeente).select_related(
            "persoon", "product", "vervangen_door"
        ),
        beschikking,
    )
    logboek.record(
        request.actor,
        Handeling.BESCHIKKEN,
        personen=[gevonden.persoon_id],
        onderwerp=f"beschikking:{gevonden.pk}",
        activiteit=zicht.ACTIVITEIT,
    )
    if hasattr(gevonden, "vervangen_door"):
        messages.warning(request, _("This decision was replaced already."))
        return redirect("beschikking", gevonden.vervangen_door.pk)
    form = forms.VervangForm(
        request.POST or None,
        wet=gevonden.wet,
        toewijzingen=vervangen.allocations(gevonden),
        initial=_initial(gevonden),
    )
    if request.method == "POST" and form.is_valid():
        try:
            nieuw = vervangen.replace(gevonden, form.replacement(), door=request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request, _("Replaced; who delivers gets a message of what changed.")
            )
            return redirect("beschikking", nieuw.pk)
    return delen.form_page(
        request,
        form,
        titel=_("Replace the decision"),
        knop=_("Take the new decision"),
        terug=reverse("beschikking", args=[gevonden.pk]),
        uitleg=_(
            "The new decision takes the place of %(nummer)s from a day on. The old one "
            "stays readable. A budget under it ends by itself; of each allocation you "
            "say what becomes of it."
        )
        % {"nummer": gevonden.nummer},
        wie=gevonden.persoon,
    )


def _initial(oud: Beschikking) -> dict[str, Any]:
    """What was decided before, so that only what differs has to be entered."""
    pgb = next(iter(vervangen.budgets(oud)), None)
    return {
        "reden": Vervangreden.BEZWAAR
        if bezwaren.is_upheld(oud)
        else Vervangreden.SITUATIE,
        "uitkomst": oud.uitkomst,
        "product": oud.product_id,
        "vorm": oud.vorm,
        "ingang": max(klok.today(), oud.ingang or klok.today()),
        "eind": oud.eind,
        "volume": oud.volume,
        "eenheid": oud.eenheid,
        "frequentie": oud.frequentie,
        "budget": ""
        if oud.budget is None
        else f"{oud.budget // 100},{oud.budget % 100:02d}",
        "categorie": pgb.categorie if pgb else "",
        "code": pgb.code if pgb else "",
    }
