"""Provisions that end, for the forecast, and a team with work."""

from datetime import date

from samenloop.personen.models import Persoon
from samenloop.voorzieningen.models import Product, Voorziening, Wet
from tests.access.accounts import GEMEENTE
from tests.personen.maken import days, known, person
from tests.plannen.maken import municipality


def provision(
    einde: str | date,
    wie: Persoon | None = None,
    *,
    wet: str = Wet.WMO,
    gemeente: str = GEMEENTE,
) -> Voorziening:
    """A provision of somebody that ends on a day."""
    product, _nieuw = Product.objects.get_or_create(
        wet=wet, code=f"proef-{wet}", defaults={"naam": "Proef"}
    )
    laatste = einde if isinstance(einde, str) else einde.isoformat()
    return Voorziening.objects.create(
        betrokkene=wie or person(),
        gemeente=municipality(gemeente),
        product=product,
        geldig=days("2024-01-01", laatste),
        bekend=known("2024-01-01"),
    )
