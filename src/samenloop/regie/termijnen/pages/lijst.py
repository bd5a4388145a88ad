"""The list of open terms: the tightest first, filters in the address."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.regie.models import Team
from samenloop.regie.termijnen import soorten, zicht

PER_BLAD = 25
STAND = (
    ("", _("all that are open")),
    ("te_laat", _("late")),
    ("krap", _("due within a week, or late")),
    ("stil", _("standing still")),
)


@mag(Handeling.TERMIJN_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the open terms one may know of."""
    actor = request.actor
    teams = list(
        Team.objects.filter(gemeente=actor.gemeente, actief=True).values_list(
            "pk", "naam"
        )
    )
    kinds = soorten.in_force(actor.gemeente)
    keuze = _choice(request, {str(pk) for pk, _naam in teams}, set(kinds))
    gekozen = zicht.filtered(actor, keuze)
    blad = Paginator(zicht.with_all(gekozen), PER_BLAD).get_page(
        request.GET.get("blad")
    )
    rijen = zicht.rows(actor, blad.object_list)
    logboek.record(
        actor,
        Handeling.TERMIJN_ZIEN,
        personen=sorted(
            {rij.termijn.casus.betrokkene_id for rij in rijen if rij.titel}
        ),
        onderwerp="termijnen",
        wijze=logboek.Wijze.GEVONDEN,
    )
    velden = {
        "wie": keuze.wie,
        "team": keuze.team,
        "stand": keuze.stand,
        "soort": keuze.soort,
    }
    return render(
        request,
        "termijnen/lijst.html",
        {
            "rijen": rijen,
            "blad": blad,
            "keuze": velden,
            "vraag": urlencode(velden),
            "opties": {
                "wie": _who(actor),
                "team": [("", _("all teams")), *((str(pk), n) for pk, n in teams)],
                "stand": STAND,
                "soort": [
                    ("", _("all terms")),
                    *sorted(
                        ((each.code, each.naam) for each in kinds.values()),
                        key=lambda optie: optie[1],
                    ),
                ],
            },
            "mag_instellen": besluiten.may(actor, Handeling.TERMIJN_INSTELLEN),
        },
    )


def _who(actor: Actor) -> list[tuple[str, Any]]:
    if besluiten.involvements(actor, Handeling.TERMIJN_ZIEN, Diepte.WAT):
        return [("mij", _("cases I take part in")), ("", _("everyone"))]
    return [("", _("everyone"))]


def _choice(request: Verzoek, teams: set[str], kinds: set[str]) -> zicht.Keuze:
    """Read the choice; without one, a worker sees their own and a leader their team."""
    gevraagd = request.GET
    actor = request.actor
    if not any(naam in gevraagd for naam in ("wie", "team", "stand", "soort")):
        if besluiten.involvements(actor, Handeling.TERMIJN_ZIEN, Diepte.WAT):
            return zicht.Keuze(wie="mij")
        leidt = zicht.led_by(actor)
        return zicht.Keuze(team=str(leidt[0]) if len(leidt) == 1 else "")
    team, soort = gevraagd.get("team", ""), gevraagd.get("soort", "")
    stand, wie = gevraagd.get("stand", ""), gevraagd.get("wie", "")
    return zicht.Keuze(
        wie=wie if wie == "mij" else "",
        team=team if team in teams else "",
        stand=stand if stand in dict(STAND) else "",
        soort=soort if soort in kinds else "",
    )
