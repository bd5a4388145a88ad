"""Handing a case to another municipality: the proposal, what goes, and sending."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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
from samenloop.regie import casussen, lijst, overdracht
from samenloop.regie.models import Casus, Overdracht
from samenloop.regie.pages.casus import DOEL, casus_or_404
from samenloop.regie.pages.overdragen import KEUZELIJST


class EldersForm(forms.Form):
    """Where to, why, and when the family agreed."""

    # Asked again on the page itself; nothing is red before one sent it.
    use_required_attribute = False

    naar = forms.ChoiceField(
        label=gettext_lazy("To which municipality"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": gettext_lazy("Choose a municipality.")},
    )
    akkoord_op = forms.DateField(
        label=gettext_lazy("On which day the family agreed to this transfer"),
        widget=forms.DateInput(attrs={"class": TEKSTVAK, "type": "date"}),
        error_messages={
            "required": gettext_lazy(
                "Talk it over with the family first, and fill in on which day they "
                "agreed."
            )
        },
    )
    reden = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The other municipality can read this."),
        max_length=500,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 3}),
        error_messages={
            "required": gettext_lazy("Write in one sentence why the case goes there.")
        },
    )

    def __init__(self, *args: Any, opties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naar"].choices = [("", "–"), *opties]  # type: ignore[attr-defined]

    def clean_akkoord_op(self) -> date:
        """Take no day that is still to come."""
        dag: date = self.cleaned_data["akkoord_op"]
        if dag > klok.today():
            raise forms.ValidationError(_("Choose today or a day before."))
        return dag


@mag(Handeling.CASUS_VOEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def transfer(request: Verzoek, casus: UUID) -> HttpResponse:
    """Make a proposal, and show line by line what goes along and what stays."""
    gevonden = casus_or_404(request, casus)
    casussen.require_lead(request.actor, gevonden)
    voorstel = overdracht.open_proposal(gevonden)
    form = EldersForm(
        request.POST or None,
        opties=[
            (gemeente.code, gemeente.naam)
            for gemeente in overdracht.receivers(request.actor.gemeente)
        ],
    )
    if request.method == "POST" and voorstel is None and form.is_valid():
        try:
            overdracht.propose(gevonden, door=request.actor, **form.cleaned_data)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("casus-elders", gevonden.pk)
    logboek.record(
        request.actor,
        Handeling.CASUS_VOEREN,
        personen=toegang.persons(gevonden.dossier) if gevonden.dossier else (),
        onderwerp=f"casus:{gevonden.pk}",
        doel=DOEL,
    )
    return render(
        request,
        "regie/elders.html",
        {
            "casus": gevonden,
            "titel": lijst.title(gevonden),
            "form": form,
            "voorstel": voorstel,
            "gemeente": _receiver(voorstel),
            "regels": _lines(gevonden, voorstel),
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.CASUS_VOEREN)
@require_POST
@never_cache
def send(request: Verzoek, casus: UUID) -> HttpResponse:
    """Send the case away; ours closes at the same moment."""
    gevonden, voorstel = _proposal(request, casus)
    try:
        overdracht.send(voorstel, door=request.actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("casus-elders", gevonden.pk)
    voorstel.refresh_from_db()
    messages.success(
        request,
        _("The case went to %(gemeente)s, where it is %(nummer)s. Here it is closed.")
        % {"gemeente": _receiver(voorstel), "nummer": voorstel.nieuw_nummer},
    )
    return redirect("casus", gevonden.pk)


@mag(Handeling.CASUS_VOEREN)
@require_POST
@never_cache
def call_off(request: Verzoek, casus: UUID) -> HttpResponse:
    """Call the proposal off."""
    gevonden, voorstel = _proposal(request, casus)
    try:
        overdracht.call_off(voorstel, door=request.actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, _("The transfer was called off; nothing was sent."))
    return redirect("casus", gevonden.pk)


def _proposal(request: Verzoek, casus: UUID) -> tuple[Casus, Overdracht]:
    gevonden = casus_or_404(request, casus)
    casussen.require_lead(request.actor, gevonden)
    return gevonden, get_object_or_404(
        Overdracht.objects.select_related("casus", "naar"),
        casus=gevonden,
        staat=Overdracht.Staat.VOORGESTELD,
    )


def _receiver(voorstel: Overdracht | None) -> str:
    return voorstel.naar.naam if voorstel is not None else ""


def _lines(
    casus: Casus, voorstel: Overdracht | None
) -> dict[str, list[overdracht.Regel]]:
    if casus.dossier is None:
        return {"mee": [], "blijft": []}
    # Before there is a proposal: as if the family agreed today.
    grond = overdracht.ground(
        casus.dossier, voorstel.akkoord_op if voorstel else klok.today()
    )
    regels = overdracht.lines(casus.dossier, grond)
    return {
        "mee": [regel for regel in regels if regel.mee],
        "blijft": [regel for regel in regels if not regel.mee],
    }
