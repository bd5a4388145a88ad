"""The pages of the privacy officer: who looked, what is odd, is the log whole.

Reading the log is itself a look, and recorded in it. A person stands here by an opaque
mark only: the officer sees that somebody was looked at, not who that is.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten
from samenloop.access.actor import Verzoek
from samenloop.access.doelen import DOELEN
from samenloop.access.logboek import afwijkingen, jobs, lezen, toezicht, zoeken
from samenloop.access.logboek.forms import BesluitForm, ZoekForm
from samenloop.access.logboek.models import (
    Afwijking,
    Auditregel,
    Controle,
    Naloopronde,
    Verwerkingsactiviteit,
)
from samenloop.access.logboek.schrijven import record
from samenloop.access.logboek.wijze import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok

_AFWIJKINGEN = 100
_CONTROLES = 20
_HANDELING = dict(Handeling.choices)
_ROL = dict(Rol.choices)


@mag(Handeling.LOG_LEZEN)
@require_safe
@never_cache
def search(request: Verzoek) -> HttpResponse:
    """Search and filter; the newest lines first."""
    form = ZoekForm(request.GET, gemeente=request.actor.gemeente)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        keuze = form.filter()
        _read(request, keuze)
        blad = zoeken.page(keuze, zoeken.Plek.read(request.GET.get("na", "")))
        context |= {
            "regels": [_shown(regel) for regel in blad.regels],
            "verder": _address(request, form, na=str(blad.verder))
            if blad.verder
            else "",
            "begin": _address(request, form) if "na" in request.GET else "",
            "export": _address(request, form, page="logboek-export"),
            "persoon": keuze.persoon,
        }
    return render(
        request,
        "logboek/zoeken.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _read(request: Verzoek, keuze: zoeken.Filter, wijze: Wijze = Wijze.GEOPEND) -> None:
    """Record that the log was read, and about whom if that was asked."""
    about = f"logboek:persoon:{keuze.persoon}" if keuze.persoon else "logboek"
    record(request.actor, Handeling.LOG_LEZEN, onderwerp=about, wijze=wijze)


def _address(
    request: Verzoek, form: ZoekForm, *, page: str = "logboek", na: str = ""
) -> str:
    query = request.GET.copy()
    for name in list(query):
        if name not in form.fields or not query[name]:
            del query[name]
    if not query:
        query.update({name: form[name].value() for name in ("vanaf", "tot")})
    if na:
        query["na"] = na
    return f"{reverse(page)}?{query.urlencode()}"


def _shown(regel: Auditregel) -> dict[str, Any]:
    doel = DOELEN.get(regel.doel)
    return {
        "regel": regel,
        "handeling": _HANDELING.get(regel.handeling, regel.handeling),
        "rollen": [_ROL.get(rol, rol) for rol in regel.rollen],
        "doel": doel.label if doel else regel.doel,
    }


@mag(Handeling.LOG_LEZEN)
@require_safe
@never_cache
def line(request: Verzoek, nummer: int) -> HttpResponse:
    """Show one line with the processing that belongs to it."""
    regel = get_object_or_404(Auditregel, pk=nummer, gemeente=request.actor.gemeente)
    record(request.actor, Handeling.LOG_LEZEN, onderwerp=f"logboek:regel:{regel.pk}")
    lijnen = zoeken.lines_of(regel)
    namen = {
        (each.uuid, each.versie): each.naam
        for each in Verwerkingsactiviteit.objects.filter(
            uuid__in={lijn.activiteit for lijn in lijnen}
        )
    }
    return render(
        request,
        "logboek/regel.html",
        {
            **_shown(regel),
            # In groups of eight, so that it fits and can be read out.
            "hash": bytes(regel.hash).hex(" ", 4),
            "trace": regel.trace_id.bytes.hex(" ", 4),
            "lijnen": [
                {
                    "lijn": lijn,
                    "activiteit": namen.get(
                        (lijn.activiteit, lijn.activiteit_versie), lijn.activiteit
                    ),
                }
                for lijn in lijnen
            ],
            "meer": regel.aantal_personen >= zoeken.BLAD,
        },
    )


_KOLOMMEN = (
    *("id", "op", "gemeente", "actor_soort", "actor_id", "actor_naam", "rollen"),
    *("handeling", "wijze", "diepte", "doel", "grond", "onderwerp"),
    *("aantal_personen", "trace_id", "keten", "nummer"),
)


class _Echo:
    def write(self, text: str) -> str:
        """Hand the line on instead of keeping it."""
        return text


def _csv(regels: Iterable[Auditregel]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(_KOLOMMEN)
    for regel in regels:
        values = [getattr(regel, name) for name in _KOLOMMEN]
        values[1] = regel.op.astimezone(klok.AMSTERDAM).isoformat()
        values[6] = " ".join(regel.rollen)
        yield writer.writerow([_harmless(value) for value in values])


def _harmless(value: Any) -> Any:
    """A name that begins like a formula is no formula in a spreadsheet."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


@mag(Handeling.LOG_LEZEN)
@require_safe
@never_cache
def export(request: Verzoek) -> HttpResponse | StreamingHttpResponse:
    """Send the lines that fit as a file, as they are read."""
    form = ZoekForm(request.GET, gemeente=request.actor.gemeente)
    if not form.is_valid():
        raise BadRequest(_("Choose again what to export."))
    keuze = form.filter()
    _read(request, keuze, Wijze.VERSTREKT)
    answer = StreamingHttpResponse(
        _csv(zoeken.all_lines(keuze)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = (
        f'attachment; filename="logboek-{keuze.gemeente}-{klok.today():%Y-%m-%d}.csv"'
    )
    return answer


@mag(Handeling.AFWIJKING_BEOORDELEN)
@require_safe
@never_cache
def odd_looks(request: Verzoek) -> HttpResponse:
    """List odd looks; those that wait for a decision first."""
    rows = Afwijking.objects.filter(gemeente=request.actor.gemeente)
    status = request.GET.get("status", Afwijking.Status.NIEUW)
    if status in Afwijking.Status.values:
        rows = rows.filter(status=status)
    record(request.actor, Handeling.AFWIJKING_BEOORDELEN, onderwerp="afwijkingen")
    return render(
        request,
        "logboek/afwijkingen.html",
        {
            "rijen": [
                {"rij": row, "uitleg": afwijkingen.explain(row)}
                for row in rows.order_by("-op", "pk")[:_AFWIJKINGEN]
            ],
            "status": status,
            "keuzes": [*Afwijking.Status.choices, ("alle", _("all"))],
            "ronde": Naloopronde.objects.order_by("-tot").first(),
        },
    )


@mag(Handeling.AFWIJKING_BEOORDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def odd_look(request: Verzoek, pk: UUID) -> HttpResponse:
    """Show one odd look and decide what it was."""
    rij = get_object_or_404(Afwijking, pk=pk, gemeente=request.actor.gemeente)
    form = BesluitForm(
        request.POST or None, initial={"status": rij.status, "reden": rij.reden}
    )
    if request.method == "POST" and form.is_valid():
        afwijkingen.decide(
            request.actor, pk, form.cleaned_data["status"], form.cleaned_data["reden"]
        )
        messages.success(request, _("Your decision is recorded."))
        return redirect("afwijkingen")
    if request.method != "POST":
        record(
            request.actor,
            Handeling.AFWIJKING_BEOORDELEN,
            onderwerp=f"afwijking:{rij.pk}",
        )
    return render(
        request,
        "logboek/afwijking.html",
        {"rij": rij, "uitleg": afwijkingen.explain(rij), "form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _controles(request: Verzoek) -> dict[str, Any]:
    rijen = list(Controle.objects.order_by("-begonnen_op")[:_CONTROLES])
    bezig = (Controle.Status.WACHT, Controle.Status.LOOPT)
    return {
        "bezig": next((rij for rij in rijen if rij.status in bezig), None),
        "laatste": next(
            (rij for rij in rijen if rij.status in ("heel", "fouten")), None
        ),
        "rijen": rijen,
        "gemeente": request.actor.gemeente,
        "mag_starten": besluiten.may(request.actor, Handeling.LOG_LEZEN),
    }


@mag(Handeling.LOG_LEZEN)
@require_safe
@never_cache
def chains(request: Verzoek) -> HttpResponse:
    """Show when the log was last checked, by whom and with what outcome."""
    return render(request, "logboek/ketens.html", _controles(request))


@mag(Handeling.LOG_LEZEN)
@require_safe
@never_cache
def chains_part(request: Verzoek) -> HttpResponse:
    """The part of that page that changes while a check runs."""
    return render(request, "logboek/ketenstand.html", _controles(request))


@mag(Handeling.LOG_LEZEN)
@require_POST
def start_check(request: Verzoek) -> HttpResponse:
    """Let the worker check all chains."""
    controle = toezicht.ask(request.actor)
    jobs.ask_worker(controle)
    return redirect("logboek-ketens")


@mag(Handeling.LOG_LEZEN)
@require_POST
def stop_check(request: Verzoek, pk: UUID) -> HttpResponse:
    """Let a check stop after the lines it has in hand."""
    toezicht.stop(pk)
    return redirect("logboek-ketens")


@mag(Handeling.LOG_LEZEN)
@require_POST
@never_cache
def processing_activities(request: Verzoek) -> HttpResponse:
    """Answer the reading question of the Logboek Dataverwerkingen (lezen 1.1)."""
    try:
        body = json.loads(request.body)
        if not isinstance(body, dict):
            raise ValueError
        vraag = lezen.Vraag.read(body)
    except lezen.OnleesbareVraag as fout:
        return _problem(str(fout))
    except (ValueError, RecursionError):
        return _problem(_("The question is no JSON object."))
    record(request.actor, Handeling.LOG_LEZEN, onderwerp="logboek:ldv")
    lines = lezen.processing_activities(vraag)
    return _versioned(JsonResponse({"processingActivities": lines}))


def _problem(detail: str) -> HttpResponse:
    return _versioned(
        JsonResponse(
            {
                "status": HTTPStatus.BAD_REQUEST,
                "title": _("The question cannot be answered"),
                "detail": detail,
            },
            status=HTTPStatus.BAD_REQUEST,
            content_type="application/problem+json",
        )
    )


def _versioned(answer: JsonResponse) -> JsonResponse:
    answer["API-Version"] = "0.1.0"
    return answer
