"""The whole time line of a dossier, and the part of it that the panel shows anew."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.plannen.dossier import bekend, paneel, tijdlijn, toelating
from samenloop.plannen.dossier.pages import omgeving
from samenloop.plannen.dossier.tijdlijn import Groep, Keuze
from samenloop.plannen.models import Deel


@mag(Handeling.DOSSIER_LEZEN, Handeling.PLAN_LEZEN, Handeling.TAAK_ZIEN)
@require_safe
@never_cache
def timeline(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Show what happened, narrowed to a kind, a part or a person."""
    actor = request.actor
    gevonden = toelating.find(actor, dossier)
    dieptes = tijdlijn.open_depths(actor, gevonden)
    if not dieptes:
        raise GeenToegang(
            _("You take no part in this dossier. The director can let you in.")
        )
    diepte = Diepte.WAT if Diepte.WAT in dieptes.values() else Diepte.DAT
    toelating.looked(actor, gevonden, diepte=diepte)
    mensen = bekend.people(gevonden) if diepte is Diepte.WAT else {}
    keuze = Keuze(
        groep=_one_of(request.GET.get("groep"), Groep.values),
        deel=_one_of(request.GET.get("deel"), [deel.value for deel in dieptes]),
        persoon=_person(request.GET.get("persoon"), {persoon.pk for persoon in mensen}),
    )
    alles = tijdlijn.events(actor, gevonden, keuze, dieptes=dieptes)
    if request.headers.get("HX-Request"):
        return render(
            request,
            "dossier/lijn.html",
            {"lijn": alles[: paneel.GETOOND], "kort": True},
        )
    blad = Paginator(alles, omgeving.PER_BLAD).get_page(request.GET.get("blad"))
    vraag = request.GET.copy()
    vraag.pop("blad", None)
    return render(
        request,
        "dossier/tijdlijn.html",
        {
            **omgeving.around(actor, gevonden, "tijdlijn", dieptes),
            "blad": blad,
            "vraag": vraag.urlencode(),
            "keuze": keuze,
            "gekozen_persoon": str(keuze.persoon or ""),
            "groepen": [("", _("Everything")), *Groep.choices],
            "delen": [
                ("", _("All parts")),
                *((deel.value, deel.label) for deel in Deel if deel in dieptes),
            ],
            "mensen": [
                ("", _("The whole family")),
                *((str(p.pk), p.volledige_naam) for p in mensen),
            ],
            "alleen_dat": diepte is Diepte.DAT,
        },
    )


def _one_of(gevraagd: str | None, kan: list[str]) -> str:
    return gevraagd if gevraagd in kan else ""


def _person(gevraagd: str | None, kan: set[UUID]) -> UUID | None:
    try:
        persoon = UUID(gevraagd or "")
    except ValueError:
        return None
    return persoon if persoon in kan else None
