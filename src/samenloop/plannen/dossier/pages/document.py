"""Documents: the list, adding one or a next version, and opening one."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.dossier import documenten, keuren, opbergen, scannen, toelating
from samenloop.plannen.dossier.forms import DocumentForm, VersieForm
from samenloop.plannen.dossier.models import Document, Documentversie
from samenloop.plannen.dossier.pages import omgeving
from samenloop.plannen.models import Deel, Dossier


@mag(toelating.LEZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def documents(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the documents, or add one."""
    actor = request.actor
    gevonden = toelating.enter(actor, dossier, Deel.DOCUMENTEN)
    if request.method != "POST":
        return _list(request, gevonden, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, gevonden, form)
    try:
        documenten.add(
            gevonden,
            form.cleaned_data["bestand"],
            titel=form.cleaned_data["titel"],
            soort=form.cleaned_data["soort"],
            door=actor,
        )
    except SamenloopFout as fout:
        form.add_error("bestand", str(fout))
        return _list(request, gevonden, form)
    messages.success(request, _("Document added."))
    return redirect("documenten", gevonden.pk)


@mag(toelating.SCHRIJVEN, toelating.AANVULLEN)
@require_POST
@never_cache
def document_version(request: Verzoek, document: UUID) -> HttpResponse:
    """Add a next version of a document."""
    gevonden = (
        Document.objects.select_related("dossier__gezin", "dossier__betrokkene")
        .filter(pk=document, dossier__gemeente=request.actor.gemeente)
        .first()
    )
    if gevonden is None:
        raise Http404
    dossier = gevonden.dossier
    toelating.require_add(request.actor, dossier, Deel.DOCUMENTEN, van=(gevonden.door,))
    form = VersieForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            documenten.add_version(
                gevonden, form.cleaned_data["bestand"], door=request.actor
            )
            messages.success(request, _("Version added. The earlier ones are kept."))
            return redirect("documenten", dossier.pk)
        fout = " ".join(str(each) for each in form.errors.get("bestand", []))
    except SamenloopFout as geweigerd:
        fout = str(geweigerd)
    return _list(request, dossier, DocumentForm(), versiefout=(gevonden.pk, fout))


@mag(toelating.LEZEN)
@require_safe
@never_cache
def document_open(request: Verzoek, versie: UUID) -> HttpResponse:
    """Hand a file out, never to be shown by the browser as a page of ours."""
    try:
        gevonden, inhoud = documenten.hand_out(request.actor, versie)
    except Documentversie.DoesNotExist:
        raise Http404 from None
    except (documenten.NogDicht, documenten.Besmet, opbergen.BestandStuk) as fout:
        versie_ = Documentversie.objects.select_related(
            "document__dossier__gezin", "document__dossier__betrokkene"
        ).get(pk=versie)
        dossier = versie_.document.dossier
        return render(
            request,
            "dossier/document_dicht.html",
            {
                **omgeving.around(request.actor, dossier, "documenten"),
                "reden": str(fout),
            },
            status=HTTPStatus.CONFLICT,
        )
    return as_download(gevonden, inhoud)


def as_download(gevonden: Documentversie, inhoud: bytes) -> HttpResponse:
    """Answer with a file that is saved, and never run as a page of ours."""
    return HttpResponse(
        inhoud,
        content_type=keuren.TYPEN[gevonden.type].media,
        headers={
            "Content-Disposition": content_disposition_header(
                True, gevonden.bestandsnaam
            ),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _list(
    request: Verzoek,
    dossier: Dossier,
    form: DocumentForm,
    *,
    versiefout: tuple[UUID, str] | None = None,
) -> HttpResponse:
    actor = request.actor
    toelating.looked(actor, dossier)
    alle = list(documenten.of_dossier(dossier))
    namen = omgeving.names(v.door for document in alle for v in document.versies.all())
    mis = bool(form.errors or versiefout)
    schrijft = toelating.may_write(actor, dossier, Deel.DOCUMENTEN)
    return render(
        request,
        "dossier/documenten.html",
        {
            **omgeving.around(actor, dossier, "documenten"),
            "form": form,
            "documenten": [
                {
                    "document": document,
                    "mag_versie": schrijft or document.door == actor.account_id,
                    "versies": [_version(v, namen) for v in document.versies.all()],
                    "fout": versiefout[1]
                    if versiefout and versiefout[0] == document.pk
                    else "",
                }
                for document in alle
            ],
            "scant": scannen.is_set(),
            "mb": settings.DOCUMENTEN["MAX"] // (1024 * 1024),
            "mag_schrijven": toelating.may_add(actor, dossier, Deel.DOCUMENTEN),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if mis else HTTPStatus.OK,
    )


def _version(versie: Documentversie, namen: dict[int, str]) -> dict[str, Any]:
    return {
        "versie": versie,
        "door": namen.get(versie.door or 0, _("a closed account")),
        "open": scannen.may_open(versie),
        "besmet": versie.scan == Documentversie.Scan.BESMET,
    }
