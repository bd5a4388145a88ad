"""The choices above a table: one per dimension, and what is shown without choosing.

A reader who chooses nothing sees totals, one law and one measure at a time; that is
what most come for, and it fits on a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Tabel
from samenloop.verantwoording import woorden

# The dimension that is laid out as rows: the first of these a table has.
_RIJKOP = (
    *("soort", "verwijzer", "wetten", "aantal", "reden", "spoor", "post", "type"),
    *("gemeente", "wet"),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the table; an empty value means all."""

    naam: str
    label: str
    opties: list[tuple[str, str]]
    gekozen: str

    @property
    def id(self) -> str:
        """HTML id of the control."""
        return f"kies-{self.naam}"

    @property
    def woord(self) -> str:
        """What is chosen, in words."""
        return dict(self.opties)[self.gekozen]


def row_dimension(tabel: Tabel) -> str:
    """Return the dimension laid out as rows; the last is laid out as columns."""
    overige = tabel.dimensies[:-1]
    return next((naam for naam in _RIJKOP if naam in overige), tabel.dimensies[0])


def choices(tabel: Tabel, gekozen: Mapping[str, str]) -> list[Filter]:
    """Return the choices in order of the dimensions.

    `gekozen` is what the address says; a value the table does not have counts as not
    chosen, so an old address never shows an empty page.
    """
    filters = []
    for dimensie in tabel.dimensies:
        waarden = tabel.waarden(dimensie)
        opties = [("", _("All"))]
        opties += [(w, woorden.waarde(dimensie, w)) for w in waarden]
        waarde = gekozen.get(dimensie)
        if waarde is None or (waarde and waarde not in waarden):
            waarde = _default(tabel, dimensie, waarden)
        label = str(woorden.DIMENSIES.get(dimensie, dimensie))
        filters.append(Filter(dimensie, label, opties, waarde))
    return filters


def _default(tabel: Tabel, dimensie: str, waarden: list[str]) -> str:
    open_ = {row_dimension(tabel), tabel.dimensies[-1], "richting"}
    if dimensie in open_ or not waarden:
        return ""
    return TOTAAL if TOTAAL in waarden else waarden[0]
