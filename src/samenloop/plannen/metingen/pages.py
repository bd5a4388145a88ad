"""The pages of measurements: the course over time, measuring, and correcting."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Persoon
from samenloop.plannen import toegang
from samenloop.plannen.metingen import (
    beeld,
    formulier,
    instrumenten,
    meten,
    verloop,
)
from samenloop.plannen.metingen.models import Meetinstrument, Meting
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.pages import dossier_or_404


def _chosen_person(request: Verzoek, dossier: Dossier) -> Persoon:
    """Return who the page is about: who was asked for, else who the dossier is."""
    leden = meten.people(dossier)
    gevraagd = request.GET.get("persoon") or request.POST.get("persoon") or ""
    for lid in leden:
        if str(lid.pk) == gevraagd:
            return lid
    if gevraagd:
        raise Http404(_("This person is not one the dossier is about."))
    return leden[0]


def _chosen_instrument(request: Verzoek, gemeente: str) -> Meetinstrument:
    bruikbaar = instrumenten.usable(gemeente)
    gevraagd = request.GET.get("instrument") or request.POST.get("instrument") or ""
    for each in bruikbaar:
        if not gevraagd or str(each.pk) == gevraagd:
            return instrumenten.whole(each)
    raise Http404(_("There is no such instrument here."))


def _record(actor: Actor, dossier: Dossier, persoon: UUID) -> None:
    logboek.record(
        actor,
        Handeling.DOSSIER_LEZEN,
        personen=[persoon],
        onderwerp=f"dossier:{dossier.pk}",
        wijze=Wijze.GEOPEND,
        activiteit="regie-voeren",
    )


@mag(Handeling.DOSSIER_LEZEN)
@require_safe
@never_cache
def course(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show one person's measurements beside each other, with what changed in words."""
    van = dossier_or_404(request.actor, dossier)
    toegang.require(request.actor, van, Handeling.DOSSIER_LEZEN, Deel.METINGEN)
    persoon = _chosen_person(request, van)
    _record(request.actor, van, persoon.pk)
    mag_meten = toegang.depth(request.actor, van, Handeling.METING_DOEN, Deel.METINGEN)
    gemeten = beeld.instruments_of(van, persoon.pk)
    return render(
        request,
        "metingen/verloop.html",
        {
            "dossier": van,
            "persoon": persoon,
            "leden": meten.people(van),
            "mag_meten": mag_meten is not None,
            "bruikbaar": instrumenten.usable(request.actor.gemeente),
            "beelden": [
                gemaakt
                for each in gemeten
                if (gemaakt := beeld.course(van, persoon, each)) is not None
            ],
        },
    )


@mag(Handeling.METING_DOEN)
@never_cache
def new(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Measure somebody; the scores of last time stand beside, chosen is nothing."""
    van = dossier_or_404(request.actor, dossier)
    toegang.require(request.actor, van, Handeling.METING_DOEN, Deel.METINGEN)
    persoon = _chosen_person(request, van)
    instrument = _chosen_instrument(request, request.actor.gemeente)
    return _form(request, van, persoon, instrument, None)


@mag(Handeling.METING_DOEN)
@never_cache
def correct(request: Verzoek, meting: UUID) -> HttpResponse:
    """Correct a measurement with a new one that says what was wrong."""
    oud = (
        Meting.objects.filter(pk=meting, dossier__gemeente=request.actor.gemeente)
        .select_related("dossier__betrokkene", "persoon", "instrument")
        .first()
    )
    if oud is None:
        raise Http404(_("This measurement is not known here."))
    toegang.require(request.actor, oud.dossier, Handeling.METING_DOEN, Deel.METINGEN)
    if Meting.objects.filter(corrigeert=oud).exists():
        raise Http404(_("This measurement was corrected already."))
    instrument = instrumenten.whole(oud.instrument)
    return _form(request, oud.dossier, oud.persoon, instrument, oud)


def _form(
    request: Verzoek,
    dossier: Dossier,
    persoon: Persoon,
    instrument: Meetinstrument,
    oud: Meting | None,
) -> HttpResponse:
    concept = None
    if request.method == "POST":
        gegeven = request.POST.dict()
        ingevuld = formulier.read(instrument, gegeven)
        if oud is not None and not ingevuld.reden:
            ingevuld.fouten["reden"] = _("Write what was wrong.")
        if not ingevuld.fouten and ingevuld.op is not None:
            try:
                meten.measure(
                    dossier,
                    persoon.pk,
                    instrument,
                    ingevuld.oordelen,
                    op=ingevuld.op,
                    door=request.actor,
                    met_wie=ingevuld.met_wie,
                    corrigeert=oud,
                    reden=ingevuld.reden if oud else "",
                )
                messages.success(request, _("The measurement was recorded."))
                return redirect(f"{beeld.address(dossier)}?persoon={persoon.pk}")
            except SamenloopFout as fout:
                ingevuld.fouten["gebieden"] = str(fout)
        fouten = ingevuld.fouten
    else:
        fouten = {}
        gegeven = {"op": date_format(klok.today(), "d-m-Y")}
        if oud is not None:
            gegeven = formulier.from_meting(oud)
        elif concept := meten.concept_of(
            request.actor, dossier, persoon.pk, instrument
        ):
            gegeven |= concept.inhoud
        _record(request.actor, dossier, persoon.pk)
    eerder = [
        meting
        for meting in verloop.standing(dossier, persoon.pk, instrument.pk)
        if meting != oud
    ]
    return render(
        request,
        "metingen/meten.html",
        {
            "dossier": dossier,
            "persoon": persoon,
            "instrument": instrument,
            "oud": oud,
            "vorige": eerder[-1] if eerder else None,
            "vragen": formulier.questions(
                instrument, gegeven, eerder[-1] if eerder else None
            ),
            "gegeven": gegeven,
            "fouten": fouten,
            "concept": concept,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fouten else HTTPStatus.OK,
    )


@mag(Handeling.METING_DOEN)
@require_POST
@never_cache
def concept(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Keep what is being filled in."""
    van = dossier_or_404(request.actor, dossier)
    toegang.require(request.actor, van, Handeling.METING_DOEN, Deel.METINGEN)
    persoon = _chosen_person(request, van)
    instrument = _chosen_instrument(request, request.actor.gemeente)
    bewaard = meten.keep_concept(
        request.actor, van, persoon.pk, instrument, request.POST.dict()
    )
    if bewaard is None:
        return JsonResponse({"tekst": ""})
    tijd = date_format(timezone.localtime(bewaard.bewaard_op), "H.i")
    return JsonResponse({"tekst": _("Draft kept at %(tijd)s") % {"tijd": tijd}})
