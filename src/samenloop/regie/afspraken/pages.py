"""The pages of appointments: a week, one appointment, making, moving, calling off."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import LEIDEND, Deel
from samenloop.regie import casussen, lijst, mijn_dag
from samenloop.regie.afspraken import bronnen, ics, maken, zicht
from samenloop.regie.afspraken.forms import Afspraakform, Afzegform, Verzetform
from samenloop.regie.afspraken.models import Casusafspraak

DOEL = "regie_gezamenlijk_plan"
_ZIEN, _SCHRIJF = Handeling.TAAK_ZIEN, Handeling.DOSSIER_SCHRIJVEN


@mag(_ZIEN)
@require_safe
@never_cache
def week(request: Verzoek) -> HttpResponse:
    """Show one's own week; which, stands in the address."""
    vandaag = klok.today()
    maandag = _day(request.GET.get("dag", ""), vandaag)
    maandag -= timedelta(days=maandag.weekday())
    zondag = maandag + timedelta(days=6)
    alle = mijn_dag.agenda(request.actor, maandag, zondag)
    _log(request.actor, alle, "agenda", logboek.Wijze.GEVONDEN)
    dagen = [maandag + timedelta(days=n) for n in range(7)]
    return render(
        request,
        "afspraken/week.html",
        {
            "maandag": maandag,
            "zondag": zondag,
            "vandaag": vandaag,
            "vorige": maandag - timedelta(days=7),
            "volgende": maandag + timedelta(days=7),
            "dagen": [
                (dag, [each for each in alle if localtime(each.op).date() == dag])
                for dag in dagen
                # A weekend in which nothing is planned only takes room.
                if dag.weekday() < 5
                or any(localtime(each.op).date() == dag for each in alle)
            ],
        },
    )


@mag(_ZIEN)
@require_safe
@never_cache
def download(request: Verzoek) -> HttpResponse:
    """Hand out one's own day for another calendar, without a name."""
    dag = _day(request.GET.get("dag", ""), klok.today())
    alle = mijn_dag.agenda(request.actor, dag)
    _log(request.actor, alle, f"agenda:{dag}", logboek.Wijze.VERSTREKT)
    return HttpResponse(
        ics.write(alle, request.build_absolute_uri),
        content_type=ics.MEDIA,
        headers={"Content-Disposition": f'attachment; filename="agenda-{dag}.ics"'},
    )


@mag(_ZIEN)
@require_safe
@never_cache
def show(request: Verzoek, afspraak: UUID) -> HttpResponse:
    """Show one appointment."""
    return _page(request, _find(request.actor, afspraak))


@mag(_SCHRIJF)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek, casus: UUID) -> HttpResponse:
    """Make an appointment of a case."""
    actor = request.actor
    gevonden = get_object_or_404(
        casussen.visible_to(actor).select_related("dossier__gezin", "betrokkene"),
        pk=casus,
    )
    if gevonden.dossier is None:
        raise Http404
    toegang.require(actor, gevonden.dossier, _SCHRIJF, Deel.JOURNAAL)
    deelnames = maken.can_come(gevonden)
    heten = namen.of(deelnames)
    form = Afspraakform(
        request.POST if request.method == "POST" else None,
        mensen=[(each.pk, heten[each.pk]) for each in deelnames],
        initial={
            "dag": request.GET.get("dag", ""),
            "met": [
                str(each.pk)
                for each in deelnames
                if each.rol in LEIDEND or each.account == actor.account_id
            ],
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            gemaakt = maken.make(
                gevonden,
                form.cleaned_data["soort"],
                form.when(),
                met=form.who,
                waarover=form.cleaned_data["waarover"],
                door=actor,
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("The appointment stands in the agenda."))
            return redirect("afspraak", gemaakt.pk)
    return render(
        request,
        "afspraken/nieuw.html",
        {"casus": gevonden, "wie": lijst.title(gevonden), "form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(_SCHRIJF)
@require_POST
@never_cache
def move(request: Verzoek, afspraak: UUID) -> HttpResponse:
    """Move it, with the reason."""
    gevonden = _find(request.actor, afspraak)
    form = Verzetform(request.POST)
    if form.is_valid():
        try:
            maken.move(
                gevonden,
                form.when(),
                reden=form.cleaned_data["reden"],
                door=request.actor,
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("The appointment was moved."))
            return redirect("afspraak", afspraak)
    return _page(request, gevonden, verzet=form)


@mag(_SCHRIJF)
@require_POST
@never_cache
def call_off(request: Verzoek, afspraak: UUID) -> HttpResponse:
    """Call it off, with the reason."""
    gevonden = _find(request.actor, afspraak)
    form = Afzegform(request.POST)
    if form.is_valid():
        try:
            maken.call_off(
                gevonden, reden=form.cleaned_data["reden"], door=request.actor
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request,
                _("The appointment was called off. Tell whoever counted on it."),
            )
            return redirect("afspraak", afspraak)
    return _page(request, gevonden, afzeg=form)


def _find(actor: Actor, afspraak: UUID) -> Casusafspraak:
    gevonden = (
        Casusafspraak.objects.select_related(
            "casus__dossier__gezin", "casus__betrokkene"
        )
        .filter(pk=afspraak, gemeente=actor.gemeente)
        .first()
    )
    if gevonden is None:
        raise Http404
    if not zicht.may_see(actor, gevonden):
        raise GeenToegang(
            _("This appointment is of a dossier of which this part is not open to you.")
        )
    return gevonden


def _page(
    request: Verzoek,
    afspraak: Casusafspraak,
    *,
    verzet: Verzetform | None = None,
    afzeg: Afzegform | None = None,
) -> HttpResponse:
    actor, casus = request.actor, afspraak.casus
    logboek.record(
        actor,
        Handeling.DOSSIER_LEZEN,
        personen=toegang.persons(casus.dossier) if casus.dossier else (),
        onderwerp=f"afspraak:{afspraak.pk}",
        doel=DOEL,
    )
    komen = [
        each.deelname
        for each in afspraak.komen.select_related(
            "deelname__organisatie", "deelname__persoon"
        )
    ]
    heten, nu = namen.of(komen), klok.now()
    begin = localtime(afspraak.begint_op)
    loopt = afspraak.staat == Casusafspraak.Staat.GEPLAND and not maken.is_over(
        afspraak
    )
    mis = bool((verzet and verzet.errors) or (afzeg and afzeg.errors))
    return render(
        request,
        "afspraken/afspraak.html",
        {
            "afspraak": afspraak,
            "wat": bronnen.kind(afspraak),
            "wie": lijst.title(casus),
            "casus": casus,
            "komen": [
                (heten[each.pk], each.tot is not None and each.tot <= nu)
                for each in komen
            ],
            "verzettingen": list(afspraak.verzettingen.all()),
            "mag": loopt and maken.may_plan(actor, casus),
            "verslag": bronnen.report(afspraak)
            if casussen.leads(actor, casus)
            and afspraak.staat == Casusafspraak.Staat.GEPLAND
            else "",
            "verzet": verzet
            or Verzetform(
                initial={
                    "dag": begin.date(),
                    "tijd": begin.time(),
                    "minuten": afspraak.minuten,
                    "plaats": afspraak.plaats,
                }
            ),
            "afzeg": afzeg or Afzegform(),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if mis else HTTPStatus.OK,
    )


def _log(actor: Actor, alle: list[Any], onderwerp: str, wijze: logboek.Wijze) -> None:
    logboek.record(
        actor,
        _ZIEN,
        personen={each.over for each in alle if each.over},
        onderwerp=onderwerp,
        doel=DOEL,
        wijze=wijze,
    )


def _day(gevraagd: str, anders: date) -> date:
    """Return the day of the address; what is no day counts as not asked."""
    try:
        dag = date.fromisoformat(gevraagd)
    except ValueError:
        return anders
    return dag if 2000 < dag.year < 2200 else anders
