"""Searching the log as the privacy officer does, in pages that cost the same each.

Newest first, from a place in the log rather than by number of page: going on costs as
much at the thousandth page as at the first, and nothing is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samenloop.access.logboek.models import Auditregel, Verwerking
from samenloop.core import gemeentegrens, klok

BLAD = 50
_EXPORTBLAD = 2000


@dataclass(frozen=True, slots=True)
class Plek:
    """A place in the log: right after this line."""

    op: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.op.isoformat()}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Plek | None":
        """Read a place from an address; None when it is none."""
        moment, _dash, number = text.rpartition("_")
        try:
            return cls(datetime.fromisoformat(moment.replace(" ", "+")), int(number))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; empty is everything of the municipality."""

    gemeente: str
    vanaf: date | None = None
    tot: date | None = None
    account: str = ""
    rol: str = ""
    persoon: UUID | None = None
    handeling: str = ""
    doel: str = ""
    wijze: str = ""
    onderwerp: str = ""


@dataclass(frozen=True, slots=True)
class Blad:
    """Lines of the log, and where the next ones begin."""

    regels: list[Auditregel]
    verder: Plek | None


def page(keuze: Filter, na: Plek | None = None, *, size: int = BLAD) -> Blad:
    """Return lines that fit, newest first, after a place in the log."""
    rows = _rows(keuze)
    if na is not None:
        rows = rows.filter(Q(op__lt=na.op) | Q(op=na.op, id__lt=na.id), op__lte=na.op)
    regels = list(rows.order_by("-op", "-id")[: size + 1])
    more = len(regels) > size
    del regels[size:]
    return Blad(regels, Plek(regels[-1].op, regels[-1].pk) if more else None)


def all_lines(keuze: Filter) -> Iterator[Auditregel]:
    """Yield all lines that fit, page by page, for a file that is sent as it is made.

    Each page is read within the border of the municipality: what is sent is made after
    the request itself is over.
    """
    na: Plek | None = None
    while True:
        with gemeentegrens.within(keuze.gemeente):
            blad = page(keuze, na, size=_EXPORTBLAD)
        yield from blad.regels
        if blad.verder is None:
            return
        na = blad.verder


def _rows(keuze: Filter) -> QuerySet[Auditregel]:
    rows = Auditregel.objects.filter(gemeente=keuze.gemeente)
    if keuze.vanaf:
        rows = rows.filter(op__gte=_start(keuze.vanaf))
    if keuze.tot:
        rows = rows.filter(op__lt=_start(keuze.tot + timedelta(days=1)))
    for column in ("handeling", "doel", "wijze"):
        if value := getattr(keuze, column):
            rows = rows.filter(**{column: value})
    if keuze.account:
        rows = rows.filter(actor_id=keuze.account)
    if keuze.onderwerp:
        rows = rows.filter(onderwerp=keuze.onderwerp).exclude(onderwerp="")
    if keuze.rol:
        rows = rows.filter(rollen__contains=[keuze.rol])
    if keuze.persoon:
        lines = Verwerking.objects.filter(persoon=keuze.persoon)
        rows = rows.filter(
            Exists(
                lines.filter(trace_id=OuterRef("trace_id")).filter(
                    Q(span_id=OuterRef("span_id"))
                    | Q(parent_span_id=OuterRef("span_id"))
                )
            ),
            trace_id__in=lines.values("trace_id"),
        )
    return rows


def lines_of(regel: Auditregel) -> list[Verwerking]:
    """Return the processing lines that belong to a line of the audit log."""
    return list(
        Verwerking.objects.filter(trace_id=regel.trace_id)
        .filter(Q(span_id=regel.span_id) | Q(parent_span_id=regel.span_id))
        .order_by("id")[:BLAD]
    )


def _start(dag: date) -> datetime:
    return datetime.combine(dag, time.min, klok.AMSTERDAM)
