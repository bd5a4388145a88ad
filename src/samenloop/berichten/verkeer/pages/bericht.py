"""One message: as people read it, as it travelled, and what can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.berichten.standaard.fouten import SchemaFout
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.verkeer import handelen, leesbaar, lezen, opbergen
from samenloop.berichten.verkeer.models import Berichtinhoud, Ketenbericht
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.declaraties.models import Declaratie

_GROOTST = 200_000  # characters of an unreadable file on a page


@mag(Handeling.VERKEER_ZIEN)
@require_safe
@never_cache
def detail(request: Verzoek, bericht: UUID) -> HttpResponse:
    """Show a message in words, with what is wrong beside the element it is about."""
    rij = _find(request, bericht)
    fouten = list(rij.fouten.all()[:500])
    try:
        bron = opbergen.take_out(rij.inhoud.inhoud)
    except (opbergen.Onleesbaar, Berichtinhoud.DoesNotExist):
        # The reason why it stands apart says so; there is nothing else to show.
        bron = b""
    _log(request, rij)
    blokken = _blocks(bron, fouten, rij)
    return render(
        request,
        "verkeer/bericht.html",
        {
            "rij": lezen.row(rij, fouten),
            "blokken": blokken,
            "niet_alles": len(blokken) == leesbaar.HOOGSTENS,
            # Of an invoice and of its answer: the page with all lines.
            "declaratie": Declaratie.objects.filter(
                gemeente=rij.gemeente_id, bericht__in=[rij.pk, rij.antwoord_op_id]
            ).first(),
            "tekst": _text(bron) if rij.staat in ("apart", "weggelegd") else "",
            "mag": handelen.choices(rij)
            if besluiten.may(request.actor, Handeling.VERKEER_DOEN)
            else frozenset(),
            "antwoorden": lezen.rows(rij.antwoorden.order_by("vastgelegd_op")),
            "links": rij.links.filter(soort="toewijzing").order_by("nummer"),
            "aantal": rij.antwoorden.count(),
        },
    )


@mag(Handeling.VERKEER_ZIEN)
@require_safe
@never_cache
def source(request: Verzoek, bericht: UUID) -> HttpResponse:
    """Give a message as it travelled."""
    rij = _find(request, bericht)
    try:
        bron = opbergen.take_out(rij.inhoud.inhoud)
    except (opbergen.Onleesbaar, Berichtinhoud.DoesNotExist):
        raise Http404 from None
    _log(request, rij)
    return HttpResponse(
        bron,
        content_type="application/xml",
        headers={
            "Content-Disposition": f'attachment; filename="{rij.soort or "bericht"}'
            f'-{str(rij.pk)[:8]}.xml"'
        },
    )


@mag(Handeling.VERKEER_DOEN)
@require_POST
def act(request: Verzoek, bericht: UUID) -> HttpResponse:
    """Do with a message what was chosen."""
    _find(request, bericht)
    door, wat = request.actor, request.POST.get("wat", "")
    try:
        if wat == "opnieuw":
            handelen.send_again(bericht, door=door)
            messages.success(request, _("The message goes out again."))
        elif wat == "anders":
            nieuw = handelen.send_anew(bericht, door=door)
            messages.success(request, _("The message was made anew."))
            if nieuw:
                return redirect("verkeer-bericht", nieuw[0].pk)
        elif wat == "klaar":
            handelen.settle(bericht, door=door)
            messages.success(request, _("The message is off the work list."))
        elif wat == "weer":
            handelen.try_again(bericht, door=door)
            messages.success(request, _("The message is judged again."))
        elif wat == "weg":
            handelen.throw_away(bericht, request.POST.get("reden", ""), door=door)
            messages.success(request, _("The message was put away."))
    except SamenloopFout as fout:
        messages.error(request, str(fout))
    return redirect("verkeer-bericht", bericht)


def _find(request: Verzoek, bericht: UUID) -> Ketenbericht:
    rij = (
        lezen.messages(request.actor)
        .select_related("inhoud", "aanbieder", "persoon", "antwoord_op", "dubbel_van")
        .filter(pk=bericht)
        .first()
    )
    if rij is None:
        raise Http404
    return rij


def _blocks(bron: bytes, fouten: list[Any], rij: Ketenbericht) -> list[leesbaar.Blok]:
    namen = {rij.aanbieder.agb: rij.aanbieder.naam} if rij.aanbieder else {}
    try:
        return leesbaar.blocks(lees(bron), fouten, namen)
    except SchemaFout:
        return []


def _text(bron: bytes) -> str:
    return bron[:_GROOTST].decode("utf-8", errors="replace")


def _log(request: Verzoek, rij: Ketenbericht) -> None:
    logboek.record(
        request.actor,
        Handeling.VERKEER_ZIEN,
        personen=[rij.persoon_id] if rij.persoon_id else [],
        onderwerp=f"bericht:{rij.pk}",
        doel="toewijzing",
        activiteit=lezen.ACTIVITEIT,
    )
