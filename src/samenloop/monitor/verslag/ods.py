"""The figures as an OpenDocument workbook (ODS), the same bytes for the same figures.

odfpy writes the document; the archive is packed again with fixed times, because it
stamps the entries with the moment of writing.
"""

import io
import zipfile
from typing import Any

from odf import config, dc, meta, number, style, table, text
from odf.opendocument import OpenDocumentSpreadsheet

from samenloop.monitor.uitkomst import Monitor

from . import werkboek
from .taal import Tekst

_TIJD = (1980, 1, 1, 0, 0, 0)


def maak(monitor: Monitor, taal: str) -> bytes:
    """Return the workbook: a sheet that explains, then one per table."""
    document = OpenDocumentSpreadsheet()
    regels, t = werkboek.uitleg(monitor, taal), Tekst(taal)
    moment = werkboek.moment(monitor).strftime("%Y-%m-%dT%H:%M:%S")
    document.meta.childNodes.clear()
    document.meta.addElement(meta.Generator(text="Samenloop"))
    document.meta.addElement(dc.Title(text=_schoon(regels[0][1])))
    document.meta.addElement(meta.CreationDate(text=moment))
    document.meta.addElement(dc.Date(text=moment))
    document.meta.addElement(dc.Language(text=taal))
    stijlen = _stijlen(document)
    eerste = _blad(document, t("About"), [24, 100])
    for wat, zin in regels:
        rij = table.TableRow()
        rij.addElement(_tekstcel(wat, stijlen["kop"] if wat else None))
        rij.addElement(_tekstcel(zin, stijlen["lopend"]))
        eerste.addElement(rij)
    bereiken = table.DatabaseRanges()
    for gegevens in werkboek.bladen(monitor):
        _tabelblad(document, gegevens, stijlen, bereiken)
    document.spreadsheet.addElement(bereiken)
    _zet_vast(document, [gegevens.naam for gegevens in werkboek.bladen(monitor)])
    return _inpakken(document)


def _schoon(tekst: str) -> str:
    """Drop what XML cannot hold."""
    return "".join(
        teken
        for teken in tekst
        if (teken >= " " or teken in "\t\n") and teken not in "\ufffe\uffff"
    )


def _stijlen(document: Any) -> dict[str, Any]:
    uit = {}
    kop = style.Style(name="kop", family="table-cell")
    kop.addElement(style.TextProperties(fontweight="bold"))
    lopend = style.Style(name="lopend", family="table-cell")
    lopend.addElement(style.TableCellProperties(wrapoption="wrap", verticalalign="top"))
    uit["kop"], uit["lopend"] = kop, lopend
    for eenheid, decimalen, voor, na in (
        ("aantal", 0, "", ""),
        ("dagen", 1, "", ""),
        ("procent", 1, "", "%"),
        ("eurocent", 2, "€ ", ""),
    ):
        vorm = number.NumberStyle(name=f"getal-{eenheid}")
        if voor:
            vorm.addElement(number.Text(text=voor))
        vorm.addElement(
            number.Number(decimalplaces=decimalen, minintegerdigits=1, grouping="true")
        )
        if na:
            vorm.addElement(number.Text(text=na))
        document.automaticstyles.addElement(vorm)
        uit[eenheid] = style.Style(
            name=f"cel-{eenheid}", family="table-cell", datastylename=vorm
        )
    for stijl in uit.values():
        document.automaticstyles.addElement(stijl)
    return uit


def _blad(document: Any, naam: str, breedtes: list[int]) -> Any:
    blad = table.Table(name=naam)
    for breed in breedtes:
        stijlnaam = f"kolom-{breed}"
        kolomstijl = style.Style(name=stijlnaam, family="table-column")
        kolomstijl.addElement(style.TableColumnProperties(columnwidth=f"{breed * 2}mm"))
        al = [
            bestaand
            for bestaand in document.automaticstyles.childNodes
            if bestaand.getAttribute("name") == stijlnaam
        ]
        if not al:
            document.automaticstyles.addElement(kolomstijl)
        blad.addElement(table.TableColumn(stylename=al[0] if al else kolomstijl))
    document.spreadsheet.addElement(blad)
    return blad


def _tekstcel(inhoud: str, stijl: Any | None = None) -> Any:
    opties = {"stylename": stijl} if stijl is not None else {}
    cel = table.TableCell(valuetype="string", **opties)
    cel.addElement(text.P(text=_schoon(inhoud)))
    return cel


def _tabelblad(
    document: Any, gegevens: werkboek.Blad, stijlen: dict[str, Any], bereiken: Any
) -> None:
    blad = _blad(document, gegevens.naam, gegevens.breedtes())
    kop = table.TableRow()
    for naam in gegevens.koppen:
        kop.addElement(_tekstcel(naam, stijlen["kop"]))
    koprijen = table.TableHeaderRows()
    koprijen.addElement(kop)
    blad.addElement(koprijen)
    aantal = 0
    for aantal, (rij, eenheid) in enumerate(gegevens.rijen(), 1):
        regel = table.TableRow()
        for deel in rij[:-1]:
            regel.addElement(_tekstcel(str(deel)))
        waarde = rij[-1]
        if waarde is None:
            regel.addElement(table.TableCell())
        else:
            cel = table.TableCell(
                valuetype="float",
                value=str(waarde),
                stylename=stijlen.get(eenheid, stijlen["aantal"]),
            )
            cel.addElement(text.P(text=str(waarde)))
            regel.addElement(cel)
        blad.addElement(regel)
    eind = chr(ord("A") + len(gegevens.koppen) - 1)
    naam = gegevens.naam.replace("'", "''")
    bereiken.addElement(
        table.DatabaseRange(
            name=f"filter-{gegevens.naam}",
            targetrangeaddress=f"'{naam}'.A1:'{naam}'.{eind}{max(aantal, 1) + 1}",
            displayfilterbuttons="true",
        )
    )


def _zet_vast(document: Any, namen: list[str]) -> None:
    """Keep the headings in sight when one scrolls."""
    instellingen = config.ConfigItemSet(name="ooo:view-settings")
    beelden = config.ConfigItemMapIndexed(name="Views")
    beeld = config.ConfigItemMapEntry()
    per_blad = config.ConfigItemMapNamed(name="Tables")
    for naam in namen:
        blad = config.ConfigItemMapEntry(name=naam)
        for sleutel, waarde in (
            ("HorizontalSplitMode", 0),
            ("VerticalSplitMode", 2),
            ("VerticalSplitPosition", 1),
            ("PositionBottom", 1),
        ):
            soort = "int" if sleutel.endswith(("Position", "Bottom")) else "short"
            blad.addElement(
                config.ConfigItem(name=sleutel, type=soort, text=str(waarde))
            )
        per_blad.addElement(blad)
    beeld.addElement(per_blad)
    beelden.addElement(beeld)
    instellingen.addElement(beelden)
    document.settings.addElement(instellingen)


def _inpakken(document: Any) -> bytes:
    ruw, uit = io.BytesIO(), io.BytesIO()
    document.write(ruw)
    with zipfile.ZipFile(ruw) as bron, zipfile.ZipFile(uit, "w") as doel:
        for deel in bron.infolist():
            info = zipfile.ZipInfo(deel.filename, _TIJD)
            # The type must stand first and unpacked, so that it can be recognised.
            info.compress_type = (
                zipfile.ZIP_STORED
                if deel.filename == "mimetype"
                else zipfile.ZIP_DEFLATED
            )
            info.external_attr = 0o644 << 16
            doel.writestr(info, bron.read(deel.filename))
    return uit.getvalue()
