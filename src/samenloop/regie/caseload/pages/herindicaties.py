"""The coming year of reassessments: the peak, a spread, and planning it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.regie import mijn_dag
from samenloop.regie.caseload import beginnen, herindicaties, tekening
from samenloop.voorzieningen.models import Wet

WETTEN: list[tuple[str, Any]] = [("", gettext_lazy("all laws")), *Wet.choices]
_STANDAARD = 8
_EERSTE = 25


@mag(Handeling.CASELOAD_ZIEN)
@require_safe
@never_cache
def year(request: Verzoek) -> HttpResponse:
    """Show what ends in the coming year, and how it could be spread."""
    actor = request.actor
    weken, wet = _choice(request.GET)
    zicht = herindicaties.outlook(actor.gemeente, weken=weken, wet=wet)
    logboek.record(
        actor,
        Handeling.CASELOAD_ZIEN,
        onderwerp="herindicaties",
        diepte=Diepte.DAT,
    )
    return render(
        request,
        "caseload/herindicaties.html",
        {
            "zicht": zicht,
            "tekening": tekening.draw(zicht.maanden),
            "weken": str(weken),
            "wet": wet,
            "vensters": [
                (
                    str(n),
                    ngettext("up to %(n)s week earlier", "up to %(n)s weeks earlier", n)
                    % {"n": n},
                )
                for n in herindicaties.VENSTERS
            ],
            "wetten": WETTEN,
            "gepland": beginnen.states(
                actor.gemeente,
                list(
                    herindicaties.to_do(actor.gemeente).select_related("casus")[
                        :_EERSTE
                    ]
                ),
            ),
            "mag_plannen": besluiten.may(actor, Handeling.CASELOAD_VERDELEN),
        },
    )


@mag(Handeling.BESCHIKKEN)
@require_safe
@never_cache
def now(request: Verzoek) -> HttpResponse:
    """Show what has to be looked at again now, for who decides on it."""
    actor = request.actor
    rijen = beginnen.due(actor.gemeente)
    logboek.record(
        actor,
        Handeling.BESCHIKKEN,
        personen=sorted({each.voorziening.betrokkene_id for each in rijen}),
        onderwerp="herindicaties",
        wijze=logboek.Wijze.GEVONDEN,
        activiteit="zorgtoewijzing",
    )
    return render(request, "caseload/nu.html", {"rijen": rijen})


@mag(Handeling.CASELOAD_VERDELEN)
@require_POST
@never_cache
def plan(request: Verzoek) -> HttpResponse:
    """Plan the reassessments as they were shown."""
    weken, wet = _choice(request.POST)
    try:
        n = herindicaties.accept(
            request.actor.gemeente,
            weken=weken,
            wet=wet,
            merk=request.POST.get("merk", ""),
            door=request.actor,
        )
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(
            request,
            ngettext(
                "%(n)s reassessment is planned.", "%(n)s reassessments are planned.", n
            )
            % {"n": n}
            + " "
            + _("Where a case is open its term begins by itself."),
        )
    return redirect("herindicaties")


def points(actor: Actor) -> Iterator[mijn_dag.Punt]:
    """Yield how many reassessments have to begin, for who decides on them."""
    if not besluiten.may(actor, Handeling.BESCHIKKEN):
        return
    n = beginnen.to_begin(actor.gemeente)
    if n:
        yield mijn_dag.Punt(
            gewicht=mijn_dag.Gewicht.BINNENKORT,
            kleur="letop",
            icoon="letop",
            staat=_("not begun"),
            wat=ngettext(
                "%(n)s reassessment has to begin",
                "%(n)s reassessments have to begin",
                n,
            )
            % {"n": n},
            waarom=_("Help ends within eight weeks, or it was planned so."),
            adres=reverse("herindicaties-nu"),
            knop=_("To the reassessments"),
        )


def _choice(gevraagd: Any) -> tuple[int, str]:
    weken, wet = gevraagd.get("weken", ""), gevraagd.get("wet", "")
    keuze = int(weken) if weken.isdigit() else _STANDAARD
    return (
        keuze if keuze in herindicaties.VENSTERS else _STANDAARD,
        wet if wet in Wet.values else "",
    )
