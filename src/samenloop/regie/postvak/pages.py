"""The mailbox, a thread, a new message, and who wrote whom in a dossier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import namen, toegang
from samenloop.plannen.dossier import documenten
from samenloop.plannen.dossier.models import Documentversie
from samenloop.plannen.dossier.pages.document import as_download
from samenloop.plannen.models import Dossier
from samenloop.regie.postvak import draden, lezen, schrijven
from samenloop.regie.postvak.forms import Antwoordform, Berichtform
from samenloop.regie.postvak.models import Berichtconcept, Bijlage, Draad

_PER_BLAD = 50


@mag(Handeling.BERICHT_LEZEN)
@require_safe
@never_cache
def mailbox(request: Verzoek) -> HttpResponse:
    """Show the threads one takes part in; what is unread first."""
    actor = request.actor
    alleen = request.GET.get("toon") == "ongelezen"
    gevonden = lezen.threads(actor)
    if alleen:
        gevonden = gevonden.filter(pk__in=lezen.unread(actor).values("bericht__draad"))
    regels = draden.rows(actor, gevonden[: _PER_BLAD + 1])
    _log(actor, [each.draad.dossier for each in regels], "postvak", gevonden=True)
    return render(
        request,
        "postvak/postvak.html",
        {
            "regels": regels[:_PER_BLAD],
            "meer": len(regels) > _PER_BLAD,
            "alleen": alleen,
            "ongelezen": lezen.waiting_for(actor),
        },
    )


@mag(Handeling.BERICHT_LEZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def thread(request: Verzoek, draad: UUID) -> HttpResponse:
    """Show a thread and answer in it; opening says that one has read it."""
    actor = request.actor
    gevonden = get_object_or_404(
        lezen.threads(actor).select_related("dossier"), pk=draad
    )
    dossier = gevonden.dossier
    aan = draden.answer_to(actor, gevonden)
    concept = _concept(actor, dossier, gevonden)
    form = Antwoordform(
        request.POST if request.method == "POST" else None,
        stukken=schrijven.attachable(actor, dossier),
        initial=concept.inhoud if concept else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            schrijven.write(
                dossier,
                van=actor,
                aan=aan,
                tekst=form.cleaned_data["tekst"],
                draad=gevonden,
                bijlagen=form.attachments,
            )
        except schrijven.OnbereikbareOntvanger as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("Your answer was sent."))
            return redirect("draad", gevonden.pk)
    berichten = draden.messages_of(actor, gevonden)
    if request.method == "GET":
        lezen.mark_read(actor, gevonden)
    _log(actor, [dossier], f"draad:{gevonden.pk}")
    kan_schrijven = bool(aan) and dossier.gesloten_op is None
    return render(
        request,
        "postvak/draad.html",
        {
            "draad": gevonden,
            "berichten": berichten,
            "form": form,
            "aan": sorted(namen.with_role(aan).values()),
            "kan_schrijven": kan_schrijven,
            "bewaard": concept.bewaard_op if concept else None,
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.BERICHT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Write to people who take part in a dossier."""
    actor = request.actor
    in_dossier = _dossier(actor, dossier)
    toegang.require(actor, in_dossier, Handeling.BERICHT_SCHRIJVEN)
    deelnames, niet = draden.correspondents(actor, in_dossier)
    heten = namen.with_role([*deelnames, *niet])
    concept = _concept(actor, in_dossier, None)
    form = Berichtform(
        request.POST if request.method == "POST" else None,
        wie=[(each.pk, heten[each.pk]) for each in deelnames],
        stukken=schrijven.attachable(actor, in_dossier),
        initial=concept.inhoud if concept else None,
    )
    if request.method == "POST" and form.is_valid():
        gekozen = set(form.cleaned_data["aan"])
        try:
            bericht = schrijven.write(
                in_dossier,
                van=actor,
                aan=[each for each in deelnames if str(each.pk) in gekozen],
                tekst=form.cleaned_data["tekst"],
                onderwerp=form.cleaned_data["onderwerp"],
                bijlagen=form.attachments,
            )
        except schrijven.OnbereikbareOntvanger as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("Your message was sent."))
            return redirect("draad", bericht.draad_id)
    _log(actor, [in_dossier], f"dossier:{in_dossier.pk}", handeling="schrijven")
    return render(
        request,
        "postvak/nieuw.html",
        {
            "dossier": in_dossier,
            "form": form,
            "niet": sorted(heten[each.pk] for each in niet),
            "bewaard": concept.bewaard_op if concept else None,
        },
        status=422 if form.errors else 200,
    )


@mag(Handeling.BERICHT_LEZEN)
@require_safe
@never_cache
def of_dossier(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show who wrote whom in a dossier: the words only where one took part."""
    actor = request.actor
    in_dossier = _dossier(actor, dossier)
    toegang.require(actor, in_dossier, Handeling.BERICHT_LEZEN)
    uitwisseling = draden.exchange(actor, in_dossier)
    _log(actor, [in_dossier], f"dossier:{in_dossier.pk}")
    return render(
        request,
        "postvak/dossier.html",
        {"dossier": in_dossier, "uitwisseling": uitwisseling},
    )


@mag(Handeling.BERICHT_LEZEN)
@require_safe
@never_cache
def attachment(request: Verzoek, draad: UUID, bijlage: int) -> HttpResponse:
    """Hand out what came along with a message one may read."""
    actor = request.actor
    gevonden = get_object_or_404(
        Bijlage, pk=bijlage, bericht__in=lezen.readable(actor).filter(draad=draad)
    )
    versie = get_object_or_404(
        Documentversie.objects.select_related("document__dossier"),
        pk=gevonden.document,
    )
    try:
        return as_download(versie, documenten.content(actor, versie))
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("draad", draad)


@mag(Handeling.BERICHT_SCHRIJVEN)
@require_POST
def keep(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Keep what is being typed; answers with a sentence for the status line."""
    actor = request.actor
    in_dossier = _dossier(actor, dossier)
    draad = None
    if gevraagd := request.GET.get("draad"):
        draad = get_object_or_404(
            lezen.threads(actor).filter(dossier=in_dossier), pk=_uuid(gevraagd)
        )
    toegang.require(actor, in_dossier, Handeling.BERICHT_SCHRIJVEN)
    inhoud: dict[str, Any] = {
        "tekst": request.POST.get("tekst", "")[:20_000],
        "onderwerp": request.POST.get("onderwerp", "")[:200],
        "aan": request.POST.getlist("aan"),
        "bijlagen": request.POST.getlist("bijlagen"),
    }
    nu = klok.now()
    Berichtconcept.objects.update_or_create(
        account=actor.account_id or 0,
        dossier=in_dossier,
        draad=draad,
        defaults={"inhoud": inhoud, "bewaard_op": nu},
    )
    tijd = date_format(localtime(nu), "H.i")
    return JsonResponse({"tekst": _("Draft kept at %(tijd)s") % {"tijd": tijd}})


def _dossier(actor: Actor, dossier: UUID) -> Dossier:
    """Return a dossier one takes part in; any other does not exist."""
    mag_zien: QuerySet[Dossier] = toegang.dossiers(
        actor, Handeling.BERICHT_LEZEN, Diepte.WAT
    )
    return get_object_or_404(mag_zien, pk=dossier)


def _uuid(tekst: str) -> UUID:
    try:
        return UUID(tekst)
    except ValueError:
        raise Http404 from None


def _concept(
    actor: Actor, dossier: Dossier, draad: Draad | None
) -> Berichtconcept | None:
    return Berichtconcept.objects.filter(
        account=actor.account_id or 0, dossier=dossier, draad=draad
    ).first()


def _log(
    actor: Actor,
    dossiers: list[Dossier],
    onderwerp: str,
    *,
    gevonden: bool = False,
    handeling: str = "lezen",
) -> None:
    if not dossiers:
        return
    logboek.record(
        actor,
        Handeling.BERICHT_SCHRIJVEN
        if handeling == "schrijven"
        else Handeling.BERICHT_LEZEN,
        personen={each.betrokkene_id for each in dossiers},
        onderwerp=onderwerp,
        wijze=logboek.Wijze.GEVONDEN if gevonden else logboek.Wijze.GEOPEND,
        diepte=Diepte.DAT if gevonden else Diepte.WAT,
    )
