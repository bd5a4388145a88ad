"""Providers, contracts and allocations of invented people, for tests of the chain."""

from datetime import date, datetime, time
from itertools import count
from typing import Any

from samenloop.core.klok import AMSTERDAM
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.inkoop.codes import Eenheid, Frequentie, Variant
from samenloop.voorzieningen.inkoop.models import (
    Contract,
    Contractproduct,
    Contractsoort,
)
from samenloop.voorzieningen.models import Aanbieder, Product, Wet
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from tests.personen.maken import municipality, person

AGB = "00000207"
INGANG = date(2026, 1, 5)  # a Monday
_nummers = count(1)


def aanbieder(agb: str = AGB, naam: str = "Begeleiding Samen Verder") -> Aanbieder:
    """A provider, made when it is not there yet."""
    return Aanbieder.objects.get_or_create(agb=agb, defaults={"naam": naam})[0]


def product(
    code: str = "begeleiding", wet: str = Wet.WMO, naam: str = "Begeleiding"
) -> Product:
    """A kind of provision, made when it is not there yet."""
    return Product.objects.get_or_create(wet=wet, code=code, defaults={"naam": naam})[0]


def contract(
    wie: Aanbieder | None = None, gemeente: str = "GM0005", **velden: Any
) -> Contract:
    """A framework contract of one provider for one municipality, from 2025 on."""
    municipality(gemeente)
    return Contract.objects.create(
        **{
            "nummer": f"RC-{next(_nummers)}",
            "naam": "Begeleiding 2025",
            "aanbieder": wie or aanbieder(),
            "wet": Wet.WMO,
            "soort": Contractsoort.RAAMCONTRACT,
            "gemeenten": [gemeente],
            "ingang": date(2025, 1, 1),
            **velden,
        }
    )


def contractproduct(bij: Contract | None = None, **velden: Any) -> Contractproduct:
    """Guidance by the hour (02A03) at 66 euros, unless said otherwise."""
    bij = bij or contract()
    return Contractproduct.objects.create(
        **{
            "contract": bij,
            "product": product(wet=bij.wet),
            "variant": Variant.SPECIFIEK,
            "categorie": "02" if bij.wet == Wet.WMO else "45",
            "code": "02A03" if bij.wet == Wet.WMO else "45A04",
            "naam": "Begeleiding individueel",
            "eenheid": Eenheid.UUR,
            "tarief": 6600,
            "tarief_eenheid": Eenheid.UUR,
            "ingang": bij.ingang,
            **velden,
        }
    )


def toewijzing(
    wie: Persoon | None = None,
    bij: Aanbieder | None = None,
    gemeente: Gemeente | None = None,
    **velden: Any,
) -> Toewijzing:
    """An allocation as it stands in the table: 4 hours a week for the year 2026.

    Made past the topic functions: no provision, no event.
    """
    wet = velden.pop("wet", Wet.WMO)
    return Toewijzing.objects.create(
        **{
            "gemeente": gemeente or municipality(),
            "wet": wet,
            "nummer": next(_nummers),
            "persoon": wie or person(),
            "aanbieder": bij or aanbieder(),
            "product": product(wet=wet),
            "variant": Variant.SPECIFIEK,
            "categorie": "02" if wet == Wet.WMO else "45",
            "code": "02A03" if wet == Wet.WMO else "45A04",
            "ingang": INGANG,
            "eind": date(2026, 12, 31),
            "volume": 4,
            "eenheid": Eenheid.UUR,
            "frequentie": Frequentie.WEEK,
            "toegewezen_op": moment("2025-12-15"),
            **velden,
        }
    )


def moment(dag: str, uur: str = "10:00") -> datetime:
    """A moment in the Netherlands."""
    return datetime.combine(
        date.fromisoformat(dag), time.fromisoformat(uur), tzinfo=AMSTERDAM
    )
