"""One click from what ends to the application that looks at it again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.toewijzen import herindiceren
from samenloop.voorzieningen.toewijzen.herindiceren import AlAangevraagd


@mag(Handeling.AANVRAAG_BEHANDELEN)
@require_POST
@never_cache
def begin(request: Verzoek, voorziening: UUID) -> HttpResponse:
    """Open the application of a reassessment, or go to the one that was opened."""
    nu = herindiceren.present(request.actor.gemeente, voorziening)
    if nu is None:
        raise Http404(_("This is not known in the municipality you act for."))
    try:
        aanvraag = herindiceren.begin(
            nu, door=request.actor, dossier=_dossier(request.POST.get("dossier", ""))
        )
    except AlAangevraagd as fout:
        messages.warning(request, str(fout))
        if fout.aanvraag is None:
            return redirect("aanvragen")
        return redirect("aanvraag", fout.aanvraag)
    except SamenloopFout as fout:
        messages.error(request, str(fout))
        return redirect("voorzieningen-van", nu.voorziening.betrokkene_id)
    messages.success(request, _("The reassessment has begun; its term runs."))
    return redirect("aanvraag", aanvraag.pk)


def _dossier(tekst: str) -> UUID | None:
    try:
        return UUID(tekst)
    except ValueError:
        return None
