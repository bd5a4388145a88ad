"""The pages of a partner: reporting, and hearing what became of one's own reports.

A partner sees the signals of its own organisation and nothing of how they were weighed:
not whether they joined others, not what was decided (requirement B6).
"""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.eigen import account_of
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.signalen import concepten, ontvangst, terugmelding, wegen, zicht
from samenloop.signalen.forms import PartnerForm
from samenloop.signalen.fouten import KenmerkBezet
from samenloop.signalen.models import Kanaal, Signaal
from samenloop.signalen.pages.vastleggen import saved

_MEESTE = 100


@mag(Handeling.SIGNAAL_MELDEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: Verzoek) -> HttpResponse:
    """Show the form with one's own signals under it, or register a signal."""
    actor = request.actor
    if actor.organisatie is None:
        raise GeenToegang(
            _("Your account belongs to no organisation. Ask the municipality.")
        )
    if request.method != "POST":
        concept = concepten.signal_of(actor, concepten.PARTNER)
        form = PartnerForm(initial=concept.inhoud if concept else None)
        return _page(request, form, bewaard=concept.bewaard_op if concept else None)
    if request.POST.get("actie") == "weg":
        concepten.drop_signal(actor, concepten.PARTNER)
        return redirect("partner")
    form = PartnerForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    account = account_of(request)
    try:
        ontvangen = ontvangst.receive(
            form.invoer(
                melder=actor.naam,
                contact=account.email,
                organisatie=actor.organisatie,
            ),
            actor=actor,
            kanaal=Kanaal.PARTNER,
        )
    except KenmerkBezet as fout:
        form.add_error("kenmerk", str(fout))
        return _page(request, form)
    concepten.drop_signal(actor, concepten.PARTNER)
    messages.success(
        request,
        _("Thank you. Your signal %(nummer)s came in; on this page you hear more.")
        % {"nummer": ontvangen.signaal.nummer},
    )
    return redirect("partner")


@mag(Handeling.SIGNAAL_MELDEN)
@require_POST
@never_cache
def draft(request: Verzoek) -> HttpResponse:
    """Keep what was typed so far."""
    return saved(
        concepten.keep_signal(request.actor, concepten.PARTNER, request.POST.dict())
    )


def _page(request: Verzoek, form: PartnerForm, **meer: Any) -> HttpResponse:
    return render(
        request,
        "signalen/partner.html",
        {"form": form, "signalen": _own(request), **meer},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _own(request: Verzoek) -> list[dict[str, Any]]:
    """Return one's own signals with what was said of them; shown is told."""
    actor = request.actor
    with transaction.atomic():
        signalen = list(
            zicht.signals(actor)
            .filter(organisatie=actor.organisatie)
            .select_related("soort")
            .prefetch_related("terugmeldingen")
            .order_by("-ontvangen_op", "pk")[:_MEESTE]
        )
        if signalen:
            logboek.record(
                actor,
                Handeling.TERUGMELDING_LEZEN,
                personen=wegen.persons_of_signals(signalen),
                onderwerp="signalen",
                wijze=logboek.Wijze.GEVONDEN,
            )
        uit = [
            {
                "signaal": signaal,
                "klaar": signaal.status == Signaal.Status.AFGESLOTEN,
                "terug": list(signaal.terugmeldingen.all()),
            }
            for signaal in signalen
        ]
        for each in uit:
            for bericht in each["terug"]:  # type: ignore[attr-defined]
                if bericht.gelezen_op is None and bericht.wijze == "partner":
                    terugmelding.mark_read(bericht.pk)
    return uit
