"""The pages about consent: recording it, and stopping it after saying what stops."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samenloop.access import besluiten, doelen, logboek
from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import Achterhaald
from samenloop.personen import gevolgen
from samenloop.personen.forms import ToestemmingForm
from samenloop.personen.pages import person_or_404
from samenloop.personen.toestemming import (
    ALLEEN_MET_TOESTEMMING,
    CATEGORIEEN,
    Toestemming,
)

_VASTLEGGING = "vastlegging_toestemming"


def _record(request: Verzoek, toestemming: Toestemming) -> None:
    logboek.record(
        request.actor,
        Handeling.TOESTEMMING_VASTLEGGEN,
        personen=[toestemming.persoon_id],
        onderwerp=f"toestemming:{toestemming.pk}",
        doel=_VASTLEGGING,
        wijze=Wijze.GEWIJZIGD,
    )


@mag(Handeling.TOESTEMMING_VASTLEGGEN)
@never_cache
def give(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Record what someone agreed to."""
    wie = person_or_404(persoon)
    besluiten.require(request.actor, Handeling.TOESTEMMING_VASTLEGGEN)
    keuzes = [(d.code, d.label) for d in doelen.choices_for(request.actor.domeinen)]
    keuzes += ALLEEN_MET_TOESTEMMING.items()
    form = ToestemmingForm(request.POST or None, doelen=keuzes)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            gegeven = Toestemming.objects.create(
                persoon=wie,
                gemeente_id=request.actor.gemeente,
                vastgelegd_door=request.actor.id,
                **form.cleaned_data,
            )
            _record(request, gegeven)
        messages.success(request, _("The consent was recorded."))
        return redirect("persoon", persoon)
    return render(
        request,
        "personen/toestemming.html",
        {"form": form, "wie": wie},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(Handeling.TOESTEMMING_VASTLEGGEN)
@never_cache
def stop(request: Verzoek, toestemming: UUID) -> HttpResponse:
    """Say what will stop, and stop it when that was meant."""
    gegeven = Toestemming.objects.filter(pk=toestemming).first()
    if gegeven is None:
        raise Http404(_("This consent is not known in the municipality you act for."))
    besluiten.require(request.actor, Handeling.TOESTEMMING_VASTLEGGEN)
    if request.method == "POST":
        try:
            with transaction.atomic():
                gevolgen.withdraw(
                    gegeven, max(klok.today(), gegeven.gegeven_op), request.actor
                )
                _record(request, gegeven)
            messages.success(
                request,
                _("The consent was withdrawn. From now on these data are not shown."),
            )
        except Achterhaald as fout:
            messages.warning(request, str(fout))
        return redirect("persoon", gegeven.persoon_id)
    return render(
        request,
        "personen/toestemming_stoppen.html",
        {
            "toestemming": gegeven,
            "gevolgen": gevolgen.of(gegeven),
            "categorie": CATEGORIEEN.get(gegeven.categorie, gegeven.categorie),
            "doel": ALLEEN_MET_TOESTEMMING.get(gegeven.doel)
            or doelen.label(gegeven.doel),
        },
    )
