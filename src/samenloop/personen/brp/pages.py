"""The pages around the BRP: fetching somebody, bringing up to date, reporting a doubt.

A BSN goes by POST and stays in no address and no session. A source that does not answer
is a sentence on the page, never an error page.
"""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenloop.access import besluiten, doelen, logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.brp import terugmelden, versturen
from samenloop.personen.brp.bijwerken import Opgehaald, fetch, refresh
from samenloop.personen.brp.forms import OphaalForm, TwijfelForm
from samenloop.personen.brp.models import BrpTerugmelding, Categorie, Status
from samenloop.personen.brp.velden import doelen as doelen_van_brp
from samenloop.personen.pages import DOEL, LAATSTE_DOEL, person_or_404, purpose_of


@mag(Handeling.PERSOON_REGISTREREN)
@never_cache
def fetch_person(request: Verzoek) -> HttpResponse:
    """Fetch somebody by BSN; the person opens for the purpose just chosen."""
    keuzes = [
        doel
        for doel in doelen.choices_for(request.actor.domeinen)
        if doel.code in doelen_van_brp()
    ]
    form = OphaalForm(
        request.POST or None,
        doelen=keuzes,
        initial={"doel": request.session.get(LAATSTE_DOEL, "")},
    )
    if request.method == "POST" and form.is_valid():
        gegeven = form.cleaned_data
        opgehaald = fetch(
            request.actor,
            gegeven["bsn"],
            gegeven["doel"],
            met_verwanten=gegeven["gezin"],
        )
        if opgehaald.persoon is not None:
            # The purpose was just chosen: the page about the person asks it no more.
            wie = str(opgehaald.persoon.pk)
            gekozen = request.session.get(DOEL, {}) | {wie: gegeven["doel"]}
            request.session[DOEL] = gekozen
            request.session[LAATSTE_DOEL] = gegeven["doel"]
            messages.success(request, _told(opgehaald))
            return redirect("persoon", opgehaald.persoon.pk)
        form.add_error(None, _not_found(opgehaald))
    return render(
        request,
        "brp/ophalen.html",
        {"form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(Handeling.PERSOON_REGISTREREN)
@require_POST
@never_cache
def refresh_person(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Bring somebody up to date for the purpose for which they are open."""
    wie = person_or_404(persoon)
    doel = purpose_of(request, persoon)
    if not doel:
        return redirect("persoon-doel", persoon)
    if wie.bsn_ontbreekt_reden:
        messages.warning(request, str(terugmelden.GeenBsn.melding))
        return redirect("persoon", persoon)
    opgehaald = refresh(request.actor, wie, doel, met_verwanten=True)
    if opgehaald.persoon is None:
        messages.warning(request, _not_found(opgehaald))
    else:
        messages.success(request, _told(opgehaald))
    return redirect("persoon", persoon)


@mag(Handeling.BRP_TERUGMELDEN)
@never_cache
def doubt(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Show what was reported about somebody, and report a doubt."""
    wie = person_or_404(persoon)
    form = TwijfelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gegeven = form.cleaned_data
        try:
            melding = terugmelden.write(
                request.actor,
                wie,
                categorie=Categorie(gegeven["categorie"]),
                waarom=gegeven["waarom"],
                voorstel=gegeven["voorstel"],
            )
        except terugmelden.GeenBsn as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _sent(melding))
            return redirect("brp-terugmelden", persoon)
    besluiten.require(request.actor, Handeling.BRP_TERUGMELDEN)
    logboek.record(
        request.actor,
        Handeling.BRP_TERUGMELDEN,
        personen=[wie.pk],
        onderwerp=f"persoon:{wie.pk}",
        doel=purpose_of(request, persoon),
        grond="G001",
    )
    return render(
        request,
        "brp/twijfel.html",
        {
            "form": form,
            "wie": wie,
            "meldingen": BrpTerugmelding.objects.filter(persoon=wie),
            "kan_versturen": versturen.is_configured(),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(Handeling.BRP_TERUGMELDEN)
@require_POST
@never_cache
def continue_doubt(request: Verzoek, melding: UUID) -> HttpResponse:
    """Send a report that waits, or ask whether it was answered."""
    gevonden = _report_or_404(melding)
    voor = (gevonden.status, gevonden.uitkomst)
    gevonden = terugmelden.send(request.actor, gevonden)
    gevonden = terugmelden.receive_answer(request.actor, gevonden)
    if (gevonden.status, gevonden.uitkomst) == voor:
        messages.info(request, _("Nothing has changed yet."))
    else:
        messages.success(request, _("The report went a step further."))
    return redirect("brp-terugmelden", gevonden.persoon_id)


@mag(Handeling.BRP_TERUGMELDEN)
@require_POST
@never_cache
def withdraw_doubt(request: Verzoek, melding: UUID) -> HttpResponse:
    """Take back a report that was not sent."""
    gevonden = _report_or_404(melding)
    try:
        terugmelden.withdraw(request.actor, gevonden)
        messages.success(request, _("The report was withdrawn."))
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    return redirect("brp-terugmelden", gevonden.persoon_id)


def _report_or_404(melding: UUID) -> BrpTerugmelding:
    gevonden = BrpTerugmelding.objects.filter(pk=melding).first()
    if gevonden is None:
        raise Http404(_("This report is not known in the municipality you act for."))
    return gevonden


def _sent(melding: BrpTerugmelding) -> str:
    if melding.status == Status.VERSTUURD:
        return _("The doubt was reported. The answer will appear here.")
    return _("The doubt was recorded, and is sent as soon as that can be done.")


def _told(opgehaald: Opgehaald) -> str:
    if opgehaald.is_nieuw:
        return _("The person was registered as the persons register (BRP) has them.")
    if opgehaald.gewijzigd:
        return _("The persons register (BRP) had something new; it was taken over.")
    return _("Nothing has changed in the persons register (BRP).")


def _not_found(opgehaald: Opgehaald) -> str:
    if opgehaald.uitkomst.is_gelukt:
        return _(
            "The persons register (BRP) knows nobody with this number. Check the "
            "digits on the document."
        )
    return opgehaald.uitkomst.melding
