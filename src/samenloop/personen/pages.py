"""The pages about people: searching, opening for a purpose, registering.

What one searches for goes by POST and stays nowhere; only the ids of who was found are
kept in the session, so that one comes back to the list. A person opens for a purpose,
asked once and then kept for that person as long as the session lasts.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, doelen, logboek
from samenloop.access.actor import Verzoek
from samenloop.access.logboek import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.personen import dossier, zoeken
from samenloop.personen.forms import PersoonForm, ZoekForm, read_line
from samenloop.personen.models import Persoon

GEVONDEN = "personen_gevonden"
DOEL = "personen_doel"
LAATSTE_DOEL = "personen_laatste_doel"
_TERUGMELDEN = "brp-terugmelden"
_VOORZIENINGEN = "voorzieningen-van"


def person_or_404(persoon: UUID) -> Persoon:
    """Return the person; outside the border there is nobody."""
    gevonden = Persoon.objects.filter(pk=persoon).first()
    if gevonden is None:
        raise Http404(_("This person is not known in the municipality you act for."))
    return gevonden


def purpose_of(request: Verzoek, persoon: UUID) -> str:
    """Return the purpose chosen for this person in this session; empty when none."""
    gekozen = request.session.get(DOEL, {}).get(str(persoon), "")
    return gekozen if gekozen in doelen.DOELEN else ""


def _choose(request: Verzoek, persoon: UUID, doel: str) -> None:
    request.session[DOEL] = request.session.get(DOEL, {}) | {str(persoon): doel}
    request.session[LAATSTE_DOEL] = doel


@mag(Handeling.PERSOON_ZOEKEN)
@never_cache
def search(request: Verzoek) -> HttpResponse:
    """Search, and keep the list for whoever comes back to it."""
    if request.method == "POST":
        return _search(request)
    treffers = None
    bewaard = request.session.get(GEVONDEN)
    if bewaard and bewaard["gemeente"] == request.actor.gemeente:
        wie = [UUID(persoon) for persoon in bewaard["personen"]]
        treffers = zoeken.recall(request.actor, wie, meer=bewaard["meer"])
    return _list(request, ZoekForm(), treffers)


def _search(request: Verzoek) -> HttpResponse:
    gegeven: Any = request.POST
    if "zoek" in request.POST:  # the box at the top of every page
        gegeven = read_line(request.POST["zoek"][:200])
    form = ZoekForm(gegeven)
    request.session.pop(GEVONDEN, None)
    if not form.is_valid():
        return _list(request, form, None)
    try:
        treffers = zoeken.search(request.actor, form.vraag)
    except zoeken.ZoekvraagTeRuim as fout:
        form.add_error(None, str(fout))
        return _list(request, form, None)
    request.session[GEVONDEN] = {
        "gemeente": request.actor.gemeente,
        "personen": [str(rij.persoon) for rij in treffers.rijen],
        "meer": treffers.meer,
    }
    return _list(request, form, treffers)


def _list(
    request: Verzoek, form: ZoekForm, treffers: zoeken.Treffers | None
) -> HttpResponse:
    return render(
        request,
        "personen/zoeken.html",
        {
            "form": form,
            "treffers": treffers,
            "kan_registreren": besluiten.may(
                request.actor, Handeling.PERSOON_REGISTREREN
            ),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(Handeling.PERSOON_OPENEN)
@require_safe
@never_cache
def person(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Show the person, after a purpose was chosen."""
    return _person(request, persoon)


@mag(Handeling.BSN_TONEN)
@require_POST
@never_cache
def bsn(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Show the person with the BSN, once: the next time the page opens without it."""
    return _person(request, persoon, met_bsn=True)


def _person(request: Verzoek, persoon: UUID, *, met_bsn: bool = False) -> HttpResponse:
    wie = person_or_404(persoon)
    doel = purpose_of(request, persoon)
    if not doel:
        return redirect("persoon-doel", persoon)
    datum = parse_date_or_today(request.GET.get("op", ""))
    nummer = ""
    with transaction.atomic():
        gezien = dossier.open_person(request.actor, wie, doel=doel, datum=datum)
        if met_bsn and gezien.heeft_bsn:
            nummer = dossier.show_bsn(request.actor, wie, doel=doel)
    return render(
        request,
        "personen/persoon.html",
        {
            "d": gezien,
            "wie": wie,
            "bsn": nummer,
            "getoond_op": klok.now(),
            "vandaag": klok.today(),
            "doel": doelen.label(doel),
            "mag_bsn": besluiten.may(request.actor, Handeling.BSN_TONEN),
            "mag_toestemming": besluiten.may(
                request.actor, Handeling.TOESTEMMING_VASTLEGGEN
            ),
            "mag_nood": besluiten.may(request.actor, Handeling.NOODTOEGANG),
            "terugmelden": _report_doubt(request, persoon),
            "voorzieningen": _elsewhere(
                request, Handeling.VOORZIENING_ZIEN, _VOORZIENINGEN, persoon
            ),
        },
    )


def parse_date_or_today(tekst: str) -> Any:
    """Return the day in an address; today when it is none, or in the far future."""
    try:
        datum = parse_date(tekst)
    except ValueError:
        datum = None
    return datum if datum and datum.year >= 1900 else klok.today()


def _report_doubt(request: Verzoek, persoon: UUID) -> str | None:
    """Return where to report a doubt about the BRP, if this installation can."""
    return _elsewhere(request, Handeling.BRP_TERUGMELDEN, _TERUGMELDEN, persoon)


def _elsewhere(
    request: Verzoek, handeling: Handeling, naam: str, persoon: UUID
) -> str | None:
    """Return a page of another room about this person, if one may do that there."""
    if not besluiten.may(request.actor, handeling):
        return None
    try:
        return reverse(naam, args=[persoon])
    except NoReverseMatch:
        return None


@mag(Handeling.PERSOON_OPENEN)
@never_cache
def purpose(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Ask for what one opens this person, before anything of them is shown."""
    person_or_404(persoon)
    keuzes = doelen.choices_for(request.actor.domeinen)
    gekozen = request.POST.get("doel", "")
    if request.method == "POST" and gekozen in {doel.code for doel in keuzes}:
        _choose(request, persoon, gekozen)
        return redirect("persoon", persoon)
    return render(
        request,
        "personen/doel.html",
        {
            "persoon": persoon,
            "keuzes": keuzes,
            "gekozen": purpose_of(request, persoon)
            or request.session.get(LAATSTE_DOEL, ""),
            "fout": request.method == "POST",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY
        if request.method == "POST"
        else HTTPStatus.OK,
    )


@mag(Handeling.PERSOON_REGISTREREN)
@never_cache
def register(request: Verzoek) -> HttpResponse:
    """Register someone without a BSN, after a look at who resembles them."""
    form = PersoonForm(request.POST or None)
    lijken: tuple[zoeken.Treffer, ...] = ()
    if request.method == "POST" and form.is_valid():
        lijken = () if form.cleaned_data["toch"] else _alike(request, form)
        if not lijken:
            nieuw = _register(request, form)
            messages.success(request, _("The person was registered."))
            return redirect("persoon", nieuw.pk)
    return render(
        request,
        "personen/registreren.html",
        {"form": form, "lijken": lijken},
        status=HTTPStatus.UNPROCESSABLE_ENTITY
        if form.errors or lijken
        else HTTPStatus.OK,
    )


def _alike(request: Verzoek, form: PersoonForm) -> tuple[zoeken.Treffer, ...]:
    """Return who has the same surname, and birth date or first name as far as given."""
    gegeven = form.cleaned_data
    eerste = gegeven["voornamen"].split()[:1]
    naam = " ".join([gegeven["geslachtsnaam"], *eerste])
    if gegeven["geboortedatum"]:
        naam = gegeven["geslachtsnaam"]
    vraag = zoeken.Zoekvraag(naam=naam, geboortedatum=gegeven["geboortedatum"])
    try:
        return zoeken.search(request.actor, vraag, limit=10).rijen
    except zoeken.ZoekvraagTeRuim:
        return ()


def _register(request: Verzoek, form: PersoonForm) -> Persoon:
    gegeven = form.cleaned_data
    with transaction.atomic():
        nieuw = Persoon.objects.register(
            None,
            geslachtsnaam=gegeven["geslachtsnaam"].strip(),
            voorvoegsel=gegeven["voorvoegsel"].strip(),
            voornamen=gegeven["voornamen"].strip(),
            geboortedatum=gegeven["geboortedatum"],
            geslacht=gegeven["geslacht"],
            bsn_ontbreekt_reden=gegeven["reden"],
            gemeenten=[request.actor.gemeente],
        )
        logboek.record(
            request.actor,
            Handeling.PERSOON_REGISTREREN,
            personen=[nieuw.pk],
            onderwerp=f"persoon:{nieuw.pk}",
            wijze=Wijze.GEWIJZIGD,
        )
    return nieuw
