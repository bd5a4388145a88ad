"""Pages of a dry run: how far it is, stopping it, and its outcome as a file."""

import csv
import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.signalen.regels.beeld import Regelbeeld, Uitkomstbeeld
from samenloop.signalen.regels.models import Regelproef


def _trial(request: Verzoek, pk: UUID) -> Regelproef:
    return get_object_or_404(
        Regelproef.objects.select_related("versie__regel"),
        pk=pk,
        versie__regel__gemeente=request.actor.gemeente,
    )


@require_safe
@never_cache
@mag(Handeling.REGEL_ZIEN)
def trial(request: Verzoek, pk: UUID) -> HttpResponse:
    """Show how far it is; a script asks this part of the page again and again."""
    proef = _trial(request, pk)
    return render(
        request,
        "regels/proef.html",
        {
            "versie": proef.versie,
            "beeld": Regelbeeld.of(proef.versie, {}),
            "mag": {"proefdraaien": False},
        },
    )


@require_POST
@mag(Handeling.REGEL_SCHRIJVEN)
def stop(request: Verzoek, pk: UUID) -> HttpResponse:
    """Ask a dry run to stop; it does at the next step."""
    proef = _trial(request, pk)
    Regelproef.objects.filter(pk=pk, staat=Regelproef.Staat.WACHT).update(
        staat=Regelproef.Staat.GESTOPT, stop_gevraagd=True
    )
    Regelproef.objects.filter(pk=pk, staat=Regelproef.Staat.LOOPT).update(
        stop_gevraagd=True
    )
    return redirect("regel", proef.versie.regel_id)


@require_safe
@never_cache
@mag(Handeling.REGEL_ZIEN)
def changed(request: Verzoek, pk: UUID) -> HttpResponse:
    """Show every signal whose weight changes, by number."""
    proef = _trial(request, pk)
    beeld = Uitkomstbeeld(proef, proef.versie, None)
    return render(
        request,
        "regels/gewijzigd.html",
        {"proef": proef, "versie": proef.versie, "rijen": beeld.gewijzigd,
         "aantal": proef.uitkomst.get("gewijzigd", 0)},
    )  # fmt: skip


@require_safe
@never_cache
@mag(Handeling.REGEL_ZIEN)
def export(request: Verzoek, pk: UUID) -> HttpResponse:
    """Hand out the signals that change as a file, by number."""
    proef = _trial(request, pk)
    beeld = Uitkomstbeeld(proef, proef.versie, None)
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow(
        [_("Signal"), _("Kind"), _("Month"), _("Was"), _("Becomes"), _("Melding")]
    )
    for rij in beeld.gewijzigd:
        schrijver.writerow(
            [
                rij["nummer"],
                rij["soort"],
                f"{rij['dag']:%Y-%m}",
                rij["was"],
                rij["wordt"],
                _("yes") if rij["melding_wordt"] else _("no"),
            ]
        )
    antwoord = HttpResponse(
        uit.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    antwoord["Content-Disposition"] = (
        f'attachment; filename="proef-{proef.jaar}-v{proef.versie.versie}.csv"'
    )
    return antwoord
