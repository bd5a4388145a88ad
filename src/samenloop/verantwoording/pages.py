"""The pages of the monitor: overview, whole monitor, chapters, revisions, files.

A page reads one release and shows it. The chapters are those of the report, so page,
PDF and workbook never say different things.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenloop.access.models import Gebruiker
from samenloop.access.poort import mag, voor_iedereen
from samenloop.access.rollen import Handeling
from samenloop.monitor.uitkomst import Kwartaal, Status
from samenloop.monitor.verslag import hoofdstukken
from samenloop.monitor.verslag.opmaak import Opmaak, begin_groot
from samenloop.monitor.verslag.structuur import Hoofdstuk, Kop
from samenloop.verantwoording import kijk, lezen, woorden, zicht
from samenloop.verantwoording.antwoord import conditional, download, pack, private
from samenloop.verantwoording.forms import MonitorKeuze
from samenloop.verantwoording.models import Levering, Uitgave

MEESTE_WIJZIGINGEN = 200
_STATUS = {
    Status.VOORLOPIG: ("rust", "concept"),
    Status.HERZIEN: ("loopt", "herzien"),
    Status.DEFINITIEF: ("klaar", "klaar"),
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the whole monitor."""

    soort: str  # PDF, XLSX ...
    adres: str


def gebruiker_van(request: HttpRequest) -> Gebruiker:
    """Return the account behind a request; pages are for those signed in only."""
    assert isinstance(request.user, Gebruiker)
    return request.user


@lru_cache(maxsize=32)
def _chapters(sha256: str, nummer: int, taal: str) -> tuple[Hoofdstuk, ...]:
    # A release never changes, so neither do its chapters.
    monitor = lezen.monitor(Uitgave(pk=nummer, sha256=sha256))
    return tuple(hoofdstukken.bouw(monitor, taal))


@lru_cache(maxsize=32)
def _head(sha256: str, nummer: int, taal: str) -> Kop:
    monitor = lezen.monitor(Uitgave(pk=nummer, sha256=sha256))
    return hoofdstukken.kop(monitor, taal)


def chapters_of(uitgave: Uitgave) -> tuple[Hoofdstuk, ...]:
    """Return the chapters of a release in the language of the page."""
    return _chapters(uitgave.sha256, uitgave.pk, woorden.taal())


def head_of(uitgave: Uitgave) -> Kop:
    """Return what stands above a release in the language of the page."""
    return _head(uitgave.sha256, uitgave.pk, woorden.taal())


def warm() -> None:
    """Take the newest release of each region apart before anyone asks for it.

    A server does this once at its start; else the first reader waits a second.
    """
    for regio in lezen.regions():
        uitgave = lezen.latest(regio)
        chapters_of(uitgave)
        head_of(uitgave)
    for naam in ("overzicht", "monitor", "hoofdstukpagina", "tabel"):
        get_template(f"verantwoording/{naam}.html")


def quarter_in_words(kwartaal: str) -> str:
    """Return `2017, vierde kwartaal`: the year first, so a list reads by year."""
    tekst = Opmaak(woorden.taal()).kwartaal(kwartaal)
    return f"{kwartaal[:4]}, {tekst.removesuffix(kwartaal[:4]).strip()}"


def downloads_of(uitgave: Uitgave) -> list[Download]:
    """Return the files of the whole monitor, in the language of the page first."""
    gevonden: dict[str, str] = {}
    for taal in dict.fromkeys((woorden.taal(), "nl")):
        for naam, _soort, _sha256 in lezen.files(uitgave):
            kop = f"{taal}/monitor."
            if naam.startswith(kop):
                gevonden.setdefault(naam.removeprefix(kop).upper(), naam)
    plek = [uitgave.regio, uitgave.kwartaal]
    adressen = {
        soort: reverse("bestand", args=[*plek, naam])
        for soort, naam in gevonden.items()
    }
    if gevonden:
        adressen["CSV"] = reverse("alle-csv", args=plek)
    return [
        Download(soort, f"{adressen[soort]}?revisie={uitgave.revisie}")
        for soort in ("PDF", "HTML", "XLSX", "ODS", "CSV", "JSON")
        if soort in adressen
    ]


def release_count() -> str:
    """Return what changes with every release: pages also name the other releases."""
    return str(Uitgave.objects.count())


def context_of(
    request: HttpRequest, gebied: zicht.Gebiedsnaam, uitgave: Uitgave
) -> dict[str, Any]:
    """Return what every page about a release shows around its content."""
    vlag, icoon = _STATUS[Status(uitgave.status)]
    regios = zicht.regions_visible_to(gebruiker_van(request))
    kwartalen = [str(kwartaal) for kwartaal in lezen.quarters(gebied.code)]
    laatste = lezen.latest(gebied.code, uitgave.periode)
    return {
        "gebied": gebied,
        "uitgave": uitgave,
        "kop": head_of(uitgave),
        "vlag": vlag,
        "vlag_icoon": icoon,
        "kwartaal_in_woorden": begin_groot(quarter_in_words(uitgave.kwartaal)),
        "is_vervangen": laatste.revisie != uitgave.revisie,
        "regio_opties": [(g.code, g.naam) for g in regios],
        "kwartaal_opties": [(k, begin_groot(quarter_in_words(k))) for k in kwartalen],
        "downloads": downloads_of(uitgave),
        "achtervoegsel": f"?revisie={uitgave.revisie}"
        if laatste.pk != uitgave.pk
        else "",
    }


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the main figures of the newest quarter and what to look at first."""
    gebruiker = gebruiker_van(request)
    keuze = MonitorKeuze(request.GET).keuze()
    if not zicht.regions_visible_to(gebruiker):
        return _nothing_yet(request)
    gebied, uitgave = zicht.find_release(gebruiker, keuze.get("regio"))
    wachtend = list(
        zicht.deliveries_visible_to(gebruiker)
        .exclude(status=Levering.Oordeel.AANVAARD)
        .filter(regio=gebied.code, ontvangen_op__gt=uitgave.gemaakt_op)[:2]
    )
    delen = (
        uitgave.sha256,
        release_count(),
        *(str(levering.pk) for levering in wachtend),
    )

    def page() -> HttpResponse:
        monitor = lezen.monitor(uitgave)
        alle = chapters_of(uitgave)
        return render(
            request,
            "verantwoording/overzicht.html",
            context_of(request, gebied, uitgave)
            | {
                "kern": next((h for h in alle if h.kerncijfers), None),
                "hoofdstukken": [h for h in alle if not h.kerncijfers],
                "eerst": kijk.first(uitgave, monitor, wachtend),
                "uitgaven": lezen.releases(gebied.code)[:8],
            },
        )

    return conditional(request, delen, page)


@private
def _nothing_yet(request: HttpRequest) -> HttpResponse:
    return render(request, "verantwoording/leeg.html")


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Lead a choice of region and quarter to the address of that monitor."""
    keuze = MonitorKeuze(request.GET).keuze()
    regio, kwartaal = keuze.get("regio"), keuze.get("kwartaal")
    gebruiker = gebruiker_van(request)
    if regio and kwartaal:
        zichtbaar = [g.code for g in zicht.regions_visible_to(gebruiker)]
        # Another region may not have this quarter: then its newest.
        if regio in zichtbaar and Kwartaal.lees(kwartaal) not in lezen.quarters(regio):
            kwartaal = None
    gebied, uitgave = zicht.find_release(gebruiker, regio, kwartaal)
    return redirect("monitor", gebied.code, uitgave.kwartaal)


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def monitor(request: HttpRequest, regio: str, kwartaal: str) -> HttpResponse:
    """Show the whole monitor of a quarter, as it also reads on paper."""
    gebied, uitgave = _asked(request, regio, kwartaal)

    def page() -> HttpResponse:
        return render(
            request,
            "verantwoording/monitor.html",
            context_of(request, gebied, uitgave)
            | {"hoofdstukken": chapters_of(uitgave), "alles": True},
        )

    return conditional(request, (uitgave.sha256, release_count()), page)


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def chapter(
    request: HttpRequest, regio: str, kwartaal: str, hoofdstuk: str
) -> HttpResponse:
    """Show one chapter of the monitor."""
    gebied, uitgave = _asked(request, regio, kwartaal)
    alle = chapters_of(uitgave)
    gekozen = next((h for h in alle if h.id == hoofdstuk), None)
    if gekozen is None:
        raise Http404(_("The monitor has no such chapter."))

    def page() -> HttpResponse:
        return render(
            request,
            "verantwoording/hoofdstukpagina.html",
            context_of(request, gebied, uitgave)
            | {"hoofdstukken": alle, "hoofdstuk": gekozen},
        )

    return conditional(request, (uitgave.sha256, release_count()), page)


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def revisions(request: HttpRequest, regio: str, kwartaal: str) -> HttpResponse:
    """Show every release of a quarter and what changed from one to the next."""
    gebied, uitgave = _asked(request, regio, kwartaal)
    reeks = lezen.revisions(gebied.code, uitgave.periode)
    delen = tuple(revisie.sha256 for revisie in reeks)

    def page() -> HttpResponse:
        return render(
            request,
            "verantwoording/uitgaven.html",
            context_of(request, gebied, uitgave)
            | {"reeks": [_revision(revisie) for revisie in reeks]},
        )

    return conditional(request, delen, page)


def _revision(uitgave: Uitgave) -> dict[str, Any]:
    tabellen = lezen.monitor(uitgave).tabellen
    opmaak = Opmaak(woorden.taal())
    regels = []
    for wijziging in uitgave.wijzigingen[:MEESTE_WIJZIGINGEN]:
        tabel = tabellen.get(wijziging["tabel"])
        eenheid = tabel.eenheid if tabel else "aantal"
        maat = wijziging["dimensies"].get("maat", "")
        eenheid = woorden.eenheid(eenheid, maat)
        regels.append(
            {
                "tabel": wijziging["tabel"],
                "cel": ", ".join(
                    woorden.waarde(naam, code)
                    for naam, code in wijziging["dimensies"].items()
                ),
                "was": opmaak.waarde(wijziging["was"], eenheid),
                "wordt": opmaak.waarde(wijziging["wordt"], eenheid),
            }
        )
    vlag, icoon = _STATUS[Status(uitgave.status)]
    return {
        "uitgave": uitgave,
        "vlag": vlag,
        "icoon": icoon,
        "regels": regels,
        "aantal": len(uitgave.wijzigingen),
        "downloads": downloads_of(uitgave),
    }


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def file(request: HttpRequest, regio: str, kwartaal: str, naam: str) -> HttpResponse:
    """Hand over a file of a release, byte for byte as it was made."""
    gebied, uitgave = _asked(request, regio, kwartaal)
    gevonden = next((b for b in lezen.files(uitgave) if b[0] == naam), None)
    if gevonden is None:
        raise Http404(_("This release has no such file."))
    _naam, soort, sha256 = gevonden

    def answer() -> HttpResponse:
        bestand = lezen.file(uitgave, naam)
        deel = f"{gebied.code}-{uitgave.kwartaal}-r{uitgave.revisie}".lower()
        return download(bytes(bestand.inhoud), soort, f"{deel}-{bestand.kale_naam}")

    return conditional(request, (sha256,), answer)


@mag(Handeling.MONITOR_ZIEN)
@require_safe
def all_csv(request: HttpRequest, regio: str, kwartaal: str) -> HttpResponse:
    """Hand over all tables of a release as CSV, in one zip."""
    gebied, uitgave = _asked(request, regio, kwartaal)

    def answer() -> HttpResponse:
        bestanden = uitgave.bestanden.filter(naam__endswith=".csv").order_by("naam")
        inhoud = pack((b.kale_naam, bytes(b.inhoud)) for b in bestanden)
        naam = f"{gebied.code}-{uitgave.kwartaal}-r{uitgave.revisie}".lower()
        return download(inhoud, "application/zip", f"{naam}-tabellen.zip")

    return conditional(request, (uitgave.sha256, "csv"), answer)


@voor_iedereen("explains the pages and who may see what; holds no data")
@require_safe
@private
def about(request: HttpRequest) -> HttpResponse:
    """Say what the pages hold, who may see what, and how accessible they are."""
    return render(request, "verantwoording/over.html")


def _asked(
    request: HttpRequest, regio: str, kwartaal: str
) -> tuple[zicht.Gebiedsnaam, Uitgave]:
    keuze = MonitorKeuze(request.GET).keuze()
    return zicht.find_release(
        gebruiker_van(request), regio, kwartaal, keuze.get("revisie")
    )
