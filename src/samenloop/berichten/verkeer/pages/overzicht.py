"""The traffic at a glance, and each list of messages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.berichten.verkeer import lezen
from samenloop.berichten.verkeer.forms import VolgForm
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.core import klok
from samenloop.voorzieningen.models import Aanbieder

_OP_BLAD, _OP_OVERZICHT = 50, 5
WETTEN = (("", _("all")), ("JW", "Jeugdwet"), ("WMO", "Wmo"))
SOORTEN = (
    ("", _("all")),
    ("301", _("301 allocation")),
    ("305", _("305 start")),
    ("307", _("307 stop")),
    ("315", _("315 request")),
    ("317", _("317 change")),
    ("319", _("319 answer")),
    ("323", _("323 invoice")),
)
TITELS = {
    "ons": _("Waiting for our answer"),
    "aanbieder": _("Waiting for a provider"),
    "afgekeurd": _("Refused, and why"),
    "apart": _("Set apart because it cannot be read"),
    "alles": _("All messages"),
}
_VOLGORDE = {
    "ons": ("antwoord_voor", "vastgelegd_op"),
    "aanbieder": ("antwoord_voor", "vastgelegd_op"),
}


@mag(Handeling.VERKEER_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show what waits, for whom and how long, and what was refused and why."""
    actor = request.actor
    lijsten = {
        welke: lezen.rows(_list(request, welke)[:_OP_OVERZICHT])
        for welke in ("ons", "afgekeurd", "apart")
    }
    _log(request, [rij.bericht for rijen in lijsten.values() for rij in rijen])
    vandaag = lezen.messages(actor).filter(
        verwerkt_op__date=klok.today(), richting="in"
    )
    return render(
        request,
        "verkeer/overzicht.html",
        {
            "stand": lezen.counts(actor),
            "lijsten": lijsten,
            "verwerkt": vandaag.count(),
            "aansluiting": Aansluiting.objects.filter(gemeente=actor.gemeente).first(),
            "form": VolgForm(),
            "nu": klok.now(),
        },
    )


@mag(Handeling.VERKEER_ZIEN)
@require_safe
@never_cache
def listed(request: Verzoek, welke: str) -> HttpResponse:
    """Show one list whole, with filters in the address."""
    if welke not in lezen.LIJSTEN:
        raise Http404
    keuze = {
        "wet": request.GET.get("wet", ""),
        "soort": request.GET.get("soort", ""),
        "aanbieder": request.GET.get("aanbieder", ""),
    }
    gevonden = _filtered(_list(request, welke), keuze)
    blad = Paginator(gevonden, _OP_BLAD).get_page(request.GET.get("blad"))
    rijen = lezen.rows(blad.object_list)
    _log(request, [rij.bericht for rij in rijen])
    return render(
        request,
        "verkeer/lijst.html",
        {
            "welke": welke,
            "titel": TITELS[welke],
            "rijen": rijen,
            "blad": blad,
            "keuze": keuze,
            "vraag": urlencode({k: v for k, v in keuze.items() if v}),
            "opties": {
                "wet": WETTEN,
                "soort": SOORTEN,
                "aanbieder": [
                    ("", _("all")),
                    *Aanbieder.objects.filter(
                        pk__in=lezen.messages(request.actor)
                        .order_by()
                        .values("aanbieder")
                        .distinct()
                    )
                    .order_by("naam")
                    .values_list("agb", "naam"),
                ],
            },
        },
    )


def _list(request: Verzoek, welke: str) -> QuerySet[Ketenbericht]:
    return (
        lezen.messages(request.actor)
        .filter(lezen.LIJSTEN[welke])
        .order_by(*_VOLGORDE.get(welke, ("-vastgelegd_op", "-id")))
    )


def _filtered(
    rijen: QuerySet[Ketenbericht], keuze: dict[str, Any]
) -> QuerySet[Ketenbericht]:
    if keuze["wet"] in dict(WETTEN) and keuze["wet"]:
        rijen = rijen.filter(soort__startswith=keuze["wet"])
    if keuze["soort"] in dict(SOORTEN) and keuze["soort"]:
        rijen = rijen.filter(soort__in=[f"WMO{keuze['soort']}", f"JW{keuze['soort']}"])
    if keuze["aanbieder"].isdigit():
        rijen = rijen.filter(aanbieder__agb=keuze["aanbieder"])
    return rijen


def _log(request: Verzoek, rijen: list[Ketenbericht]) -> None:
    logboek.record(
        request.actor,
        Handeling.VERKEER_ZIEN,
        personen={rij.persoon_id for rij in rijen if rij.persoon_id},
        onderwerp="berichtenverkeer",
        doel="toewijzing",
        wijze=logboek.Wijze.GEVONDEN,
        activiteit=lezen.ACTIVITEIT,
    )
