"""The contact journal: noting a contact in seconds, reading back, setting right."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.dossier import concepten, contacten, toelating
from samenloop.plannen.dossier.forms import ContactForm
from samenloop.plannen.dossier.models import Contactmoment
from samenloop.plannen.dossier.pages import omgeving
from samenloop.plannen.models import Deel, Dossier

_NIEUW = "contact"


@mag(toelating.LEZEN)
@require_safe
@never_cache
def journal(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the contacts, newest first."""
    actor = request.actor
    gevonden = toelating.enter(actor, dossier, Deel.JOURNAAL)
    toelating.looked(actor, gevonden)
    blad = Paginator(contacten.journal(gevonden), omgeving.PER_BLAD).get_page(
        request.GET.get("blad")
    )
    namen = omgeving.names(contact.door for contact in blad)
    return render(
        request,
        "dossier/journaal.html",
        {
            **omgeving.around(actor, gevonden, "journaal"),
            "blad": blad,
            "vraag": "",
            "contacten": [_row(contact, namen) for contact in blad],
            "mag_schrijven": toelating.may_add(actor, gevonden, Deel.JOURNAAL),
        },
    )


@mag(toelating.SCHRIJVEN, toelating.AANVULLEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def contact_new(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the form, or note the contact."""
    gevonden = toelating.find(request.actor, dossier)
    toelating.require_add(request.actor, gevonden, Deel.JOURNAAL)
    return _form(request, gevonden, None)


@mag(toelating.SCHRIJVEN, toelating.AANVULLEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def contact_correct(request: Verzoek, contact: UUID) -> HttpResponse:
    """Show the form with what stands there, or add the better text."""
    gevonden = _find(request.actor, contact)
    toelating.require_add(
        request.actor, gevonden.dossier, Deel.JOURNAAL, van=(gevonden.door,)
    )
    if request.method != "POST" and hasattr(gevonden, "verbeterd_door"):
        return redirect("contact", gevonden.verbeterd_door.pk)
    if request.method != "POST":
        toelating.looked(
            request.actor, gevonden.dossier, onderwerp=f"contact:{gevonden.pk}"
        )
    return _form(request, gevonden.dossier, gevonden)


@mag(toelating.SCHRIJVEN, toelating.AANVULLEN)
@require_POST
@never_cache
def contact_draft(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Keep what was typed so far."""
    gevonden = toelating.find(request.actor, dossier)
    toelating.require_add(request.actor, gevonden, Deel.JOURNAAL)
    formulier = _draft_name(request.POST.get("verbetert", ""))
    return omgeving.saved(
        concepten.keep(request.actor, gevonden, formulier, request.POST.dict())
    )


@mag(toelating.LEZEN)
@require_safe
@never_cache
def contact(request: Verzoek, contact: UUID) -> HttpResponse:
    """Show one contact, and what stood there before it was set right."""
    actor = request.actor
    gevonden = _find(actor, contact)
    toegang.require(actor, gevonden.dossier, toelating.LEZEN, Deel.JOURNAAL)
    if hasattr(gevonden, "verbeterd_door"):
        return redirect("contact", gevonden.verbeterd_door.pk)
    toelating.looked(actor, gevonden.dossier, onderwerp=f"contact:{gevonden.pk}")
    eerder = contacten.earlier(gevonden)
    namen = omgeving.names(each.door for each in [gevonden, *eerder])
    return render(
        request,
        "dossier/contact.html",
        {
            **omgeving.around(actor, gevonden.dossier, "journaal"),
            "rij": _row(gevonden, namen),
            "eerder": [_row(each, namen) for each in eerder],
            "mag_schrijven": toelating.may_correct(
                actor, gevonden.dossier, Deel.JOURNAAL, gevonden.door
            ),
        },
    )


def _form(
    request: Verzoek, dossier: Dossier, verbetert: Contactmoment | None
) -> HttpResponse:
    actor = request.actor
    formulier = _draft_name(str(verbetert.pk) if verbetert else "")
    kent = toelating.may_write(actor, dossier, Deel.JOURNAAL)
    if request.method != "POST":
        concept = concepten.mine(actor, dossier, formulier)
        begin = ContactForm.of(verbetert) if verbetert else ContactForm.begin()
        form = ContactForm(
            initial={**begin, **(concept.inhoud if concept else {})},
            dossier=dossier,
            kent=kent,
        )
        return _page(request, dossier, form, verbetert, concept=concept)
    if request.POST.get("actie") == "weg":
        concepten.drop(actor, dossier, formulier)
        return redirect(request.path)
    form = ContactForm(request.POST, dossier=dossier, kent=kent)
    if not form.is_valid():
        return _page(request, dossier, form, verbetert)
    try:
        contacten.note(
            dossier,
            form.contact(),
            door=actor,
            verbetert=verbetert,
            reden=form.cleaned_data["reden"],
        )
    except SamenloopFout as fout:
        form.add_error(None, str(fout))
        return _page(request, dossier, form, verbetert)
    concepten.drop(actor, dossier, formulier)
    messages.success(
        request, _("The contact was set right.") if verbetert else _("Contact noted.")
    )
    return redirect("journaal", dossier.pk)


def _page(
    request: Verzoek,
    dossier: Dossier,
    form: ContactForm,
    verbetert: Contactmoment | None,
    **meer: Any,
) -> HttpResponse:
    return render(
        request,
        "dossier/contact_nieuw.html",
        {
            **omgeving.around(request.actor, dossier, "journaal"),
            "form": form,
            "kent": "met" in form.fields,
            "verbetert": verbetert,
            **meer,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _find(actor: Actor, contact: UUID) -> Contactmoment:
    gevonden = (
        Contactmoment.objects.select_related(
            *("dossier__gezin", "dossier__betrokkene"),
            *("persoon", "organisatie", "verbeterd_door"),
        )
        .filter(pk=contact, dossier__gemeente=actor.gemeente)
        .first()
    )
    if gevonden is None:
        raise Http404
    return gevonden


def _row(contact: Contactmoment, namen: dict[int, str]) -> dict[str, Any]:
    return {
        "contact": contact,
        "met": contacten.with_whom(contact),
        "door": namen.get(contact.door or 0, _("a closed account")),
        "verbeterd": contact.verbetert_id is not None,
    }


def _draft_name(verbetert: str) -> str:
    try:
        return f"{_NIEUW}:{UUID(verbetert)}" if verbetert else _NIEUW
    except ValueError:
        return _NIEUW
