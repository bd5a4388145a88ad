"""Notes: writing one, opening it to others, replacing or throwing away one's own."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.dossier import concepten, notities, toelating
from samenloop.plannen.dossier.forms import NotitieForm
from samenloop.plannen.dossier.models import Bereik, Notitie
from samenloop.plannen.dossier.pages import omgeving
from samenloop.plannen.models import Deel, Dossier

_NIEUW = "notitie"


@mag(toelating.LEZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def notes(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the notes one may read, or write one."""
    actor = request.actor
    gevonden = toelating.enter(actor, dossier, Deel.NOTITIES)
    if request.method != "POST":
        concept = concepten.mine(actor, gevonden, _NIEUW)
        form = NotitieForm(initial=concept.inhoud if concept else None)
        return _list(request, gevonden, form, concept=concept)
    if request.POST.get("actie") == "weg":
        concepten.drop(actor, gevonden, _NIEUW)
        return redirect("notities", gevonden.pk)
    form = NotitieForm(request.POST)
    if not form.is_valid():
        return _list(request, gevonden, form)
    notities.write(
        gevonden,
        form.cleaned_data["tekst"],
        Bereik(form.cleaned_data["bereik"]),
        door=actor,
    )
    concepten.drop(actor, gevonden, _NIEUW)
    messages.success(request, _("Note kept."))
    return redirect("notities", gevonden.pk)


@mag(toelating.SCHRIJVEN)
@require_POST
@never_cache
def note_draft(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Keep what was typed so far."""
    gevonden = toelating.enter(
        request.actor, dossier, Deel.NOTITIES, toelating.SCHRIJVEN
    )
    return omgeving.saved(
        concepten.keep(request.actor, gevonden, _NIEUW, request.POST.dict())
    )


@mag(toelating.SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def note(request: Verzoek, notitie: UUID) -> HttpResponse:
    """Change one's own note, open it to more people, or throw it away."""
    actor = request.actor
    gevonden = _mine(actor, notitie)
    dossier = gevonden.dossier
    if request.method != "POST":
        toelating.looked(actor, dossier, onderwerp=f"notitie:{gevonden.pk}")
        return _one(request, gevonden, NotitieForm(initial=_begin(gevonden)))
    form = NotitieForm({"bereik": gevonden.bereik, **request.POST.dict()})
    actie = request.POST.get("actie", "")
    try:
        if actie == "weg":
            notities.throw_away(gevonden, door=actor)
            messages.success(request, _("The note was thrown away."))
        elif actie in Bereik.values:
            notities.widen(gevonden, Bereik(actie), door=actor)
            messages.success(request, _("Others can read the note from now on."))
        elif form.is_valid():
            notities.write(
                dossier,
                form.cleaned_data["tekst"],
                Bereik(gevonden.bereik),
                door=actor,
                verbetert=gevonden,
            )
            messages.success(request, _("Note kept."))
        else:
            return _one(request, gevonden, form)
    except SamenloopFout as fout:
        form.add_error(None, str(fout))
        return _one(request, gevonden, form)
    return redirect("notities", dossier.pk)


def _list(
    request: Verzoek, dossier: Dossier, form: NotitieForm, **meer: Any
) -> HttpResponse:
    actor = request.actor
    toelating.looked(actor, dossier)
    blad = Paginator(notities.visible(actor, dossier), omgeving.PER_BLAD).get_page(
        request.GET.get("blad")
    )
    namen = omgeving.names(notitie.door for notitie in blad)
    return render(
        request,
        "dossier/notities.html",
        {
            **omgeving.around(actor, dossier, "notities"),
            "form": form,
            "blad": blad,
            "vraag": "",
            "notities": [
                {
                    "notitie": notitie,
                    "door": namen.get(notitie.door, _("a closed account")),
                    "van_mij": notitie.door == actor.account_id,
                }
                for notitie in blad
            ],
            "mag_schrijven": toelating.may_write(actor, dossier, Deel.NOTITIES),
            **meer,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _one(request: Verzoek, notitie: Notitie, form: NotitieForm) -> HttpResponse:
    return render(
        request,
        "dossier/notitie.html",
        {
            **omgeving.around(request.actor, notitie.dossier, "notities"),
            "form": form,
            "notitie": notitie,
            "eerder": _earlier(notitie),
            "wijder": [(b.value, b.label) for b in notities.wider(notitie)],
            "kan_weg": notitie.bereik == Bereik.EIGEN,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _mine(actor: Actor, notitie: UUID) -> Notitie:
    """Return one's own note; that of another does not exist for this page."""
    gevonden = (
        Notitie.objects.select_related("dossier__gezin", "dossier__betrokkene")
        .filter(
            pk=notitie,
            dossier__gemeente=actor.gemeente,
            door=actor.account_id or 0,
            verbeterd_door__isnull=True,
        )
        .first()
    )
    if gevonden is None:
        raise Http404
    toelating.enter(actor, gevonden.dossier_id, Deel.NOTITIES, toelating.SCHRIJVEN)
    return gevonden


def _earlier(notitie: Notitie) -> list[Notitie]:
    eerder = []
    vorige = notitie.verbetert
    while vorige is not None:
        eerder.append(vorige)
        vorige = vorige.verbetert
    return eerder


def _begin(notitie: Notitie) -> dict[str, Any]:
    return {"tekst": notitie.tekst, "bereik": notitie.bereik}
