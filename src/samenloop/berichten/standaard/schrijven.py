"""Writing a message: from plain data to the bytes that go out.

Namespaces, prefixes and order are those of the standard; the encoding is UTF-8 without
byte-order-mark and each element ends its line with CR/LF (OP192). What was written is
read back before it is given away, so that no message leaves that its receiver would
refuse on the first level.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from .bericht import Bericht, VerreDatum
from .lezen import lees, lees_stroom
from .model import Knoop, model
from .soorten import Soort

_EINDE: Final = "\r\n"
#: What must not stand in a text as it is. A bare CR would be read back as LF.
_BIJZONDER: Final = re.compile("[&<>\r]")
_VERVANGING: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
#: Characters that XML does not know, not even written out.
_ONMOGELIJK: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

Schrijver = Callable[[Any, list[str]], None]


def _tekst(waarde: Any) -> str:
    if isinstance(waarde, VerreDatum):
        return waarde.tekst
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, bool) or not isinstance(waarde, (str, int)):
        raise TypeError(f"{type(waarde).__name__} past niet in een bericht.")
    tekst = str(waarde)
    if _ONMOGELIJK.search(tekst):
        raise ValueError("De tekst heeft een teken dat XML niet kent.")
    return _BIJZONDER.sub(lambda teken: _VERVANGING[teken[0]], tekst)


def _schrijver(knoop: Knoop, soort: Soort) -> Schrijver:
    """What writes the element at this place, its children included."""
    voorvoegsel = soort.standaard if knoop.basis else soort.voorvoegsel
    open_, dicht = f"<{voorvoegsel}:{knoop.naam}>", f"</{voorvoegsel}:{knoop.naam}>"
    if knoop.enkel is not None:

        def blad(waarde: Any, uit: list[str]) -> None:
            uit.append(f"{open_}{_tekst(waarde)}{dicht}{_EINDE}")

        return blad
    kinderen = [
        (kind.naam, kind.veld.herhaalt, _schrijver(kind, soort))
        for kind in knoop.kinderen
    ]
    namen = {naam for naam, _, _ in kinderen}

    def klasse(inhoud: Mapping[str, Any], uit: list[str]) -> None:
        vreemd = inhoud.keys() - namen
        if vreemd:
            raise ValueError(f"{knoop.naam} heeft geen {', '.join(sorted(vreemd))}.")
        uit.append(open_ + _EINDE)
        _binnen(inhoud, uit)
        uit.append(dicht + _EINDE)

    def _binnen(inhoud: Mapping[str, Any], uit: list[str]) -> None:
        for naam, herhaalt, schrijf_kind in kinderen:
            if naam not in inhoud:
                continue
            for waarde in inhoud[naam] if herhaalt else (inhoud[naam],):
                schrijf_kind(waarde, uit)

    return klasse


@cache
def _schrijver_van(soort: Soort) -> Schrijver:
    return _schrijver(model(soort).wortel, soort)


def schrijf(bericht: Bericht, schemamap: Path | None = None) -> bytes:
    """The bytes of a message, ready to be sent.

    Raises SchemaFout where the content does not hold to the declaration (or to the
    official schema in `schemamap`), ValueError for an element that the message does
    not have or a character that cannot be written, TypeError for a value that is no
    text, whole number or date.
    """
    soort = bericht.soort
    uit = ['<?xml version="1.0" encoding="UTF-8"?>\r\n']
    _schrijver_van(soort)(bericht.inhoud, uit)
    wortel = f"<{soort.voorvoegsel}:Bericht"
    uit[1] = (
        f'{wortel} xmlns:{soort.voorvoegsel}="{soort.naamruimte}"'
        f' xmlns:{soort.standaard}="{soort.basisruimte}">{_EINDE}'
    )
    data = "".join(uit).encode()
    if soort.nummer in {323, 325}:
        for _ in lees_stroom(data, schemamap):
            pass
    else:
        lees(data, schemamap)
    return data
