"""What the BRP says of somebody, for the page about that person: `{% brp_stand wie %}`.

Shows only what goes with the depth at which the page is open: doubts and dates for
everyone, the rest for who has a task of their own.
"""

from typing import Any

from django import template

from samenloop.access import besluiten
from samenloop.access.rollen import Handeling
from samenloop.personen.brp import terugmelden
from samenloop.personen.brp.datum import Brpdatum
from samenloop.personen.brp.models import Brpstand
from samenloop.personen.models import Persoon

register = template.Library()


@register.inclusion_tag("brp/stand.html", takes_context=True)
def brp_stand(context: dict[str, Any], persoon: Persoon, heel: bool) -> dict[str, Any]:
    """Show how someone stands in the BRP and what is doubted about it.

    Args:
        context: of the page.
        persoon: whom the page is about; opening them was logged by the page.
        heel: whether the page is open at depth `wat`.
    """
    actor = context["request"].actor
    stand = Brpstand.objects.filter(persoon=persoon).first() if heel else None
    geboren = stand and Brpdatum(stand.geboortejaar, stand.geboortemaand)
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "persoon": persoon,
        "heel": heel,
        "stand": stand,
        "twijfels": terugmelden.open_doubts(persoon),
        "geboorte": _partly(geboren) if geboren and not persoon.geboortedatum else "",
        "overlijden": _partly(
            Brpdatum(
                stand.overlijdensjaar, stand.overlijdensmaand, stand.overlijdensdag
            )
        )
        if stand
        else "",
        "mag_bijwerken": besluiten.may(actor, Handeling.PERSOON_REGISTREREN)
        and not persoon.bsn_ontbreekt_reden,
    }


def _partly(datum: Brpdatum) -> str:
    """Day, month and year as far as known: 6-1979."""
    delen = (datum.dag, datum.maand, datum.jaar)
    return "-".join(str(deel) for deel in delen if deel)
