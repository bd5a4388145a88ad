"""The language of a report.

Fixed texts stand in English in the source and get their Dutch from one gettext
catalogue (`locale/nl/LC_MESSAGES/verslag.po`), read once with Babel, so no compiled
catalogue has to be made. Names that come from a levering (kinds, types, posts) are
data and stay as delivered.
"""

from functools import cache
from importlib import resources
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

TALEN = ("nl", "en")


class OnbekendeTaal(ValueError):
    """A report was asked in a language that has no texts."""


def merk(tekst: str) -> str:
    """Mark a text for the catalogue where it is declared, to be translated later."""
    return tekst


@cache
def catalogus(taal: str) -> Catalog:
    """Read the catalogue of a language.

    Raises:
        OnbekendeTaal: the language is not one of `TALEN`.
    """
    if taal not in TALEN:
        raise OnbekendeTaal(f"{taal!r}: een verslag is er in {' of '.join(TALEN)}")
    if taal == "en":
        return Catalog(locale="en")
    bestand = resources.files("samenloop.monitor").joinpath(
        f"locale/{taal}/LC_MESSAGES/verslag.po"
    )
    with bestand.open("rb") as stroom:
        return read_po(stroom, locale=taal, charset="utf-8")


class Tekst:
    """Gives the fixed texts of one language, with values filled in.

    `t("{n} of {m}", n=1, m=2)` for a text, `t.n("one", "many", count)` for a text that
    depends on a count; the count is not filled in by itself.
    """

    def __init__(self, taal: str) -> None:
        self.taal = taal
        self._vertaald: dict[str, Any] = {}
        for bericht in catalogus(taal):
            if not bericht.id or not bericht.string:
                continue
            sleutel = bericht.id if isinstance(bericht.id, str) else bericht.id[0]
            self._vertaald[sleutel] = bericht.string

    def __call__(self, sleutel: str, /, **waarden: object) -> str:
        """Return the text; without a translation the English of the source."""
        vertaald = self._vertaald.get(sleutel, sleutel)
        if not isinstance(vertaald, str):
            vertaald = vertaald[1]
        tekst = str(vertaald)
        return tekst.format(**waarden) if waarden else tekst

    def n(self, een: str, meer: str, aantal: float, /, **waarden: object) -> str:
        """Return the form for one or for many (none counts as many)."""
        vertaald = self._vertaald.get(een, (een, meer))
        if isinstance(vertaald, str):
            vertaald = (vertaald, vertaald)
        return str(vertaald[0 if aantal == 1 else 1]).format(**waarden)
