"""The figures as an Excel workbook (XLSX), the same bytes for the same figures."""

import io
from typing import Any

import xlsxwriter

from samenloop.monitor.uitkomst import Monitor

from . import werkboek
from .taal import Tekst

_GETAL = {"aantal": "#,##0", "dagen": "#,##0.0", "procent": '0.0"%"'}
_EURO = '"€" #,##0.00;[Red]"€" -#,##0.00'


def maak(monitor: Monitor, taal: str) -> bytes:
    """Return the workbook: a sheet that explains, then one per table."""
    uit = io.BytesIO()
    boek = xlsxwriter.Workbook(
        uit,
        # Text from a delivery is text, whatever it looks like.
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    regels = werkboek.uitleg(monitor, taal)
    t = Tekst(taal)
    boek.set_properties(
        {
            "title": regels[0][1],
            "author": monitor.regio or "Samenloop",
            "company": "",
            "comments": "",
            # Excel wants it without a time zone.
            "created": werkboek.moment(monitor).replace(tzinfo=None),
        }
    )
    vet = boek.add_format({"bold": True})
    kop = boek.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    lopend = boek.add_format({"text_wrap": True, "valign": "top"})
    vormen = {
        eenheid: boek.add_format({"num_format": f}) for eenheid, f in _GETAL.items()
    }
    vormen["eurocent"] = boek.add_format({"num_format": _EURO})
    blad = boek.add_worksheet(t("About"))
    blad.set_column(0, 0, 34)
    blad.set_column(1, 1, 100)
    for nummer, (wat, tekst) in enumerate(regels):
        blad.write_string(nummer, 0, wat, vet)
        blad.write_string(nummer, 1, tekst, lopend)
    for gegevens in werkboek.bladen(monitor):
        _tabelblad(boek.add_worksheet(gegevens.naam), gegevens, kop, vormen)
    boek.close()
    return uit.getvalue()


def _tabelblad(
    blad: Any, gegevens: werkboek.Blad, kop: Any, vormen: dict[str, Any]
) -> None:
    laatste = len(gegevens.koppen) - 1
    for kolom, (naam, breed) in enumerate(
        zip(gegevens.koppen, gegevens.breedtes(), strict=True)
    ):
        blad.write_string(0, kolom, naam, kop)
        blad.set_column(kolom, kolom, breed)
    for nummer, (rij, eenheid) in enumerate(gegevens.rijen(), 1):
        for kolom, deel in enumerate(rij[:-1]):
            blad.write_string(nummer, kolom, str(deel))
        waarde = rij[-1]
        if isinstance(waarde, int | float):
            blad.write_number(nummer, laatste, waarde, vormen.get(eenheid))
    blad.freeze_panes(1, 0)
    blad.autofilter(0, 0, max(gegevens.aantal, 1), laatste)
