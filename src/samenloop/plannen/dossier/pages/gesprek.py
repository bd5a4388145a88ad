"""The conversation: beginning one, writing it down together, making the report."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.plannen.dossier import bekend, concepten, gesprekken, toelating
from samenloop.plannen.dossier.gesprekken import (
    VRAGEN,
    EigenPlan,
    Ondersteuning,
    Plek,
    Verslag,
)
from samenloop.plannen.dossier.models import Gesprek, Gesprekversie
from samenloop.plannen.dossier.pages import omgeving
from samenloop.plannen.models import Deel
from samenloop.signalen.models import Leefgebied


@mag(toelating.LEZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def conversations(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show the conversations with their reports, or begin one."""
    actor = request.actor
    gevonden = toelating.enter(actor, dossier, Deel.GESPREKKEN)
    if request.method == "POST":
        return redirect("gesprek-voeren", gesprekken.begin(gevonden, door=actor).pk)
    toelating.looked(actor, gevonden)
    versies = list(
        Gesprekversie.objects.filter(gesprek__dossier=gevonden)
        .defer("inhoud")
        .select_related("gesprek")
        .prefetch_related("uitreikingen")
        .order_by("-gesprek__begonnen_op", "-nummer")
    )
    namen = omgeving.names(versie.door for versie in versies)
    return render(
        request,
        "dossier/gesprekken.html",
        {
            **omgeving.around(actor, gevonden, "gesprek"),
            "bezig": gevonden.gesprekken.filter(afgerond_op__isnull=True),
            "verslagen": [
                {
                    "versie": versie,
                    "door": namen.get(versie.door or 0, _("a closed account")),
                    "gegeven": next(iter(versie.uitreikingen.all()), None),
                }
                for versie in versies
            ],
            "mag_schrijven": toelating.may_write(actor, gevonden, Deel.GESPREKKEN),
        },
    )


@mag(toelating.SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def conversation(request: Verzoek, gesprek: UUID) -> HttpResponse:
    """Show the form with what is known already, or make the report."""
    actor = request.actor
    gevonden = find(actor, gesprek, toelating.SCHRIJVEN)
    code = gesprekken.form_code(gevonden)
    if request.method != "POST":
        toelating.looked(actor, gevonden.dossier, onderwerp=f"gesprek:{gevonden.pk}")
        concept = concepten.mine(actor, gevonden.dossier, code)
        laatste = gevonden.versies.order_by("-nummer").first()
        if concept is not None:
            gegeven: dict[str, Any] = concept.inhoud
        elif laatste is not None:
            gegeven = Verslag.kept(laatste.inhoud).as_form()
        else:
            gegeven = {"gevoerd_op": klok.today().isoformat()}
        gegeven.setdefault("na", str(laatste.nummer if laatste else 0))
        return _page(request, gevonden, gegeven, concept=concept)
    if request.POST.get("actie") == "weg":
        concepten.drop(actor, gevonden.dossier, code)
        return redirect("gesprek-voeren", gevonden.pk)
    return _finish(request, gevonden)


@mag(toelating.SCHRIJVEN)
@require_POST
@never_cache
def conversation_draft(request: Verzoek, gesprek: UUID) -> HttpResponse:
    """Keep what was typed so far, for this account alone."""
    gevonden = find(request.actor, gesprek, toelating.SCHRIJVEN)
    return omgeving.saved(
        concepten.keep(
            request.actor,
            gevonden.dossier,
            gesprekken.form_code(gevonden),
            request.POST.dict(),
        )
    )


def find(actor: Actor, gesprek: UUID, handeling: Handeling) -> Gesprek:
    """Return a conversation that is open to this actor.

    Raises:
        Http404: there is none in this municipality.
        GeenToegang: conversations of this dossier are not open to the actor.
    """
    gevonden = (
        Gesprek.objects.select_related("dossier__gezin", "dossier__betrokkene")
        .filter(pk=gesprek, dossier__gemeente=actor.gemeente)
        .first()
    )
    if gevonden is None:
        raise Http404
    toelating.enter(actor, gevonden.dossier_id, Deel.GESPREKKEN, handeling)
    return gevonden


def _finish(request: Verzoek, gesprek: Gesprek) -> HttpResponse:
    actor, gegeven = request.actor, request.POST.dict()
    verslag = Verslag.of(gegeven)
    # Nothing typed is lost, whatever comes of it.
    concepten.keep(
        actor, gesprek.dossier, gesprekken.form_code(gesprek), request.POST.dict()
    )
    fouten: dict[str, str] = {k: str(v) for k, v in verslag.missing().items()}
    na = int(gegeven["na"]) if gegeven.get("na", "").isdecimal() else 0
    if na and not gegeven.get("reden", "").strip():
        fouten["reden"] = str(gesprekken.RedenOntbreekt())
    if fouten:
        return _page(request, gesprek, gegeven, fouten=fouten)
    try:
        versie = gesprekken.finish(
            gesprek,
            verslag,
            door=actor,
            na=na,
            reden=gegeven.get("reden", "").strip()[:300],
            toch=bool(gegeven.get("toch")),
        )
    except gesprekken.AnderTyptOok as fout:
        return _page(request, gesprek, gegeven, melding=str(fout), vraag_toch=True)
    except gesprekken.VerslagVerouderd as fout:
        laatste = gesprek.versies.order_by("-nummer").first()
        # Whoever sends it again has been shown the other report.
        gegeven["na"] = str(laatste.nummer if laatste else 0)
        return _page(
            request, gesprek, gegeven, melding=str(fout), ander_verslag=laatste
        )
    messages.success(request, _("The report was made. Give it to the family."))
    return redirect("gesprek-verslag", gesprek.pk, versie.nummer)


def _page(
    request: Verzoek,
    gesprek: Gesprek,
    gegeven: Mapping[str, Any],
    *,
    fouten: Mapping[str, str] | None = None,
    melding: str = "",
    **meer: Any,
) -> HttpResponse:
    actor, dossier = request.actor, gesprek.dossier
    fouten = fouten or {}
    anderen = gesprekken.others_text(actor, gesprek)
    namen = omgeving.names(anderen)
    erbij = {
        namen.get(account, _("a closed account")): velden
        for account, velden in anderen.items()
    }

    def veld(naam: str, vraag: object) -> dict[str, Any]:
        hier = str(gegeven.get(naam, ""))
        return {
            "naam": naam,
            "vraag": vraag,
            "waarde": hier,
            "fout": fouten.get(naam, ""),
            "anderen": [
                (wie, tekst)
                for wie, velden in erbij.items()
                if (tekst := velden.get(naam, "")) and tekst not in hier
            ],
        }

    gebieden = []
    for code, naam in Leefgebied.choices:
        velden = [veld(f"{code}-{vraag}", tekst) for vraag, tekst in VRAGEN.items()]
        gebieden.append(
            {
                "code": code,
                "naam": naam,
                "velden": velden,
                "gevuld": any(v["waarde"] or v["anderen"] for v in velden),
            }
        )
    return render(
        request,
        "dossier/gesprek.html",
        {
            **omgeving.around(actor, dossier, "gesprek"),
            "gesprek": gesprek,
            "gegeven": gegeven,
            "fouten": fouten,
            "melding": melding,
            "anderen": list(erbij),
            "gebieden": gebieden,
            "blokken": bekend.known(actor, dossier),
            "plekken": Plek.choices,
            "ondersteuningen": Ondersteuning.choices,
            "eigen_plannen": EigenPlan.choices,
            "klopt_niet": veld(
                "klopt_niet", _("What of this is not right? (not required)")
            ),
            "aanwezig": veld("aanwezig", _("Who were there? (not required)")),
            "kern": veld("kern", _("What does it come down to?")),
            "afspraken": veld("afspraken", _("What was agreed? (not required)")),
            "volgende": int(gegeven.get("na") or 0) > 0,
            **meer,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fouten or melding else HTTPStatus.OK,
    )
