"""One step of a case: how it stands, how it stood, and moving it with a reason."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.forms import TEKSTBLOK
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.regie import casussen, lijst, soort, stappen
from samenloop.regie.models import Stap, Stapstand
from samenloop.regie.pages.casus import DOEL, casus_or_404
from samenloop.regie.pages.overdragen import RONDJE
from samenloop.signalen import collegas


class StapForm(forms.Form):
    """A state, and why."""

    # Asked again on the page itself; nothing is red before one sent it.
    use_required_attribute = False

    staat = forms.ChoiceField(
        label=gettext_lazy("How the step stands from now"),
        choices=Stapstand.Staat.choices,
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={"required": gettext_lazy("Choose how the step stands.")},
    )
    reden = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 3}),
        error_messages={"required": stappen.ZonderReden.melding},
    )


@mag(Handeling.CASUS_VOEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def move(request: Verzoek, casus: UUID, stap: str) -> HttpResponse:
    """Show a step with what it was, and move it."""
    if stap not in Stap.values:
        raise Http404(_("There is no such step."))
    gevonden = casus_or_404(request, casus)
    casussen.require_lead(request.actor, gevonden)
    form = StapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stappen.move(
                gevonden,
                Stap(stap),
                Stapstand.Staat(form.cleaned_data["staat"]),
                door=request.actor,
                reden=form.cleaned_data["reden"],
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request,
                _("%(stap)s: %(staat)s.")
                % {
                    "stap": Stap(stap).label,
                    "staat": Stapstand.Staat(form.cleaned_data["staat"]).label,
                },
            )
            return redirect("casus", gevonden.pk)
    logboek.record(
        request.actor,
        Handeling.CASUS_VOEREN,
        personen=toegang.persons(gevonden.dossier) if gevonden.dossier else (),
        onderwerp=f"casus:{gevonden.pk}",
        doel=DOEL,
    )
    standen = list(gevonden.stappen.filter(stap=stap).order_by("-id"))
    namen = collegas.names(stand.door for stand in standen)
    return render(
        request,
        "regie/stap.html",
        {
            "casus": gevonden,
            "titel": lijst.title(gevonden),
            "stap": Stap(stap),
            "form": form,
            "standen": [(stand, namen.get(stand.door or 0, "")) for stand in standen],
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.CASUS_VOEREN)
@require_POST
@never_cache
def grow(request: Verzoek, casus: UUID) -> HttpResponse:
    """Let a single question grow into multiple support, with the reason."""
    gevonden = casus_or_404(request, casus)
    casussen.require_lead(request.actor, gevonden)
    reden = request.POST.get("reden", "").strip()
    if not reden:
        messages.warning(request, _("Write in one sentence why the case grows."))
    else:
        soort.grow(gevonden, door=request.actor, reden=reden)
        logboek.record(
            request.actor,
            Handeling.CASUS_VOEREN,
            personen=toegang.persons(gevonden.dossier) if gevonden.dossier else (),
            onderwerp=f"casus:{gevonden.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        messages.success(request, _("The case has all eight steps from today."))
    return redirect("casus", gevonden.pk)
