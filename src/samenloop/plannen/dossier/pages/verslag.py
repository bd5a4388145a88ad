"""A report of a conversation: to read, to print and to give to the family."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.dossier import gesprekken, toelating
from samenloop.plannen.dossier.forms import UitreikingForm
from samenloop.plannen.dossier.gesprekken import (
    VRAGEN,
    EigenPlan,
    Ondersteuning,
    Plek,
    Verslag,
)
from samenloop.plannen.dossier.models import Gesprek, Gesprekversie
from samenloop.plannen.dossier.pages import omgeving
from samenloop.plannen.dossier.pages.gesprek import find
from samenloop.plannen.models import Deel
from samenloop.signalen.models import Leefgebied


@mag(toelating.LEZEN)
@require_safe
@never_cache
def report(request: Verzoek, gesprek: UUID, nummer: int) -> HttpResponse:
    """Show a report; on paper it is a sheet for the family."""
    gevonden = find(request.actor, gesprek, toelating.LEZEN)
    versie = _version(gevonden, nummer)
    toelating.looked(
        request.actor, gevonden.dossier, onderwerp=f"gesprek:{gevonden.pk}"
    )
    form = UitreikingForm(
        initial={"gegeven_op": klok.today()}, dossier=gevonden.dossier
    )
    return _page(request, gevonden, versie, form)


@mag(toelating.SCHRIJVEN)
@require_POST
@never_cache
def report_given(request: Verzoek, gesprek: UUID, nummer: int) -> HttpResponse:
    """Note that the family got the report."""
    gevonden = find(request.actor, gesprek, toelating.SCHRIJVEN)
    versie = _version(gevonden, nummer)
    form = UitreikingForm(request.POST, dossier=gevonden.dossier)
    if not form.is_valid():
        return _page(request, gevonden, versie, form)
    try:
        gesprekken.give(
            versie,
            door=request.actor,
            gegeven_op=form.cleaned_data["gegeven_op"],
            wijze=form.cleaned_data["wijze"],
            persoon=UUID(form.cleaned_data["persoon"])
            if form.cleaned_data["persoon"]
            else None,
        )
    except SamenloopFout as fout:
        form.add_error("gegeven_op", str(fout))
        return _page(request, gevonden, versie, form)
    messages.success(request, _("Noted that the family got the report."))
    return redirect("gesprek-verslag", gevonden.pk, versie.nummer)


def _version(gesprek: Gesprek, nummer: int) -> Gesprekversie:
    versie = gesprek.versies.filter(nummer=nummer).first()
    if versie is None:
        raise Http404
    return versie


def _page(
    request: Verzoek, gesprek: Gesprek, versie: Gesprekversie, form: UitreikingForm
) -> HttpResponse:
    dossier = gesprek.dossier
    verslag = Verslag.kept(versie.inhoud)
    versies = list(gesprek.versies.defer("inhoud").order_by("nummer"))
    uitreikingen = list(versie.uitreikingen.select_related("persoon"))
    namen = omgeving.names([versie.door])
    return render(
        request,
        "dossier/verslag.html",
        {
            **omgeving.around(request.actor, dossier, "gesprek"),
            "gesprek": gesprek,
            "versie": versie,
            "versies": versies,
            "verslag": verslag,
            "gebieden": _areas(verslag),
            "gevoerd_op": _day(verslag.gevoerd_op),
            "eigen_plan_op": _day(verslag.eigen_plan_op),
            "plek": _label(Plek, verslag.plek),
            "ondersteuning": _label(Ondersteuning, verslag.ondersteuning),
            "eigen_plan": _label(EigenPlan, verslag.eigen_plan),
            "bekend": [
                {
                    **blok,
                    "op": _day(blok["op"]),
                    "feiten": [
                        {**feit, "sinds": _day(feit["sinds"])}
                        for feit in blok["feiten"]
                    ],
                }
                for blok in versie.inhoud.get("bekend", [])
            ],
            "door": namen.get(versie.door or 0, _("a closed account")),
            "uitreikingen": uitreikingen,
            "form": form,
            "mag_schrijven": toelating.may_write(
                request.actor, dossier, Deel.GESPREKKEN
            ),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _areas(verslag: Verslag) -> list[dict[str, Any]]:
    return [
        {
            "naam": naam,
            "antwoorden": [
                (vraag, verslag.gebieden[code][sleutel])
                for sleutel, vraag in VRAGEN.items()
                if sleutel in verslag.gebieden[code]
            ],
        }
        for code, naam in Leefgebied.choices
        if code in verslag.gebieden
    ]


def _label(keuzes: Any, waarde: str) -> str:
    return str(keuzes(waarde).label) if waarde in keuzes.values else ""


def _day(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None
