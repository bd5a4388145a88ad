"""The register of signals: what came in, what became of it, and one signal by itself.

That a signal came in, of what kind and how it goes is for who steers the work; what it
says only for who weighs it or recorded it. A professional links, parts and closes.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.poort import mag
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.signalen import collegas, meldingen, terugmelding, wegen, zicht
from samenloop.signalen.fouten import AlBesloten
from samenloop.signalen.models import Leefgebied, Melding, Signaal, Terugmelding
from samenloop.signalen.pages.vandaag import MET_DE_HAND, mine

PER_BLAD = 50
STATUS = (
    ("open", gettext_lazy("not closed")),
    ("los", gettext_lazy("in no melding")),
    ("in_melding", gettext_lazy("in a melding")),
    ("afgesloten", gettext_lazy("closed")),
)
WIE = (("", gettext_lazy("everyone")), ("mij", gettext_lazy("me")))


@mag(Handeling.SIGNAAL_LEZEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the register: what came in and to which melding it led."""
    keuze = {
        "status": _known(request.GET.get("status", "open"), dict(STATUS), "open"),
        "leefgebied": _known(request.GET.get("leefgebied", ""), Leefgebied.values, ""),
        "wie": _known(request.GET.get("wie", ""), dict(WIE), ""),
    }
    blad = Paginator(_filtered(request.actor, keuze), PER_BLAD).get_page(
        request.GET.get("blad")
    )
    logboek.record(
        request.actor,
        Handeling.SIGNAAL_LEZEN,
        onderwerp="signalen",
        doel="signaal_ontvangen",
        wijze=logboek.Wijze.GEVONDEN,
        diepte=Diepte.DAT,
    )
    return render(
        request,
        "signalen/signalen.html",
        {
            "blad": blad,
            "keuze": keuze,
            "vraag": urlencode({k: v for k, v in keuze.items() if v}),
            "opties": {
                "status": STATUS,
                "leefgebied": (("", gettext_lazy("all")), *Leefgebied.choices),
                "wie": WIE,
            },
            "mag_registreren": besluiten.may(
                request.actor, Handeling.SIGNAAL_REGISTREREN
            ),
        },
    )


@mag(Handeling.SIGNAAL_LEZEN)
@require_safe
@never_cache
def show(request: Verzoek, signaal: UUID) -> HttpResponse:
    """Show one signal; its content only as deep as one may look."""
    actor = request.actor
    gevonden = _signal_or_404(request, signaal)
    diepte = zicht.depth_of(actor, gevonden)
    wat = diepte is Diepte.WAT
    betrokkenen = list(gevonden.betrokkenen.select_related("persoon"))
    logboek.record(
        actor,
        Handeling.SIGNAAL_LEZEN,
        personen=[b.persoon_id for b in betrokkenen if b.persoon_id] if wat else (),
        onderwerp=f"signaal:{gevonden.pk}",
        doel="signaal_ontvangen",
        grond="G109",
        diepte=diepte,
    )
    koppeling = getattr(gevonden, "koppeling", None)
    los = gevonden.status in (Signaal.Status.NIEUW, Signaal.Status.GEWOGEN)
    weging = gevonden.regelwegingen.first()
    return render(
        request,
        "signalen/signaal.html",
        {
            "signaal": gevonden,
            "wat": wat,
            "betrokkenen": betrokkenen,
            "melding": koppeling.melding if koppeling else None,
            "mag_melding": besluiten.may(actor, Handeling.MELDING_ZIEN),
            "los": los,
            "weging": weging,
            "terug": list(gevonden.terugmeldingen.all()),
            "naam_vastgelegd": collegas.names([gevonden.vastgelegd_door]).get(
                gevonden.vastgelegd_door or 0, ""
            ),
            "mag_sluiten": los and zicht.may_deal_with(actor, gevonden),
            "mag_opnemen": los and _takes_up(actor),
            "mijn": list(mine(actor)[:20]) if los else [],
            "mag_losmaken": koppeling is not None
            and koppeling.melding.status != Melding.Status.BESLOTEN
            and zicht.may_weigh(actor, koppeling.melding)
            and not gevonden.veiligheidsrisico
            and koppeling.melding.koppelingen.count() > 1,
        },
    )


@mag(Handeling.SIGNAAL_AFHANDELEN)
@require_POST
@never_cache
def close(request: Verzoek, signaal: UUID) -> HttpResponse:
    """Close a loose signal with its reason."""
    gevonden = _signal_or_404(request, signaal)
    try:
        wegen.close_loose(gevonden, request.POST.get("reden", ""), actor=request.actor)
    except wegen.OnvolledigeWeging as fout:
        messages.warning(request, str(fout.velden["reden"]))
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, _("The signal is closed; the reporter hears it."))
    return redirect("signaal", signaal)


@mag(Handeling.MELDING_WEGEN)
@require_POST
@never_cache
def link(request: Verzoek, signaal: UUID) -> HttpResponse:
    """Add a loose signal to a melding one weighs, or take it up as a melding."""
    actor = request.actor
    gevonden = _signal_or_404(request, signaal)
    gekozen = request.POST.get("melding", "")
    try:
        if gekozen == "nieuw":
            melding = _take_up(actor, gevonden)
        else:
            melding = get_object_or_404(mine(actor), pk=_uuid(gekozen))
            meldingen.link(melding, gevonden, actor=actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("signaal", signaal)
    messages.success(
        request, _("The signal now belongs to %(nummer)s.") % {"nummer": melding.nummer}
    )
    return redirect("melding", melding.pk)


@mag(Handeling.MELDING_WEGEN)
@require_POST
@never_cache
def unlink(request: Verzoek, signaal: UUID) -> HttpResponse:
    """Take a signal out of the melding one weighs."""
    gevonden = _signal_or_404(request, signaal)
    try:
        meldingen.unlink(gevonden, actor=request.actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(request, _("The signal stands by itself again."))
    return redirect("signaal", signaal)


@mag(Handeling.SIGNAAL_AFHANDELEN)
@require_safe
@never_cache
def word_back(request: Verzoek) -> HttpResponse:
    """Show whom to call or write: the reporters without an own channel."""
    wachtend = list(_to_tell(request.actor)[:PER_BLAD])
    logboek.record(
        request.actor,
        Handeling.TERUGMELDING_LEZEN,
        onderwerp="terugmeldingen",
        wijze=logboek.Wijze.GEVONDEN,
        diepte=Diepte.DAT,
    )
    return render(request, "signalen/terugmeldingen.html", {"wachtend": wachtend})


@mag(Handeling.SIGNAAL_AFHANDELEN)
@require_POST
@never_cache
def told(request: Verzoek, terugmelding_id: UUID) -> HttpResponse:
    """Note that a reporter was told."""
    bericht = get_object_or_404(_to_tell(request.actor), pk=terugmelding_id)
    with transaction.atomic():
        terugmelding.mark_read(bericht.pk)
        logboek.record(
            request.actor,
            Handeling.SIGNAAL_AFHANDELEN,
            onderwerp=f"signaal:{bericht.signaal_id}",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
    return redirect("terugmeldingen")


def _to_tell(actor: Actor) -> QuerySet[Terugmelding]:
    """Words back that a person must give, as far as this actor deals with them."""
    berichten = Terugmelding.objects.filter(
        signaal__gemeente=actor.gemeente, wijze__in=MET_DE_HAND, gelezen_op=None
    ).select_related("signaal", "signaal__soort", "signaal__organisatie")
    if Betrokkenheid.GEMEENTE not in besluiten.involvements(
        actor, Handeling.SIGNAAL_AFHANDELEN
    ):
        berichten = berichten.filter(
            signaal__in=zicht.signals(actor, Diepte.WAT).values("pk")
        )
    return berichten.order_by("gemaakt_op", "id")


def _takes_up(actor: Actor) -> bool:
    """Whether this actor may make a melding of a loose signal, to weigh it."""
    return besluiten.may(actor, Handeling.MELDING_WEGEN) and (
        Betrokkenheid.GEMEENTE
        in besluiten.involvements(actor, Handeling.MELDING_TOEWIJZEN)
    )


def _take_up(actor: Actor, signaal: Signaal) -> Melding:
    if not _takes_up(actor):
        raise GeenToegang(besluiten.reason(actor, (Handeling.MELDING_TOEWIJZEN,)))
    with transaction.atomic():
        vast = Signaal.objects.select_for_update(of=("self",)).get(pk=signaal.pk)
        if vast.status not in (Signaal.Status.NIEUW, Signaal.Status.GEWOGEN):
            raise AlBesloten()
        melding = meldingen.make(vast, gewicht=vast.gewicht or 0)
        return meldingen.assign(melding, actor.account_id, actor=actor)


def _signal_or_404(request: Verzoek, signaal: UUID) -> Signaal:
    return get_object_or_404(
        zicht.signals(request.actor)
        .select_related("soort", "organisatie", "koppeling__melding")
        .distinct(),
        pk=signaal,
    )


def _filtered(actor: Actor, keuze: dict[str, Any]) -> QuerySet[Signaal]:
    signalen = zicht.signals(actor).select_related("soort", "koppeling__melding")
    if keuze["status"] == "los":
        signalen = signalen.filter(status__in=["nieuw", "gewogen"])
    elif keuze["status"] == "open":
        signalen = signalen.exclude(status=Signaal.Status.AFGESLOTEN)
    else:
        signalen = signalen.filter(status=keuze["status"])
    if keuze["leefgebied"]:
        signalen = signalen.filter(soort__leefgebied=keuze["leefgebied"])
    if keuze["wie"] == "mij":
        signalen = signalen.filter(vastgelegd_door=actor.account_id)
    return signalen.order_by("-veiligheidsrisico", "-ontvangen_op", "id").distinct()


def _known(waarde: str, bekend: Any, anders: str) -> str:
    return waarde if waarde in bekend else anders


def _uuid(tekst: str) -> UUID | None:
    try:
        return UUID(tekst)
    except ValueError:
        return None
