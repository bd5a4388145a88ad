"""Invoices, their lines, payment batches and spending."""

import re
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.models import Gebruiker
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.geld import Geld
from samenloop.voorzieningen.declaraties import betalen, uitvoeren
from samenloop.voorzieningen.declaraties.models import (
    Betaalbatch,
    Declaratie,
)
from samenloop.voorzieningen.inkoop import gebruik
from samenloop.voorzieningen.inkoop.models import Contract

_OP_BLAD = 50
# Before and after these there is nothing to show, and no date to reckon with.
_JAAR = re.compile(r"[12][0-9]{3}")


@mag(Handeling.DECLARATIE_ZIEN)
@require_safe
@never_cache
def invoices(request: Verzoek) -> HttpResponse:
    """Show what was invoiced, the newest first."""
    gevonden = Declaratie.objects.filter(
        gemeente=request.actor.gemeente
    ).select_related("aanbieder")
    toon = request.GET.get("toon", "")
    if toon in Declaratie.Staat.values:
        gevonden = gevonden.filter(staat=toon)
    blad = Paginator(gevonden, _OP_BLAD).get_page(request.GET.get("blad"))
    logboek.record(
        request.actor,
        Handeling.DECLARATIE_ZIEN,
        onderwerp="declaraties",
        doel="declaratie",
        wijze=logboek.Wijze.GEVONDEN,
    )
    return render(
        request,
        "declaraties/lijst.html",
        {"blad": blad, "toon": toon, "staten": Declaratie.Staat.choices},
    )


@mag(Handeling.DECLARATIE_ZIEN)
@require_safe
@never_cache
def invoice(request: Verzoek, declaratie: UUID) -> HttpResponse:
    """Show an invoice line by line, what was refused first."""
    gevonden = (
        Declaratie.objects.filter(gemeente=request.actor.gemeente, pk=declaratie)
        .select_related("aanbieder")
        .first()
    )
    if gevonden is None:
        raise Http404
    regels = gevonden.prestaties.select_related("persoon", "betaling__batch").order_by(
        "oordeel", "volgnummer"
    )
    blad = Paginator(regels, _OP_BLAD).get_page(request.GET.get("blad"))
    rijen = list(blad.object_list)
    logboek.record(
        request.actor,
        Handeling.DECLARATIE_ZIEN,
        personen={rij.persoon_id for rij in rijen if rij.persoon_id},
        onderwerp=f"declaratie:{gevonden.pk}",
        doel="declaratie",
    )
    return render(
        request,
        "declaraties/declaratie.html",
        {
            "declaratie": gevonden,
            "ingediend": Geld(gevonden.ingediend),
            "toegekend": Geld(gevonden.toegekend),
            "blad": blad,
            "rijen": rijen,
        },
    )


@mag(Handeling.BETAALBATCH_GOEDKEUREN)
@require_safe
@never_cache
def batches(request: Verzoek) -> HttpResponse:
    """Show payment batches and what waits for one."""
    wacht = betalen.unpaid(request.actor.gemeente)
    return render(
        request,
        "declaraties/batches.html",
        {
            "batches": [
                {"batch": each, "bedrag": Geld(each.bedrag)}
                for each in betalen.batches(request.actor)[:100]
            ],
            "wacht": wacht["aantal"],
            "bedrag": Geld(wacht["bedrag"]),
        },
    )


@mag(Handeling.BETAALBATCH_MAKEN)
@require_POST
def make(request: Verzoek) -> HttpResponse:
    """Make a batch of all that waits."""
    try:
        batch = betalen.make(door=request.actor)
    except SamenloopFout as fout:
        messages.error(request, str(fout))
        return redirect("betaalbatches")
    return redirect("betaalbatch", batch.pk)


@mag(Handeling.BETAALBATCH_GOEDKEUREN)
@require_safe
@never_cache
def batch(request: Verzoek, batch: UUID) -> HttpResponse:
    """Show a batch: who is paid what, who made it and who approved it."""
    gevonden = _batch(request, batch)
    eigen = gevonden.gemaakt_door == request.actor.account_id
    return render(
        request,
        "declaraties/batch.html",
        {
            "batch": gevonden,
            "bedrag": Geld(gevonden.bedrag),
            "betalingen": [
                {"betaling": each, "bedrag": Geld(each.cent)}
                for each in uitvoeren.payments(gevonden)
            ],
            "namen": _names(gevonden),
            "eigen": eigen,
            "formaten": uitvoeren.FORMATEN,
        },
    )


@mag(Handeling.BETAALBATCH_GOEDKEUREN)
@require_POST
def act(request: Verzoek, batch: UUID) -> HttpResponse:
    """Approve or withdraw a batch."""
    _batch(request, batch)
    try:
        if request.POST.get("wat") == "goedkeuren":
            betalen.approve(batch, door=request.actor)
            messages.success(request, _("The batch was approved."))
        elif request.POST.get("wat") == "intrekken":
            betalen.withdraw(batch, request.POST.get("reden", ""), door=request.actor)
            messages.success(request, _("The batch was withdrawn."))
    except SamenloopFout as fout:
        messages.error(request, str(fout))
    return redirect("betaalbatch", batch)


@mag(Handeling.BETAALBATCH_GOEDKEUREN)
@require_POST
@never_cache
def export(request: Verzoek, batch: UUID) -> HttpResponse:
    """Give an approved batch as a file for the finance system."""
    formaat = uitvoeren.FORMATEN.get(request.POST.get("formaat", ""))
    if formaat is None:
        raise Http404
    _batch(request, batch)
    try:
        gevonden = betalen.handed_over(batch, door=request.actor)
    except SamenloopFout as fout:
        messages.error(request, str(fout))
        return redirect("betaalbatch", batch)
    return HttpResponse(
        formaat.schrijf(gevonden, uitvoeren.payments(gevonden)),
        content_type=formaat.soort,
        headers={
            "Content-Disposition": "attachment; "
            f'filename="betaalbatch-{gevonden.nummer}.{formaat.uitgang}"'
        },
    )


@mag(Handeling.BESTEDING_ZIEN)
@require_safe
@never_cache
def spending(request: Verzoek) -> HttpResponse:
    """Show what was allocated, invoiced and is expected, against each ceiling."""
    vandaag = klok.today()
    gevraagd = request.GET.get("jaar", "")
    jaar = int(gevraagd) if _JAAR.fullmatch(gevraagd) else vandaag.year
    contracten = list(
        Contract.objects.filter(
            Q(eind=None) | Q(eind__year__gte=jaar),
            gemeenten__contains=[request.actor.gemeente],
            ingang__year__lte=jaar,
        ).select_related("aanbieder")
    )
    bij = {each.pk: each for each in contracten}
    standen = gebruik.of(contracten, jaar, vandaag)
    return render(
        request,
        "declaraties/besteding.html",
        {
            "jaar": jaar,
            "vorig": jaar - 1,
            "volgend": jaar + 1,
            "rijen": [
                {
                    "contract": bij[stand.plafond.contract_id],
                    "stand": stand,
                    "plafond": Geld(stand.plafond.bedrag),
                    "toegewezen": Geld(stand.toegewezen.heel_jaar),
                    "gedeclareerd": Geld(stand.gedeclareerd.tot_nu),
                    "verwacht": Geld(stand.verwacht),
                }
                for stand in standen
            ],
        },
    )


def _batch(request: Verzoek, batch: UUID) -> Betaalbatch:
    gevonden = betalen.batches(request.actor).filter(pk=batch).first()
    if gevonden is None:
        raise Http404
    return gevonden


def _names(batch: Betaalbatch) -> dict[str, str]:
    namen = {
        each.pk: each.naam
        for each in Gebruiker.objects.filter(
            pk__in=[batch.gemaakt_door, batch.goedgekeurd_door]
        )
    }
    return {
        "gemaakt": namen.get(batch.gemaakt_door, ""),
        "goedgekeurd": namen.get(batch.goedgekeurd_door or 0, ""),
    }
