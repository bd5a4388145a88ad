"""What can be wrong with a file or with one of its rows, and what to do about it.

A row keeps only codes and column names, never a value: what was wrong with whom can be
read in the file itself. The sentence is made when it is shown, in the language of the
reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class OnleesbaarBestand(SamenloopFout):
    """The file as a whole cannot be read; nothing of it is taken in."""

    melding = _("This file cannot be read.")


class Rijfout(StrEnum):
    """Kinds of fault in a row."""

    KOLOMMEN = "kolommen"
    BSN = "bsn"
    NIEMAND = "niemand"
    DATUM = "datum"
    LANG = "lang"
    TEKEN = "teken"
    ONTVANGST = "ontvangst"


ZINNEN: Mapping[Rijfout, tuple[str | Promise, str | Promise]] = {
    Rijfout.KOLOMMEN: (
        _("The row has more or fewer cells than the header."),
        _("Look for a separator inside a text and put that text between quotes."),
    ),
    Rijfout.BSN: (
        _("This is not a citizen service number (BSN)."),
        _("Check the nine digits; leave the cell empty when it is not known."),
    ),
    Rijfout.NIEMAND: (
        _("The row does not say whom it concerns."),
        _("Fill in a BSN, or a name with a birth date or an address."),
    ),
    Rijfout.DATUM: (
        _("This is not a date that exists."),
        _("Write it as 25-03-1984 or 1984-03-25."),
    ),
    Rijfout.LANG: (
        _("The text is too long."),
        _("Shorten it; a reference may have 80 characters, a text 10,000."),
    ),
    Rijfout.TEKEN: (
        _("The text holds a character that cannot be kept."),
        _("Remove control characters, for instance by copying it as plain text."),
    ),
    Rijfout.ONTVANGST: (
        _("This row could not be registered as a signal."),
        _("Correct the row and offer it again, or register the signal by hand."),
    ),
}


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault: what, and in which column (empty: the whole row)."""

    code: Rijfout
    kolom: str = ""

    @property
    def wat(self) -> str:
        """What is wrong, in the language of the reader."""
        return str(ZINNEN[self.code][0])

    @property
    def doe(self) -> str:
        """What to do about it, in the language of the reader."""
        return str(ZINNEN[self.code][1])

    def kept(self) -> dict[str, str]:
        """Return the fault as it is kept with the row."""
        return {"code": self.code.value, "kolom": self.kolom}

    @classmethod
    def of(cls, bewaard: Mapping[str, Any]) -> "Fout":
        """Return the fault that was kept."""
        return cls(Rijfout(bewaard["code"]), bewaard["kolom"])
