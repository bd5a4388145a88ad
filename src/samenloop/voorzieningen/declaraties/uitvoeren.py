"""What the finance system gets of a payment batch: swappable formats behind one list.

A line per provider and invoice with its amount; no client and no care is in it, because
paying takes neither. A municipality whose system wants another form adds a format here.
"""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Sum

from samenloop.voorzieningen.declaraties.models import Betaalbatch


@dataclass(frozen=True, slots=True)
class Betaling:
    """What is paid to a provider for one invoice; below zero is to be settled."""

    agb: str
    aanbieder: str
    wet: str
    declaratie: str
    periode: str
    regels: int
    cent: int


@dataclass(frozen=True, slots=True)
class Formaat:
    """A way to write a batch."""

    naam: str
    soort: str
    uitgang: str
    schrijf: Callable[[Betaalbatch, list[Betaling]], str]


def payments(batch: Betaalbatch) -> list[Betaling]:
    """Return what is paid in a batch, per invoice."""
    van: dict[object, Betaling] = {}
    rijen = (
        batch.regels.order_by(
            "prestatie__aanbieder__agb", "prestatie__declaratie__nummer"
        )
        .values(
            "prestatie__aanbieder__agb",
            "prestatie__aanbieder__naam",
            "prestatie__wet",
            "prestatie__declaratie__nummer",
            "prestatie__declaratie__begin",
        )
        .annotate(som=Sum("bedrag"), aantal=Count("pk"))
    )
    for rij in rijen:
        begin = rij["prestatie__declaratie__begin"]
        sleutel = (
            rij["prestatie__aanbieder__agb"],
            rij["prestatie__wet"],
            rij["prestatie__declaratie__nummer"],
        )
        van[sleutel] = Betaling(
            agb=sleutel[0],
            aanbieder=rij["prestatie__aanbieder__naam"],
            wet=sleutel[1],
            declaratie=sleutel[2],
            periode=f"{begin:%Y-%m}",
            regels=rij["aantal"],
            cent=rij["som"],
        )
    return list(van.values())


def _csv(batch: Betaalbatch, betalingen: list[Betaling]) -> str:
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(
        [
            "batch",
            "agb",
            "aanbieder",
            "wet",
            "declaratie",
            "periode",
            "regels",
            "bedrag",
        ]
    )
    for each in betalingen:
        schrijver.writerow(
            [
                batch.nummer,
                each.agb,
                _plain(each.aanbieder),
                each.wet,
                _plain(each.declaratie),
                each.periode,
                each.regels,
                _euros(each.cent),
            ]
        )
    return uit.getvalue()


def _euros(cent: int) -> str:
    teken = "-" if cent < 0 else ""
    return f"{teken}{abs(cent) // 100},{abs(cent) % 100:02d}"


def _plain(tekst: str) -> str:
    """A spreadsheet must not take a text for a formula."""
    return f"'{tekst}" if tekst[:1] in "=+-@\t" else tekst


def _json(batch: Betaalbatch, betalingen: list[Betaling]) -> str:
    return json.dumps(
        {
            "batch": str(batch.pk),
            "nummer": batch.nummer,
            "gemeente": batch.gemeente_id,
            "valuta": "EUR",
            "totaalInCenten": batch.bedrag,
            "betalingen": [
                {
                    "begunstigde": {"agb": each.agb, "naam": each.aanbieder},
                    "wet": each.wet,
                    "kenmerk": each.declaratie,
                    "periode": each.periode,
                    "regels": each.regels,
                    "bedragInCenten": each.cent,
                }
                for each in betalingen
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


FORMATEN: dict[str, Formaat] = {
    "csv": Formaat("CSV", "text/csv; charset=utf-8", "csv", _csv),
    "json": Formaat("JSON", "application/json", "json", _json),
}
