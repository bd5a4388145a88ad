"""The pages of the view: asking the purpose once, showing, and source by source.

The first answer holds our own records and waits for nobody; each outside source is a
fragment of its own that the browser fetches beside the others. Without script a link
asks them all at once. Every page that shows somebody is in the log before it is shown.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.doelen import label as doel_label
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok, opdrachten
from samenloop.core.fouten import SamenloopFout
from samenloop.klantbeeld import beeld as beelden
from samenloop.klantbeeld import bronbeeld, journaal, omringd
from samenloop.klantbeeld import inkijk as inkijken
from samenloop.klantbeeld.beeld import Beeld
from samenloop.klantbeeld.bronbeeld import Bronstand
from samenloop.klantbeeld.context import NietGevonden, Onderwerp, account_of, find
from samenloop.klantbeeld.forms import InkijkForm
from samenloop.klantbeeld.inzage import Inzage
from samenloop.klantbeeld.models import Context, Inkijk
from samenloop.klantbeeld.velden import LEEFGEBIEDEN, kinds_of, sources

_NU = "nu"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@mag(Handeling.KLANTBEELD_OPENEN)
def open_(request: Verzoek, context: str, id_: UUID) -> HttpResponse:
    """Ask the purpose and the weighing, unless they still hold for this dossier."""
    onderwerp = _subject(request, context, id_)
    if request.method != "POST" and "anders" not in request.GET:
        geldend = inkijken.standing(request.actor, onderwerp)
        if geldend is not None:
            return redirect("klantbeeld", geldend.pk)
    doelen = inkijken.purposes_for(request.actor, onderwerp)
    form = InkijkForm(
        request.POST or None,
        doelen=doelen,
        initial=inkijken.earlier_answers(request.actor, onderwerp),
    )
    if request.method == "POST" and form.is_valid():
        try:
            geopend = inkijken.open_(request.actor, onderwerp, form.weighing())
        except SamenloopFout as fout:
            form.add_error("doel", str(fout))
        else:
            return redirect("klantbeeld", geopend.pk)
    return render(
        request,
        "klantbeeld/openen.html",
        {
            "form": form,
            "onderwerp": onderwerp,
            "doelen": [
                (doel.label, inkijken.opens(request.actor, doel.code, onderwerp))
                for doel in doelen
            ],
            "gebieden": LEEFGEBIEDEN,
        },
        status=422 if form.errors else 200,
    )


@require_safe
@never_cache
@mag(Handeling.KLANTBEELD_OPENEN)
@opdrachten.planned_once()
def show(request: Verzoek, inkijk: UUID) -> HttpResponse:
    """Show the view of this opening; `wie` narrows it to one person."""
    geopend = _opening(request, inkijk)
    onderwerp = _subject(request, geopend.context, geopend.context_id)
    if not inkijken.holds(request.actor, geopend):
        messages.info(request, str(inkijken.Verlopen.melding))
        return redirect("klantbeeld-openen", geopend.context, geopend.context_id)
    inzage = inkijken.inzage(request.actor, geopend, onderwerp)
    wie = _person(request)
    beeld = beelden.make(inzage, geopend, onderwerp, klok.today(), wie)
    _log(request, geopend, beeld)
    nu = request.GET.get("bronnen") == _NU
    standen = _standings(request, inzage, geopend, beeld, nu=nu)
    return render(
        request,
        "klantbeeld/klantbeeld.html",
        {
            "beeld": beeld,
            "inkijk": geopend,
            "onderwerp": onderwerp,
            "doel": doel_label(geopend.doel),
            "gevraagd": ", ".join(str(LEEFGEBIEDEN[g]) for g in geopend.leefgebieden),
            "standen": standen,
            "omringd": omringd.around(inzage, beeld),
            "journaal": journaal.latest(request.actor, onderwerp, wie),
            "per_bron": {stand.code: stand for stand in standen},
            "terug": _back(onderwerp),
            "persoon_url": _address("persoon", onderwerp.persoon_id),
            "opnieuw": reverse(
                "klantbeeld-openen", args=[geopend.context, geopend.context_id]
            ),
            "op": klok.now(),
        },
    )


@require_safe
@never_cache
@mag(Handeling.KLANTBEELD_OPENEN)
def source(request: Verzoek, inkijk: UUID, bron: str) -> HttpResponse:
    """Ask one source and answer with its state and its lines."""
    if bron not in sources():
        raise Http404(_("There is no source with this name."))
    geopend = _opening(request, inkijk)
    if not inkijken.holds(request.actor, geopend):
        raise Http404(str(inkijken.Verlopen.melding))
    onderwerp = _subject(request, geopend.context, geopend.context_id)
    inzage = inkijken.inzage(request.actor, geopend, onderwerp)
    beeld = beelden.frame(inzage, geopend, onderwerp, klok.today(), _person(request))
    stand = _ask(request, inzage, geopend, [bron], beeld.personen)[0]
    return render(
        request,
        "klantbeeld/bron.html",
        {"stand": stand, "inkijk": geopend, "beeld": beeld, "los": True},
    )


def _subject(request: Verzoek, context: str, id_: UUID) -> Onderwerp:
    try:
        return find(request.actor, Context(context), id_, klok.today())
    except (ValueError, NietGevonden):
        raise Http404(
            _("There is no such dossier here, or it is not for you.")
        ) from None


def _opening(request: Verzoek, inkijk: UUID) -> Inkijk:
    """Return an opening of this reader in this municipality, and of nobody else."""
    geopend = Inkijk.objects.filter(
        pk=inkijk, account=account_of(request.actor), gemeente=request.actor.gemeente
    ).first()
    if geopend is None:
        raise Http404(_("This opening is not yours. Open the view yourself."))
    return geopend


def _person(request: Verzoek) -> UUID | None:
    try:
        return UUID(request.GET["wie"]) if request.GET.get("wie") else None
    except ValueError:
        raise Http404(_("There is nobody like that in this family.")) from None


def _standings(
    request: Verzoek, inzage: Inzage, geopend: Inkijk, beeld: Beeld, *, nu: bool
) -> list[Bronstand]:
    """Return the state of each source: asked now, to be fetched, or not asked."""
    gezegd = {
        bron: bronbeeld.expected(inzage, bron, beeld.personen) for bron in sources()
    }
    te_vragen = [bron for bron, stand in gezegd.items() if stand is None]
    if nu and te_vragen:
        for stand in _ask(request, inzage, geopend, te_vragen, beeld.personen):
            gezegd[stand.code] = stand
    return [stand or bronbeeld.pending(bron) for bron, stand in gezegd.items()]


def _ask(
    request: Verzoek,
    inzage: Inzage,
    geopend: Inkijk,
    codes: Sequence[str],
    personen: Sequence[UUID],
) -> list[Bronstand]:
    """Ask sources, with a line in the log for whom they are asked about."""
    over = {
        persoon
        for bron in codes
        for persoon in bronbeeld.depths(inzage, bron, personen)
    }
    if over:
        logboek.record(
            request.actor,
            Handeling.KLANTBEELD_OPENEN,
            personen=sorted(over),
            onderwerp=f"{geopend.context}:{geopend.context_id}",
            doel=geopend.doel,
            grond=_grounds(inzage, codes, over),
            activiteit="bronnen-bevragen",
        )
    return bronbeeld.ask(inzage, codes, personen)


def _grounds(inzage: Inzage, codes: Sequence[str], personen: Iterable[UUID]) -> str:
    velden = [wat for bron in codes for wat in kinds_of(bron)]
    gronden = {
        grond.id
        for persoon in personen
        for grond in inzage.grounds(velden, persoon)
        if not grond.is_verbod
    }
    return " ".join(sorted(gronden)[:12])


def _log(request: Verzoek, geopend: Inkijk, beeld: Beeld) -> None:
    logboek.record(
        request.actor,
        Handeling.NOODTOEGANG if geopend.noodtoegang else Handeling.KLANTBEELD_OPENEN,
        personen=[lid.id for lid in beeld.leden],
        onderwerp=f"{geopend.context}:{geopend.context_id}",
        doel=geopend.doel,
        grond=beeld.grounds,
        diepte=beeld.diepte,
        activiteit="klantbeeld",
    )


def _back(onderwerp: Onderwerp) -> str | None:
    """Return the page of the dossier itself, where this installation has one."""
    naam = {
        Context.MELDING: "melding",
        Context.CASUS: "casus",
        Context.PERSOON: "persoon",
    }[onderwerp.context]
    return _address(naam, onderwerp.id)


def _address(naam: str, id_: UUID | None) -> str | None:
    try:
        return reverse(naam, args=[id_]) if id_ is not None else None
    except NoReverseMatch:
        return None
