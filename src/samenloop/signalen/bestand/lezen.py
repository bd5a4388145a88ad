"""Reading a file of somebody else: what its rows are, whatever wrote it.

A file from a bank, a housing association or a spreadsheet says nowhere how it was
written. So encoding and separator are found out, and every row comes back with the
number under which its maker finds it. A row is never dropped and never repaired by
guessing: it is there, or the file as a whole is refused with the place of the trouble.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from samenloop.signalen.bestand import werkblad
from samenloop.signalen.bestand.fouten import OnleesbaarBestand

MEESTE_BYTES = 20 * 1024 * 1024
MEESTE_RIJEN = 100_000
MEESTE_KOLOMMEN = 100
# A text of more lines than this is a quote that was never closed.
_MEESTE_REGELS = 200
_TEKENS = (";", ",", "\t", "|")
_PROEF = 50
_MERKEN = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
csv.field_size_limit(1024 * 1024)


@dataclass(frozen=True, slots=True)
class Rij:
    """One row; `nummer` is the line or row number its maker sees."""

    nummer: int
    cellen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inhoud:
    """A file that could be read."""

    kolommen: tuple[str, ...]
    rijen: tuple[Rij, ...]
    codering: str
    scheiding: str
    vingerafdruk: str = field(default="")


def read(inhoud: bytes) -> Inhoud:
    """Return the header and all rows that hold anything.

    Raises:
        OnleesbaarBestand: with what is wrong and, where it can be told, on which line.
    """
    if not inhoud.strip(b"\0\r\n\t ,;"):
        raise OnleesbaarBestand(_("The file is empty. Choose another one."))
    if len(inhoud) > MEESTE_BYTES:
        raise OnleesbaarBestand(
            _("The file is larger than 20 MB. Divide it and offer the parts in turn.")
        )
    if werkblad.is_workbook(inhoud):
        codering, scheiding = "xlsx", ""
        genummerd = werkblad.rows(inhoud)
    else:
        codering, tekst = _decode(inhoud)
        scheiding, genummerd = _rows(tekst)
    gevuld = (
        (nummer, cellen)
        for nummer, cellen in genummerd
        if any(cel.strip() for cel in cellen)
    )
    kop = next(gevuld, None)
    if kop is None:
        raise OnleesbaarBestand(_("The file is empty. Choose another one."))
    kolommen = _columns(kop[1])
    rijen = tuple(
        Rij(nummer, tuple(cellen))
        for nummer, cellen in islice(gevuld, MEESTE_RIJEN + 1)
    )
    if len(rijen) > MEESTE_RIJEN:
        raise OnleesbaarBestand(
            _(
                "The file has more than 100,000 rows. Divide it and offer the parts "
                "in turn."
            )
        )
    if not rijen:
        raise OnleesbaarBestand(_("The file has a header, but no rows under it."))
    return Inhoud(kolommen, rijen, codering, scheiding, fingerprint(inhoud))


def fingerprint(inhoud: bytes) -> str:
    """Return what tells one file from another, without saying what is in it."""
    return hashlib.sha256(inhoud).hexdigest()


def _decode(inhoud: bytes) -> tuple[str, str]:
    """Return the encoding and the text without its mark."""
    for merk, codering in _MERKEN:
        if inhoud.startswith(merk):
            return codering, _decoded(inhoud, codering)
    if inhoud.count(b"\0") * 4 > len(inhoud):
        # Text of two bytes per character without a mark: most second bytes are zero.
        codering = "utf-16-le" if inhoud[1:2] == b"\0" else "utf-16-be"
        return codering, _decoded(inhoud, codering)
    try:
        return "utf-8", _text(inhoud.decode("utf-8"))
    except UnicodeDecodeError:
        return "windows-1252", _decoded(inhoud, "windows-1252")


def _decoded(inhoud: bytes, codering: str) -> str:
    try:
        tekst = inhoud.decode(codering)
    except UnicodeDecodeError as fout:
        regel = inhoud[: fout.start].count(b"\n") + 1
        raise OnleesbaarBestand(
            _(
                "The characters on line %(regel)s cannot be read. Save the file as "
                "CSV in UTF-8."
            )
            % {"regel": regel}
        ) from None
    return _text(tekst)


def _text(tekst: str) -> str:
    if "\0" in tekst:
        raise OnleesbaarBestand(
            _("This is no text file. Save it as CSV in UTF-8, or as XLSX.")
        )
    return tekst


def _rows(tekst: str) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """Return the separator and the rows with the line each begins on."""
    eerste, _rest, na = tekst.partition("\n")
    eerste = eerste.rstrip("\r")
    # What spreadsheets write above the header to tell the separator.
    if eerste.lower().startswith("sep=") and len(eerste) == 5:
        return eerste[4], _parsed(na, eerste[4], 2)
    scheiding = _separator(tekst)
    return scheiding, _parsed(tekst, scheiding, 1)


def _parsed(tekst: str, scheiding: str, begin: int) -> Iterator[tuple[int, list[str]]]:
    lezer = csv.reader(
        io.StringIO(tekst, newline=""), delimiter=scheiding, strict=False
    )
    regel = begin
    while True:
        try:
            cellen = next(lezer)
        except StopIteration:
            return
        except csv.Error:
            raise OnleesbaarBestand(_stray(regel)) from None
        volgende = begin + lezer.line_num
        if volgende - regel > _MEESTE_REGELS:
            raise OnleesbaarBestand(_stray(regel))
        yield regel, cellen
        regel = volgende


def _stray(regel: int) -> str:
    return _(
        "On line %(regel)s a quote opens that is not closed. Correct that line and "
        "offer the file again."
    ) % {"regel": regel}


def _separator(tekst: str) -> str:
    """Return the separator that cuts the first rows into the most equal parts."""

    def weight(teken: str) -> tuple[int, int]:
        breedtes: list[int] = []
        try:
            for _regel, cellen in islice(_parsed(tekst, teken, 1), _PROEF):
                if any(cel.strip() for cel in cellen):
                    breedtes.append(len(cellen))
        except OnleesbaarBestand:
            return (0, 0)
        if not breedtes or breedtes[0] < 2:
            return (0, 0)
        gelijk = sum(breedte == breedtes[0] for breedte in breedtes)
        return (gelijk * 100 // len(breedtes), breedtes[0])

    beste = max(_TEKENS, key=weight)
    # One column has no separator; any will do.
    return beste if weight(beste) != (0, 0) else ";"


def _columns(cellen: list[str]) -> tuple[str, ...]:
    """Return names that can be told apart: an empty or second name gets a number."""
    if len(cellen) > MEESTE_KOLOMMEN:
        raise OnleesbaarBestand(_("The header has more than 100 columns."))
    namen: list[str] = []
    for plek, cel in enumerate(cellen, start=1):
        naam = " ".join(cel.split())[:80] or f"kolom {plek}"
        if naam in namen:
            naam = f"{naam} ({plek})"
        namen.append(naam)
    return tuple(namen)
