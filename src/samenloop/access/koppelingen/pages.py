"""Pages on which the administrator gives programs access, and takes it away.

A secret is shown in the answer to the request that made it and on no other page: it is
not in the session, not in an address and not in the database.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import gemeentenamen
from samenloop.access.actor import Verzoek
from samenloop.access.koppelingen import beheren
from samenloop.access.koppelingen.forms import SCOPES, KoppelingForm
from samenloop.access.koppelingen.models import Koppeling
from samenloop.access.models import Gebruiker
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout

ONGEBRUIKT = timedelta(days=90)
_NAMEN = {str(code): naam for code, naam in SCOPES}


@require_safe
@mag(Handeling.KOPPELING_BEHEREN)
def overview(request: Verzoek) -> HttpResponse:
    """Show the koppelingen of the municipality, those that still work first."""
    koppelingen = sorted(
        (_row(each) for each in beheren.visible_to(request.actor)),
        key=lambda rij: rij["staat"] == "beeindigd",
    )
    return render(request, "koppelingen/overzicht.html", {"rijen": koppelingen})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag(Handeling.KOPPELING_BEHEREN)
def make(request: Verzoek) -> HttpResponse:
    """Make a koppeling and show its secret, once."""
    bevoegd = _municipalities(request)
    form = KoppelingForm(request.POST or None, gemeenten=bevoegd)
    if request.method == "POST" and form.is_valid():
        gegevens = form.cleaned_data
        laatste = gegevens["tot_en_met"]
        try:
            nieuw = beheren.make(
                request.actor,
                gegevens["organisatie"],
                naam=gegevens["naam"],
                scopes=gegevens["scopes"],
                gemeenten=gegevens["gemeenten"],
                van=gegevens["van"],
                tot=laatste + timedelta(days=1) if laatste else None,
                bevoegd=[code for code, _naam in bevoegd],
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return _secret(request, nieuw)
    status = 422 if form.errors else 200
    return render(request, "koppelingen/nieuw.html", {"form": form}, status=status)


@require_safe
@mag(Handeling.KOPPELING_BEHEREN)
def detail(request: Verzoek, koppeling: str) -> HttpResponse:
    """Show one koppeling and what can be done with it."""
    return render(
        request, "koppelingen/koppeling.html", _row(_find(request, koppeling))
    )


@require_POST
@never_cache
@mag(Handeling.KOPPELING_BEHEREN)
def rotate(request: Verzoek, koppeling: str) -> HttpResponse:
    """Make a new secret and show it, once."""
    try:
        nieuw = beheren.rotate(
            request.actor,
            _find(request, koppeling),
            meteen=request.POST.get("meteen") == "ja",
        )
    except SamenloopFout:
        return redirect("koppeling", koppeling)
    return _secret(request, nieuw)


@require_POST
@mag(Handeling.KOPPELING_BEHEREN)
def end(request: Verzoek, koppeling: str) -> HttpResponse:
    """End a koppeling."""
    beheren.end(request.actor, _find(request, koppeling))
    return redirect("koppeling", koppeling)


def _secret(request: HttpRequest, nieuw: beheren.Nieuw) -> HttpResponse:
    return render(
        request,
        "koppelingen/geheim.html",
        {"koppeling": nieuw.koppeling, "geheim": nieuw.geheim},
    )


def _find(request: Verzoek, koppeling: str) -> Koppeling:
    gevonden = beheren.visible_to(request.actor).filter(pk=koppeling).first()
    if gevonden is None:
        raise Http404
    return gevonden


def _row(koppeling: Koppeling) -> dict[str, object]:
    """Return a koppeling with what a page says about it."""
    nu, vandaag = klok.now(), klok.today()
    geldig = koppeling.geldig
    gebruikt = koppeling.laatst_gebruikt_op
    if koppeling.beeindigd_op is not None:
        staat = "beeindigd"
    elif geldig.upper is not None and geldig.upper <= vandaag:
        staat = "verlopen"
    elif geldig.lower is not None and geldig.lower > vandaag:
        staat = "later"
    elif (gebruikt or koppeling.gemaakt_op) < nu - ONGEBRUIKT:
        staat = "ongebruikt"
    else:
        staat = "werkt"
    vorig = koppeling.vorig_geheim_tot
    return {
        "koppeling": koppeling,
        "staat": staat,
        "van": geldig.lower,
        "tot_en_met": geldig.upper - timedelta(days=1) if geldig.upper else None,
        "gemeenten": list(gemeentenamen.names(koppeling.gemeenten).values()),
        "scopes": [_NAMEN[scope] for scope in koppeling.scopes if scope in _NAMEN],
        "vorig_werkt_nog": vorig if vorig and vorig > nu else None,
    }


def _municipalities(request: Verzoek) -> list[tuple[str, str]]:
    """Return the municipalities this administrator decides for; the active first."""
    assert isinstance(request.user, Gebruiker)
    actief = request.actor.gemeente
    codes = [
        code
        for code in request.user.gemeenten
        if Rol.BEHEER in request.user.rollen_in(code)
    ]
    namen = gemeentenamen.names(codes)
    return sorted(namen.items(), key=lambda paar: paar[0] != actief)
