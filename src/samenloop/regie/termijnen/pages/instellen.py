"""Setting up: the kinds of term with their law, own norms, and the ladders."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.regie.models import Team
from samenloop.regie.termijnen import instelforms, ladder, soorten
from samenloop.regie.termijnen.fouten import OnbekendeTermijn
from samenloop.regie.termijnen.models import Telling, Termijninstelling
from samenloop.signalen import collegas

_FORM = ["GET", "HEAD", "POST"]
SOORTEN = (
    ("", gettext_lazy("all")),
    ("wet", gettext_lazy("of law")),
    ("keten", gettext_lazy("of the chain")),
    ("afspraak", gettext_lazy("agreed")),
    ("bevestigen", gettext_lazy("to be confirmed by a lawyer")),
)


@mag(Handeling.TERMIJN_INSTELLEN)
@require_safe
def kinds(request: Verzoek) -> HttpResponse:
    """List all kinds of term with their law and the own norm."""
    keuze = request.GET.get("soort", "")
    rijen = list(soorten.in_force(request.actor.gemeente).values())
    if keuze == "bevestigen":
        rijen = [each for each in rijen if not each.is_firm]
    elif keuze == "afspraak":
        rijen = [each for each in rijen if each.soort in ("afspraak", "norm")]
    elif keuze:
        rijen = [each for each in rijen if each.soort == keuze]
    return render(
        request,
        "termijnen/soorten.html",
        {"rijen": rijen, "keuze": keuze, "keuzes": SOORTEN},
    )


@mag(Handeling.TERMIJN_INSTELLEN)
@require_http_methods(_FORM)
def kind(request: Verzoek, code: str) -> HttpResponse:
    """Show one kind of term, and set the own norm."""
    actor = request.actor
    try:
        soort = soorten.find(code, actor.gemeente)
    except OnbekendeTermijn as fout:
        raise Http404(str(fout)) from None
    instelbaar = soort.telling not in (Telling.UREN, Telling.DATUM) and not (
        soort.duur.startswith("-")
    )
    eigen = code.startswith(soorten.EIGEN)
    form = instelforms.Normform(
        request.POST if request.method == "POST" else None,
        initial={"duur": soort.duur if eigen else soort.streefduur},
    )
    if request.method == "POST" and instelbaar and form.is_valid():
        data = form.cleaned_data
        try:
            soorten.set_norm(code, data["duur"], reden=data["reden"], door=actor)
        except SamenloopFout as fout:
            form.add_error("duur", str(fout))
        else:
            messages.success(request, _("It holds for terms that begin from now on."))
            return redirect("termijnsoort", code)
    rijen = Termijninstelling.objects.filter(gemeente=actor.gemeente, code=code)
    eerder = list(rijen.order_by("-id"))
    namen = collegas.names(each.vastgesteld_door for each in eerder)
    return render(
        request,
        "termijnen/soort.html",
        {
            "soort": soort,
            "form": form if instelbaar else None,
            "eigen": eigen,
            "eerder": [
                (each, namen.get(each.vastgesteld_door or 0, "")) for each in eerder
            ],
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.TERMIJN_INSTELLEN)
@require_http_methods(_FORM)
def new_kind(request: Verzoek) -> HttpResponse:
    """Add a kind of term that was agreed."""
    form = instelforms.Afspraakform(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            soorten.add_agreed(
                data["code"],
                data["naam"],
                data["duur"],
                reden=data["reden"],
                door=request.actor,
            )
        except SamenloopFout as fout:
            form.add_error("code", str(fout))
        else:
            messages.success(request, _("This term can be used from now on."))
            return redirect("termijnsoort", data["code"])
    return render(
        request,
        "termijnen/soort_nieuw.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@mag(Handeling.TERMIJN_INSTELLEN)
@require_safe
def ladders(request: Verzoek) -> HttpResponse:
    """Show the ladder of the municipality and of each team."""
    gemeente = request.actor.gemeente
    alle = ladder.Ladders(gemeente)
    teams = list(Team.objects.filter(gemeente=gemeente, actief=True))
    namen = collegas.names(
        sport.account for team in [None, *teams] for sport in alle.of(_key(team))
    )
    return render(
        request,
        "termijnen/ladders.html",
        {
            "ladders": [
                {
                    "team": team,
                    "eigen": alle.is_own(_key(team)),
                    "sporten": [
                        (sport, namen.get(sport.account or 0, ""))
                        for sport in alle.of(_key(team))
                    ],
                }
                for team in [None, *teams]
            ]
        },
    )


@mag(Handeling.TERMIJN_INSTELLEN)
@require_http_methods(_FORM)
def set_ladder(request: Verzoek, team: UUID | None = None) -> HttpResponse:
    """Set the rungs of a team, or of the municipality."""
    actor = request.actor
    gekozen = (
        get_object_or_404(Team, pk=team, gemeente=actor.gemeente) if team else None
    )
    formset = instelforms.rungs(
        actor.gemeente,
        request.POST if request.method == "POST" else None,
        ladder.Ladders(actor.gemeente).of(_key(gekozen)),
    )
    if request.method == "POST" and formset.is_valid():
        ladder.replace(gekozen, instelforms.chosen(formset), door=actor)
        messages.success(request, _("The ladder holds from the next walk along terms."))
        return redirect("ladders")
    return render(
        request,
        "termijnen/ladder.html",
        {"formset": formset, "team": gekozen},
        status=422 if formset.is_bound and not formset.is_valid() else 200,
    )


def _key(team: Team | None) -> Any:
    return team.pk if team else None
