"""Writing the rows of a table as chosen on its page: CSV, XLSX and JSON.

The same choice of the same release gives the same bytes. Every file but CSV carries
what one must know to read it; in CSV that would break the reader.
"""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from samenloop.verantwoording import woorden
from samenloop.verantwoording.models import Uitgave
from samenloop.verantwoording.tabelbeeld import Tabelbeeld

Schrijver = Callable[[Tabelbeeld, Uitgave], bytes]


def _metadata(beeld: Tabelbeeld, uitgave: Uitgave) -> list[tuple[str, str]]:
    monitor = beeld.monitor
    return [
        (_("Table"), beeld.tabel.id),
        (_("Title"), beeld.titel),
        (_("Definition"), beeld.definitie),
        (_("Source"), beeld.tabel.bron),
        (_("Unit"), beeld.tabel.eenheid),
        (_("Region"), monitor.regio),
        (_("Quarter"), monitor.kwartaal),
        (_("Revision"), str(uitgave.revisie)),
        (_("Status"), monitor.status.value),
        (_("Known on"), monitor.bekend_op or _("everything delivered")),
        (_("Delivered by"), ", ".join(monitor.geleverd)),
        (_("Choice"), beeld.keuze_in_woorden or _("All")),
        (_("Hash of the release (SHA-256)"), uitgave.sha256),
    ]


def write_csv(beeld: Tabelbeeld, uitgave: Uitgave) -> bytes:
    """Write tidy rows: the dimensions as the release codes them, then `waarde`."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, lineterminator="\n")
    schrijver.writerow([*beeld.tabel.dimensies, "waarde"])
    schrijver.writerows(beeld.rijen)
    return uit.getvalue().encode()


def write_json(beeld: Tabelbeeld, uitgave: Uitgave) -> bytes:
    """Write the rows as objects, after what one must know to read them."""
    koppen = [*beeld.tabel.dimensies, "waarde"]
    inhoud: dict[str, Any] = {
        "tabel": beeld.tabel.id,
        "titel": beeld.titel,
        "definitie": beeld.definitie,
        "bron": beeld.tabel.bron,
        "eenheid": beeld.tabel.eenheid,
        "regio": beeld.monitor.regio,
        "kwartaal": beeld.monitor.kwartaal,
        "revisie": uitgave.revisie,
        "status": beeld.monitor.status.value,
        "bekend_op": beeld.monitor.bekend_op,
        "sha256_uitgave": uitgave.sha256,
        "keuze": {f.naam: f.gekozen for f in beeld.filters if f.gekozen},
        "rijen": [dict(zip(koppen, rij, strict=True)) for rij in beeld.rijen],
    }
    return (json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n").encode()


def write_xlsx(beeld: Tabelbeeld, uitgave: Uitgave) -> bytes:
    """Write a workbook: the rows, and a sheet that says what they are."""
    uit = io.BytesIO()
    # Text stays text: a name that begins with "=" is not a formula, nor a link.
    boek = xlsxwriter.Workbook(
        uit,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    boek.set_properties(
        {
            "title": beeld.bijschrift,
            "author": "Samenloop",
            "created": datetime.fromtimestamp(
                uitgave.gemaakt_op.timestamp(), UTC
            ).replace(tzinfo=None),
        }
    )
    vet = boek.add_format({"bold": True})
    blad = boek.add_worksheet(_("Figures"))
    blad.freeze_panes(1, 0)
    koppen = [str(woorden.DIMENSIES.get(naam, naam)) for naam in beeld.tabel.dimensies]
    blad.write_row(0, 0, [*koppen, _("Value")], vet)
    for nummer, rij in enumerate(beeld.rijen, start=1):
        woord = [
            woorden.waarde(naam, str(code))
            for naam, code in zip(beeld.tabel.dimensies, rij, strict=False)
        ]
        blad.write_row(nummer, 0, [*woord, rij[-1]])
    blad.set_column(0, len(koppen), 24)
    uitleg = boek.add_worksheet(_("About these figures"))
    uitleg.set_column(0, 0, 30)
    uitleg.set_column(1, 1, 90, boek.add_format({"text_wrap": True}))
    for nummer, (kop, tekst) in enumerate(_metadata(beeld, uitgave)):
        uitleg.write_string(nummer, 0, kop, vet)
        uitleg.write_string(nummer, 1, tekst)
    boek.close()
    return uit.getvalue()


# ending -> (media type, writer)
SOORTEN: dict[str, tuple[str, Schrijver]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    "json": ("application/json", write_json),
}
