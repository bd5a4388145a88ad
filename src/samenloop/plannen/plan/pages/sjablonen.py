"""Templates of a municipality: goals and activities that a plan can start from.

One plain form holds the whole template; its buttons add and take out rows, so it works
the same with and without a script.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access import besluiten
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.plannen.plan.models import Plansjabloon, Soort

_MEESTE_DOELEN, _MEESTE_ACTIVITEITEN = 30, 30
_LANGSTE = 2000
Rijen = list[dict[str, Any]]


@mag(Handeling.SJABLOON_BEHEREN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the templates of this municipality."""
    return render(
        request,
        "plan/sjablonen.html",
        {
            "sjablonen": [
                (
                    sjabloon,
                    len(sjabloon.inhoud),
                    sum(len(doel["activiteiten"]) for doel in sjabloon.inhoud),
                )
                for sjabloon in Plansjabloon.objects.filter(
                    gemeente=request.actor.gemeente
                )
            ]
        },
    )


@mag(Handeling.SJABLOON_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek) -> HttpResponse:
    """Make a template."""
    return _form(
        request, Plansjabloon(gemeente_id=request.actor.gemeente, inhoud=[_goal()])
    )


@mag(Handeling.SJABLOON_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: Verzoek, sjabloon: UUID) -> HttpResponse:
    """Change a template; plans that began with it stay as they are."""
    return _form(
        request,
        get_object_or_404(Plansjabloon, pk=sjabloon, gemeente=request.actor.gemeente),
    )


def _form(request: Verzoek, sjabloon: Plansjabloon) -> HttpResponse:
    besluiten.require(request.actor, Handeling.SJABLOON_BEHEREN)
    fout = ""
    if request.method == "POST":
        gegeven = request.POST
        sjabloon.naam = gegeven.get("naam", "").strip()[:120]
        sjabloon.uitleg = gegeven.get("uitleg", "").strip()[:300]
        sjabloon.actief = "actief" in gegeven
        rijen = _rows(gegeven)
        actie = gegeven.get("actie", "bewaar")
        if actie == "bewaar":
            sjabloon.inhoud = _filled(rijen)
            fout = _save(request, sjabloon)
            if not fout:
                messages.success(request, _("The template was saved."))
                return redirect("plansjablonen")
        else:
            sjabloon.inhoud = _changed(rijen, actie)
    return render(
        request,
        "plan/sjabloon.html",
        {
            "sjabloon": sjabloon,
            "is_nieuw": sjabloon._state.adding,
            "fout": fout,
            "soorten": Soort.choices,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fout else HTTPStatus.OK,
    )


def _save(request: Verzoek, sjabloon: Plansjabloon) -> str:
    if not sjabloon.naam:
        return _("Give the template a name.")
    if not sjabloon.inhoud:
        return _("Write at least one goal.")
    sjabloon.gewijzigd_op = klok.now()
    sjabloon.gewijzigd_door = request.actor.account_id
    try:
        with transaction.atomic():
            sjabloon.save()
    except IntegrityError:
        return _("There is a template of this name already.")
    return ""


def _goal() -> dict[str, Any]:
    return {"tekst": "", "activiteiten": [_activity()]}


def _activity() -> dict[str, Any]:
    return {"wat": "", "soort": Soort.GEZIN.value, "oplevert": ""}


def _rows(gegeven: QueryDict) -> Rijen:
    """Read the rows of the form: `d0`, `d0a0.wat` and so on."""
    rijen: Rijen = []
    for i in range(_MEESTE_DOELEN):
        if f"d{i}" not in gegeven:
            break
        activiteiten = []
        for j in range(_MEESTE_ACTIVITEITEN):
            naam = f"d{i}a{j}"
            if f"{naam}.wat" not in gegeven:
                break
            soort = gegeven.get(f"{naam}.soort", "")
            activiteiten.append(
                {
                    "wat": gegeven.get(f"{naam}.wat", "").strip()[:_LANGSTE],
                    "soort": soort if soort in Soort.values else Soort.GEZIN.value,
                    "oplevert": gegeven.get(f"{naam}.oplevert", "").strip()[:_LANGSTE],
                }
            )
        rijen.append(
            {
                "tekst": gegeven.get(f"d{i}", "").strip()[:_LANGSTE],
                "activiteiten": activiteiten,
            }
        )
    return rijen


def _filled(rijen: Rijen) -> Rijen:
    """Leave out what stayed empty."""
    gevuld = [
        {**doel, "activiteiten": [a for a in doel["activiteiten"] if a["wat"]]}
        for doel in rijen
    ]
    return [doel for doel in gevuld if doel["tekst"]]


def _changed(rijen: Rijen, actie: str) -> Rijen:
    """Add or take out a row: `doel+`, `d1+`, `d1-`, `d1a2-`."""
    if actie == "doel+" and len(rijen) < _MEESTE_DOELEN:
        return [*rijen, _goal()]
    plaats, teken = actie[:-1].removeprefix("d"), actie[-1:]
    doel, _streep, activiteit = plaats.partition("a")
    if not doel.isdigit() or int(doel) >= len(rijen):
        return rijen
    onder = rijen[int(doel)]["activiteiten"]
    if teken == "+" and len(onder) < _MEESTE_ACTIVITEITEN:
        onder.append(_activity())
    elif teken == "-" and not activiteit:
        del rijen[int(doel)]
    elif teken == "-" and activiteit.isdigit() and int(activiteit) < len(onder):
        del onder[int(activiteit)]
    return rijen
