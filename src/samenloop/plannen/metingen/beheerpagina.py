"""The pages by which a municipality sees and adds instruments to measure with."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.plannen.metingen import instrumenten
from samenloop.plannen.metingen.forms import InstrumentForm, initial_of
from samenloop.plannen.metingen.models import Meetinstrument


def _find(request: Verzoek, instrument: UUID) -> Meetinstrument:
    gevonden = Meetinstrument.objects.filter(
        Q(gemeente=None) | Q(gemeente=request.actor.gemeente), pk=instrument
    ).first()
    if gevonden is None:
        raise Http404(_("There is no such instrument here."))
    return instrumenten.whole(gevonden)


@mag(Handeling.SJABLOON_BEHEREN)
@require_safe
def overview(request: Verzoek) -> HttpResponse:
    """Show the national instruments and those of the municipality, by version."""
    rijen = Meetinstrument.objects.filter(
        Q(gemeente=None) | Q(gemeente=request.actor.gemeente)
    ).order_by("gemeente", "naam", "-versie")
    return render(request, "metingen/instrumenten.html", {"rijen": rijen})


@mag(Handeling.SJABLOON_BEHEREN)
@require_safe
def show(request: Verzoek, instrument: UUID) -> HttpResponse:
    """Show one version with its levels and areas."""
    gevonden = _find(request, instrument)
    return render(
        request,
        "metingen/instrument.html",
        {
            "instrument": gevonden,
            "treden": [n for n in gevonden.niveaus.all() if n.domein_id is None],
            "eigen": gevonden.gemeente_id == request.actor.gemeente,
        },
    )


@mag(Handeling.SJABLOON_BEHEREN)
def new(request: Verzoek) -> HttpResponse:
    """Add an instrument of the municipality."""
    return _edit(request, None)


@mag(Handeling.SJABLOON_BEHEREN)
def change(request: Verzoek, instrument: UUID) -> HttpResponse:
    """Make the next version of an instrument of the municipality."""
    gevonden = _find(request, instrument)
    if gevonden.gemeente_id != request.actor.gemeente or not gevonden.actief:
        raise Http404(_("Only the version in use of an own instrument is changed."))
    return _edit(request, gevonden)


def _edit(request: Verzoek, vorige: Meetinstrument | None) -> HttpResponse:
    form = InstrumentForm(
        request.POST or None, initial=initial_of(vorige) if vorige else None
    )
    if request.method == "POST" and form.is_valid():
        nieuw = instrumenten.publish(
            request.actor.gemeente,
            form.cleaned_data["naam"].strip(),
            uitleg=form.cleaned_data["uitleg"].strip(),
            treden=form.cleaned_data["treden"],
            gebieden=form.cleaned_data["gebieden"],
            door=request.actor.account_id,
            vorige=vorige,
        )
        logboek.record(
            request.actor,
            Handeling.SJABLOON_BEHEREN,
            onderwerp=f"meetinstrument:{nieuw.pk}",
            wijze=Wijze.GEWIJZIGD,
        )
        messages.success(request, _("New measurements use this from now on."))
        return redirect("meetinstrument", nieuw.pk)
    return render(
        request,
        "metingen/instrument_bewerken.html",
        {"form": form, "vorige": vorige},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )
