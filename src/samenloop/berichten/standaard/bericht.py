"""A message as plain data, so that rules and translations need no XML."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from .soorten import Soort

Inhoud = dict[str, Any]


class VerreDatum(date):
    """A date that the schema allows and the calendar of Python does not hold.

    The schema knows years before 1 and after 9999. Such a date counts here as the
    first or the last there is, so that every comparison turns out right, and keeps
    its own `tekst`, so that an answer repeats what was sent.
    """

    tekst: str

    @classmethod
    def van(cls, tekst: str) -> Self:
        """The date of a text that the schema found valid."""
        uiterste = date.min if tekst.startswith("-") else date.max
        zelf = cls(uiterste.year, uiterste.month, uiterste.day)
        zelf.tekst = tekst
        return zelf


@dataclass(slots=True)
class Bericht:
    """A message: its kind, and its content by element name without prefix.

    Only elements that are present stand in `inhoud`. An element that may repeat is a
    list, also when it stands there once. Leaves are `str`, `int` (xs:integer) or
    `datetime.date` (xs:date); a time is a `str` of the form HH:MM:SS, possibly with a
    fraction, because the standard also knows 24:00:00.
    """

    soort: Soort
    inhoud: Inhoud

    @property
    def header(self) -> Inhoud:
        """What stands in the header."""
        header: Inhoud = self.inhoud["Header"]
        return header

    @property
    def afzender(self) -> str:
        """Sender of the heen message: four digits of a gemeente or eight (AGB)."""
        return str(self.header["Afzender"])

    @property
    def ontvanger(self) -> str:
        """Receiver of the heen message."""
        return str(self.header["Ontvanger"])

    @property
    def identificatie(self) -> str:
        """Own identification: that of the answer where it is an answer."""
        if "IdentificatieRetour" in self.header:
            return str(self.header["IdentificatieRetour"])
        return str(self.header["BerichtIdentificatie"]["Identificatie"])

    @property
    def dagtekening(self) -> date:
        """Own date: that of the answer where it is an answer."""
        if "DagtekeningRetour" in self.header:
            waarde: date = self.header["DagtekeningRetour"]
        else:
            waarde = self.header["BerichtIdentificatie"]["Dagtekening"]
        return waarde
