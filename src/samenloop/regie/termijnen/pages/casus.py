"""The terms of one case, one term with what happened to it, and each of its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.regie import casussen
from samenloop.regie.models import Casus
from samenloop.regie.termijnen import doorzetten, lopen, soorten, zicht
from samenloop.regie.termijnen import forms as vormen
from samenloop.regie.termijnen.models import (
    OPEN,
    Opschortgrond,
    Staat,
    Telling,
    Termijn,
)
from samenloop.signalen import collegas

DOEL = "regie_gezamenlijk_plan"
_FORM = ["GET", "HEAD", "POST"]
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stap:
    """One thing that can be done with a term: its form, and what it does."""

    titel: str | Promise
    knop: str | Promise
    form: Callable[[Verzoek, Termijn], forms.Form]
    doe: Callable[[Termijn, Data, Actor], Termijn]
    kan: Callable[[Termijn], bool]


def _grounds(termijn: Termijn) -> tuple[Opschortgrond, ...]:
    return soorten.find(termijn.soort, termijn.gemeente_id).opschorting


def _can_extend(termijn: Termijn) -> bool:
    if termijn.telling == Telling.DATUM:
        return True
    kan = bool(soorten.find(termijn.soort, termijn.gemeente_id).verlenging)
    return kan and not termijn.verlengingen.filter(van_rechtswege=True).exists()


STAPPEN: dict[str, Stap] = {
    "opschorten": Stap(
        gettext_lazy("Let the term stand still"),
        gettext_lazy("Let it stand still"),
        lambda request, termijn: vormen.Opschortform(
            _posted(request),
            gronden=_grounds(termijn),
            initial={"van": vormen.tomorrow()},
        ),
        lambda termijn, data, door: lopen.suspend(
            termijn,
            grond=Opschortgrond(data["grond"]),
            van=data["van"],
            tot=data["tot"],
            reden=data["reden"],
            door=door,
        ),
        lambda termijn: termijn.staat == Staat.LOOPT and bool(_grounds(termijn)),
    ),
    "hervatten": Stap(
        gettext_lazy("Let the term run again"),
        gettext_lazy("Let it run again"),
        lambda request, _termijn: vormen.Hervatform(
            _posted(request), initial={"op": klok.today()}
        ),
        lambda termijn, data, door: lopen.resume(
            termijn, op=data["op"], reden=data["reden"], door=door
        ),
        lambda termijn: termijn.staat == Staat.STIL,
    ),
    "verlengen": Stap(
        gettext_lazy("Extend the term"),
        gettext_lazy("Record the extension"),
        lambda request, termijn: vormen.Verlengform(
            _posted(request), termijn=termijn, initial={"bericht_op": klok.today()}
        ),
        lambda termijn, data, door: lopen.extend(
            termijn,
            naar=data.get("naar"),
            bericht_op=data["bericht_op"],
            reden=data["reden"],
            door=door,
        ),
        _can_extend,
    ),
    "stoppen": Stap(
        gettext_lazy("Stop the term"),
        gettext_lazy("Stop this term"),
        lambda request, _termijn: vormen.Stopform(
            _posted(request), initial={"op": klok.today()}
        ),
        lambda termijn, data, door: lopen.stop(
            termijn,
            data["op"],
            door,
            uitkomst=Staat(data["uitkomst"]),
            reden=data["reden"],
        ),
        lambda _termijn: True,
    ),
    "corrigeren": Stap(
        gettext_lazy("Correct the term"),
        gettext_lazy("Record the correction"),
        lambda request, termijn: vormen.Corrigeerform(
            _posted(request),
            termijn=termijn,
            initial={"begin": termijn.begin, "uiterlijk": termijn.uiterlijk},
        ),
        lambda termijn, data, door: lopen.correct(
            termijn,
            begin=data["begin"],
            uiterlijk=data.get("uiterlijk"),
            reden=data["reden"],
            door=door,
        ),
        lambda _termijn: True,
    ),
}


@mag(Handeling.TERMIJN_ZIEN)
@require_safe
@never_cache
def of_case(request: Verzoek, casus: UUID) -> HttpResponse:
    """Show all terms of a case, those that ended as well."""
    gevonden = _case_or_404(request, casus)
    wat = _look(request.actor, gevonden)
    return render(
        request,
        "termijnen/casus.html",
        {
            "casus": gevonden,
            "wat": wat,
            "rijen": zicht.rows(request.actor, zicht.of_case(gevonden)),
            "mag_beheren": lopen.may_manage(request.actor, gevonden),
            "mag_doorzetten": besluiten.may(request.actor, Handeling.DOORZETTEN),
            "doorzettingen": _pushed(gevonden) if wat or _divides(request) else [],
        },
    )


@mag(Handeling.TERMIJN_BEHEREN)
@require_http_methods(_FORM)
@never_cache
def start(request: Verzoek, casus: UUID) -> HttpResponse:
    """Let a term run on a case."""
    gevonden = _case_or_404(request, casus)
    if not lopen.may_manage(request.actor, gevonden):
        raise besluiten.GeenToegang(
            besluiten.reason(request.actor, (Handeling.TERMIJN_BEHEREN,))
        )
    kinds = soorten.in_force(request.actor.gemeente)
    form = vormen.Startform(
        _posted(request), soorten=kinds.values(), initial={"begin": klok.today()}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            termijn = lopen.start(
                data["soort"],
                casus=gevonden,
                begin=data["begin"],
                uiterlijk=data["uiterlijk"],
                omschrijving=data["omschrijving"],
                door=request.actor,
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("The term runs."))
            return redirect("termijn", termijn.pk)
    return render(
        request,
        "termijnen/vorm.html",
        {
            "form": form,
            "casus": gevonden,
            "titel": _("Let a term run"),
            "knop": _("Let this term run"),
            "kop": _("The term does not run yet"),
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.TERMIJN_ZIEN)
@require_safe
@never_cache
def show(request: Verzoek, termijn: UUID) -> HttpResponse:
    """Show one term: how it stands, its law, what happened and who was told."""
    gevonden = _term_or_404(request, termijn)
    actor = request.actor
    wat = _look(actor, gevonden.casus)
    escalaties = list(gevonden.escalaties.order_by("op", "moment", "waarde"))
    gebeurd = list(gevonden.gebeurtenissen.all())
    namen = collegas.names(
        [
            *(each.door for each in gebeurd),
            *(wie for each in escalaties for wie in each.accounts),
        ]
    )
    beheert = gevonden.is_open and lopen.may_manage(actor, gevonden.casus)
    return render(
        request,
        "termijnen/termijn.html",
        {
            "rij": zicht.rows(actor, [gevonden])[0],
            "termijn": gevonden,
            "casus": gevonden.casus,
            "wat": wat,
            "opschortingen": gevonden.opschortingen.all(),
            "verlengingen": gevonden.verlengingen.all(),
            "gebeurd": [(each, namen.get(each.door or 0, "")) for each in gebeurd],
            "escalaties": [(each, zicht.told(each, namen)) for each in escalaties],
            "stappen": [
                (naam, stap.titel)
                for naam, stap in STAPPEN.items()
                if beheert and stap.kan(gevonden)
            ],
            "mag_doorzetten": besluiten.may(actor, Handeling.DOORZETTEN),
        },
    )


@mag(Handeling.TERMIJN_BEHEREN)
@require_http_methods(_FORM)
@never_cache
def step(request: Verzoek, termijn: UUID, stap: str) -> HttpResponse:
    """Take one step with a term."""
    gevonden = _term_or_404(request, termijn)
    gekozen = STAPPEN.get(stap)
    if gekozen is None or not gevonden.is_open or not gekozen.kan(gevonden):
        raise Http404(_("This cannot be done with the term as it stands."))
    if not lopen.may_manage(request.actor, gevonden.casus):
        raise besluiten.GeenToegang(
            besluiten.reason(request.actor, (Handeling.TERMIJN_BEHEREN,))
        )
    form = gekozen.form(request, gevonden)
    if request.method == "POST" and form.is_valid():
        try:
            gekozen.doe(gevonden, form.cleaned_data, request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request, _("It is recorded; the last day is counted anew.")
            )
            return redirect("termijn", gevonden.pk)
    return render(
        request,
        "termijnen/vorm.html",
        {
            "form": form,
            "casus": gevonden.casus,
            "termijn": gevonden,
            "soort": soorten.find(gevonden.soort, gevonden.gemeente_id),
            "titel": gekozen.titel,
            "knop": gekozen.knop,
            "kop": _("Nothing was recorded yet"),
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.DOORZETTEN)
@require_http_methods(_FORM)
@never_cache
def push_through(request: Verzoek, casus: UUID) -> HttpResponse:
    """Record that somebody decided over an organisation."""
    gevonden = _case_or_404(request, casus)
    kinds = soorten.in_force(request.actor.gemeente)
    open_ = {str(each.pk): each for each in gevonden.termijnen.filter(staat__in=OPEN)}
    form = vormen.Doorzetform(
        _posted(request),
        gemeente=request.actor.gemeente,
        termijnen=[(pk, kinds[each.soort].naam) for pk, each in open_.items()],
        initial={"termijn": request.GET.get("termijn", "")},
    )
    if request.method == "POST" and form.is_valid():
        doorzetten.push_through(
            gevonden,
            organisatie=form.cleaned_data["organisatie"].pk,
            besluit=form.cleaned_data["besluit"],
            reden=form.cleaned_data["reden"],
            termijn=open_.get(form.cleaned_data["termijn"]),
            door=request.actor,
        )
        messages.success(request, _("Your decision stands on the time line."))
        return redirect("termijnen-van-casus", gevonden.pk)
    return render(
        request,
        "termijnen/vorm.html",
        {
            "form": form,
            "casus": gevonden,
            "titel": _("Push through"),
            "knop": _("Record the decision"),
            "kop": _("Nothing was recorded yet"),
            "uitleg": _(
                "You decide over an organisation because the work is stuck. It stands "
                "in the log and on the time line of the dossier with your name; tell "
                "the organisation yourself."
            ),
        },
        status=422 if form.errors else 200,
    )


def _posted(request: Verzoek) -> Any:
    return request.POST if request.method == "POST" else None


def _divides(request: Verzoek) -> bool:
    return besluiten.may(request.actor, Handeling.DOORZETTEN)


def _pushed(casus: Casus) -> list[tuple[Any, str]]:
    rijen = list(casus.doorzettingen.select_related("organisatie"))
    namen = collegas.names(each.door for each in rijen)
    return [(each, namen.get(each.door or 0, "")) for each in rijen]


def _case_or_404(request: Verzoek, casus: UUID) -> Casus:
    return get_object_or_404(
        casussen.visible_to(request.actor).select_related(
            "dossier__gezin", "betrokkene", "team"
        ),
        pk=casus,
    )


def _term_or_404(request: Verzoek, termijn: UUID) -> Termijn:
    return get_object_or_404(zicht.with_all(zicht.visible(request.actor)), pk=termijn)


def _look(actor: Actor, casus: Casus) -> bool:
    """Put the look in the log first; whether it goes as deep as what was written."""
    wat = zicht.may_read(actor, casus)
    logboek.record(
        actor,
        Handeling.TERMIJN_ZIEN,
        personen=toegang.persons(casus.dossier) if wat and casus.dossier else (),
        onderwerp=f"casus:{casus.pk}",
        doel=DOEL,
        diepte=Diepte.WAT if wat else Diepte.DAT,
    )
    return wat
