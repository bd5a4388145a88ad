"""The first sheet of an XLSX workbook as rows of text (ECMA-376, part 1).

Only what a list of signals needs: texts, numbers, dates and the row number of each.
Formulas give the value that was saved with them. A workbook is an archive of XML from
somebody else, so its size is bounded before it is unpacked and a document type, with
which XML can be made to swell, is refused.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from samenloop.signalen.bestand.fouten import OnleesbaarBestand

_MEESTE_BYTES = 200 * 1024 * 1024
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Numbers of the built-in formats that show a date.
_DATUMVORMEN = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_DATUMLETTER = re.compile(r"[dmyj]", re.IGNORECASE)
_TUSSEN = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")
_BEGIN = date(1899, 12, 30)


def is_workbook(inhoud: bytes) -> bool:
    """Whether these bytes are a workbook rather than text."""
    return inhoud.startswith(b"PK\x03\x04")


def rows(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield row number and cells of the first sheet.

    Raises:
        OnleesbaarBestand: it is no sound workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            if sum(deel.file_size for deel in archief.infolist()) > _MEESTE_BYTES:
                raise OnleesbaarBestand(
                    _("This workbook is too large. Save the sheet as CSV in UTF-8.")
                )
            teksten = _texts(archief)
            datums = _date_styles(archief)
            blad = _parse(archief, _first_sheet(archief))
    except (
        zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError,
        NotImplementedError, RuntimeError, OSError,
    ):  # fmt: skip
        raise _unsound() from None
    try:
        gelezen = [_row(rij, teksten, datums) for rij in blad.iter(f"{_S}row")]
    except (ValueError, IndexError, KeyError, OverflowError):
        raise _unsound() from None
    breedte = max((len(cellen) for _nummer, cellen in gelezen), default=0)
    nummer = 0
    for gegeven, cellen in gelezen:
        nummer = gegeven or nummer + 1
        # Empty cells at the end are not written; the row has them all the same.
        yield nummer, cellen + [""] * (breedte - len(cellen))


def _unsound() -> OnleesbaarBestand:
    return OnleesbaarBestand(
        _("This workbook cannot be read. Save the sheet as CSV in UTF-8.")
    )


def _parse(archief: zipfile.ZipFile, naam: str) -> ElementTree.Element:
    inhoud = archief.read(naam)
    if b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud:
        raise ValueError
    # Without a document type nothing can be made to swell.
    return ElementTree.fromstring(inhoud)  # noqa: S314


def _first_sheet(archief: zipfile.ZipFile) -> str:
    boek = _parse(archief, "xl/workbook.xml")
    eerste = next(boek.iter(f"{_S}sheet"))
    verwijzing = eerste.attrib[f"{_R}id"]
    for deel in _parse(archief, "xl/_rels/workbook.xml.rels"):
        if deel.attrib.get("Id") == verwijzing:
            doel = deel.attrib["Target"]
            return doel.lstrip("/") if doel.startswith("/") else f"xl/{doel}"
    raise KeyError


def _texts(archief: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archief.namelist():
        return []
    return [_text(deel) for deel in _parse(archief, "xl/sharedStrings.xml")]


def _text(deel: ElementTree.Element) -> str:
    # Pronunciation (rPh) stands beside the text and is not part of it.
    delen = [*deel.findall(f"{_S}t"), *deel.findall(f"{_S}r/{_S}t")]
    return "".join(each.text or "" for each in delen)


def _date_styles(archief: zipfile.ZipFile) -> list[bool]:
    """Return, per style of a cell, whether it shows a date."""
    if "xl/styles.xml" not in archief.namelist():
        return []
    blad = _parse(archief, "xl/styles.xml")
    eigen = {
        int(vorm.attrib["numFmtId"]): _shows_date(vorm.attrib.get("formatCode", ""))
        for vorm in blad.iter(f"{_S}numFmt")
    }
    stijlen = blad.find(f"{_S}cellXfs")
    if stijlen is None:
        return []
    nummers = [int(stijl.attrib.get("numFmtId", "0")) for stijl in stijlen]
    return [eigen.get(nummer, nummer in _DATUMVORMEN) for nummer in nummers]


def _shows_date(vorm: str) -> bool:
    return bool(_DATUMLETTER.search(_TUSSEN.sub("", vorm)))


def _row(
    rij: ElementTree.Element, teksten: list[str], datums: list[bool]
) -> tuple[int, list[str]]:
    cellen: list[str] = []
    for cel in rij.iter(f"{_S}c"):
        plek = _column(cel.attrib.get("r", "")) or len(cellen) + 1
        if not len(cellen) < plek <= 16_384:
            raise ValueError
        cellen += [""] * (plek - 1 - len(cellen))
        cellen.append(_value(cel, teksten, datums))
    return int(rij.attrib.get("r", "0")), cellen


def _column(naam: str) -> int:
    """Return 28 for `AB12`, 0 when it is not said."""
    plek = 0
    for letter in naam:
        if not "A" <= letter <= "Z":
            break
        plek = plek * 26 + ord(letter) - 64
    return plek


def _value(cel: ElementTree.Element, teksten: list[str], datums: list[bool]) -> str:
    soort = cel.attrib.get("t", "n")
    if soort == "inlineStr":
        deel = cel.find(f"{_S}is")
        return "" if deel is None else _text(deel)
    ruw = cel.findtext(f"{_S}v") or ""
    if soort == "s":
        return teksten[int(ruw)]
    if soort == "b":
        return "ja" if ruw == "1" else "nee"
    if soort != "n" or not ruw:
        return ruw
    stijl = int(cel.attrib.get("s", "0"))
    if stijl < len(datums) and datums[stijl]:
        return _moment(float(ruw))
    return _number(ruw)


def _number(ruw: str) -> str:
    """Return a number as one types it: `999990019`, never `9.99990019E8`."""
    getal = float(ruw)
    if getal.is_integer() and abs(getal) < 1e15:
        return str(int(getal))
    return repr(getal).replace(".", ",")


def _moment(dagen: float) -> str:
    moment = datetime.combine(_BEGIN, datetime.min.time()) + timedelta(days=dagen)
    return moment.strftime("%d-%m-%Y" if dagen == int(dagen) else "%d-%m-%Y %H:%M")
