"""Invoice lines as the traffic books them, for tests of what follows from them."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie
from samenloop.voorzieningen.models import Aanbieder


def line(
    gemeente: str,
    aanbieder: Aanbieder,
    wie: Persoon,
    wet: str,
    bedrag: int,
    *,
    nummer: int,
    maand: date = date(2026, 1, 1),
    op: datetime | None = None,
    **anders: Any,
) -> Prestatie:
    """An invoice of one line (eurocents), granted unless said otherwise."""
    op = op or klok.now()
    goed = anders.get("oordeel", "toegekend") == "toegekend"
    declaratie = Declaratie.objects.create(
        gemeente_id=gemeente, wet=wet, aanbieder=aanbieder, nummer=f"D{nummer}",
        begin=maand, eind=maand.replace(day=28), dagtekening=maand,
        ingediend=bedrag, toegekend=bedrag if goed else 0, regels=1,
        regels_afgewezen=int(not goed), staat="toegekend" if goed else "afgewezen",
        ontvangen_op=op, beoordeeld_op=op, bericht=uuid4(),
    )  # fmt: skip
    return Prestatie.objects.create(
        **{
            "gemeente_id": gemeente, "declaratie": declaratie, "volgnummer": 1,
            "wet": wet, "aanbieder": aanbieder, "persoon": wie,
            "referentie": f"P{nummer}", "toewijzing": uuid4(), "toewijzingnummer": 1,
            "categorie": "02", "code": "02A03", "begin": maand,
            "eind": maand.replace(day=28), "volume": 1, "eenheid": "16",
            "bedrag": bedrag, "is_credit": False, "oordeel": "toegekend",
            "retourcodes": [], **anders,
        }
    )  # fmt: skip
