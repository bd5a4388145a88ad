"""The page on which a consultant compares who offers what."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.voorzieningen.inkoop import aanbod
from samenloop.voorzieningen.inkoop.aanbod import Volgorde
from samenloop.voorzieningen.inkoop.codes import WETTEN
from samenloop.voorzieningen.inkoop.forms import WETKEUZES
from samenloop.voorzieningen.models import Product

VOLGORDES = {
    Volgorde.WACHTTIJD: "wachttijd",
    Volgorde.TARIEF: "tarief",
    Volgorde.NAAM: "aanbieder",
}


@mag(Handeling.CONTRACT_ZIEN)
@require_safe
@never_cache
def compare(request: Verzoek) -> HttpResponse:
    """Show the offers for a law and a kind of provision, in the order asked for."""
    wet = request.GET.get("wet", "")
    wet = wet if wet in WETTEN else WETTEN[0]
    soorten = list(Product.objects.filter(wet=wet).order_by("naam"))
    soort = next((e for e in soorten if e.code == request.GET.get("soort")), None)
    gevraagd = request.GET.get("volgorde", "")
    volgorde = Volgorde(gevraagd) if gevraagd in set(Volgorde) else Volgorde.WACHTTIJD
    op = _day(request.GET.get("op", ""))
    zonder = request.GET.get("vol") == "nee"
    return render(
        request,
        "inkoop/aanbod.html",
        {
            "aanbod": aanbod.compare(
                request.actor.gemeente,
                op,
                wet=wet,
                product=soort,
                volgorde=volgorde,
                zonder_stop=zonder,
            ),
            "wetten": WETKEUZES,
            "wet": wet,
            "soorten": soorten,
            "soort": soort,
            "volgorde": volgorde.value,
            "op": op,
            "zonder": zonder,
        },
    )


def _day(tekst: str) -> date:
    try:
        return parse_date(tekst) or klok.today()
    except ValueError:
        return klok.today()
