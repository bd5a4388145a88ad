"""Counting terms, exactly and without a database.

The day of the event is not counted. Weeks end on the same day of the week, months and
years on the same day of the month or its last. After that the rule of the term says
whether its end moves: by the Algemene termijnenwet (articles 1, 2 and 4), by Regulation
1182/71 (article 3), or not at all. Days on which a term stands still are counted once,
however many grounds there were. What comes in are dates, what goes out is the last day.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from samenloop.core import klok
from samenloop.core.kalender import (
    add_months,
    is_working_day,
    next_working_day,
    working_days_left,
)
from samenloop.regie.termijnen.models import Telling

_DAG = timedelta(days=1)
_VORM = re.compile(
    r"^(-?)(?:P([1-9]\d{0,3})([DWMY])|WD([1-9]\d{0,2})|PT([1-9]\d{0,3})H)$"
)
# Longer than this, the Algemene termijnenwet leaves a term alone (article 4).
_ATW_HOOGSTENS = {"D": 90, "W": 12, "M": 3, "Y": 0}


class OngeldigeDuur(ValueError):
    """The text is not a duration such as `P6W`, `WD5`, `PT48H` or `-P10D`."""


@dataclass(frozen=True, slots=True)
class Duur:
    """So many days (D), weeks (W), months (M), years (Y), working days (WD), hours."""

    aantal: int
    eenheid: str
    terug: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Stil:
    """A term stands still from `van`; on `tot` it runs again."""

    van: date
    tot: date


def parse(tekst: str) -> Duur:
    """Read a duration as the list of terms writes it.

    Raises:
        OngeldigeDuur: it is not of that form.
    """
    gevonden = _VORM.fullmatch(tekst)
    if not gevonden:
        raise OngeldigeDuur(tekst)
    min_, aantal, eenheid, werkdagen, uren = gevonden.groups()
    if werkdagen:
        return Duur(int(werkdagen), "WD", bool(min_))
    if uren:
        return Duur(int(uren), "H", bool(min_))
    return Duur(int(aantal), eenheid, bool(min_))


def end(
    begin: date,
    duur: str,
    telling: str,
    *,
    stil: Iterable[Stil] = (),
    verlengd: Sequence[str] = (),
) -> date:
    """Return the last day of a term.

    Args:
        begin: the day of the event; the first day that counts is the next.
        duur: how long, for instance `P6W` or `WD5`.
        telling: the rule by which its end moves (`Telling`).
        stil: when it stood still; days are counted once, also where these overlap.
        verlengd: by how much it was extended; of the same unit they are added up.

    Raises:
        OngeldigeDuur: a duration cannot be read, or counts hours.
    """
    delen = [parse(deel) for deel in (duur, *verlengd)]
    if any(deel.eenheid == "H" for deel in delen):
        raise OngeldigeDuur(duur)
    if delen[0].terug:
        # Counted back from an event: it never moves (Atw 1, paragraph 2).
        return _back(begin, delen[0])
    rust = merged(stil, begin + _DAG)
    if delen[0].eenheid == "WD":
        return _working_days(begin, sum(deel.aantal for deel in delen), rust)
    verplaatst = moves(duur, telling)
    einde = _calendar(begin, delen)
    if verplaatst:
        einde = _two_working_days(begin, einde, telling)
    for each in rust:
        if each.van > (next_working_day(einde) if verplaatst else einde):
            break
        # At least the day on which it runs again, when only moved days were left.
        einde = max(einde + (each.tot - each.van), each.tot)
    return next_working_day(einde) if verplaatst else einde


def end_of_hours(moment: datetime, duur: str) -> datetime:
    """Return when a term of hours is over; nights, weekends and summer time count.

    Raises:
        OngeldigeDuur: it does not count hours.
    """
    gelezen = parse(duur)
    if gelezen.eenheid != "H" or gelezen.terug:
        raise OngeldigeDuur(duur)
    op = moment.astimezone(UTC) + timedelta(hours=gelezen.aantal)
    return op.astimezone(klok.AMSTERDAM)


def moves(duur: str, telling: str) -> bool:
    """Whether the end of such a term moves to a working day.

    The Algemene termijnenwet leaves alone what is counted in hours or years, and what
    is longer than ninety days, twelve weeks or three months (article 4).
    """
    gelezen = parse(duur)
    if gelezen.terug or gelezen.eenheid in ("H", "WD"):
        return False
    if telling == Telling.EU:
        return True
    return telling == Telling.ATW and gelezen.aantal <= _ATW_HOOGSTENS[gelezen.eenheid]


def merged(stil: Iterable[Stil], vanaf: date) -> list[Stil]:
    """Return the stretches of standing still from a day on, none counted twice."""
    uit: list[Stil] = []
    for each in sorted(stil):
        van = max(each.van, vanaf)
        if each.tot <= van:
            continue
        if uit and van <= uit[-1].tot:
            uit[-1] = Stil(uit[-1].van, max(uit[-1].tot, each.tot))
        else:
            uit.append(Stil(van, each.tot))
    return uit


def share(begin: date, einde: date, vandaag: date, stil: Iterable[Stil] = ()) -> int:
    """Return what part of a term has passed, in whole percents of its running days."""
    rust = merged(stil, begin + _DAG)
    totaal = _running(begin, einde, rust)
    if vandaag >= einde or totaal <= 0:
        return 100 if vandaag >= einde else 0
    return 100 * max(_running(begin, vandaag, rust), 0) // totaal


def late(uiterlijk: date, vandaag: date) -> int:
    """Return how many working days a term is late; zero when it is not.

    One that passed in a weekend is a day late on Monday, never none.
    """
    if vandaag <= uiterlijk:
        return 0
    return max(working_days_left(uiterlijk, vandaag), 1)


def is_at_most(norm: str, duur: str, telling: str, vanaf: date) -> bool:
    """Whether an own norm never ends after the term itself, from whatever day.

    Looked at for each day of the coming four years: Easter and leap years make the
    difference between the two depend on the day.

    Raises:
        OngeldigeDuur: one of the two cannot be read.
    """
    eigen = Telling.WERKDAGEN if parse(norm).eenheid == "WD" else telling
    if parse(norm).terug or parse(norm).eenheid == "H":
        raise OngeldigeDuur(norm)
    return all(
        end(dag, norm, eigen) <= end(dag, duur, telling)
        for dag in (vanaf + n * _DAG for n in range(4 * 366))
    )


def _calendar(begin: date, delen: Sequence[Duur]) -> date:
    """Months and years together first, then weeks and days: no order of extending."""
    maanden = sum(
        deel.aantal * (12 if deel.eenheid == "Y" else 1)
        for deel in delen
        if deel.eenheid in "MY"
    )
    dagen = sum(
        deel.aantal * (7 if deel.eenheid == "W" else 1)
        for deel in delen
        if deel.eenheid in "DW"
    )
    return (add_months(begin, maanden) if maanden else begin) + dagen * _DAG


def _back(begin: date, duur: Duur) -> date:
    if duur.eenheid == "WD":
        dag = begin
        for _ in range(duur.aantal):
            dag -= _DAG
            while not is_working_day(dag):
                dag -= _DAG
        return dag
    if duur.eenheid in "MY":
        return add_months(begin, -duur.aantal * (12 if duur.eenheid == "Y" else 1))
    return begin - duur.aantal * (7 if duur.eenheid == "W" else 1) * _DAG


def _working_days(begin: date, aantal: int, rust: Sequence[Stil]) -> date:
    dag = begin
    while aantal > 0:
        dag += _DAG
        stil = any(each.van <= dag < each.tot for each in rust)
        aantal -= is_working_day(dag) and not stil
    return dag


def _two_working_days(begin: date, einde: date, telling: str) -> date:
    """A term of three days (of two, in EU law) holds two working days at least."""
    minstens = 2 if telling == Telling.EU else 3
    if (einde - begin).days < minstens:
        return einde
    while working_days_left(begin, einde) < 2:
        einde += _DAG
    return einde


def _running(begin: date, tot: date, rust: Sequence[Stil]) -> int:
    stil = sum(
        max((min(each.tot, tot + _DAG) - each.van).days, 0)
        for each in rust
        if each.van <= tot
    )
    return (tot - begin).days - stil
