"""The own part of a plan: what one does in it, and saying how that goes.

For helpers of other organisations this is where a dossier begins: from here they go to
the other parts that were opened to them.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenloop.access import besluiten
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan import beeld, eigen, inhoud, velden, versies, zicht
from samenloop.plannen.plan.models import Activiteit, Activiteitstand, Plan
from samenloop.plannen.plan.pages.titel import title
from samenloop.plannen.plan.plannen import open_plan

_BIJ = Handeling.ACTIVITEIT_BIJWERKEN


def shown(
    actor: Actor, dossier: Dossier, plan: Plan | None, fout: str = ""
) -> dict[str, Any]:
    """Return what the page shows of the own part, and what one may write in it."""
    kaal: dict[str, Any] = {
        "delen": _parts(actor, dossier),
        "fout": fout,
        "standen": [],
    }
    kaal["terug_naar_casus"] = besluiten.may(actor, Handeling.CASUS_ZIEN)
    versie = versies.in_force(plan) if plan else None
    if plan is None or versie is None:
        return {**kaal, "versie": None, "doelen": [], "schrijf": []}
    deel = inhoud.own_part(versie.inhoud, actor)
    afgesproken = {
        each["id"]: each["wat"]
        for doel in deel["doelen"]
        for each in doel["activiteiten"]
    }
    mag_zeggen = eigen.may_tell(actor, dossier)
    return {
        **kaal,
        "versie": versie,
        "doelen": beeld.goals(inhoud.with_how_it_goes(deel, plan)),
        "standen": Activiteitstand.choices,
        "schrijf": [
            _to_fill(each, afgesproken[str(each.pk)])
            for each in eigen.activities(actor, plan)
        ]
        if mag_zeggen
        else [],
    }


def _to_fill(activiteit: Activiteit, wat: str) -> dict[str, Any]:
    return {
        "id": activiteit.pk,
        "wat": wat,
        "stand": activiteit.stand,
        "resultaat": activiteit.resultaat,
        "r": {
            veld: activiteit.revisies.get(veld, {}).get("r", 0) for veld in eigen.VELDEN
        },
    }


def _parts(actor: Actor, dossier: Dossier) -> list[tuple[str, str]]:
    """Return the ways to other parts that are open: address and name."""
    open_ = tijdlijn.open_depths(actor, dossier)
    woorden = (
        (Deel.PLAN, "plan", _("The whole plan")),
        (Deel.JOURNAAL, "journaal", _("Contacts")),
        (Deel.DOCUMENTEN, "documenten", _("Documents")),
        (Deel.GESPREKKEN, "gesprek", _("Conversations")),
    )
    return [
        (reverse(naam, args=[dossier.pk]), woord)
        for deel, naam, woord in woorden
        if open_.get(deel) is Diepte.WAT
    ]


@mag(_BIJ)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the own part, or keep how an activity of it goes."""
    actor = request.actor
    gevonden = zicht.dossier_or_404(actor, dossier, _BIJ)
    deel, _schrijft = zicht.open_to(actor, gevonden)
    # With no part of the plan there may still be other parts to go to from here.
    plan, fout = open_plan(gevonden) if deel else None, ""
    if request.method == "POST":
        if plan is None:
            raise Http404(_("This dossier is not known, or it has no open plan."))
        try:
            return _told(request, gevonden, plan)
        except velden.OnbekendVeld:
            raise Http404(_("This part is not in this plan.")) from None
        except SamenloopFout as geweigerd:
            fout = str(geweigerd)
    zicht.record(actor, gevonden, deel=Deel.EIGEN_DEEL)
    return render(
        request,
        "plan/eigen.html",
        {
            "dossier": gevonden,
            "titel": title(gevonden),
            **shown(actor, gevonden, plan, fout),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fout else HTTPStatus.OK,
    )


def _told(request: Verzoek, dossier: Dossier, plan: Plan) -> HttpResponse:
    gegeven = request.POST
    try:
        activiteit = UUID(gegeven.get("activiteit", ""))
        woorden = {
            veld: eigen.Woord(
                gegeven[veld].replace("\r\n", "\n"), int(gegeven[f"r-{veld}"])
            )
            for veld in eigen.VELDEN
        }
    except (KeyError, ValueError):
        raise velden.OnbekendVeld() from None
    plan.dossier = dossier
    if eigen.tell(plan, activiteit, woorden, actor=request.actor):
        messages.success(request, _("Kept: who directs the plan sees how it goes."))
    else:
        messages.warning(
            request,
            _(
                "Somebody else wrote the same meanwhile. Both texts are kept; who "
                "directs the plan chooses."
            ),
        )
    zicht.record(request.actor, dossier, deel=Deel.EIGEN_DEEL, wijze=Wijze.GEWIJZIGD)
    return HttpResponseRedirect(
        f"{reverse('plan-eigen', args=[dossier.pk])}#a-{activiteit}"
    )
