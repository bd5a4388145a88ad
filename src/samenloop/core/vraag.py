"""Questions that a page asks each time: Django writes their statement once.

Making a statement of a queryset takes longer than most small ones take to carry out. A
function marked `written_once` is called with marks in the place of its values, once for
each shape of these (how many persons, what is None). What came of it is kept; from then
on only the values go to the database, and the answer comes back as it would from the
queryset: rows of `values_list`, single values with `flat`, or objects of one table.

So what such a function looks at besides its arguments is fixed for good: the day of
today, the reader, a setting must be given to it. What cannot be written this way says
so when it is first asked.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from itertools import count
from operator import itemgetter
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
)

P = ParamSpec("P")
T = TypeVar("T")


class NietOpTeSchrijven(TypeError):
    """The statement does not hold its values as they are given."""


class _Plek(NamedTuple):
    """A value of the call: which argument, and where in it if it is a row."""

    argument: int
    onderdeel: int | None


@dataclass(frozen=True, slots=True)
class _Opgeschreven:
    """A statement with the places of its values, and what a row becomes."""

    using: str
    opdracht: str
    waarden: tuple[Any, ...]
    rij: Callable[[Sequence[Any]], Any]

    def ask(self, argumenten: Sequence[Any]) -> list[Any]:
        def filled(waarde: Any) -> Any:
            if isinstance(waarde, _Plek):
                gegeven = argumenten[waarde.argument]
                return gegeven if waarde.onderdeel is None else gegeven[waarde[1]]
            if isinstance(waarde, list):
                return [filled(each) for each in waarde]
            return waarde

        with connections[self.using].cursor() as cursor:
            cursor.execute(self.opdracht, [filled(each) for each in self.waarden])
            return [self.rij(rij) for rij in cursor.fetchall()]


def written_once(maak: Callable[P, "QuerySet[Any, T]"]) -> Callable[P, list[T]]:
    """Let a function that makes a queryset answer with its rows, written once.

    Its arguments are given by position: UUIDs, texts, numbers, days, moments, rows of
    these, None or yes and no.

    Raises:
        NietOpTeSchrijven: at the first question; the queryset turns a value into
            something else, or its rows are of no kind that is known here.
    """
    bekend: dict[Hashable, _Opgeschreven | None] = {}

    @wraps(maak)
    def asked(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        if kwargs:
            raise TypeError(f"{maak.__name__}: give values by position")
        vorm = tuple(map(_shape, args))
        if vorm not in bekend:
            bekend[vorm] = _write(maak, args)
        geschreven = bekend[vorm]
        return [] if geschreven is None else geschreven.ask(args)

    return asked


def _shape(waarde: Any) -> Hashable:
    if waarde is None or isinstance(waarde, bool):
        return waarde
    if isinstance(waarde, list | tuple):
        return len(waarde), type(waarde[0]).__name__ if waarde else ""
    return type(waarde).__name__


def _marks() -> Iterator[Callable[[Any], Any]]:
    """Yield makers of a value like the one given that stands nowhere else."""
    for nummer in count(1):

        def mark(waarde: Any, nummer: int = nummer) -> Any:
            if isinstance(waarde, UUID):
                return uuid4()
            if isinstance(waarde, str):
                return uuid4().hex
            if isinstance(waarde, int):
                return 2_100_000_000 + nummer
            if isinstance(waarde, datetime):
                return datetime(2, 1, 1, tzinfo=UTC) + timedelta(days=nummer)
            if isinstance(waarde, date):
                return date(3, 1, 1) + timedelta(days=nummer)
            raise NietOpTeSchrijven(f"no mark for {type(waarde).__name__}")

        yield mark


def _write(
    maak: Callable[..., QuerySet[Any, Any]], argumenten: Sequence[Any]
) -> _Opgeschreven | None:
    """Write the statement of a shape; None when it can have no rows."""
    marks = _marks()
    plekken: dict[Any, _Plek] = {}
    met: list[Any] = []
    for nummer, waarde in enumerate(argumenten):
        if waarde is None or isinstance(waarde, bool):
            met.append(waarde)
        elif isinstance(waarde, list | tuple):
            rij = [next(marks)(each) for each in waarde]
            plekken |= {each: _Plek(nummer, deel) for deel, each in enumerate(rij)}
            met.append(rij)
        else:
            merk = next(marks)(waarde)
            plekken[merk] = _Plek(nummer, None)
            met.append(merk)
    vraag = maak(*met)
    compiler = vraag.query.get_compiler(vraag.db)
    try:
        opdracht, waarden = compiler.as_sql()
    except EmptyResultSet:
        return None
    gezien: set[Any] = set()

    def placed(waarde: Any) -> Any:
        if isinstance(waarde, list | tuple):
            return [placed(each) for each in waarde]
        if isinstance(waarde, Hashable) and waarde in plekken:
            gezien.add(waarde)
            return plekken[waarde]
        return waarde

    op_plaats = tuple(map(placed, waarden))
    if gezien != plekken.keys():
        raise NietOpTeSchrijven(f"{maak.__name__}: a value is not in its statement")
    if compiler.get_converters([each[0] for each in compiler.select]):
        raise NietOpTeSchrijven(f"{maak.__name__}: a column is read in a special way")
    als_rij = _row(vraag, compiler, maak.__name__)
    return _Opgeschreven(vraag.db, opdracht, op_plaats, als_rij)


def _row(
    vraag: QuerySet[Any, Any], compiler: Any, naam: str
) -> Callable[[Sequence[Any]], Any]:
    soort = vraag._iterable_class
    if soort is FlatValuesListIterable:
        return itemgetter(0)
    if soort is ValuesListIterable:
        return tuple
    alleen = soort is ModelIterable and not (
        compiler.klass_info.get("related_klass_infos") or compiler.annotation_col_map
    )
    if not alleen or vraag._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise NietOpTeSchrijven(f"{naam}: rows of one table, or values")
    model = compiler.klass_info["model"]
    velden = [each[0].target.attname for each in compiler.select]
    return lambda rij: model.from_db(vraag.db, velden, rij)
