"""One allocation, or one client, message by message."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.berichten.verkeer import lezen, tekening, verloop
from samenloop.berichten.verkeer.forms import VolgForm
from samenloop.berichten.verkeer.models import Berichtlink, Ketenbericht
from samenloop.voorzieningen.declaraties.models import Prestatie
from samenloop.voorzieningen.toewijzen.models import Toewijzing

_HOOGSTENS = 200


@mag(Handeling.VERKEER_ZIEN)
@require_POST
def find(request: Verzoek) -> HttpResponse:
    """Find an allocation by its number."""
    form = VolgForm(request.POST)
    if form.is_valid():
        gevonden = Toewijzing.objects.filter(
            gemeente=request.actor.gemeente,
            nummer=form.cleaned_data["nummer"],
            wet=form.cleaned_data["wet"],
        ).first()
        if gevonden is not None:
            return redirect("verkeer-volgen", gevonden.pk)
    messages.error(request, _("No allocation has this number under this law."))
    return redirect("verkeer")


@mag(Handeling.VERKEER_ZIEN)
@require_safe
@never_cache
def follow(request: Verzoek, toewijzing: UUID) -> HttpResponse:
    """Show an allocation through all its messages, and what was invoiced of it."""
    gevonden = (
        Toewijzing.objects.filter(gemeente=request.actor.gemeente, pk=toewijzing)
        .select_related("persoon", "aanbieder", "product")
        .first()
    )
    if gevonden is None:
        raise Http404
    regels = list(
        Prestatie.objects.filter(toewijzing=gevonden.pk)
        .select_related("declaratie")
        .order_by("begin", "volgnummer")[:_HOOGSTENS]
    )
    eigen = Berichtlink.objects.filter(onderwerp=gevonden.pk).values("bericht")
    berichten = lezen.messages(request.actor).filter(
        Q(pk__in=eigen)
        | Q(antwoord_op__in=eigen)
        | Q(pk__in={r.declaratie.bericht for r in regels})
        | Q(antwoord_op__in={r.declaratie.bericht for r in regels})
        | Q(antwoorden__in=eigen)
    )
    return _shown(
        request,
        lezen.rows(_in_order(berichten)),
        regels=regels,
        wie=gevonden.persoon_id,
        extra={"toewijzing": gevonden, "regels": regels},
    )


@mag(Handeling.VERKEER_ZIEN)
@require_safe
@never_cache
def follow_client(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Show all messages about one client, of every provider."""
    berichten = lezen.messages(request.actor).filter(persoon=persoon)
    rijen = lezen.rows(_in_order(berichten))
    if not rijen:
        raise Http404
    return _shown(request, rijen, regels=(), wie=persoon, extra={})


def _in_order(berichten: QuerySet[Ketenbericht]) -> QuerySet[Ketenbericht]:
    return berichten.distinct().order_by("vastgelegd_op", "soort", "id")[:_HOOGSTENS]


def _shown(
    request: Verzoek,
    rijen: Sequence[lezen.Rij],
    *,
    regels: Sequence[Prestatie],
    wie: UUID,
    extra: dict[str, object],
) -> HttpResponse:
    logboek.record(
        request.actor,
        Handeling.VERKEER_ZIEN,
        personen=[wie],
        onderwerp="berichtenverkeer",
        doel="toewijzing",
        activiteit=lezen.ACTIVITEIT,
    )
    stappen = verloop.steps(rijen, regels=regels)
    namen = {rij.wie for rij in rijen if rij.wie}
    return render(
        request,
        "verkeer/volgen.html",
        {
            "stappen": stappen,
            "tekening": tekening.draw(
                stappen, namen.pop() if len(namen) == 1 else _("Providers")
            ),
            "getekend": min(len(stappen), tekening.MEESTE),
            "client": rijen[0].bericht.persoon if rijen else None,
            **extra,
        },
    )
