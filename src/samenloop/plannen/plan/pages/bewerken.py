"""Changing a plan, with several people at once; also without a script.

With a script each field is sent by itself (`field`), and the page asks every few
seconds what others did (`pulse`). Without one each part is a plain form (`part`), which
goes through the same door: it says on which text it was typed, so a text of somebody
else is never overwritten.
"""

import time
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.plan import (
    aanwezig,
    bewerkbeeld,
    opbouw,
    samen_schrijven,
    velden,
    zicht,
)
from samenloop.plannen.plan.mal import Mal
from samenloop.plannen.plan.models import Onderdeel, Plan, Plansjabloon, Tekstvariant
from samenloop.plannen.plan.pages.titel import title
from samenloop.plannen.plan.samen_schrijven import Invoer, Uitkomst


@mag(Handeling.PLAN_SCHRIJVEN, Handeling.MIJN_PAGINAS)
@require_safe
@never_cache
def edit(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the working plan with a field for everything."""
    plan = zicht.to_write(request.actor, dossier)
    zicht.record(request.actor, plan.dossier)
    aanwezig.drop_old(plan)
    blad = uuid4()
    schilder = bewerkbeeld.Schilder(plan, _moulds(request, plan, str(blad)))
    doelen = schilder.goals()
    sjablonen = Plansjabloon.objects.filter(
        gemeente=request.actor.gemeente, actief=True
    )
    return render(
        request,
        "plan/bewerken.html",
        {
            "dossier": plan.dossier,
            "titel": title(plan.dossier),
            "doelen": doelen,
            "afspraken": schilder.agreements(),
            "weg": bewerkbeeld.removed(plan),
            "sjablonen": list(sjablonen),
            "blad": blad,
            "sinds": klok.now().isoformat(),
            "account": request.actor.id,
        },
    )


def _moulds(request: Verzoek, plan: Plan, blad: str) -> bewerkbeeld.Mallen:
    return {
        soort: Mal(
            f"plan/deel_{soort}.html",
            bewerkbeeld.PLEKKEN,
            {"soort": soort},
            {"dossier": plan.dossier, "blad": blad},
            request,
        )
        for soort in velden.SOORTEN
    }


@mag(Handeling.PLAN_SCHRIJVEN, Handeling.MIJN_PAGINAS)
@require_POST
@never_cache
def field(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Keep the text of one field, or keep it beside the one of somebody else."""
    plan = zicht.to_write(request.actor, dossier)
    try:
        invoer = _typed(request)
        with transaction.atomic():
            doen = (
                samen_schrijven.choose
                if request.POST.get("gekozen")
                else samen_schrijven.keep
            )
            uitkomst = doen(plan, invoer, actor=request.actor)
            _log(request, plan, invoer.blad)
    except velden.OnbekendVeld:
        raise Http404(_("This part is not in this plan.")) from None
    except SamenloopFout as fout:
        return JsonResponse(
            {"hoe": "fout", "tekst": str(fout)}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    return JsonResponse(_answer(request, plan, invoer, uitkomst))


def _typed(request: Verzoek) -> Invoer:
    gegeven = request.POST
    try:
        return Invoer(
            soort=gegeven["soort"],
            onderdeel=UUID(gegeven["onderdeel"]),
            veld=gegeven["veld"],
            tekst=gegeven["tekst"],
            basis=int(gegeven["basis"]),
            blad=UUID(gegeven["blad"]),
            volg=int(gegeven["volg"]),
        )
    except (KeyError, ValueError):
        raise velden.OnbekendVeld() from None


def _log(request: Verzoek, plan: Plan, blad: UUID) -> None:
    if aanwezig.first_write(plan, blad, actor=request.actor):
        zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)


def _answer(
    request: Verzoek, plan: Plan, invoer: Invoer, uitkomst: Uitkomst
) -> dict[str, Any]:
    antwoord: dict[str, Any] = {
        "hoe": uitkomst.hoe,
        "revisie": uitkomst.revisie,
        "weg": uitkomst.is_weg,
    }
    if uitkomst.hoe != "bewaard" or request.POST.get("gekozen"):
        antwoord["waarde"] = uitkomst.tekst
        antwoord["botsing"] = _meeting(plan, invoer)
    return antwoord


def _meeting(plan: Plan, invoer: Invoer) -> str:
    soort = velden.kind(invoer.soort)
    rij = soort.of_plan(plan).get(pk=invoer.onderdeel)
    veld = velden.field(soort, invoer.veld)
    botsing = bewerkbeeld.Schilder(plan).meeting(rij, veld)
    return bewerkbeeld.meeting_html(botsing, veld) if botsing else ""


@mag(Handeling.PLAN_SCHRIJVEN, Handeling.MIJN_PAGINAS)
@require_POST
@never_cache
def pulse(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Say in which field one is; get who else is here and what changed meanwhile."""
    plan = zicht.to_write(request.actor, dossier)
    gegeven = request.POST
    try:
        blad = UUID(gegeven["blad"])
        sinds = datetime.fromisoformat(gegeven["sinds"])
        waar = gegeven.get("onderdeel", "")
        onderdeel = UUID(waar) if waar else None
        if sinds.tzinfo is None:
            raise ValueError
    except (KeyError, ValueError):
        raise Http404(_("This part is not in this plan.")) from None
    if gegeven.get("weg"):
        aanwezig.leave(plan, blad)
        return JsonResponse({})
    nu = klok.now()
    aanwezig.beat(
        plan,
        blad,
        actor=request.actor,
        onderdeel=onderdeel,
        veld=gegeven.get("veld", ""),
    )
    gewijzigd = aanwezig.changes(plan, sinds)
    return JsonResponse(
        {
            "nu": nu.isoformat(),
            "wie": [
                {"naam": each.naam, "onderdeel": each.onderdeel, "veld": each.veld}
                for each in aanwezig.others(plan, blad)
            ],
            "onderdelen": gewijzigd,
            "botsingen": _meetings(plan),
        }
    )


def _meetings(plan: Plan) -> dict[str, str]:
    """Return the texts that wait for a choice, as they are shown under their field."""
    open_ = aanwezig.open_variants(plan)
    if not open_:
        return {}
    schilder = bewerkbeeld.Schilder(plan)
    gevonden: dict[str, str] = {}
    sleutels = {sleutel for sleutel, _veld in open_}
    for soort in velden.SOORTEN.values():
        for rij in soort.of_plan(plan).filter(pk__in=sleutels):
            for veld in soort.velden.values():
                if botsing := schilder.meeting(rij, veld):
                    gevonden[f"{soort.code}-{rij.pk}-{veld.naam}"] = (
                        bewerkbeeld.meeting_html(botsing, veld)
                    )
    return gevonden


@mag(Handeling.PLAN_SCHRIJVEN, Handeling.MIJN_PAGINAS)
@require_safe
@never_cache
def fragment(
    request: Verzoek, dossier: UUID, soort: str, onderdeel: UUID
) -> HttpResponse:
    """Return one part as the editor shows it: somebody else added it."""
    plan = zicht.to_write(request.actor, dossier)
    try:
        rij = velden.kind(soort).of_plan(plan).filter(pk=onderdeel).first()
    except velden.OnbekendVeld:
        rij = None
    if rij is None:
        raise Http404(_("This part is not in this plan."))
    return HttpResponse(_part_html(request, plan, rij))


def _part_html(request: Verzoek, plan: Plan, rij: Onderdeel) -> str:
    mallen = _moulds(request, plan, request.POST.get("blad", ""))
    schilder = bewerkbeeld.Schilder(plan, mallen)
    onder = (
        velden.ACTIVITEIT.of_plan(plan).filter(doelstelling=rij.pk, weg_op__isnull=True)
        if isinstance(rij, velden.DOEL.model)
        else ()
    )
    return schilder.part(rij, map(schilder.part, onder))


@mag(Handeling.PLAN_SCHRIJVEN, Handeling.MIJN_PAGINAS)
@require_POST
@never_cache
def part(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Add, move, take out, put back or save one part; for scripts and plain forms."""
    plan = zicht.to_write(request.actor, dossier)
    actie, _streep, wat = request.POST.get("actie", "").partition(":")
    try:
        with transaction.atomic():
            rij = _do(request, plan, actie, wat)
            zicht.record(request.actor, plan.dossier, wijze=Wijze.GEWIJZIGD)
    except SamenloopFout as fout:
        if _by_script(request):
            return JsonResponse(
                {"hoe": "fout", "tekst": str(fout)},
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )
        messages.warning(request, str(fout))
        return redirect("plan-bewerken", dossier)
    if not _by_script(request):
        if actie == "anders" and rij:
            return redirect("plan-ander-doel", dossier, rij.pk)
        return _back(dossier, request, rij)
    html = _part_html(request, plan, rij) if rij and actie in {"bij", "terug"} else ""
    gedaan = {"hoe": "gedaan", "id": str(rij.pk) if rij else "", "html": html}
    return JsonResponse({**gedaan, "orde": rij.orde if rij else 0})


def _by_script(request: Verzoek) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _back(dossier: UUID, request: Verzoek, rij: Onderdeel | None) -> HttpResponse:
    soort = next(
        (s for s in velden.SOORTEN.values() if rij and isinstance(rij, s.model)), None
    )
    anker = f"#{soort.code}-{rij.pk}" if soort and rij else ""
    return HttpResponseRedirect(reverse("plan-bewerken", args=[dossier]) + anker)


def _do(request: Verzoek, plan: Plan, actie: str, wat: str) -> Onderdeel | None:
    gegeven, actor = request.POST, request.actor
    if actie == "bij":
        return opbouw.add(
            plan,
            wat,
            ouder=_key(gegeven.get("ouder", "")),
            sleutel=_key(gegeven.get("sleutel", "")),
        )
    if actie == "sjabloon":
        sjabloon = Plansjabloon.objects.filter(
            pk=_key(gegeven.get("sjabloon", "")) or plan.pk,
            gemeente=actor.gemeente,
            actief=True,
        ).first()
        if sjabloon is None:
            raise SamenloopFout(_("Choose a template."))
        opbouw.start_from(plan, sjabloon)
        return None
    soort = velden.kind(gegeven.get("deel", ""))
    sleutel = _key(gegeven.get("onderdeel", ""))
    rij: Onderdeel | None = soort.of_plan(plan).filter(pk=sleutel).first()
    if rij is None or sleutel is None:
        raise velden.OnbekendVeld()
    if not _by_script(request):
        # A plain form carries all fields: whatever button, nothing typed is lost.
        _save_all(request, plan, soort, rij)
    match actie:
        case "op" | "neer":
            opbouw.move(plan, soort.code, sleutel, -1 if actie == "op" else 1)
        case "naar":
            return opbouw.move_to(plan, sleutel, _key(wat) or plan.pk)
        case "weg":
            opbouw.take_out(plan, soort.code, sleutel, actor=actor)
        case "terug":
            opbouw.put_back(plan, soort.code, sleutel)
        case "kies":
            _choose(request, plan, soort, rij, wat)
    return rij


def _key(tekst: str) -> UUID | None:
    try:
        return UUID(tekst) if tekst else None
    except ValueError:
        raise velden.OnbekendVeld() from None


def _save_all(
    request: Verzoek, plan: Plan, soort: velden.Onderdeelsoort, rij: Onderdeel
) -> None:
    blad = _key(request.POST.get("blad", "")) or uuid4()
    botst = False
    merken = dict(
        each.split("=", 1)
        for each in request.POST.get("r", "").split(";")
        if "=" in each
    )
    for naam in soort.velden:
        tekst = request.POST.get(naam)
        basis, _streep, merk = merken.get(naam, "").partition(":")
        if tekst is None or not basis.isdigit():
            continue
        tekst = tekst.replace("\r\n", "\n")
        if bewerkbeeld.mark(tekst) == merk:
            continue
        uitkomst = samen_schrijven.keep(
            plan,
            Invoer(
                soort.code, rij.pk, naam, tekst, int(basis), blad, _later(),
            ),
            actor=request.actor,
        )  # fmt: skip
        botst = botst or uitkomst.hoe == "botsing"
    if botst:
        messages.warning(
            request,
            _(
                "Somebody else wrote in the same field meanwhile. Both texts are kept: "
                "choose below."
            ),
        )


def _later() -> int:
    """Return a number that is higher each time, as a page counts."""
    return time.time_ns() // 1_000_000


def _choose(
    request: Verzoek,
    plan: Plan,
    soort: velden.Onderdeelsoort,
    rij: Onderdeel,
    wat: str,
) -> None:
    naam, _streep, keus = wat.partition(":")
    veld = velden.field(soort, naam)
    rij.refresh_from_db()
    if keus == "huidig":
        tekst = veld.text(rij)
    else:
        variant = Tekstvariant.objects.filter(
            plan=plan, onderdeel=rij.pk, veld=naam, pk=_key(keus) or plan.pk
        ).first()
        if variant is None:
            raise velden.OnbekendVeld()
        tekst = variant.tekst
    basis = rij.revisies.get(naam, {}).get("r", 0)
    samen_schrijven.choose(
        plan,
        Invoer(soort.code, rij.pk, naam, tekst, basis, uuid4(), _later()),
        actor=request.actor,
    )
