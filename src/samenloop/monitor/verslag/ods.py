"""The figures as an OpenDocument workbook (ODS), the same bytes for the same figures.

odfpy writes the document; the archive is packed again with fixed times, because it
stamps the entries with the moment of writing.
"""

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from odf import config, dc, meta, number, style, table, text
from odf.element import Element, Text
from odf.namespaces import nsdict
from odf.opendocument import OpenDocumentSpreadsheet

from samenloop.monitor.uitkomst import Monitor

from . import werkboek
from .taal import Tekst

_TIJD = (1980, 1, 1, 0, 0, 0)
# Per unit: decimals, what stands before the number and what after.
_DECIMALEN = {
    "aantal": (0, "", ""),
    "dagen": (1, "", ""),
    "procent": (1, "", "%"),
    "eurocent": (2, "€ ", ""),
}
# odfpy declares a namespace once an element of it was made in this process; knowing
# all beforehand keeps the bytes equal, whatever was written before.
Element.namespaces.update(nsdict)


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
    for eenheid, (decimalen, voor, na) in _DECIMALEN.items():
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


class _Rijen(Text):  # type: ignore[misc]
    """The rows of a sheet, written as XML when the document is.

    An object per cell costs a second per ten thousand cells; a nation's tables have
    many more.
    """

    def __init__(self, gegevens: werkboek.Blad) -> None:
        super().__init__("")
        self._gegevens = gegevens

    def toXml(self, level: int, f: Any) -> None:  # noqa: N802 - name of odfpy
        for rij, eenheid in self._gegevens.rijen():
            delen = [
                '<table:table-cell office:value-type="string"><text:p>'
                f"{escape(_schoon(str(deel)))}</text:p></table:table-cell>"
                for deel in rij[:-1]
            ]
            waarde = rij[-1]
            if waarde is None:
                delen.append("<table:table-cell/>")
            else:
                stijl = eenheid if eenheid in _DECIMALEN else "aantal"
                delen.append(
                    f'<table:table-cell table:style-name="cel-{stijl}" '
                    f'office:value-type="float" office:value="{waarde}">'
                    f"<text:p>{waarde}</text:p></table:table-cell>"
                )
            f.write(f"<table:table-row>{''.join(delen)}</table:table-row>")


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
    blad.childNodes.append(_Rijen(gegevens))
    eind = chr(ord("A") + len(gegevens.koppen) - 1)
    naam = gegevens.naam.replace("'", "''")
    laatste = max(gegevens.aantal, 1) + 1
    bereiken.addElement(
        table.DatabaseRange(
            name=f"filter-{gegevens.naam}",
            targetrangeaddress=f"'{naam}'.A1:'{naam}'.{eind}{laatste}",
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
