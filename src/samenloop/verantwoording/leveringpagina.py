"""The pages of the deliveries: how each was judged and which rows were refused.

Of a refused row the page says where it stood, which rule refused it and what to do;
never what stood in it, for that may be about a person. The deliverer has the row.
"""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.monitor.verslag.opmaak import Opmaak
from samenloop.verantwoording import woorden, zicht
from samenloop.verantwoording.antwoord import private
from samenloop.verantwoording.forms import RegelKeuze
from samenloop.verantwoording.models import Levering
from samenloop.verantwoording.pages import gebruiker_van, quarter_in_words

PER_PAGINA = 50
_OORDEEL = {
    Levering.Oordeel.AANVAARD: ("klaar", "klaar", gettext_lazy("accepted")),
    Levering.Oordeel.GEPAUZEERD: (
        "letop",
        "wacht",
        gettext_lazy("waits on a decision"),
    ),
    Levering.Oordeel.AFGEWEZEN: ("gevaar", "fout", gettext_lazy("refused")),
}


def _shown(levering: Levering) -> dict[str, Any]:
    opmaak = Opmaak(woorden.taal())
    vlag, icoon, woord = _OORDEEL[Levering.Oordeel(levering.status)]
    gelezen, afgekeurd = levering.gelezen, levering.afgekeurd
    aandeel = 100 * afgekeurd / gelezen if gelezen else None
    return {
        "levering": levering,
        "vlag": vlag,
        "icoon": icoon,
        "woord": woord,
        "kwartaal": quarter_in_words(levering.kwartaal),
        "gelezen": opmaak.getal(gelezen),
        "afgekeurd": opmaak.getal(afgekeurd),
        "aanvaard": opmaak.getal(gelezen - afgekeurd),
        "aandeel": opmaak.procent(aandeel),
    }


@mag(Handeling.LEVERING_ZIEN)
@require_safe
@private
def deliveries(request: HttpRequest) -> HttpResponse:
    """List the deliveries, newest first."""
    alle = zicht.deliveries_visible_to(gebruiker_van(request))
    blad = Paginator(alle, PER_PAGINA).get_page(request.GET.get("blad"))
    return render(
        request,
        "verantwoording/leveringen.html",
        {"blad": blad, "lijst": [_shown(levering) for levering in blad]},
    )


@mag(Handeling.LEVERING_ZIEN)
@require_safe
@private
def delivery(request: HttpRequest, nummer: int) -> HttpResponse:
    """Show how a delivery was judged: per file, per rule, and row by row."""
    zichtbaar = zicht.deliveries_visible_to(gebruiker_van(request))
    levering = zichtbaar.filter(pk=nummer).first()
    if levering is None:
        raise Http404(_("There is no delivery by this number for your account."))
    regels = levering.afgekeurde_regels.all()
    form = RegelKeuze(
        request.GET,
        bestanden=sorted({afkeur["bestand"] for afkeur in levering.afkeur}),
        regels=sorted({afkeur["regel"] for afkeur in levering.afkeur}),
    )
    keuze = form.keuze()
    blad = Paginator(regels.filter(**keuze), PER_PAGINA).get_page(
        request.GET.get("blad")
    )
    opmaak = Opmaak(woorden.taal())
    tellingen = [
        {
            "bestand": telling["bestand"],
            **{
                naam: opmaak.getal(telling[naam])
                for naam in ("gelezen", "aanvaard", "afgekeurd")
            },
        }
        for telling in levering.tellingen
    ]
    afkeur = sorted(levering.afkeur, key=lambda regel: -int(regel["aantal"]))
    return render(
        request,
        "verantwoording/levering.html",
        _shown(levering)
        | {
            "tellingen": tellingen,
            "afkeur": [
                regel
                | {
                    "aantal": opmaak.getal(regel["aantal"]),
                    "eerste": opmaak.getal(regel["eerste_regelnummer"]),
                    "vraag": urlencode(
                        {"bestand": regel["bestand"], "regel": regel["regel"]}
                    ),
                }
                for regel in afkeur
            ],
            "form": form,
            "keuze": keuze,
            "blad": blad,
            "vraag": urlencode(keuze),
            "bewaard": blad.paginator.count,
            "uitgaven": levering.uitgaven.defer("inhoud", "wijzigingen"),
        },
    )
