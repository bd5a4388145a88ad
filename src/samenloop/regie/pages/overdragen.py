"""Who directs from now: handing over, the first director, and whose work it is."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.forms import TEKSTBLOK
from samenloop.access.models import Organisatie
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Persoon
from samenloop.personen.woonplaats import age
from samenloop.plannen import toegang
from samenloop.regie import casussen, lijst, regisseurs
from samenloop.regie.models import Casus, Regiemodel, Team
from samenloop.regie.pages.casus import DOEL, casus_or_404
from samenloop.signalen import collegas

KEUZELIJST = "utrecht-select utrecht-select--html-select"
RONDJE = "utrecht-radio-button utrecht-radio-button--html-input"
VINKJE = "utrecht-checkbox utrecht-checkbox--html-input"
VOLWASSEN = 18


class OverdraagForm(forms.Form):
    """Who, in which of the four ways, and why."""

    # Asked again on the page itself; nothing is red before one sent it.
    use_required_attribute = False

    wie = forms.ChoiceField(
        label=gettext_lazy("Who directs from now"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": gettext_lazy("Choose who directs.")},
    )
    model = forms.ChoiceField(
        label=gettext_lazy("In which way"),
        choices=Regiemodel.choices,
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={"required": gettext_lazy("Choose in which way.")},
    )
    reden = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The family and the helpers can read this."),
        max_length=500,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 3}),
        error_messages={
            "required": gettext_lazy("Write in one sentence why somebody else directs.")
        },
    )
    blijft = forms.BooleanField(
        label=gettext_lazy("Who directs now stays as a helper of the family"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": VINKJE}),
    )

    def __init__(self, *args: Any, opties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wie"].choices = opties  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold the way of directing against who directs."""
        schoon = super().clean() or {}
        wie, model = schoon.get("wie", ""), schoon.get("model", "")
        burger = wie.startswith("persoon:")
        if wie and model and burger != (model == Regiemodel.BURGER):
            self.add_error(
                "model",
                _("The citizen directs only when a member of the family is chosen."),
            )
        if wie.startswith("organisatie:") and model == Regiemodel.MANDAAT:
            self.add_error(
                "model", _("Only somebody of the municipality directs with mandate.")
            )
        return schoon

    def who(self) -> regisseurs.Wie:
        """Return who was chosen."""
        soort, _streep, id_ = self.cleaned_data["wie"].partition(":")
        if soort == "account":
            return regisseurs.Wie(account=int(id_))
        if soort == "organisatie":
            return regisseurs.Wie(organisatie=UUID(id_))
        return regisseurs.Wie(persoon=UUID(id_))


@mag(Handeling.CASUS_TOEWIJZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_over(request: Verzoek, casus: UUID) -> HttpResponse:
    """Ask who directs from now, and why; one moment for the old and the new."""
    gevonden = casus_or_404(request, casus)
    actor = request.actor
    if not regisseurs.may_hand_over(actor, gevonden):
        raise GeenToegang(besluiten.reason(actor, (Handeling.CASUS_TOEWIJZEN,)))
    # Names of the family are for who may read them; a team leader chooses a colleague.
    wat = casussen.depth(actor, gevonden) is Diepte.WAT
    regie = casussen.current_director(gevonden)
    form = OverdraagForm(
        request.POST or None,
        opties=_options(gevonden, regie.account if regie else None, wat=wat),
        initial={"model": regie.model if regie else Regiemodel.NAAST},
    )
    if request.method == "POST" and form.is_valid():
        try:
            regisseurs.hand_over(
                gevonden,
                form.who(),
                door=actor,
                reden=form.cleaned_data["reden"],
                model=Regiemodel(form.cleaned_data["model"]),
                blijft_helpen=form.cleaned_data["blijft"],
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request,
                _("Somebody else directs %(nummer)s from now.")
                % {"nummer": gevonden.kort},
            )
            return redirect("casus", gevonden.pk)
    logboek.record(
        actor,
        Handeling.CASUS_TOEWIJZEN,
        personen=toegang.persons(gevonden.dossier) if wat and gevonden.dossier else (),
        onderwerp=f"casus:{gevonden.pk}",
        doel=DOEL,
        diepte=Diepte.WAT if wat else Diepte.DAT,
    )
    return render(
        request,
        "regie/overdragen.html",
        {
            "casus": gevonden,
            "titel": lijst.title(gevonden) if wat else gevonden.kort,
            "form": form,
            "regie": regie,
            "nu": regisseurs.names([regie])[regie.pk] if regie else "",
            "teams": Team.objects.filter(gemeente=actor.gemeente, actief=True),
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.CASUS_TOEWIJZEN)
@require_POST
@never_cache
def team(request: Verzoek, casus: UUID) -> HttpResponse:
    """Say whose work a case is."""
    gevonden = casus_or_404(request, casus)
    id_ = request.POST.get("team", "")
    gekozen = (
        Team.objects.filter(pk=_uuid(id_), gemeente=request.actor.gemeente).first()
        if id_
        else None
    )
    regisseurs.give_to_team(gevonden, gekozen, door=request.actor)
    messages.success(
        request,
        _("%(nummer)s is now with team %(team)s.")
        % {"nummer": gevonden.kort, "team": gekozen.naam}
        if gekozen
        else _("%(nummer)s is with no team now.") % {"nummer": gevonden.kort},
    )
    return redirect("casus", gevonden.pk)


def _options(casus: Casus, nu: int | None, *, wat: bool) -> list[tuple[str, Any]]:
    """Return who can direct: colleagues, helpers of the dossier, grown-up family."""
    gemeente = casus.gemeente_id or ""
    aantal = regisseurs.number_of_cases(gemeente)
    opties: list[tuple[str, Any]] = [
        ("", "–"),
        (
            _("Of the municipality"),
            [
                (
                    f"account:{collega.account}",
                    _("%(naam)s (families: %(n)s)")
                    % {"naam": collega.naam, "n": aantal[collega.account]},
                )
                for collega in collegas.weighers(gemeente)
                if collega.account != nu
            ],
        ),
    ]
    if not wat or casus.dossier is None:
        return opties
    helpers = Organisatie.objects.filter(
        pk__in=toegang.running()
        .filter(dossier=casus.dossier, organisatie__isnull=False)
        .values("organisatie")
    )
    if helpers:
        opties.append(
            (_("Who helps"), [(f"organisatie:{o.pk}", o.naam) for o in helpers])
        )
    familie = [
        (f"persoon:{wie.pk}", wie.volledige_naam)
        for wie in Persoon.objects.filter(pk__in=toegang.persons(casus.dossier))
        if _is_adult(wie, klok.today())
    ]
    if familie:
        opties.append((_("The family"), familie))
    return opties


def _is_adult(wie: Persoon, dag: date) -> bool:
    return wie.geboortedatum is not None and age(wie.geboortedatum, dag) >= VOLWASSEN


def _uuid(waarde: str) -> UUID:
    try:
        return UUID(waarde)
    except ValueError:
        return UUID(int=0)
