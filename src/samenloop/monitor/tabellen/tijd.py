"""When a table counts: the peildata and quarters that follow from the quarter asked.

An end date is the last day in force. So who ends on 31 December is still counted on
31 December and leaves the day after; the boundaries below make
begin + in - uit = eind hold for every cell.
"""

from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr.types import BooleanColumn, Table

from samenloop.monitor.uitkomst import Kwartaal

NOOIT = date(9999, 12, 31)  # stands in for "still running" in comparisons
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
    "september", "oktober", "november", "december",
)  # fmt: skip


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tijd:
    """The quarter asked, the three before it, and their last days."""

    kwartaal: Kwartaal
    bekend_op: date | None = None

    @property
    def kwartalen(self) -> tuple[Kwartaal, ...]:
        """The four quarters, oldest first."""
        return self.kwartaal.reeks(4)

    @property
    def standen(self) -> tuple[Kwartaal, ...]:
        """Five quarters: the one before the four, then the four."""
        return self.kwartaal.reeks(5)

    @property
    def meetdagen(self) -> tuple[date, ...]:
        """Last days of the five quarters of `standen`."""
        return tuple(kwartaal.eind for kwartaal in self.standen)

    @property
    def peildata(self) -> tuple[date, ...]:
        """The four peildata, oldest first."""
        return self.meetdagen[1:]

    def bekend(self, tabel: Table) -> Table:
        """Keep the rows that were known on the date the figures are made as of."""
        if self.bekend_op is None:
            return tabel
        kolom = tabel.geregistreerd_op
        return tabel.filter(kolom.isnull() | (kolom <= self.bekend_op))


def met_laatste(tabel: Table) -> Table:
    """Add `laatste`: the last day in force, far away when still running."""
    return tabel.mutate(laatste=ibis.coalesce(tabel.einddatum, ibis.date(NOOIT)))


def in_kracht(tabel: Table, dag: date) -> BooleanColumn:
    """Rows in force on that day."""
    return (tabel.startdatum <= dag) & (tabel.laatste >= dag)


def begint(tabel: Table, vorige: date, dag: date) -> BooleanColumn:
    """Rows that came in after one peildatum, up to and including the next."""
    return (tabel.startdatum > vorige) & (tabel.startdatum <= dag)


def eindigt(tabel: Table, vorige: date, dag: date) -> BooleanColumn:
    """Rows that left between two peildata: no longer in force on the second."""
    return (tabel.laatste >= vorige) & (tabel.laatste < dag)


def in_woorden(dag: date, *, jaar: bool = True) -> str:
    """Write a date in Dutch: `31 december 2017`."""
    tekst = f"{dag.day} {MAANDEN[dag.month - 1]}"
    return f"{tekst} {dag.year}" if jaar else tekst


def opsomming(delen: list[str]) -> str:
    """Join as a Dutch sentence does: `a, b en c`."""
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} en {delen[-1]}"


def dagen_in_woorden(dagen: tuple[date, ...]) -> str:
    """Write dates in Dutch, the year once where it stays the same."""
    delen = [
        in_woorden(dag, jaar=i + 1 == len(dagen) or dagen[i + 1].year != dag.year)
        for i, dag in enumerate(dagen)
    ]
    return opsomming(delen)


def day_in_words(dag: date) -> str:
    """Write a date in English: `31 December 2017`."""
    return f"{dag.day} {MONTHS[dag.month - 1]} {dag.year}"


def listing(delen: list[str]) -> str:
    """Join as an English sentence does: `a, b and c`."""
    return " and ".join(filter(None, [", ".join(delen[:-1]), *delen[-1:]]))
