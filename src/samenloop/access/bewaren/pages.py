"""Pages on retention: what goes when, what is held back, and what was destroyed.

No page here shows a record or a person: numbers, terms and marks only.
"""

from typing import cast
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.bewaren import jobs, vernietigen
from samenloop.access.bewaren.families import families as _families
from samenloop.access.bewaren.forms import OpschortForm, TermijnForm
from samenloop.access.bewaren.models import (
    Bewaarinstelling,
    Opschorting,
    Vernietiging,
)
from samenloop.access.bewaren.termijnen import in_force
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok

_LAATSTE = 10


def _actor(request: HttpRequest) -> Actor:
    return cast(Verzoek, request).actor


@mag(Handeling.BEWAARTERMIJN_ZIEN)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what is due, what is held back and what was destroyed."""
    actor = _actor(request)
    zichten = vernietigen.preview(actor.gemeente)
    return render(
        request,
        "bewaren/overzicht.html",
        {
            "zichten": zichten,
            "vervallen": sum(
                len(z.vervallen) for z in zichten if not z.waits_for_setting
            ),
            "wachtend": [z for z in zichten if z.waits_for_setting],
            "opschortingen": Opschorting.objects.filter(
                gemeente=actor.gemeente, tot__isnull=True
            ),
            "verslagen": Vernietiging.objects.filter(gemeente=actor.gemeente)[
                :_LAATSTE
            ],
            "mag_vernietigen": besluiten.may(actor, Handeling.VERNIETIGEN),
            "mag_opschorten": besluiten.may(actor, Handeling.VERNIETIGING_OPSCHORTEN),
        },
    )


@mag(Handeling.BEWAARTERMIJN_ZIEN)
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """List all terms with their law, and what the municipality set."""
    actor = _actor(request)
    keuze = request.GET.get("zekerheid", "")
    rijen = list(in_force(actor.gemeente).values())
    if keuze:
        rijen = [rij for rij in rijen if rij.termijn.zekerheid == keuze]
    return render(
        request,
        "bewaren/termijnen.html",
        {
            "rijen": rijen,
            "keuze": keuze,
            "keuzes": [
                ("", _("all")),
                ("vast", _("fixed by law")),
                ("te bevestigen", _("to be set")),
            ],
            "mag_wijzigen": besluiten.may(actor, Handeling.BEWAARTERMIJN_WIJZIGEN),
        },
    )


@mag(Handeling.BEWAARTERMIJN_WIJZIGEN)
def term(request: HttpRequest, code: str) -> HttpResponse:
    """Set a term that the law leaves open."""
    actor = _actor(request)
    geldend = in_force(actor.gemeente).get(code)
    if geldend is None or not geldend.termijn.can_be_set:
        raise Http404(_("This term is fixed by law and cannot be set here."))
    form = TermijnForm(
        request.POST or None,
        termijn=geldend.termijn,
        initial={"duur": geldend.duur},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            logboek.record(
                actor,
                Handeling.BEWAARTERMIJN_WIJZIGEN,
                onderwerp=f"bewaartermijn:{code}",
                wijze=logboek.Wijze.GEWIJZIGD,
            )
            Bewaarinstelling.objects.create(
                gemeente=actor.gemeente,
                code=code,
                duur=form.cleaned_data["duur"],
                reden=form.cleaned_data["reden"],
                vastgesteld_door=actor.account_id or 0,
            )
        return redirect("bewaartermijnen")
    return render(
        request,
        "bewaren/termijn.html",
        {
            "form": form,
            "geldend": geldend,
            "eerder": Bewaarinstelling.objects.filter(
                gemeente=actor.gemeente, code=code
            ),
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.VERNIETIGING_OPSCHORTEN)
def hold(request: HttpRequest) -> HttpResponse:
    """Hold back the destruction of what concerns one person or record."""
    actor = _actor(request)
    form = OpschortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        waarvan = form.cleaned_data["waarvan"].strip()
        persoon = _uuid(waarvan)
        with transaction.atomic():
            opschorting = Opschorting.objects.create(
                gemeente=actor.gemeente,
                persoon=persoon,
                onderwerp="" if persoon else waarvan,
                grond=form.cleaned_data["grond"],
                reden=form.cleaned_data["reden"],
                sinds=klok.today(),
                door=actor.account_id or 0,
            )
            _log_hold(actor, opschorting)
        return redirect("bewaren")
    return render(
        request,
        "bewaren/opschorten.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@mag(Handeling.VERNIETIGING_OPSCHORTEN)
@require_POST
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a hold; what was held back is due again."""
    actor = _actor(request)
    with transaction.atomic():
        opschorting = get_object_or_404(
            Opschorting.objects.select_for_update(),
            pk=pk,
            gemeente=actor.gemeente,
            tot__isnull=True,
        )
        # The hold covers its last day, so one lifted today still holds today.
        opschorting.tot = klok.today()
        opschorting.opgeheven_door = actor.account_id
        opschorting.save(update_fields=["tot", "opgeheven_door"])
        _log_hold(actor, opschorting)
    return redirect("bewaren")


def _log_hold(actor: Actor, opschorting: Opschorting) -> None:
    logboek.record(
        actor,
        Handeling.VERNIETIGING_OPSCHORTEN,
        personen=[opschorting.persoon] if opschorting.persoon else [],
        onderwerp=f"opschorting:{opschorting.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit="bewaren",
    )


@mag(Handeling.VERNIETIGEN)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a run in the background; its page shows how far it is."""
    actor = _actor(request)
    with transaction.atomic():
        logboek.record(
            actor,
            Handeling.VERNIETIGEN,
            onderwerp="vernietiging",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        vernietiging = vernietigen.begin(actor.gemeente, door=actor.account_id)
        jobs.destroy_asked.configure(queueing_lock=f"bewaren-{vernietiging.pk}").defer(
            vernietiging=str(vernietiging.pk), gemeente=actor.gemeente
        )
    return redirect("vernietiging", pk=vernietiging.pk)


@mag(Handeling.BEWAARTERMIJN_ZIEN)
@require_safe
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far a run is, or what it destroyed."""
    actor = _actor(request)
    vernietiging = get_object_or_404(Vernietiging, pk=pk, gemeente=actor.gemeente)
    namen = _families()
    return render(
        request,
        "bewaren/verslag.html",
        {
            "vernietiging": vernietiging,
            "rijen": [
                {
                    "naam": namen[code].naam if code in namen else code,
                    "termijn": namen[code].termijn if code in namen else "",
                    **aantallen,
                    "rijen": sum(aantallen["rijen"].values()),
                }
                for code, aantallen in vernietiging.aantallen.items()
            ],
            "mag_vernietigen": besluiten.may(actor, Handeling.VERNIETIGEN),
        },
    )


@mag(Handeling.VERNIETIGEN)
@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a run to stop after what it has in hand."""
    actor = _actor(request)
    Vernietiging.objects.filter(
        pk=pk, gemeente=actor.gemeente, geeindigd_op__isnull=True
    ).update(stop_gevraagd=True)
    return redirect("vernietiging", pk=pk)


def _uuid(tekst: str) -> UUID | None:
    try:
        return UUID(tekst)
    except ValueError:
        return None
