"""Registering a signal from a telephone call, in under a minute.

The search for the person posts the same form, so nothing typed is lost; whoever is not
found is described. What was typed is kept by itself and is there after a time-out.
"""

import re
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn, SamenloopFout
from samenloop.core.klok import AMSTERDAM
from samenloop.personen import zoeken
from samenloop.personen.models import Persoon
from samenloop.personen.zoeken import Zoekvraag
from samenloop.signalen import concepten, ontvangst, zicht
from samenloop.signalen.forms import SignaalForm
from samenloop.signalen.models import Kanaal, Signaal

DUBBEL_BINNEN = timedelta(days=30)
_MEESTE = 8


def parse_query(tekst: str) -> Zoekvraag:
    """Read what was typed in one box: a number, a birth date, a postcode, a name."""
    tekst = tekst.strip()
    cijfers = re.sub(r"[\s.]", "", tekst)
    if re.fullmatch(r"\d{8,9}", cijfers):
        try:
            return Zoekvraag(bsn=Bsn(cijfers))
        except OngeldigBsn:
            return Zoekvraag(naam=tekst)
    if adres := re.fullmatch(r"(\d{4}\s?[A-Za-z]{2})\s+(\d{1,5})\D*", tekst):
        return Zoekvraag(
            postcode=adres[1].replace(" ", "").upper(), huisnummer=int(adres[2])
        )
    datum = re.search(r"\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b", tekst)
    if datum is None:
        return Zoekvraag(naam=tekst)
    try:
        geboren = date(int(datum[3]), int(datum[2]), int(datum[1]))
    except ValueError:
        return Zoekvraag(naam=tekst)
    return Zoekvraag(naam=tekst.replace(datum[0], " ").strip(), geboortedatum=geboren)


@mag(Handeling.SIGNAAL_REGISTREREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek) -> HttpResponse:
    """Show the form, search the person, or register the signal."""
    actor = request.actor
    if request.method != "POST":
        concept = concepten.signal_of(actor, concepten.WERKER)
        form = SignaalForm(
            initial=concept.inhoud if concept else None, gemeente=actor.gemeente
        )
        return _page(request, form, bewaard=concept.bewaard_op if concept else None)
    actie = request.POST.get("actie", "")
    if actie == "weg":
        concepten.drop_signal(actor, concepten.WERKER)
        return redirect("signaal-nieuw")
    # Without scripts Enter presses the first button, whatever field one is in.
    if actie == "zoek" and request.POST.get("zoek", "").strip():
        return _search(request)
    form = SignaalForm(request.POST, gemeente=actor.gemeente)
    if not form.is_valid():
        return _page(request, form)
    dubbel = _double(request, form)
    if dubbel and not request.POST.get("toch"):
        return _page(request, form, dubbel=dubbel)
    ontvangen = ontvangst.receive(
        form.invoer(), actor=actor, kanaal=Kanaal(form.cleaned_data["kanaal"])
    )
    concepten.drop_signal(actor, concepten.WERKER)
    messages.success(request, _registered(ontvangen.signaal))
    return redirect("signaal", ontvangen.signaal.pk)


@mag(Handeling.SIGNAAL_REGISTREREN)
@require_POST
@never_cache
def draft(request: Verzoek) -> HttpResponse:
    """Keep what was typed so far."""
    op = concepten.keep_signal(request.actor, concepten.WERKER, request.POST.dict())
    return saved(op)


def saved(op: Any) -> JsonResponse:
    """Say when a draft was kept, in words for the page."""
    if op is None:
        return JsonResponse({"tekst": ""}, status=HTTPStatus.FORBIDDEN)
    tijd = op.astimezone(AMSTERDAM).strftime("%H.%M")
    return JsonResponse({"tekst": _("Draft kept at %(tijd)s") % {"tijd": tijd}})


def _registered(signaal: Signaal) -> str:
    if signaal.veiligheidsrisico:
        return _(
            "Signal %(nummer)s is registered. It is about safety, so it is a melding "
            "already and is weighed first."
        ) % {"nummer": signaal.nummer}
    return _("Signal %(nummer)s is registered.") % {"nummer": signaal.nummer}


def _search(request: Verzoek) -> HttpResponse:
    form = SignaalForm(initial=request.POST.dict(), gemeente=request.actor.gemeente)
    concepten.keep_signal(request.actor, concepten.WERKER, request.POST.dict())
    tekst = request.POST.get("zoek", "")
    try:
        gevonden = zoeken.search(
            request.actor, parse_query(tekst), _MEESTE, doel="signaal_ontvangen"
        )
    except SamenloopFout as fout:
        return _page(request, form, zoek=tekst, zoekfout=str(fout))
    return _page(request, form, zoek=tekst, treffers=gevonden)


def _page(request: Verzoek, form: SignaalForm, **meer: Any) -> HttpResponse:
    gekozen = _chosen(form)
    fout = bool(form.errors)
    return render(
        request,
        "signalen/nieuw.html",
        {"form": form, "gekozen": gekozen, "zoek": "", **meer},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fout else HTTPStatus.OK,
    )


def _chosen(form: SignaalForm) -> Persoon | None:
    try:
        wie = UUID(str(form["persoon"].value() or ""))
    except ValueError:
        return None
    return Persoon.objects.filter(pk=wie).first()


def _double(request: Verzoek, form: SignaalForm) -> list[Signaal]:
    """Return recent signals of this kind about the same person, as far as one may."""
    persoon = form.cleaned_data.get("persoon")
    if persoon is None:
        return []
    return list(
        zicht.signals(request.actor)
        .filter(
            betrokkenen__persoon=persoon,
            soort=form.cleaned_data["soort"],
            ontvangen_op__gte=klok.now() - DUBBEL_BINNEN,
        )
        .distinct()
        .order_by("-ontvangen_op")[:3]
    )
