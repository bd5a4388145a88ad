"""Pages of the back office: offer a file, look what it would do, let it go on.

Each page says where the file stands, what that means and the one next step. Only the
page on which columns are chosen shows something of what is in it: one example for each
column, which is in the log.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.signalen import collegas
from samenloop.signalen.bestand import aanbieden, lezen, opbergen, opvallend, staten
from samenloop.signalen.bestand.forms import BestandForm
from samenloop.signalen.bestand.fouten import Fout
from samenloop.signalen.bestand.indeling import Veld
from samenloop.signalen.bestand.models import Invoerbestand
from samenloop.signalen.bestand.staten import BEZIG, Staat, Stap

_GETOOND = 50
# How a state looks: kind and icon.
BEELD = {
    Staat.GELADEN: ("letop", "letop"),
    Staat.KEUREN: ("loopt", "loopt"),
    Staat.GEKEURD: ("letop", "letop"),
    Staat.WACHT: ("letop", "wacht"),
    Staat.VERWERKEN: ("loopt", "loopt"),
    Staat.GESTOPT: ("rust", "wacht"),
    Staat.KLAAR: ("klaar", "klaar"),
    Staat.AFGEBROKEN: ("rust", "slot"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@mag(Handeling.SIGNALEN_INLEZEN)
def overview(request: Verzoek) -> HttpResponse:
    """Show the files and take a new one."""
    form = BestandForm(
        request.POST or None, request.FILES or None, gemeente=request.actor.gemeente
    )
    if request.method == "POST" and form.is_valid():
        geladen = form.cleaned_data["bestand"]
        try:
            bestand = aanbieden.offer(
                request.actor,
                form.cleaned_data["organisatie"],
                form.cleaned_data["soort"],
                geladen.name or "bestand",
                # One byte too many is enough to know that it is too large.
                geladen.read(lezen.MEESTE_BYTES + 1),
            )
        except SamenloopFout as fout:
            form.add_error("bestand", str(fout))
        else:
            return redirect("signaalbestand", bestand.pk)
    bestanden = _rows(aanbieden.visible_to(request.actor)[:100])
    return render(
        request,
        "signaalbestand/overzicht.html",
        {"form": form, "bestanden": bestanden},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag(Handeling.SIGNALEN_INLEZEN)
def detail(request: Verzoek, bestand: UUID) -> HttpResponse:
    """Show where a file stands; choose what its columns hold."""
    gevonden = _find(request, bestand)
    context = _one(gevonden)
    status = 200
    if gevonden.staat == Staat.GELADEN:
        velden, aanleiding = aanbieden.proposal(gevonden)
        if request.method == "POST":
            gekozen = request.POST.getlist("veld")
            aanleiding = request.POST.get("aanleiding", "")
            try:
                if not set(gekozen) <= set(Veld.values):
                    raise aanbieden.OngeldigeIndeling(
                        _("Choose for each column what it holds.")
                    )
                aanbieden.arrange(request.actor, gevonden, gekozen, aanleiding)
            except aanbieden.OngeldigeIndeling as fout:
                context["fout"] = str(fout)
                velden = _chosen(gekozen, velden)
                status = 422
            except staten.OnmogelijkeStap:
                return redirect("signaalbestand", bestand)
            else:
                return redirect("signaalbestand", bestand)
        context |= _columns(request, gevonden, velden, aanleiding)
    elif request.method == "POST":
        return redirect("signaalbestand", bestand)
    context |= _faults(gevonden)
    return render(request, "signaalbestand/bestand.html", context, status=status)


@require_POST
@mag(Handeling.SIGNALEN_INLEZEN)
def step(request: Verzoek, bestand: UUID) -> HttpResponse:
    """Take a step with a file, as far as it stands open."""
    gevonden = _find(request, bestand)
    gevraagd = request.POST.get("stap", "")
    if gevraagd not in Stap.values:
        raise Http404
    stap = Stap(gevraagd)
    if stap not in _VAN_MENSEN:
        raise Http404
    try:
        aanbieden.take(request.actor, bestand, stap, request.POST.get("reden", ""))
    except SamenloopFout as fout:
        context = _one(_find(request, bestand)) | _faults(gevonden)
        context |= {"fout": str(fout), "reden": request.POST.get("reden", "")}
        return render(request, "signaalbestand/bestand.html", context, status=422)
    return redirect("signaalbestand", bestand)


@require_safe
@never_cache
@mag(Handeling.SIGNALEN_INLEZEN)
def progress(request: Verzoek, bestand: UUID) -> HttpResponse:
    """Answer with how far it is, for the page that asks every few seconds."""
    gevonden = _find(request, bestand)
    antwoord = render(request, "signaalbestand/voortgang.html", _one(gevonden))
    if gevonden.staat not in BEZIG:
        # Something else can be done now: show the whole page again.
        antwoord["HX-Refresh"] = "true"
    return antwoord


@require_safe
@never_cache
@mag(Handeling.SIGNALEN_INLEZEN)
def faulty(request: Verzoek, bestand: UUID) -> HttpResponse:
    """Give the rows to correct as a file."""
    gevonden = _find(request, bestand, met_inhoud=True)
    if gevonden.foute_rijen is None:
        raise Http404(_("These rows are not here any more."))
    aanbieden.record(request.actor, gevonden, logboek.Wijze.VERSTREKT)
    return HttpResponse(
        opbergen.take_out(gevonden.foute_rijen),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="foute-rijen.csv"'},
    )


_VAN_MENSEN = frozenset(
    {
        Stap.INDELEN,
        Stap.VERWERKEN,
        Stap.BEVESTIGEN,
        Stap.STOPPEN,
        Stap.HERVATTEN,
        Stap.AFBREKEN,
    }
)


def _find(
    request: Verzoek, bestand: UUID, *, met_inhoud: bool = False
) -> Invoerbestand:
    rijen = aanbieden.visible_to(request.actor)
    gevonden = (rijen.defer(None) if met_inhoud else rijen).filter(pk=bestand).first()
    if gevonden is None:
        raise Http404
    return gevonden


def _one(bestand: Invoerbestand) -> dict[str, Any]:
    return _rows([bestand])[0]


def _rows(bestanden: Iterable[Invoerbestand]) -> list[dict[str, Any]]:
    """Return what a page shows of files, with the names of all people asked at once."""
    lijst = list(bestanden)
    namen = collegas.names(
        account
        for each in lijst
        for account in (each.geladen_door, each.bevestigd_door)
    )
    return [_row(each, namen) for each in lijst]


def _row(bestand: Invoerbestand, namen: Mapping[int, str]) -> dict[str, Any]:
    staat = Staat(bestand.staat)
    soort, icoon = BEELD[staat]
    gedaan = bestand.aantal - bestand.nieuw
    kan = staten.choices(staat) & _VAN_MENSEN
    return {
        "bestand": bestand,
        "beeld": {"soort": soort, "icoon": icoon},
        "bezig": staat in BEZIG,
        "gedaan": gedaan,
        "deel": 100 * gedaan // bestand.aantal if bestand.aantal else 100,
        "kan": {str(stap).replace("-", "_"): True for stap in kan},
        "redenen": [
            opvallend.ZINNEN[opvallend.Reden(reden)] for reden in bestand.opvallend
        ],
        "geladen_door": namen.get(bestand.geladen_door, _("a closed account")),
        "bevestigd_door": bestand.bevestigd_door
        and namen.get(bestand.bevestigd_door, _("a closed account")),
    }


def _faults(bestand: Invoerbestand) -> dict[str, Any]:
    regels = bestand.regels.filter(staat="fout").order_by("nummer")[:_GETOOND]
    return {
        "fouten": [
            {"nummer": regel.nummer, "fout": Fout.of(each)}
            for regel in regels
            for each in regel.fouten
        ],
        "meer_fouten": bestand.fout > _GETOOND,
        "kan_fouten_halen": Invoerbestand.objects.filter(
            pk=bestand.pk, foute_rijen__isnull=False
        ).exists(),
    }


def _columns(
    request: Verzoek, bestand: Invoerbestand, velden: list[Veld], aanleiding: str
) -> dict[str, Any]:
    """Return the columns with an example of each, and note that it was shown."""
    inhoud = Invoerbestand.objects.values_list("inhoud", flat=True).get(pk=bestand.pk)
    voorbeeld: tuple[str, ...] = ()
    if inhoud is not None:
        voorbeeld = lezen.read(opbergen.take_out(inhoud)).rijen[0].cellen
        aanbieden.record(request.actor, bestand, logboek.Wijze.GEOPEND)
    voorbeelden = [*voorbeeld, *[""] * len(bestand.kolommen)]
    return {
        "aanleiding": aanleiding,
        "opties": Veld.choices,
        "kolommen": [
            {"naam": naam, "veld": str(veld), "voorbeeld": deel[:60], "id": f"k{plek}"}
            for plek, (naam, veld, deel) in enumerate(
                zip(bestand.kolommen, velden, voorbeelden, strict=False)
            )
        ],
    }


def _chosen(gekozen: list[str], anders: list[Veld]) -> list[Veld]:
    if len(gekozen) != len(anders) or not set(gekozen) <= set(Veld.values):
        return anders
    return [Veld(veld) for veld in gekozen]
