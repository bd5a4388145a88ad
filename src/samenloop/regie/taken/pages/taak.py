"""One task: what it is for, what it waits for, what waits for it, and ending it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Dossier
from samenloop.regie import lijst as casuslijst
from samenloop.regie.models import Casus
from samenloop.regie.taken import doen, opdragen, stand, wijzigen, zicht
from samenloop.regie.taken.forms import Taakform, people
from samenloop.regie.taken.fouten import Kring
from samenloop.regie.taken.models import Taak, Voorwaarde
from samenloop.regie.taken.opdragen import LOPEND, Uitvoerder
from samenloop.regie.taken.voorwaarden import Gevolg

DOEL = "regie_gezamenlijk_plan"


@mag(Handeling.TAAK_ZIEN)
@require_safe
@never_cache
def show(request: Verzoek, taak: UUID) -> HttpResponse:
    """Show a task to who may read it."""
    gevonden = _readable(request, taak)
    return _page(request, gevonden)


@mag(Handeling.TAAK_DOEN)
@require_POST
@never_cache
def complete(request: Verzoek, taak: UUID) -> HttpResponse:
    """Say that it is done."""
    return _act(
        request,
        taak,
        zicht.may_do,
        lambda gevonden: doen.complete(
            gevonden,
            door=request.actor,
            uitkomst=request.POST.get("uitkomst", ""),
            resultaat=request.POST.get("resultaat", "").strip()[:500],
        ),
        _("The task is done."),
    )


@mag(Handeling.TAAK_DOEN)
@require_POST
@never_cache
def cancel(request: Verzoek, taak: UUID) -> HttpResponse:
    """Let it lapse, with what comes after it or without."""
    return _act(
        request,
        taak,
        _leads,
        lambda gevonden: doen.cancel(
            gevonden,
            door=request.actor,
            reden=request.POST.get("reden", "")[:500],
            volgers_gaan_door=request.POST.get("volgers") != "vervallen",
        ),
        _("The task has lapsed."),
    )


@mag(Handeling.TAAK_DOEN)
@require_POST
@never_cache
def reopen(request: Verzoek, taak: UUID) -> HttpResponse:
    """Take it up again."""
    return _act(
        request,
        taak,
        zicht.may_do,
        lambda gevonden: doen.reopen(
            gevonden,
            door=request.actor,
            reden=request.POST.get("reden", "")[:500],
        ),
        _("The task is taken up again."),
    )


@mag(Handeling.TAAK_DOEN)
@require_POST
@never_cache
def start(request: Verzoek, taak: UUID) -> HttpResponse:
    """Let it begin now."""
    return _act(
        request,
        taak,
        _leads,
        lambda gevonden: doen.start(gevonden, door=request.actor),
        _("The task can begin."),
    )


@mag(Handeling.TAAK_VERDELEN)
@require_POST
@never_cache
def give(request: Verzoek, taak: UUID) -> HttpResponse:
    """Give it to somebody else of the dossier, or to nobody."""
    return _act(
        request,
        taak,
        _leads,
        lambda gevonden: opdragen.hand_over(
            Taak.objects.filter(pk=gevonden.pk),
            _chosen(gevonden, request.POST.get("wie", "")),
            door=request.actor,
            reden=request.POST.get("reden", "")[:500],
        ),
        _("The task was given to somebody else."),
    )


@mag(Handeling.TAAK_DOEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Give somebody something to do in a case."""
    casus = _led(request.actor, dossier)
    form = Taakform(request.POST or None, casus=casus)
    if request.method == "POST" and form.is_valid():
        opdracht = form.assignment()
        try:
            taak = opdragen.give(
                casus,
                opdracht.titel,
                door=request.actor,
                uitvoerder=form.executor(),
                uiterlijk=opdracht.uiterlijk,
                waarom=opdracht.waarom,
                eisen=opdracht.eisen,
                start_zelf=opdracht.start_zelf,
                dagen=opdracht.dagen,
                keuzes=opdracht.keuzes,
                herhaling=opdracht.herhaling,
                herinneringen=opdracht.herinneringen,
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            _log(request.actor, taak, logboek.Wijze.GEWIJZIGD)
            messages.success(request, _("The task was given."))
            return redirect("taak", taak.pk)
    if request.method != "POST":
        _log_case(request.actor, casus)
    return _form(request, casus, form, None)


@mag(Handeling.TAAK_DOEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: Verzoek, taak: UUID) -> HttpResponse:
    """Change what a task asks and what it waits for."""
    gevonden = _readable(request, taak)
    if not _leads(request.actor, gevonden) or gevonden.staat not in LOPEND:
        raise GeenToegang(besluiten.reason(request.actor, (Handeling.CASUS_VOEREN,)))
    form = Taakform(request.POST or None, casus=gevonden.casus, taak=gevonden)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                wijzigen.change(gevonden, form.assignment(), door=request.actor)
        except Kring as fout:
            form.add_error(None, f"{fout} {_loop(fout)}")
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            _log(request.actor, gevonden, logboek.Wijze.GEWIJZIGD)
            messages.success(request, _("The task was changed."))
            return redirect("taak", taak)
    _log(request.actor, gevonden, logboek.Wijze.GEOPEND)
    return _form(request, gevonden.casus, form, gevonden)


def _readable(request: Verzoek, taak: UUID) -> Taak:
    try:
        return zicht.require(request.actor, taak)
    except Taak.DoesNotExist:
        raise Http404 from None


def _leads(actor: Actor, taak: Taak) -> bool:
    return zicht.leads(actor, taak.casus)


def _led(actor: Actor, dossier: UUID) -> Casus:
    """Return the running case of a dossier that this actor directs."""
    casus = get_object_or_404(
        Casus.objects.select_related("dossier__gezin", "betrokkene"),
        dossier=dossier,
        gemeente=actor.gemeente,
    )
    toegang.require(actor, _dossier(casus), Handeling.TAAK_DOEN)
    if not zicht.leads(actor, casus) or _dossier(casus).gesloten_op is not None:
        raise GeenToegang(besluiten.reason(actor, (Handeling.CASUS_VOEREN,)))
    return casus


def _dossier(casus: Casus) -> Dossier:
    assert casus.dossier is not None
    return casus.dossier


def _act(
    request: Verzoek,
    sleutel: UUID,
    mag_dit: Callable[[Actor, Taak], bool],
    doe: Callable[[Taak], Gevolg | int | None],
    gelukt: str,
) -> HttpResponse:
    """Do one thing with a task, say what followed, and show it again."""
    taak = _readable(request, sleutel)
    if not mag_dit(request.actor, taak):
        raise GeenToegang(besluiten.reason(request.actor, (Handeling.TAAK_DOEN,)))
    try:
        with transaction.atomic():
            _log(request.actor, taak, logboek.Wijze.GEWIJZIGD)
            gevolg = doe(taak)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        volgde = _told(gevolg) if isinstance(gevolg, Gevolg) else ""
        messages.success(request, f"{gelukt} {volgde}".strip())
    return redirect("taak", sleutel)


def _told(gevolg: Gevolg) -> str:
    """Return in words what followed."""
    zinnen = []
    if n := len(gevolg.begonnen):
        zinnen.append(
            ngettext("%(n)s task can begin.", "%(n)s tasks can begin.", n) % {"n": n}
        )
    if n := len(gevolg.vragen):
        zinnen.append(
            ngettext(
                "%(n)s task asks whether it may begin.",
                "%(n)s tasks ask whether they may begin.",
                n,
            )
            % {"n": n}
        )
    if n := len(gevolg.vervallen):
        zinnen.append(
            ngettext(
                "%(n)s task lapsed: what it waited for cannot come any more.",
                "%(n)s tasks lapsed: what they waited for cannot come any more.",
                n,
            )
            % {"n": n}
        )
    return " ".join(zinnen)


def _chosen(taak: Taak, wie: str) -> Uitvoerder:
    form = Taakform({"titel": "-", "start": "zelf", "wie": wie}, casus=taak.casus)
    form.full_clean()
    return form.executor() if "wie" in form.cleaned_data else Uitvoerder()


def _loop(fout: Kring) -> str:
    """Return the loop in words: each task waits for the next."""
    titels = dict(Taak.objects.filter(pk__in=fout.lus).values_list("pk", "titel"))
    rond = [titels[taak] for taak in fout.lus]
    return " → ".join([*rond, rond[0]])


def _log(actor: Actor, taak: Taak, wijze: logboek.Wijze) -> None:
    handeling = (
        Handeling.TAAK_ZIEN if wijze == logboek.Wijze.GEOPEND else Handeling.TAAK_DOEN
    )
    logboek.record(
        actor,
        handeling,
        personen=toegang.persons(_dossier(taak.casus)),
        onderwerp=f"taak:{taak.pk}",
        doel=DOEL,
        wijze=wijze,
    )


def _log_case(actor: Actor, casus: Casus) -> None:
    logboek.record(
        actor,
        Handeling.TAAK_ZIEN,
        personen=toegang.persons(_dossier(casus)),
        onderwerp=f"casus:{casus.pk}",
        doel=DOEL,
        wijze=logboek.Wijze.GEOPEND,
    )


def _form(
    request: Verzoek, casus: Casus, form: Taakform, taak: Taak | None
) -> HttpResponse:
    return render(
        request,
        "taken/vorm.html",
        {
            "form": form,
            "taak": taak,
            "dossier": casus.dossier,
            "wie": casuslijst.title(casus),
        },
        status=422 if form.errors else 200,
    )


def _page(request: Verzoek, taak: Taak) -> HttpResponse:
    _log(request.actor, taak, logboek.Wijze.GEOPEND)
    actor, casus = request.actor, taak.casus
    leidt = zicht.leads(actor, casus)
    in_geheel = leidt or _dossier(casus).pk in zicht.opened(actor)
    verloop = list(taak.verloop.all())
    accounts = namen.accounts(each.door for each in verloop)
    volgers = (
        list(Taak.objects.filter(voorwaarden__op_taak=taak).distinct())
        if in_geheel
        else []
    )
    return render(
        request,
        "taken/taak.html",
        {
            "taak": taak,
            "stand": stand.of(taak),
            "houder": stand.holders([taak])[taak.pk],
            "wie": casuslijst.title(casus),
            "dossier": casus.dossier,
            "casus": casus,
            "groepen": _waits_for(taak, in_geheel=in_geheel),
            "volgers": [(each, stand.of(each)) for each in volgers],
            "wachtende_volgers": sum(each.staat in LOPEND for each in volgers),
            "verloop": [(each, accounts.get(each.door or 0, "")) for each in verloop],
            "herinneringen": list(taak.herinneringen.all()),
            "loopt": taak.staat in LOPEND,
            "mag_doen": zicht.may_do(actor, taak),
            "leidt": leidt,
            "in_geheel": in_geheel,
            "mensen": people(_dossier(casus))[:-1] if leidt else [],
        },
    )


def _waits_for(taak: Taak, *, in_geheel: bool) -> list[list[dict[str, Any]]]:
    """Return what it waits for, per group; of others' tasks no more than that."""
    groepen: dict[int, list[dict[str, Any]]] = {}
    for rij in taak.voorwaarden.select_related("op_taak"):
        groepen.setdefault(rij.groep, []).append(
            {
                "tekst": _in_words(rij, in_geheel=in_geheel),
                "taak": rij.op_taak if in_geheel else None,
                "staat": rij.staat,
                "woord": rij.get_staat_display(),
                "dag": rij.datum,
            }
        )
    return [groepen[nummer] for nummer in sorted(groepen)]


def _in_words(rij: Voorwaarde, *, in_geheel: bool) -> str:
    if rij.op_taak is None:
        return ""
    if not in_geheel:
        return _("another task in this plan")
    if rij.soort == Voorwaarde.Soort.BESLUIT:
        return _("“%(taak)s” becomes “%(uitkomst)s”") % {
            "taak": rij.op_taak.titel,
            "uitkomst": rij.uitkomst,
        }
    return rij.op_taak.titel
