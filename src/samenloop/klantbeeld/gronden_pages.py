"""Pages on which administrator and officer see, and decide about, the catalogue.

No personal data is on them: what stands here is what could be shown, never what is.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.doelen import label as doel_label
from samenloop.access.models import Gebruiker
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.klantbeeld import instellingen, verantwoorden
from samenloop.klantbeeld.bronnen import all_sources
from samenloop.klantbeeld.grondslagen import catalogus
from samenloop.klantbeeld.models import Grondbesluit
from samenloop.klantbeeld.velden import (
    CATEGORIEEN,
    EIGEN,
    LEEFGEBIEDEN,
    OnbekendVeld,
    sources,
    veld,
)
from samenloop.klantbeeld.verantwoorden import Filter, Verantwoording


@require_safe
@mag(Handeling.GROND_BEHEREN)
def overview(request: Verzoek) -> HttpResponse:
    """Show every field with its source, purposes and what it rests on."""
    filter_ = _filter(request)
    return render(
        request,
        "klantbeeld/gronden.html",
        {
            "regels": verantwoorden.accounted(filter_),
            "filter": filter_,
            "bronnen": [("", _("every source")), (EIGEN, _("own records")), *_names()],
            "leefgebieden": [("", _("every domain")), *LEEFGEBIEDEN.items()],
            "categorieen": [("", _("every category")), *CATEGORIEEN.items()],
            "doelen": [("", _("every purpose")), *_purposes()],
            "rollen": [("", _("every role")), *_roles()],
            "open": [("", _("all fields")), ("besluit", _("waits for a decision"))],
            "namen": dict(_names()),
            "vraag": request.GET.urlencode(),
        },
    )


@require_safe
@mag(Handeling.GROND_BEHEREN)
def field(request: Verzoek, code: str) -> HttpResponse:
    """Show one field with every ground that opens or forbids it."""
    try:
        gezocht = veld(code)
    except OnbekendVeld:
        raise Http404(_("This field is not in the catalogue.")) from None
    besluiten = instellingen.standing(request.actor.gemeente)
    regel = Verantwoording(gezocht, verantwoorden.grounds_of(gezocht))
    return render(
        request,
        "klantbeeld/veld.html",
        {
            "regel": regel,
            "bron": dict(_names()).get(gezocht.bron, _("own records")),
            "categorie": CATEGORIEEN[gezocht.categorie],
            "leefgebied": LEEFGEBIEDEN.get(gezocht.leefgebied, ""),
            "gronden": [
                (
                    grond,
                    verantwoorden.decision(grond, besluiten),
                    doel_label(grond.doel),
                )
                for grond in (*regel.opent, *regel.verbiedt)
            ],
        },
    )


@require_safe
@mag(Handeling.GROND_BEHEREN)
def export(request: Verzoek) -> HttpResponse:
    """Hand out the lines of the page as a file."""
    tekst = verantwoorden.write(
        verantwoorden.accounted(_filter(request)),
        instellingen.standing(request.actor.gemeente),
    )
    antwoord = HttpResponse(
        tekst.encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    antwoord["Content-Disposition"] = 'attachment; filename="velden-en-gronden.csv"'
    return antwoord


@require_safe
@never_cache
@mag(Handeling.GROND_BEHEREN)
def decisions(request: Verzoek) -> HttpResponse:
    """Show the doubtful grounds and what this municipality decided about each."""
    return _decisions(request)


def _decisions(
    request: Verzoek, fout: str = "", bij: str = "", tekst: str = ""
) -> HttpResponse:
    besluiten = instellingen.standing(request.actor.gemeente)
    namen = _people(besluiten.values())
    rijen = []
    for grond in instellingen.decidable():
        besluit = besluiten.get(grond.id)
        rijen.append(
            {
                "grond": grond,
                "doel": doel_label(grond.doel),
                "categorie": CATEGORIEEN.get(grond.categorie, grond.categorie),
                "besluit": besluit,
                "voorgesteld_door": namen.get(besluit.voorgesteld_door, "")
                if besluit
                else "",
                "bevestigd_door": namen.get(besluit.bevestigd_door or 0, "")
                if besluit
                else "",
                "eigen": besluit is not None
                and besluit.voorgesteld_door == request.actor.account_id,
                "fout": fout if grond.id == bij else "",
                "tekst": tekst if grond.id == bij else "",
            }
        )
    return render(
        request,
        "klantbeeld/grondbesluiten.html",
        {"rijen": rijen, "fout": fout, "bij": bij},
        status=422 if fout else 200,
    )


@require_POST
@never_cache
@mag(Handeling.GROND_BEHEREN)
def propose(request: Verzoek, grond: str) -> HttpResponse:
    """Propose to rely on a doubtful ground."""
    waarom = request.POST.get("waarom", "")
    return _do(
        request,
        lambda: instellingen.propose(request.actor, grond, waarom),
        _("Proposed. A colleague has to confirm it before it opens anything."),
        grond,
        waarom,
    )


@require_POST
@never_cache
@mag(Handeling.GROND_BEHEREN)
def confirm(request: Verzoek, besluit: UUID) -> HttpResponse:
    """Confirm what a colleague proposed."""
    return _do(
        request,
        lambda: instellingen.confirm(request.actor, besluit),
        _("Confirmed. From now on this ground opens what it names."),
        _ground_of(besluit),
    )


@require_POST
@never_cache
@mag(Handeling.GROND_BEHEREN)
def withdraw(request: Verzoek, besluit: UUID) -> HttpResponse:
    """Stop relying on a ground."""
    waarom = request.POST.get("waarom", "")
    return _do(
        request,
        lambda: instellingen.withdraw(request.actor, besluit, waarom),
        _("Withdrawn. What rested on this ground is closed from now on."),
        _ground_of(besluit),
        waarom,
    )


def _do(
    request: Verzoek,
    stap: Callable[[], object],
    gelukt: str,
    grond: str,
    tekst: str = "",
) -> HttpResponse:
    try:
        stap()
    except SamenloopFout as fout:
        return _decisions(request, str(fout), grond, tekst)
    messages.success(request, gelukt)
    return redirect("grondbesluiten")


def _ground_of(besluit: UUID) -> str:
    return (
        Grondbesluit.objects.filter(pk=besluit).values_list("grond", flat=True).first()
        or ""
    )


def _filter(request: Verzoek) -> Filter:
    return Filter(
        **{
            naam: request.GET.get(naam, "")
            for naam in ("bron", "leefgebied", "categorie", "doel", "rol", "open")
        }
    )


def _names() -> list[tuple[str, str]]:
    bekend = all_sources()
    return [(code, bekend[code].naam if code in bekend else code) for code in sources()]


def _purposes() -> list[tuple[str, str]]:
    codes = dict.fromkeys(grond.doel for grond in catalogus())
    return sorted(((code, doel_label(code)) for code in codes), key=lambda p: p[1])


def _roles() -> list[tuple[str, str]]:
    rollen = {rol for grond in catalogus() for rol in grond.rollen}
    return [(rol, rol) for rol in sorted(rollen)]


def _people(besluiten: Iterable[Grondbesluit]) -> dict[int, str]:
    nummers: set[int] = set()
    for besluit in besluiten:
        nummers |= {besluit.voorgesteld_door, besluit.bevestigd_door or 0}
    return dict(Gebruiker.objects.filter(pk__in=nummers).values_list("pk", "naam"))
