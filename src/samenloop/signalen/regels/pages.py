"""Pages of the rules: the list, one rule with its draft and versions, the settings.

No personal data is on them: signals appear by number only, and only in a dry run.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.signalen.regels import (
    beginset,
    bouwer,
    invoer,
    proef,
    proefvraag,
    verschil,
    versies,
)
from samenloop.signalen.regels import bron as feitenbron
from samenloop.signalen.regels.beeld import Regelbeeld, list_rows, reviewers
from samenloop.signalen.regels.invoer import Invoer
from samenloop.signalen.regels.models import (
    Instelling,
    Regel,
    Regelversie,
)
from samenloop.signalen.regels.versies import RegelFout, Stap, may_take

FRAGMENT = "X-Samenloop-Deel"


def _rule(request: Verzoek, pk: UUID) -> Regel:
    return get_object_or_404(Regel, pk=pk, gemeente=request.actor.gemeente)


@require_safe
@never_cache
@mag(Handeling.REGEL_ZIEN)
def overview(request: Verzoek) -> HttpResponse:
    """Show the rules that are in force, and those being worked on."""
    gemeente = request.actor.gemeente
    rijen = list_rows(gemeente, _hits(gemeente))
    return render(
        request,
        "regels/lijst.html",
        {
            "werkend": [rij for rij in rijen if rij.werkend],
            "overig": [rij for rij in rijen if not rij.werkend],
            "instelling": Instelling.of(gemeente),
            "beginset": [
                regel
                for regel in beginset.BEGINSET
                if regel.code not in {rij.regel.beginset for rij in rijen}
            ],
            "mag_schrijven": besluiten.may(request.actor, Handeling.REGEL_SCHRIJVEN),
            "jaar": klok.today().year,
        },
    )


def _hits(gemeente: str) -> dict[UUID, int]:
    """How often each rule hit this year."""
    begin = date(klok.today().year, 1, 1)
    return feitenbron.source().hits(gemeente, begin)


@require_POST
@mag(Handeling.REGEL_SCHRIJVEN)
def create(request: Verzoek) -> HttpResponse:
    """Start a rule of one's own."""
    try:
        versie = versies.new_rule(request.actor, request.POST.get("naam", ""))
    except RegelFout as fout:
        messages.warning(request, str(fout))
        return redirect("regels")
    return redirect("regel", versie.regel_id)


@require_POST
@mag(Handeling.REGEL_SCHRIJVEN)
def start_set(request: Verzoek) -> HttpResponse:
    """Take over the rules to begin with, as drafts."""
    aantal = len(beginset.take_over(request.actor))
    messages.success(
        request, _("%(number)s rules were added as drafts.") % {"number": aantal}
    )
    return redirect("regels")


@require_POST
@mag(Handeling.REGEL_SCHRIJVEN)
def new_version(request: Verzoek, pk: UUID) -> HttpResponse:
    """Start a draft from the newest version."""
    versies.new_version(request.actor, _rule(request, pk))
    return redirect("regel", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag(Handeling.REGEL_ZIEN)
def rule(request: Verzoek, pk: UUID) -> HttpResponse:
    """Show a rule: its newest version left, what would change right."""
    regel = _rule(request, pk)
    versie = _asked_version(request, regel)
    ingevoerd = None
    if request.method == "POST":
        besluiten.require(request.actor, Handeling.REGEL_SCHRIJVEN)
        acties = request.POST.getlist("actie")
        ingevoerd = invoer.read(request.POST, versie, acties)
        try:
            versie = versies.change(request.actor, versie, **ingevoerd.inhoud)
        except RegelFout as fout:
            messages.warning(request, str(fout))
            return redirect("regel", pk)
        if "proef" in acties and not _has_faults(ingevoerd):
            return start_trial(request, versie)
    deel = request.headers.get(FRAGMENT) == "vorm"
    context = _context(request, regel, versie, ingevoerd)
    return render(request, "regels/vorm.html" if deel else "regels/regel.html", context)


def _asked_version(request: Verzoek, regel: Regel) -> Regelversie:
    gevraagd = request.GET.get("versie", "")
    reeks = regel.versies.order_by("-versie")
    if gevraagd.isdigit() and len(gevraagd) < 5:
        return get_object_or_404(reeks, versie=int(gevraagd))
    versie = reeks.first()
    if versie is None:
        raise Http404(_("This rule has no version."))
    return versie


def _has_faults(ingevoerd: Invoer) -> bool:
    return bool(ingevoerd.fouten or ingevoerd.boomfouten or ingevoerd.tekstfout)


def start_trial(request: Verzoek, versie: Regelversie) -> HttpResponse:
    """Let a worker do a dry run, and go back to the rule where one sees it go."""
    try:
        proefvraag.ask(request.actor, versie)
    except RegelFout as fout:
        messages.warning(request, str(fout))
    return redirect("regel", versie.regel_id)


def _context(
    request: Verzoek, regel: Regel, versie: Regelversie, ingevoerd: Invoer | None
) -> dict[str, Any]:
    schrijfbaar = versies.may_take(Stap.WIJZIGEN, versie, request.actor)
    ingevoerd = ingevoerd or Invoer(tekst=versie.uitdrukking)
    return {
        "regel": regel,
        "versie": versie,
        "schrijfbaar": schrijfbaar,
        "invoer": ingevoerd,
        "foutplaats": invoer.place_of(ingevoerd.tekst, ingevoerd.tekstfout)
        if ingevoerd.tekstfout
        else None,
        "bouw": bouwer.show(versie.voorwaarde, ingevoerd.boomfouten)
        if versie.voorwaarde is not None
        else None,
        "in_woorden": invoer.in_words(versie),
        "velden": bouwer.field_choices(),
        "beeld": Regelbeeld.of(versie, _hits(regel.gemeente)),
        "mag": {stap.value: may_take(stap, versie, request.actor) for stap in Stap},
        "mag_schrijven": besluiten.may(request.actor, Handeling.REGEL_SCHRIJVEN),
        "meekijkers": reviewers(versie),
        "gebreken": versies.faults(versie),
        "bewaard": versie.bewaard_op.astimezone(klok.AMSTERDAM),
    }


@require_POST
@mag(Handeling.REGEL_SCHRIJVEN, Handeling.REGEL_GOEDKEUREN)
def step(request: Verzoek, pk: UUID, nummer: int) -> HttpResponse:
    """Take one of the steps of the four eyes."""
    regel = _rule(request, pk)
    versie = get_object_or_404(regel.versies, versie=nummer)
    try:
        gedaan = _take(request, versie, request.POST.get("stap", ""))
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("regel", pk)
    messages.success(request, gedaan)
    if not Regel.objects.filter(pk=pk).exists():
        return redirect("regels")
    return redirect("regel", pk)


def _take(request: Verzoek, versie: Regelversie, stap: str) -> str:
    actor, data = request.actor, request.POST
    match stap:
        case Stap.VRAGEN:
            aan = next(
                (g for g in reviewers(versie) if str(g.pk) == data.get("aan")), None
            )
            if aan is None:
                raise RegelFout(_("Choose who looks at it with you."))
            versies.request(actor, versie, aan, _day(data.get("per", "")))
            return _("%(name)s was asked to look at it.") % {"name": aan.naam}
        case Stap.TERUGNEMEN:
            versies.take_back(actor, versie)
            return _("It is a draft again.")
        case Stap.GOEDKEUREN:
            per = _day(data.get("per", ""))
            versies.approve(
                actor, versie, per, data.get("antwoord", ""), opvallend=proef.striking
            )
            return _("Version %(number)s counts from %(day)s.") % {
                "number": versie.versie,
                "day": f"{per.day}-{per.month}-{per.year}",
            }
        case Stap.TERUGGEVEN:
            versies.give_back(actor, versie, data.get("antwoord", ""))
            return _("It went back to the writer with your answer.")
        case Stap.INTREKKEN:
            versies.withdraw(actor, versie)
            return _("The version ends tonight.")
        case Stap.WEGGOOIEN:
            versies.discard(actor, versie)
            return _("The draft was thrown away.")
        case _:
            raise RegelFout(_("This step does not exist."))


def _day(tekst: str) -> date:
    """A day as people write it: 1-4-2026."""
    for vorm in ("%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(tekst.strip(), vorm).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise RegelFout(_("Write the day as day-month-year, such as 1-4-2026."))


@require_safe
@mag(Handeling.REGEL_ZIEN)
def difference(request: Verzoek, pk: UUID, was: int, wordt: int) -> HttpResponse:
    """Show two versions beside each other."""
    regel = _rule(request, pk)
    oud = get_object_or_404(regel.versies, versie=was)
    nieuw = get_object_or_404(regel.versies, versie=wordt)
    return render(
        request,
        "regels/verschil.html",
        {
            "regel": regel,
            "was": oud,
            "wordt": nieuw,
            "verschillen": verschil.compare(oud, nieuw),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag(Handeling.REGEL_ZIEN)
def settings(request: Verzoek) -> HttpResponse:
    """Show from which weight a signal becomes a melding, and let it be changed."""
    gemeente = request.actor.gemeente
    fouten: dict[str, str] = {}
    if request.method == "POST":
        besluiten.require(request.actor, Handeling.REGEL_SCHRIJVEN)
        getallen = {
            veld: _bounded(request.POST.get(veld, ""), hoogste)
            for veld, hoogste in (("drempel", 500), ("opvallend_verschil", 100))
        }
        waarom = request.POST.get("waarom", "").strip()
        if getallen["drempel"] is None:
            fouten["drempel"] = _(
                "Write a whole number from 1 up to and including 500."
            )
        if getallen["opvallend_verschil"] is None:
            fouten["opvallend_verschil"] = _(
                "Write a whole number from 1 up to and including 100."
            )
        if len(waarom) < versies.KORTSTE_ANTWOORD:
            fouten["waarom"] = _("Write in one or two sentences why this changes.")
        if not fouten:
            Instelling.objects.create(
                gemeente=gemeente,
                waarom=waarom,
                vastgelegd_door_id=request.actor.account_id,
                **getallen,
            )
            messages.success(request, _("The settings count from now."))
            return redirect("regels-instellingen")
    return render(
        request,
        "regels/instellingen.html",
        {
            "instelling": Instelling.of(gemeente),
            "eerdere": Instelling.objects.filter(gemeente=gemeente).select_related(
                "vastgelegd_door"
            )[:20],
            "fouten": fouten,
            "ingevuld": request.POST,
            "mag_schrijven": besluiten.may(request.actor, Handeling.REGEL_SCHRIJVEN),
        },
    )


def _bounded(tekst: str, hoogste: int) -> int | None:
    tekst = tekst.strip()
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 4):
        return None
    return int(tekst) if 1 <= int(tekst) <= hoogste else None
