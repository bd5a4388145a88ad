"""Teams with their members, and who is away with whom in their place."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access.actor import Verzoek
from samenloop.access.forms import TEKSTVAK
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.periode import Periode
from samenloop.regie import regisseurs, teams, vervangen
from samenloop.regie.models import Afwezigheid, Team, Teamlid
from samenloop.regie.pages.overdragen import KEUZELIJST, VINKJE
from samenloop.signalen import collegas

_LEEG = ("", "–")


class TeamForm(forms.Form):
    """The name of a new team."""

    # Asked again on the page itself; nothing is red before one sent it.
    use_required_attribute = False

    naam = forms.CharField(
        label=gettext_lazy("Name of the team"),
        max_length=100,
        widget=forms.TextInput(attrs={"class": TEKSTVAK}),
        error_messages={"required": gettext_lazy("Fill in a name.")},
    )


class LidForm(forms.Form):
    """Who joins, for how many hours, and whether they lead."""

    # Asked again on the page itself; nothing is red before one sent it.
    use_required_attribute = False

    account = forms.TypedChoiceField(
        label=gettext_lazy("Colleague"),
        coerce=int,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    uren = forms.DecimalField(
        label=gettext_lazy("Hours a week"),
        min_value=Decimal(0),
        max_value=Decimal(60),
        decimal_places=1,
        initial=36,
        widget=forms.NumberInput(attrs={"class": TEKSTVAK, "step": "0.5"}),
    )
    leidt = forms.BooleanField(
        label=gettext_lazy("Leads the team"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": VINKJE}),
    )

    def __init__(self, *args: Any, gemeente: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = _choices(gemeente)  # type: ignore[attr-defined]


class AfwezigForm(forms.Form):
    """Who is away, from when to when, and who takes over."""

    # Asked again on the page itself; nothing is red before one sent it.
    use_required_attribute = False

    account = forms.TypedChoiceField(
        label=gettext_lazy("Who is away"),
        coerce=int,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    van = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"class": TEKSTVAK, "type": "date"}),
        error_messages={"required": gettext_lazy("Fill in a date.")},
    )
    tot = forms.DateField(
        label=gettext_lazy("Last day (not required)"),
        required=False,
        widget=forms.DateInput(attrs={"class": TEKSTVAK, "type": "date"}),
    )
    vervanger = forms.TypedChoiceField(
        label=gettext_lazy("Who takes over (not required)"),
        help_text=gettext_lazy(
            "They see the dossiers that the absent colleague directs, for exactly this "
            "time."
        ),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )

    def __init__(self, *args: Any, gemeente: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in ("account", "vervanger"):
            self.fields[veld].choices = _choices(gemeente)  # type: ignore[attr-defined]

    def period(self) -> Periode:
        """Return the days of absence, the last one included.

        Raises:
            OngeldigePeriode: the last day lies before the first.
        """
        tot: date | None = self.cleaned_data["tot"]
        return Periode(self.cleaned_data["van"], tot)


@mag(Handeling.TEAM_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the teams and who is away; make a team."""
    actor = request.actor
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gemaakt = teams.make(form.cleaned_data["naam"], door=actor)
        except SamenloopFout as fout:
            form.add_error("naam", str(fout))
        else:
            return redirect("team", gemaakt.pk)
    alle = list(teams.of(actor.gemeente))
    leden = list(Teamlid.objects.filter(team__in=alle, geldig__contains=klok.today()))
    afwezig = list(teams.absences(actor.gemeente))
    namen = collegas.names(
        [
            *(lid.account for lid in leden if lid.leidt),
            *(each.account for each in afwezig),
            *(each.vervanger for each in afwezig),
        ]
    )
    return render(
        request,
        "regie/teams.html",
        {
            "teams": [
                {
                    "team": team,
                    "leden": [lid for lid in leden if lid.team_id == team.pk],
                    "uren": sum(lid.uren for lid in leden if lid.team_id == team.pk),
                    "leiders": [
                        namen.get(lid.account, "")
                        for lid in leden
                        if lid.team_id == team.pk and lid.leidt
                    ],
                }
                for team in alle
            ],
            "afwezig": [_absent(each, namen) for each in afwezig],
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.TEAM_BEHEREN)
@require_safe
@never_cache
def show(request: Verzoek, team: UUID) -> HttpResponse:
    """Show the members of a team."""
    return _team(request, _team_or_404(request, team))


@mag(Handeling.TEAM_BEHEREN)
@require_POST
@never_cache
def member(request: Verzoek, team: UUID) -> HttpResponse:
    """Let somebody belong to a team."""
    gevonden = _team_or_404(request, team)
    form = LidForm(request.POST, gemeente=request.actor.gemeente)
    if form.is_valid():
        try:
            teams.add(gevonden, door=request.actor, **form.cleaned_data)
        except SamenloopFout as fout:
            form.add_error("account", str(fout))
        else:
            messages.success(
                request, _("The colleague belongs to the team from today.")
            )
            return redirect("team", gevonden.pk)
    return _team(request, gevonden, form)


@mag(Handeling.TEAM_BEHEREN)
@require_POST
@never_cache
def leave(request: Verzoek, lid: UUID) -> HttpResponse:
    """End a membership."""
    gevonden = get_object_or_404(
        Teamlid.objects.filter(team__gemeente=request.actor.gemeente), pk=lid
    )
    teams.leave(gevonden, door=request.actor)
    messages.success(request, _("The colleague is no longer in the team."))
    return redirect("team", gevonden.team_id)


@mag(Handeling.TEAM_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def absence(request: Verzoek) -> HttpResponse:
    """Record that somebody is away, and who takes over."""
    actor = request.actor
    form = AfwezigForm(
        request.POST or None,
        gemeente=actor.gemeente,
        initial={"van": klok.today().isoformat()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            vervangen.record_absence(
                account=form.cleaned_data["account"],
                periode=form.period(),
                vervanger=form.cleaned_data["vervanger"],
                door=actor,
            )
        except vervangen.GeenVervanger as fout:
            form.add_error("vervanger", str(fout))
        except SamenloopFout as fout:
            form.add_error("tot", str(fout))
        else:
            messages.success(request, _("The absence is recorded."))
            return redirect("teams")
    return render(
        request,
        "regie/afwezig.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@mag(Handeling.TEAM_BEHEREN)
@require_POST
@never_cache
def back(request: Verzoek, afwezigheid: UUID) -> HttpResponse:
    """Let an absence end today: the colleague is back tomorrow, or never left."""
    gevonden = get_object_or_404(
        Afwezigheid.objects.filter(gemeente=request.actor.gemeente), pk=afwezigheid
    )
    vervangen.end_absence(gevonden, klok.today(), door=request.actor)
    messages.success(request, _("The absence ends today; so does the substitution."))
    return redirect("teams")


def _team_or_404(request: Verzoek, team: UUID) -> Team:
    return get_object_or_404(
        Team.objects.filter(gemeente=request.actor.gemeente), pk=team
    )


def _team(request: Verzoek, team: Team, form: LidForm | None = None) -> HttpResponse:
    gemeente = request.actor.gemeente
    leden = list(teams.members(team))
    namen = collegas.names(lid.account for lid in leden)
    aantal = regisseurs.number_of_cases(gemeente)
    rijen = sorted(
        ((lid, namen.get(lid.account, ""), aantal[lid.account]) for lid in leden),
        key=lambda rij: (not rij[0].leidt, rij[1]),
    )
    return render(
        request,
        "regie/team.html",
        {
            "team": team,
            "leden": rijen,
            "uren": sum(lid.uren for lid in leden),
            "form": form or LidForm(gemeente=gemeente),
        },
        status=422 if form and form.errors else 200,
    )


def _absent(afwezigheid: Afwezigheid, namen: dict[int, str]) -> dict[str, Any]:
    periode = Periode.of_range(afwezigheid.geldig)
    return {
        "afwezigheid": afwezigheid,
        "wie": namen.get(afwezigheid.account, ""),
        "vervanger": namen.get(afwezigheid.vervanger or 0, ""),
        "van": periode.begin,
        "tot": periode.einde,
        "nu": klok.today() in periode,
    }


def _choices(gemeente: str) -> list[tuple[Any, str]]:
    return [_LEEG, *((c.account, c.naam) for c in teams.colleagues(gemeente))]
