"""How a table of the monitor is declared.

A declaration says what is counted, over which dimensions and as of when; the engine
and `samenloop.monitor.cijfers` do the rest. The counting is an Ibis expression with
one column per dimension and one column per value of the last dimension (`m0`, `m1`,
...), because a row of a levering is read once for all peildata. In a dimension
NULL means the total (which is no word a levering could also contain); `soort` holds
the number of a kind in the tree, 0 for the total.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import ibis
from ibis.expr.types import Table

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.tabellen.feiten import Feiten
from samenloop.monitor.tabellen.tijd import (
    Tijd,
    dagen_in_woorden,
    day_in_words,
    listing,
)


@dataclass(frozen=True, slots=True)
class Over:
    """The last dimension: which value each measured column stands for."""

    waarden: Callable[[Tijd], tuple[str, ...]]


def vast(*waarden: str) -> Over:
    """Measured columns that are the same for every quarter."""
    return Over(lambda tijd: waarden)


PEILDATA = Over(lambda tijd: tuple(dag.isoformat() for dag in tijd.peildata))
STANDEN = Over(lambda tijd: tuple(str(kwartaal) for kwartaal in tijd.standen))
KWARTALEN = Over(lambda tijd: (*(str(kwartaal) for kwartaal in tijd.kwartalen), TOTAAL))


Woorden = tuple[str, str]  # in Dutch and in English


def op_peildata(tijd: Tijd) -> Woorden:
    """The four peildata, in words."""
    return _op(tijd.peildata)


def op_laatste_peildatum(tijd: Tijd) -> Woorden:
    """The last day of the quarter asked, in words."""
    return _op(tijd.peildata[-1:])


def _op(dagen: tuple[date, ...]) -> Woorden:
    return dagen_in_woorden(dagen), listing([day_in_words(dag) for dag in dagen])


def in_kwartaal(tijd: Tijd) -> Woorden:
    """The quarter asked, in words."""
    nummer, jaar = tijd.kwartaal.nummer, tijd.kwartaal.jaar
    return f"{nummer}e kwartaal {jaar}", f"quarter {nummer} of {jaar}"


def in_vier_kwartalen(tijd: Tijd) -> Woorden:
    """The four quarters, in words."""
    eerste, laatste = tijd.kwartalen[0], tijd.kwartaal
    return f"{eerste} tot en met {laatste}", f"{eerste} up to and including {laatste}"


@dataclass(frozen=True, slots=True)
class Declaratie:
    """One table: its meaning, its dimensions and its counting.

    Attributes:
        bestanden: files of the levering it needs; without one it is left out.
        of: when true, one of `bestanden` is enough.
        over: the last dimension, when it is spread over the measured columns;
            without it the counting has all dimensions and one column `m0`.
        vul: dimensions of which every value that occurs gets a row, also when it
            is 0 (within the same law).
        nullen: keep rows in which every value is 0.
        tienden: values of the last dimension whose columns hold tenths; None: all.
    """

    id: str
    titel: str
    titel_en: str
    definitie: str
    definitie_en: str
    bestanden: tuple[str, ...]
    dimensies: tuple[str, ...]
    telling: Callable[[Feiten], Table]
    periode: Callable[[Tijd], Woorden]
    over: Over | None = None
    eenheid: str = "aantal"
    eenheden: Mapping[str, str] = field(default_factory=dict)
    vul: tuple[str, ...] = ()
    of: bool = False
    nullen: bool = False
    tienden: frozenset[str] | None = frozenset()


def tel(
    tabel: Table, over: Sequence[str], meet: Sequence[str], totaal: Sequence[str] = ()
) -> Table:
    """Add up counts per cell, with a total for the dimensions in `totaal`.

    Only for what may be added up (rows, amounts), never for distinct persons.

    Args:
        tabel: rows with the dimensions and whole-number columns to add up.
        over: dimensions of the outcome.
        meet: columns to add up; they become `m0`, `m1`, ... in this order.
        totaal: dimensions that get a total, as NULL.
    """
    cellen = tabel.group_by(list(over)).agg(
        **{f"m{i}": tabel[kolom].sum().cast("int64") for i, kolom in enumerate(meet)}
    )
    kolommen = [*over, *(f"m{i}" for i in range(len(meet)))]
    for dimensie in totaal:
        rest = [andere for andere in over if andere != dimensie]
        sommen = {
            f"m{i}": cellen[f"m{i}"].sum().cast("int64") for i in range(len(meet))
        }
        som = cellen.group_by(rest).agg(**sommen) if rest else cellen.agg(**sommen)
        som = som.mutate(**{dimensie: ibis.null("string")})
        cellen = cellen.select(kolommen).union(som.select(kolommen))
    return cellen.select(kolommen)


def marges(tabel: Table, dimensies: Sequence[str]) -> Table:
    """Repeat rows for the totals of these dimensions, to count distinct things."""
    for dimensie in dimensies:
        totaal = tabel.mutate(**{dimensie: ibis.null("string")})
        tabel = tabel.union(totaal.select(tabel.columns))
    return tabel
