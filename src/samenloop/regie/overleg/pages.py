"""Preparing a conference: the list, a new one, its agenda, who is invited."""

from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import namen, toegang
from samenloop.regie.models import Casus
from samenloop.regie.overleg import agenda, gasten, houden, wie
from samenloop.regie.overleg.forms import Agendaform, Genodigdeform, Overlegform
from samenloop.regie.overleg.models import Agendapunt, Genodigde, Overleg

_MEEST = 100


@mag(Handeling.OVERLEG_BIJWONEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the conferences one leads, brings a case into or is invited to."""
    actor = request.actor
    gevonden = list(
        agenda.visible_to(actor)
        .order_by("-gepland_op")
        .prefetch_related("punten")[:_MEEST]
    )
    leiders = namen.accounts(each.voorzitter for each in gevonden)
    rijen = [(each, leiders.get(each.voorzitter, "")) for each in gevonden]
    komend = [
        rij
        for rij in reversed(rijen)
        if rij[0].staat in (Overleg.Staat.GEPLAND, Overleg.Staat.BEZIG)
    ]
    geweest = [rij for rij in rijen if rij not in komend]
    return render(
        request,
        "overleg/overzicht.html",
        {
            "komend": komend,
            "geweest": geweest,
            "mag_plannen": besluiten.may(actor, Handeling.OVERLEG_HOUDEN),
        },
    )


@mag(Handeling.OVERLEG_HOUDEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek) -> HttpResponse:
    """Plan a conference; from the page of a case one goes on to its agenda."""
    form = Overlegform(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        overleg = agenda.plan(
            request.actor,
            gepland_op=form.cleaned_data["begint_op"],
            minuten=form.cleaned_data["minuten"],
            plaats=form.cleaned_data["plaats"],
        )
        adres = reverse("overleg-agenda", args=[overleg.pk])
        casus = request.GET.get("casus", "")
        return redirect(f"{adres}?casus={_uuid(casus)}" if casus else adres)
    return render(
        request,
        "overleg/nieuw.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@mag(Handeling.OVERLEG_HOUDEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def put_on(request: Verzoek, overleg: UUID) -> HttpResponse:
    """Put a case that one directs on the agenda, and choose what is shared."""
    actor = request.actor
    gevonden = _planned(actor, overleg)
    eigen = _directed_by(actor)
    form = Agendaform(
        request.POST if request.method == "POST" else None,
        casussen=[(each.pk, _case_name(each)) for each in eigen],
        initial={"casus": request.GET.get("casus", "")},
    )
    if request.method == "POST" and form.is_valid():
        casus = next(
            each for each in eigen if str(each.pk) == form.cleaned_data["casus"]
        )
        try:
            agenda.put_on(
                gevonden,
                casus,
                vraag=form.cleaned_data["vraag"],
                delen=form.parts,
                grond=form.cleaned_data["grond"],
                door=actor,
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("overleg", gevonden.pk)
    _log_cases(actor, eigen)
    return render(
        request,
        "overleg/agenda.html",
        {"overleg": gevonden, "form": form, "eigen": eigen},
        status=422 if form.errors else 200,
    )


@mag(Handeling.OVERLEG_HOUDEN)
@require_POST
def take_off(request: Verzoek, punt: UUID) -> HttpResponse:
    """Take a case off the agenda."""
    gevonden = get_object_or_404(
        Agendapunt.objects.select_related("overleg", "casus__dossier"),
        pk=punt,
        overleg__in=agenda.visible_to(request.actor),
    )
    try:
        agenda.take_off(gevonden, door=request.actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    return redirect("overleg", gevonden.overleg_id)


@mag(Handeling.OVERLEG_HOUDEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invite(request: Verzoek, overleg: UUID) -> HttpResponse:
    """Invite somebody for one or more of the cases."""
    actor = request.actor
    gevonden = _planned(actor, overleg)
    agenda.require_lead(actor, gevonden)
    punten = list(
        gevonden.punten.select_related("casus__dossier__gezin", "casus__betrokkene")
    )
    al = gevonden.genodigden.values_list("account", flat=True)
    form = Genodigdeform(
        request.POST if request.method == "POST" else None,
        wie=wie.can_come(actor.gemeente, [*al, actor.account_id]),
        punten=[(each.pk, _case_name(each.casus)) for each in punten],
        initial={"punten": [str(each.pk) for each in punten]},
    )
    if request.method == "POST" and form.is_valid():
        gegeven = form.cleaned_data
        try:
            genodigde = agenda.invite(
                gevonden,
                door=actor,
                account=int(gegeven["wie"]) if gegeven["wie"] else None,
                naam=gegeven["naam"],
                functie=gegeven["functie"],
                email=gegeven["email"] if gegeven["naam"] else "",
                punten=[each for each in punten if str(each.pk) in gegeven["punten"]],
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            if gevonden.staat == Overleg.Staat.BEZIG:
                for punt in genodigde.punten.select_related(
                    "overleg", "casus__dossier"
                ):
                    houden.share(genodigde, punt, door=actor)
            if genodigde.account is None:
                return redirect("overleg-gastlink", gevonden.pk, genodigde.pk)
            return redirect("overleg", gevonden.pk)
    return render(
        request,
        "overleg/uitnodigen.html",
        {"overleg": gevonden, "form": form, "punten": punten},
        status=422 if form.errors else 200,
    )


@mag(Handeling.OVERLEG_HOUDEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def link(request: Verzoek, overleg: UUID, genodigde: UUID) -> HttpResponse:
    """Make the link and the code of a guest; the code shows once."""
    gevonden = _planned(request.actor, overleg)
    agenda.require_lead(request.actor, gevonden)
    gast = get_object_or_404(
        Genodigde, pk=genodigde, overleg=gevonden, account__isnull=True
    )
    code = ""
    if request.method == "POST":
        sleutel, code = gasten.make_link(gast, door=request.actor)
        adres = request.build_absolute_uri(reverse("gast", args=[sleutel]))
        with override("nl"):
            send_mail(
                _("You are invited to a conference"),
                _(
                    "You are invited to a conference in Samenloop. Open this address "
                    "from a quarter of an hour before it begins: %(adres)s\n\nYou "
                    "also need a code. Who invited you tells it by telephone."
                )
                % {"adres": adres},
                None,
                [gast.email],
            )
    return render(
        request,
        "overleg/gastlink.html",
        {"overleg": gevonden, "gast": gast, "code": code},
    )


@mag(Handeling.OVERLEG_HOUDEN)
@require_POST
def change(request: Verzoek, overleg: UUID) -> HttpResponse:
    """Begin, end or call off a conference."""
    actor = request.actor
    gevonden = get_object_or_404(agenda.visible_to(actor), pk=overleg)
    wat = request.POST.get("wat")
    try:
        if wat == "begin":
            houden.begin(gevonden, door=actor)
            messages.success(
                request, _("The conference began; what was chosen is shared.")
            )
        elif wat == "einde":
            aantal = houden.end(gevonden, door=actor)
            messages.success(
                request,
                _("The conference ended. Closed again: %(n)s.") % {"n": aantal},
            )
        elif wat == "afgelasten":
            reden = request.POST.get("reden", "").strip()[:300]
            if reden:
                agenda.call_off(gevonden, reden=reden, door=actor)
            else:
                messages.warning(request, _("Write why it is called off."))
        else:
            raise Http404
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    return redirect("overleg", gevonden.pk)


def _planned(actor: Actor, overleg: UUID) -> Overleg:
    return get_object_or_404(
        agenda.visible_to(actor).filter(
            staat__in=(Overleg.Staat.GEPLAND, Overleg.Staat.BEZIG)
        ),
        pk=overleg,
    )


def _directed_by(actor: Actor) -> list[Casus]:
    return list(
        Casus.objects.filter(
            dossier__in=toegang.led_dossiers(actor), dossier__gesloten_op__isnull=True
        )
        .select_related("dossier__gezin", "betrokkene")
        .order_by("dossier__gezin__naam", "nummer")
    )


def _case_name(casus: Casus) -> str:
    dossier = casus.dossier
    gezin = dossier.gezin if dossier else None
    return gezin.naam if gezin else casus.betrokkene.volledige_naam


def _log_cases(actor: Actor, casussen: list[Casus]) -> None:
    if casussen:
        logboek.record(
            actor,
            Handeling.OVERLEG_HOUDEN,
            personen=[each.betrokkene_id for each in casussen],
            onderwerp="overleg",
            wijze=logboek.Wijze.GEVONDEN,
            diepte=Diepte.DAT,
        )


def _uuid(tekst: str) -> UUID:
    try:
        return UUID(tekst)
    except ValueError:
        raise Http404 from None
