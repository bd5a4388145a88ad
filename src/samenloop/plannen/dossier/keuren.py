"""What kind of file something is, by what is in it and not by what it is called.

A name and a media type are said by whoever sends the file; the first bytes, and for
packed files their table of contents, say what it is. What holds macros is refused: a
document of a dossier is read, it does not do anything.
"""

import zipfile
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout

_KOP = 8192
_MEESTE_DELEN = 10_000
_STUURTEKENS = frozenset(range(32)) - {9, 10, 12, 13}


class VerkeerdBestand(SamenloopFout):
    """This file is not one that a dossier takes."""

    melding = _(
        "This is not a kind of file that can be kept. Choose a PDF, Word (docx), Excel "
        "(xlsx), OpenDocument text (odt), PNG, JPEG or plain text file."
    )


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of file that is taken: what names end in, and what it is served as."""

    code: str
    uitgangen: tuple[str, ...]
    media: str


TYPEN = {
    type_.code: type_
    for type_ in (
        Type("pdf", (".pdf",), "application/pdf"),
        Type(
            "docx",
            (".docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        Type(
            "xlsx",
            (".xlsx",),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Type("odt", (".odt",), "application/vnd.oasis.opendocument.text"),
        Type("png", (".png",), "image/png"),
        Type("jpg", (".jpg", ".jpeg"), "image/jpeg"),
        Type("txt", (".txt",), "text/plain; charset=utf-8"),
    )
}


def check(bestand: IO[bytes], naam: str) -> Type:
    """Return the kind of a file; leaves it at its beginning.

    Raises:
        VerkeerdBestand: it is none that is taken, or not what its name says.
    """
    bestand.seek(0)
    kop = bestand.read(_KOP)
    code = _by_content(kop, bestand)
    bestand.seek(0)
    if code is None:
        raise VerkeerdBestand()
    type_ = TYPEN[code]
    if not naam.lower().endswith(type_.uitgangen):
        raise VerkeerdBestand(
            _(
                "The name of this file does not say what it is: it holds %(soort)s. "
                "Give it the right name, or choose another file."
            )
            % {"soort": code.upper()}
        )
    return type_


def _by_content(kop: bytes, bestand: IO[bytes]) -> str | None:
    if kop.startswith(b"%PDF-"):
        return "pdf"
    if kop.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if kop.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if kop.startswith(b"PK\x03\x04"):
        return _packed(bestand)
    return "txt" if kop and _is_text(bestand) else None


def _packed(bestand: IO[bytes]) -> str | None:
    """Tell by the table of contents; nothing is unpacked but a line of 80 bytes."""
    try:
        bestand.seek(0)
        with zipfile.ZipFile(bestand) as pak:
            namen = pak.namelist()
            if len(namen) > _MEESTE_DELEN:
                return None
            soort = _odf_kind(pak, namen)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if any("vbaproject" in naam.lower() for naam in namen) or any(
        naam.startswith("Basic/") for naam in namen
    ):
        raise VerkeerdBestand(
            _("This file holds macros. Save it without them, or as a PDF.")
        )
    if soort == "application/vnd.oasis.opendocument.text":
        return "odt"
    if "[Content_Types].xml" not in namen:
        return None
    if "word/document.xml" in namen:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in namen else None


def _odf_kind(pak: zipfile.ZipFile, namen: list[str]) -> str:
    if "mimetype" not in namen or pak.getinfo("mimetype").file_size > 80:
        return ""
    with pak.open("mimetype") as deel:
        return deel.read(80).decode("ascii", "replace").strip()


def _is_text(bestand: IO[bytes]) -> bool:
    bestand.seek(0)
    inhoud = bestand.read()
    if _STUURTEKENS & set(inhoud):
        return False
    try:
        inhoud.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
