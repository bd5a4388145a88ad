"""The shape of a report: chapters, parts, charts and tables as plain data.

Both the report on its own (HTML, PDF) and the web pages render these structures with
their own templates, so nothing here holds mark-up, with two exceptions that are safe
to insert as they are: a chart is an SVG string (only presentation attributes and
`class`, no inline style, so it passes a strict content security policy), and an
explanation is HTML made from Markdown with raw HTML switched off.

All texts are already in the language asked for and formatted for reading; the raw
value stands beside it wherever a number is shown.
"""

from dataclasses import dataclass
from enum import StrEnum

from samenloop.monitor.uitkomst import Waarde


class Rijsoort(StrEnum):
    """How a row of a table is read; the value is the tail of its CSS class."""

    GEWOON = ""
    GROEP = "groep"  # bold, opens a group; the rows under it are indented
    SUB = "sub"  # indented row of a group, see `Rij.niveau`
    TOTAAL = "totaal"  # under an ink line


@dataclass(frozen=True, slots=True)
class Kolom:
    """Heading of one column after the row heading."""

    kop: str
    getal: bool = True  # right-aligned


@dataclass(frozen=True, slots=True)
class Cel:
    """One cell: the text to show and the value it stands for."""

    tekst: str
    waarde: Waarde = None
    svg: str = ""  # a sparkline; the text is then empty
    getal: bool = True


@dataclass(frozen=True, slots=True)
class Rij:
    """One row: its heading and its cells, as many as the table has columns."""

    kop: str
    cellen: tuple[Cel, ...]
    soort: Rijsoort = Rijsoort.GEWOON
    niveau: int = 0  # depth in the tree of kinds, 0 at the top
    noot: str = ""  # small text beside the heading


@dataclass(frozen=True, slots=True)
class Gegevenstabel:
    """A table to read, beside its chart or on its own."""

    id: str  # unique in the report, usable as HTML id
    bijschrift: str
    rijkop: str  # heading above the row headings
    kolommen: tuple[Kolom, ...]
    rijen: tuple[Rij, ...]

    @property
    def lang(self) -> bool:
        """Whether it may break over pages when printed."""
        return len(self.rijen) > 12


@dataclass(frozen=True, slots=True)
class Sleutel:
    """One entry of the key under a chart: a small drawn block and its name."""

    svg: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Grafiek:
    """A chart; several `svgs` are small multiples on one scale, shown as a grid."""

    bijschrift: str
    svgs: tuple[str, ...]
    sleutel: tuple[Sleutel, ...] = ()

    @property
    def is_veelvoud(self) -> bool:
        """Whether it consists of small multiples."""
        return len(self.svgs) > 1


@dataclass(frozen=True, slots=True)
class Uitleg:
    """Text behind a disclosure: "What counts?" and the like."""

    titel: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """One part of a chapter: sentence, chart, tables, definition, downloads."""

    id: str
    titel: str
    zinnen: tuple[str, ...] = ()
    grafiek: Grafiek | None = None
    tabellen: tuple[Gegevenstabel, ...] = ()
    uitleg: tuple[Uitleg, ...] = ()
    downloads: tuple[str, ...] = ()  # table ids: tabellen/<id>.csv and the sheet
    toelichting: str = ""  # safe HTML


@dataclass(frozen=True, slots=True)
class Kerncijfer:
    """A main figure with its course."""

    titel: str
    cijfer: str
    waarde: Waarde
    eenheid: str = ""  # shown small behind the figure, e.g. "mln"
    toelichting: str = ""
    svg: str = ""
    tabel: str = ""  # table id it was read from


@dataclass(frozen=True, slots=True)
class Afwezig:
    """A table that is not in this monitor, and why."""

    tabel: str
    titel: str
    reden: str


@dataclass(frozen=True, slots=True)
class Hoofdstuk:
    """One chapter. `kerncijfers` is filled in the first, `feiten` in the last."""

    id: str
    titel: str
    inleiding: tuple[str, ...] = ()
    kerncijfers: tuple[Kerncijfer, ...] = ()
    feiten: tuple[tuple[str, str], ...] = ()
    opmerkingen: tuple[str, ...] = ()  # shown as warnings
    onderdelen: tuple[Onderdeel, ...] = ()
    afwezig: tuple[Afwezig, ...] = ()
    toelichting: str = ""  # safe HTML


@dataclass(frozen=True, slots=True)
class Kop:
    """What stands above the report."""

    titel: str
    regio: str
    periode: str  # "vierde kwartaal 2017"
    peildatum: str  # "31 december 2017"
    status: str  # in words
    bekend_op: str  # "alles wat geleverd is" or a date in words
    dekking: str  # "4 van 4 gemeenten leverden"
