"""The pages of the tables: a list to find one, and each with its choice and chart.

The choice stands in the address, so the page, its chart and its downloads always show
the same rows, and a link to them can be sent to a colleague.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.monitor.uitkomst import Tabel
from samenloop.verantwoording import lezen, woorden, zicht
from samenloop.verantwoording.antwoord import conditional
from samenloop.verantwoording.antwoord import download as as_file
from samenloop.verantwoording.forms import MonitorKeuze
from samenloop.verantwoording.models import Uitgave
from samenloop.verantwoording.pages import context_of, gebruiker_van, release_count
from samenloop.verantwoording.tabelbeeld import MEESTE_RIJEN, Tabelbeeld
from samenloop.verantwoording.tabelbestand import SOORTEN


def _asked(request: HttpRequest) -> tuple[zicht.Gebiedsnaam, Uitgave, dict[str, str]]:
    keuze = MonitorKeuze(request.GET).keuze()
    gebied, uitgave = zicht.find_release(
        gebruiker_van(request),
        keuze.get("regio"),
        keuze.get("kwartaal"),
        keuze.get("revisie"),
    )
    adres = {"regio": gebied.code, "kwartaal": uitgave.kwartaal}
    if "revisie" in keuze:
        adres["revisie"] = keuze["revisie"]
    return gebied, uitgave, adres


def _titled(tabel: Tabel) -> tuple[str, str]:
    if woorden.taal() == "en":
        return tabel.titel_en or tabel.titel, tabel.definitie_en or tabel.definitie
    return tabel.titel, tabel.definitie


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """List the tables of a release, those that are absent with the reason."""
    gebied, uitgave, adres = _asked(request)
    gezocht = request.GET.get("zoek", "").strip()[:100]

    def page() -> HttpResponse:
        monitor = lezen.monitor(uitgave)
        lijst = []
        for tabel in monitor.tabellen.values():
            titel, definitie = _titled(tabel)
            tekst = f"{titel} {definitie} {tabel.id}".casefold()
            if all(woord in tekst for woord in gezocht.casefold().split()):
                lijst.append({"tabel": tabel, "titel": titel, "definitie": definitie})
        return render(
            request,
            "verantwoording/tabellen.html",
            context_of(request, gebied, uitgave)
            | {
                "lijst": lijst,
                "gezocht": gezocht,
                "vraag": urlencode(adres),
                "afwezig": {} if gezocht else monitor.afwezig,
            },
        )

    return conditional(request, (uitgave.sha256, release_count()), page)


def _chosen(request: HttpRequest, uitgave: Uitgave, naam: str) -> Tabelbeeld:
    monitor = lezen.monitor(uitgave)
    tabel = monitor.tabellen.get(naam)
    if tabel is None:
        raise Http404(monitor.afwezig.get(naam, _("The monitor has no such table.")))
    gekozen = {
        dimensie: request.GET[dimensie]
        for dimensie in tabel.dimensies
        if dimensie in request.GET
    }
    return Tabelbeeld(monitor, tabel, gekozen)


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def table(request: HttpRequest, tabel: str) -> HttpResponse:
    """Show one table: definition, choice, sentence, chart, figures, downloads."""
    gebied, uitgave, adres = _asked(request)
    beeld = _chosen(request, uitgave, tabel)

    def page() -> HttpResponse:
        keuze = {filter.naam: filter.gekozen for filter in beeld.filters}
        vraag = urlencode(adres | keuze)
        context: dict[str, Any] = {
            "beeld": beeld,
            "adres": adres,
            "meeste_rijen": MEESTE_RIJEN,
            "eenheid": woorden.EENHEDEN.get(beeld.tabel.eenheid, beeld.tabel.eenheid),
            "vraag": urlencode(adres),
            "bestanden": [
                (
                    soort.upper(),
                    reverse("tabel-download", args=[tabel, soort]) + f"?{vraag}",
                )
                for soort in SOORTEN
            ],
        }
        return render(
            request,
            "verantwoording/tabel.html",
            context_of(request, gebied, uitgave) | context,
        )

    return conditional(request, (uitgave.sha256, release_count()), page)


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def download(request: HttpRequest, tabel: str, soort: str) -> HttpResponse:
    """Hand over the rows that the page with the same choice shows."""
    gebied, uitgave, _adres = _asked(request)
    beeld = _chosen(request, uitgave, tabel)
    if soort not in SOORTEN:
        raise Http404(_("A table can be had as CSV, XLSX or JSON."))
    media, schrijf = SOORTEN[soort]

    def answer() -> HttpResponse:
        deel = f"{gebied.code}-{uitgave.kwartaal}-r{uitgave.revisie}".lower()
        return as_file(schrijf(beeld, uitgave), media, f"{deel}-{tabel}.{soort}")

    return conditional(request, (uitgave.sha256,), answer)
