"""Closing a case, aftercare, and taking it up again."""

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

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.forms import TEKSTBLOK, TEKSTVAK
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.regie import afsluiten, casussen, lijst
from samenloop.regie.pages.casus import DOEL, casus_or_404
from samenloop.regie.pages.overdragen import KEUZELIJST, VINKJE


class SluitForm(forms.Form):
    """Why the case ends, and whether somebody asks later how it goes."""

    # Asked again on the page itself; nothing is red before one sent it.
    use_required_attribute = False

    reden = forms.ChoiceField(
        label=gettext_lazy("Why the case ends"),
        choices=[("", "–"), *afsluiten.REDENEN],
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": gettext_lazy("Choose why the case ends.")},
    )
    toelichting = forms.CharField(
        label=gettext_lazy("What the family says of it (not required)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 3}),
    )
    nazorg_op = forms.DateField(
        label=gettext_lazy("Ask how it goes on (not required)"),
        help_text=gettext_lazy(
            "On that day the case stands on top of your list. Until then you can still "
            "read the dossier."
        ),
        required=False,
        widget=forms.DateInput(attrs={"class": TEKSTVAK, "type": "date"}),
        error_messages={"invalid": gettext_lazy("Fill in a date.")},
    )
    toch = forms.BooleanField(
        label=gettext_lazy("Close all the same; what is open ends with it"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": VINKJE}),
    )

    def clean_nazorg_op(self) -> date | None:
        """Take only a day that is still to come."""
        dag: date | None = self.cleaned_data["nazorg_op"]
        if dag is not None and dag <= klok.today():
            raise forms.ValidationError(_("Choose a day after today."))
        return dag


@mag(Handeling.CASUS_VOEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def close(request: Verzoek, casus: UUID) -> HttpResponse:
    """Show what is still open, and close the case."""
    gevonden = casus_or_404(request, casus)
    casussen.require_lead(request.actor, gevonden)
    form = SluitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gegeven: dict[str, Any] = form.cleaned_data
        try:
            afsluiten.close(gevonden, door=request.actor, **gegeven)
        except afsluiten.NogOpen as fout:
            form.add_error("toch", str(fout))
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request,
                _("%(nummer)s is closed; all rights in the dossier ended.")
                % {"nummer": gevonden.kort}
                if gegeven["nazorg_op"] is None
                else _("%(nummer)s is closed; you keep it until the aftercare is done.")
                % {"nummer": gevonden.kort},
            )
            return redirect("casus", gevonden.pk)
    logboek.record(
        request.actor,
        Handeling.CASUS_VOEREN,
        personen=toegang.persons(gevonden.dossier) if gevonden.dossier else (),
        onderwerp=f"casus:{gevonden.pk}",
        doel=DOEL,
    )
    return render(
        request,
        "regie/afsluiten.html",
        {
            "casus": gevonden,
            "titel": lijst.title(gevonden),
            "form": form,
            "open": afsluiten.open_points(gevonden),
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.CASUS_TOEWIJZEN, Handeling.CASUS_VOEREN)
@require_POST
@never_cache
def reopen(request: Verzoek, casus: UUID) -> HttpResponse:
    """Take a closed case up again, with the reason."""
    gevonden = casus_or_404(request, casus)
    try:
        afsluiten.reopen(
            gevonden,
            reden=request.POST.get("reden", ""),
            door=request.actor,
            plan_verder=request.POST.get("plan") == "verder",
        )
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(
            request, _("%(nummer)s runs again.") % {"nummer": gevonden.kort}
        )
    return redirect("casus", gevonden.pk)


@mag(Handeling.CASUS_VOEREN)
@require_POST
@never_cache
def aftercare(request: Verzoek, casus: UUID) -> HttpResponse:
    """Note that the aftercare was done."""
    gevonden = casus_or_404(request, casus)
    try:
        afsluiten.aftercare_done(gevonden, door=request.actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(
            request,
            _("The aftercare of %(nummer)s is done; your access to it ended.")
            % {"nummer": gevonden.kort},
        )
    return redirect("casus", gevonden.pk)
