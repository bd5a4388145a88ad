"""What comes before the message: size, encoding, document type and the kind.

All that can be refused before a parser sees the bytes is refused here.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from .fouten import Onleesbaar
from .soorten import SOORT_BIJ_NAAMRUIMTE, Soort

#: Greatest size of a message in bytes (OP179): 25 MB.
GROOTSTE: Final = 25 * 1024 * 1024
#: How many bytes the parser gets at a time.
_BROK: Final = 65_536
#: Options of the parser for what is not trusted.
STRENG: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_ENCODING: Final = re.compile(rb"""\sencoding\s*=\s*(["'])([^"']*)\1""")
_UTF8: Final = (b"utf-8", b"utf8")
_EERSTE: Final = 4096


def lees_bytes(bron: bytes | BinaryIO) -> bytes:
    """All bytes of a message that may be one; Onleesbaar where that is ruled out."""
    data = bron if isinstance(bron, bytes) else bron.read(GROOTSTE + 1)
    if len(data) > GROOTSTE:
        raise Onleesbaar("Het bestand is groter dan 25 MB.", regel="OP179")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise Onleesbaar(
            "Het bestand begint met een byte-order-mark; dat mag niet.", regel="OP192"
        )
    _eis_utf8(data)
    _eis_geen_doctype(data)
    return data


def _eis_utf8(data: bytes) -> None:
    fout = Onleesbaar("Het bestand is geen UTF-8.", regel="OP192")
    # UTF-16 and UTF-32 of plain letters are UTF-8 too, with a nought at each letter.
    if b"\0" in data:
        raise fout
    if data.startswith(b"<?xml"):
        einde = data.find(b"?>", 0, _EERSTE)
        gevonden = _ENCODING.search(data, 0, einde if einde > 0 else _EERSTE)
        if gevonden and gevonden.group(2).lower() not in _UTF8:
            raise fout
    # Part by part: as one text, 25 MB with one rare sign in it takes 100 MB.
    lezer = getincrementaldecoder("utf-8")()
    try:
        for brok in brokken(data):
            lezer.decode(brok, final=not brok)
    except UnicodeDecodeError:
        raise fout from None


def _eis_geen_doctype(data: bytes) -> None:
    """Refuse a document type: only there can entities be declared.

    It can stand only before the first element; comments and processing instructions
    may stand there too, and may hold the word.
    """
    plek = 0
    while True:
        plek = data.find(b"<", plek)
        if plek < 0:
            raise Onleesbaar("Het bestand is geen XML.")
        if data.startswith(b"<!--", plek):
            einde = data.find(b"-->", plek + 4)
        elif data.startswith(b"<?", plek):
            einde = data.find(b"?>", plek + 2)
        elif data.startswith(b"<!", plek):
            raise Onleesbaar("Het bestand heeft een documenttype; dat mag niet.")
        else:
            return
        if einde < 0:
            raise Onleesbaar("Het bestand is geen XML.")
        plek = einde + 2


def brokken(data: bytes) -> Iterator[bytes]:
    """The message part by part for a parser, and nothing at its end."""
    for begin in range(0, len(data), _BROK):
        yield data[begin : begin + _BROK]
    yield b""


def soort_van(data: bytes) -> Soort:
    """The kind of message by its root; Onleesbaar where it is none of the 28."""
    lezer = etree.XMLPullParser(events=("start",), **STRENG)
    try:
        for begin in range(0, len(data), _EERSTE):
            lezer.feed(data[begin : begin + _EERSTE])
            for _, element in lezer.read_events():
                naamruimte, _, naam = element.tag[1:].rpartition("}")
                soort = SOORT_BIJ_NAAMRUIMTE.get(naamruimte)
                if soort is None or naam != "Bericht":
                    raise Onleesbaar("Dit is geen bericht van iWmo of iJw 3.2.")
                return soort
        lezer.close()
    except etree.XMLSyntaxError:
        pass
    raise Onleesbaar("Het bestand is geen XML.")
