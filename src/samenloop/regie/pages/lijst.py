"""The page with the list of cases; what is asked for stands in the address."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.regie import afsluiten, lijst, regisseurs, teams
from samenloop.regie.models import Stap, Team
from samenloop.regie.soort import SOORTEN

PER_BLAD = 25
BOVENAAN = 8
PLEK = "casussen-plek"
STATUS = (
    ("loopt", _("running")),
    ("nazorg", _("in aftercare")),
    ("gesloten", _("closed")),
    ("alle", _("all")),
)
WIE = (("", _("everyone")), ("mij", _("me")), ("niemand", _("nobody yet")))
SORTEER = (
    ("", _("my own first")),
    ("nieuwste", _("newest first")),
    ("oudste", _("oldest first")),
    ("nummer", _("number")),
)


@mag(Handeling.CASUS_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the cases one may know of, one's own first."""
    actor = request.actor
    keuze = _choice(request)
    eigen = lijst.own(actor)
    gekozen = lijst.filtered(actor, keuze, eigen)
    blad = Paginator(gekozen, PER_BLAD).get_page(request.GET.get("blad"))
    rijen = lijst.rows(blad.object_list, eigen)
    mag_oppakken = regisseurs.may_take_up(actor)
    verdeelt = regisseurs.divides(actor)
    los = lijst.unassigned(actor, BOVENAAN) if mag_oppakken or verdeelt else []
    nazorg = list(
        afsluiten.aftercare_due(actor.gemeente, klok.today())
        .filter(pk__in=list(eigen))
        .select_related("dossier__gezin", "betrokkene")
    )
    logboek.record(
        actor,
        Handeling.CASUS_ZIEN,
        personen=[
            *(rij.casus.betrokkene_id for rij in rijen if rij.is_eigen),
            *(casus.betrokkene_id for casus in nazorg),
        ],
        onderwerp="casussen",
        doel="regie_gezamenlijk_plan",
        wijze=logboek.Wijze.GEVONDEN,
    )
    vraag = urlencode({k: v for k, v in _as_dict(keuze).items() if v})
    # Who comes back from a case finds the list as it was left.
    request.session[PLEK] = request.GET.urlencode()
    return render(
        request,
        "regie/casussen.html",
        {
            "rijen": rijen,
            "blad": blad,
            "is_meer": gekozen.is_meer,
            "keuze": keuze,
            "vraag": vraag,
            "los": los,
            "mag_oppakken": mag_oppakken,
            "verdeelt": verdeelt,
            "nazorg": [(casus, lijst.title(casus)) for casus in nazorg],
            "opties": _options(actor, keuze),
        },
    )


def _as_dict(keuze: lijst.Keuze) -> dict[str, str]:
    return {naam: getattr(keuze, naam) for naam in lijst.Keuze.__slots__}


def _options(actor: Actor, keuze: lijst.Keuze) -> dict[str, Any]:
    collegas, allen = teams.choosable(
        actor,
        team=UUID(keuze.team) if keuze.team else None,
        account=int(keuze.wie) if keuze.wie.isdigit() else None,
    )
    return {
        "status": STATUS,
        "wie": [*WIE, *((str(account), naam) for account, naam in collegas)],
        "per_team": not allen,
        "team": [
            ("", _("all")),
            *(
                (str(pk), naam)
                for pk, naam in Team.objects.filter(
                    gemeente=actor.gemeente
                ).values_list("pk", "naam")
            ),
        ],
        "soort": [("", _("all")), *SOORTEN],
        "stap": [("", _("all")), *Stap.choices],
        "sorteer": SORTEER,
    }


def _choice(request: Verzoek) -> lijst.Keuze:
    """Read the address; what does not fit counts as not asked."""
    gevraagd = request.GET
    wie = gevraagd.get("wie", "")
    return lijst.Keuze(
        status=_one_of(gevraagd.get("status", ""), dict(STATUS), "loopt"),
        wie=wie if wie in dict(WIE) or (wie.isdigit() and len(wie) < 19) else "",
        team=_uuid(gevraagd.get("team", "")),
        soort=_one_of(gevraagd.get("soort", ""), dict(SOORTEN)),
        stap=_one_of(gevraagd.get("stap", ""), Stap.values),
        sorteer=_one_of(gevraagd.get("sorteer", ""), dict(SORTEER)),
    )


def _one_of(waarde: str, bekend: Any, anders: str = "") -> str:
    return waarde if waarde in bekend else anders


def _uuid(waarde: str) -> str:
    try:
        return str(UUID(waarde))
    except ValueError:
        return ""
