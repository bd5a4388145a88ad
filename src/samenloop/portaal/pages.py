"""The pages of the family: the overview, the plan, and tasks."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access.actor import Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import deelnemers
from samenloop.plannen.models import Deel
from samenloop.plannen.plan import evaluaties, gevolgen, versies, zicht
from samenloop.plannen.plan.models import Activiteit
from samenloop.plannen.plan.plannen import open_plan
from samenloop.portaal import activiteit as eigen_activiteit
from samenloop.portaal import ons_plan, verslagen, wensen
from samenloop.portaal.forms import Kanform, Standform, Wensform
from samenloop.portaal.mij import Mij, me, my_tasks, own_page, record, show
from samenloop.regie.afspraken.models import Casusafspraak
from samenloop.regie.postvak import draden, lezen
from samenloop.regie.taken import doen, opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder


@own_page
@require_safe
def overview(request: Verzoek) -> HttpResponse:
    """Show what is asked of one today, the plan in short, and who helps."""
    mij = me(request.actor)
    record(mij)
    gelezen = ons_plan.read(mij)
    taken = my_tasks(mij).filter(staat=Taak.Staat.OPEN)
    regels = draden.rows(mij.actor, lezen.threads(mij.actor)[:5])
    return show(
        request,
        "portaal/overzicht.html",
        mij,
        {
            "hier": "mijn",
            "gelezen": gelezen,
            "taken": list(taken[:6]),
            "vandaag": klok.today(),
            "nieuw": [each for each in regels if each.ongelezen],
            "evaluatie": _evaluation(mij),
            "afspraken": _appointments(mij),
            "helpers": _helpers(mij),
            "wensen": wensen.of(mij),
        },
    )


def _evaluation(mij: Mij) -> Any:
    plan = open_plan(mij.dossier) if mij.leest_plan else None
    return evaluaties.planned(plan) if plan else None


def _appointments(mij: Mij) -> list[Casusafspraak]:
    """Return the coming appointments to which one was asked oneself."""
    return list(
        Casusafspraak.objects.filter(
            casus__dossier=mij.dossier,
            staat=Casusafspraak.Staat.GEPLAND,
            begint_op__gte=klok.now() - timedelta(hours=1),
            komen__deelname__in=mij.mine(),
        ).distinct()[:5]
    )


def _helpers(mij: Mij) -> list[dict[str, str]]:
    mijn = set(mij.mine())
    return [
        {
            "naam": rij.naam,
            "letters": "".join(deel[:1] for deel in rij.naam.split()[:2]).upper(),
            "rol": _("directs your plan") if rij.leidt else rij.rol,
        }
        for rij in deelnemers.of(mij.dossier).nu
        if rij.deelname.pk not in mijn and (mij.mag_weten_wie_helpt or rij.leidt)
    ]


@own_page
@require_safe
def plan(request: Verzoek) -> HttpResponse:
    """Show the plan as far as it is one's own to read."""
    mij = me(request.actor)
    _require_plan(mij)
    zicht.record(mij.actor, mij.dossier, deel=_part(mij))
    gelezen = ons_plan.read(mij)
    return show(
        request,
        "portaal/plan.html",
        mij,
        {"hier": "plan", "gelezen": gelezen, "wensen": wensen.of(mij)},
    )


def _part(mij: Mij) -> Deel:
    return Deel.PLAN if Deel.PLAN in mij.delen else Deel.EIGEN_DEEL


def _require_plan(mij: Mij) -> None:
    if not mij.leest_plan:
        raise GeenToegang(_("The plan is not open to you."))


@own_page
@require_POST
def put_forward(request: Verzoek) -> HttpResponse:
    """Let a citizen who directs put the plan before everybody to sign."""
    mij = me(request.actor)
    gevonden = zicht.to_write(mij.actor, mij.dossier.pk)
    try:
        with transaction.atomic():
            versies.make(gevonden, door=mij.actor)
            zicht.record(mij.actor, mij.dossier, wijze=Wijze.GEWIJZIGD)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, _("The plan can be signed now, by you as well."))
    return redirect("mijn-plan")


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Verzoek) -> HttpResponse:
    """Show the version that waits, and sign it."""
    mij = me(request.actor)
    _require_plan(mij)
    gelezen = ons_plan.read(mij)
    if gelezen is None or gelezen.voorgelegd is None or not gelezen.tekent:
        messages.info(request, _("There is nothing for you to sign now."))
        return redirect("mijn-plan")
    if request.method == "POST":
        if request.POST.get("versie") != str(gelezen.voorgelegd.pk):
            messages.warning(
                request, _("The plan was changed meanwhile. Read it once more.")
            )
            return redirect("mijn-tekenen")
        try:
            with transaction.atomic():
                klaar = ons_plan.sign(mij, gelezen.voorgelegd)
                zicht.record(
                    mij.actor, mij.dossier, deel=_part(mij), wijze=Wijze.GEWIJZIGD
                )
        except SamenloopFout as fout:
            messages.warning(request, str(fout))
            return redirect("mijn-plan")
        messages.success(
            request,
            _("Everybody signed. The plan holds from now.")
            if klaar
            else _("You signed. We wait for the others."),
        )
        return redirect("mijn-plan")
    zicht.record(mij.actor, mij.dossier, deel=_part(mij))
    return show(
        request,
        "portaal/tekenen.html",
        mij,
        {
            "hier": "plan",
            "gelezen": gelezen,
            # Who does not read every goal is not told what starts by the others.
            "gevolgen": gevolgen.of_version(gelezen.voorgelegd)
            if gelezen.voorstel_heel and mij.van_het_gezin
            else [],
        },
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: Verzoek, activiteit: UUID) -> HttpResponse:
    """Say how an activity of one's own goes."""
    mij = me(request.actor)
    _require_plan(mij)
    rij = _own_activity(mij, activiteit)
    form = Standform(
        request.POST or None,
        standen=[(stand, str(woord)) for stand, woord in ons_plan.ACTIVITEIT.items()],
        initial=eigen_activiteit.shown(rij),
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            gelukt = eigen_activiteit.tell(mij, rij, form.words)
        if gelukt:
            messages.success(request, _("Thank you. It stands in the plan."))
        else:
            messages.warning(
                request,
                _(
                    "Somebody else wrote about this meanwhile. Both texts are kept. "
                    "Your director chooses."
                ),
            )
        return redirect("mijn-plan")
    zicht.record(mij.actor, mij.dossier, deel=_part(mij))
    return show(
        request,
        "portaal/activiteit.html",
        mij,
        {"hier": "plan", "activiteit": rij, "form": form},
    )


def _own_activity(mij: Mij, activiteit: UUID) -> Activiteit:
    rij = eigen_activiteit.own(mij).filter(pk=activiteit).first()
    if rij is None:
        raise Http404(_("This is not something that you do in the plan."))
    return rij


@own_page
@require_safe
def reports(request: Verzoek) -> HttpResponse:
    """Show the reports one was given, and what was measured."""
    mij = me(request.actor)
    if not mij.leest_verslagen:
        raise GeenToegang(_("Reports and measurements are not open to you."))
    record(mij, Handeling.DOSSIER_LEZEN, onderwerp=f"verslagen:{mij.dossier.pk}")
    return show(
        request,
        "portaal/verslagen.html",
        mij,
        {
            "hier": "verslagen",
            "verslagen": verslagen.reports(mij),
            "metingen": verslagen.measurements(mij),
            "toont_gesprekken": Deel.GESPREKKEN in mij.delen,
            "toont_metingen": Deel.METINGEN in mij.delen,
        },
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: Verzoek) -> HttpResponse:
    """Say what one wants in the plan."""
    mij = me(request.actor)
    form = Wensform(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wens = wensen.say(
                mij,
                form.cleaned_data["tekst"],
                van_allen=form.cleaned_data["voor"] == "allen",
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            record(mij, onderwerp=f"wens:{wens.pk}", wijze=Wijze.GEWIJZIGD)
            messages.success(
                request,
                _("It stands in the plan.")
                if wens.doel
                else _("Your director gets it, and answers you here."),
            )
            return redirect("mijn")
    return show(request, "portaal/wens.html", mij, {"hier": "plan", "form": form})


@own_page
@require_safe
def tasks(request: Verzoek) -> HttpResponse:
    """Show one's own tasks: to do, waiting, and what was done."""
    mij = me(request.actor)
    record(mij, Handeling.TAAK_ZIEN)
    alle = my_tasks(mij)
    return show(
        request,
        "portaal/taken.html",
        mij,
        {
            "hier": "taken",
            "vandaag": klok.today(),
            "open": list(alle.filter(staat=Taak.Staat.OPEN)),
            "wacht": list(alle.filter(staat=Taak.Staat.WACHT)),
            "klaar": list(
                alle.filter(staat=Taak.Staat.KLAAR).order_by("-beeindigd_op")[:10]
            ),
        },
    )


@own_page
@require_safe
def task(request: Verzoek, taak: UUID) -> HttpResponse:
    """Show one task, with what one can say about it."""
    mij = me(request.actor)
    return _task_page(request, mij, get_object_or_404(my_tasks(mij), pk=taak))


def _task_page(
    request: Verzoek, mij: Mij, rij: Taak, form: Kanform | None = None
) -> HttpResponse:
    record(mij, Handeling.TAAK_ZIEN, onderwerp=f"taak:{rij.pk}")
    return show(
        request,
        "portaal/taak.html",
        mij,
        {
            "hier": "taken",
            "taak": rij,
            "vandaag": klok.today(),
            "form": form or Kanform(),
        },
    )


@own_page
@require_POST
def task_done(request: Verzoek, taak: UUID) -> HttpResponse:
    """Say that one did it."""
    mij = me(request.actor)
    rij = get_object_or_404(my_tasks(mij), pk=taak)
    try:
        with transaction.atomic():
            doen.complete(
                rij,
                door=mij.actor,
                uitkomst=request.POST.get("uitkomst", "").replace("\0", "")[:100],
                resultaat=request.POST.get("resultaat", "").replace("\0", "")[:500],
            )
            record(
                mij,
                Handeling.TAAK_DOEN,
                onderwerp=f"taak:{rij.pk}",
                wijze=Wijze.GEWIJZIGD,
            )
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("mijn-taak", taak)
    messages.success(request, _("Well done. This task is finished."))
    return redirect("mijn-taken")


@own_page
@require_POST
def task_impossible(request: Verzoek, taak: UUID) -> HttpResponse:
    """Say that one cannot do it: it goes back to who directs, with why."""
    mij = me(request.actor)
    rij = get_object_or_404(my_tasks(mij), pk=taak, staat=Taak.Staat.OPEN)
    form = Kanform(request.POST)
    if not form.is_valid():
        return _task_page(request, mij, rij, form)
    regie = opdragen.director(rij.casus)
    naar = (
        Uitvoerder()
        if regie is None or mij.leidt
        else Uitvoerder(regie.account, regie.organisatie_id, regie.persoon_id)
    )
    with transaction.atomic():
        opdragen.hand_over(
            Taak.objects.filter(pk=rij.pk),
            naar,
            door=mij.actor,
            reden=form.cleaned_data["reden"],
        )
        record(
            mij,
            Handeling.TAAK_DOEN,
            onderwerp=f"taak:{rij.pk}",
            wijze=Wijze.GEWIJZIGD,
        )
    messages.success(
        request, _("Thank you for saying so. Your director looks for another way.")
    )
    return redirect("mijn-taken")
