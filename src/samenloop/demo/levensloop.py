"""How lives and cases go, day by day: people move and grow up, cases run their course.

Pure chance with a seed, without a database: the same seed gives the same days, whatever
else is simulated beside it. `course` is how one case goes; the demo region plays it out
through the real functions (`gezinsleven`). `live` lets a whole population live, for
measuring and for what holds over many years at once. Rates are set so that they look
like a year of work, and are no figure of anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from random import Random

JAAR = 365
MIJLPALEN = (12, 16, 18)
# Per household and year.
_VERHUIST, _SIGNAAL = 0.09, 0.06
# Per person: has a provision, and for how many days it is granted.
_VOORZIENING = 0.08
_DUREN = (182, 365, 365, 730)


class Wat(IntEnum):
    """What happens."""

    SIGNAAL = 1
    VERHUIZING = 2
    MIJLPAAL = 3  # turns 12, 16 or 18; rights move
    HERINDICATIE = 4
    OPENEN = 10
    CONTACT = 11
    GESPREK = 12
    VERSLAG = 13  # the report is handed over
    PLAN = 14
    TEKENEN = 15
    METING = 16
    TAAK = 17  # the next task is done, on time or late
    BERICHT = 18
    OVERLEG = 19
    EVALUATIE = 20
    SLUITEN = 30


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """Something in the course of a case: days after its beginning, what, which time."""

    dag: float
    wat: Wat
    keer: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Voorval:
    """Something in a population: the day, the household, whom of it, and what."""

    dag: int
    huis: int
    wat: Wat
    lid: int = 0


def course(rng: Random, *, meervoudig: bool) -> list[Moment]:
    """Return how a case goes, in order; it begins with OPENEN and ends with SLUITEN."""
    return _multiple(rng) if meervoudig else _single(rng)


def _single(rng: Random) -> list[Moment]:
    einde = rng.uniform(18, 70)
    gesprek = rng.uniform(3, 9)
    momenten = [
        Moment(0.0, Wat.OPENEN),
        Moment(rng.uniform(0.5, 2.5), Wat.CONTACT),
        Moment(gesprek, Wat.GESPREK),
        Moment(gesprek + rng.uniform(1, 8), Wat.VERSLAG),
        Moment(rng.uniform(gesprek + 1, einde), Wat.TAAK),
        Moment(einde, Wat.SLUITEN),
    ]
    return sorted(m for m in momenten if m.dag <= einde)


def _multiple(rng: Random) -> list[Moment]:
    gesprek = rng.uniform(4, 12)
    plan = gesprek + rng.uniform(4, 16)
    getekend = plan + rng.uniform(3, 14)
    einde = max(getekend + 40, rng.gauss(230, 80))
    momenten = [
        Moment(0.0, Wat.OPENEN),
        Moment(rng.uniform(0.5, 2.5), Wat.CONTACT),
        Moment(gesprek, Wat.GESPREK),
        Moment(gesprek + 0.1, Wat.METING),
        Moment(gesprek + rng.uniform(1, 9), Wat.VERSLAG),
        Moment(plan, Wat.PLAN),
        Moment(getekend, Wat.TEKENEN),
        Moment(einde, Wat.SLUITEN),
    ]
    momenten += _repeated(rng, Wat.CONTACT, gesprek, einde, 21)
    momenten += _repeated(rng, Wat.TAAK, getekend, einde, 16)
    momenten += _repeated(rng, Wat.METING, gesprek, einde, 80)
    momenten += _repeated(rng, Wat.BERICHT, getekend, einde, 30)
    momenten += _repeated(rng, Wat.EVALUATIE, getekend, einde, 95)
    if rng.random() < 0.3:
        momenten.append(Moment(rng.uniform(gesprek, plan), Wat.OVERLEG))
    return sorted(momenten)


def _repeated(
    rng: Random, wat: Wat, van: float, tot: float, elke: float
) -> Iterator[Moment]:
    dag, keer = van, 1
    while (dag := dag + elke * rng.uniform(0.7, 1.4)) < tot:
        yield Moment(dag, wat, keer)
        keer += 1


def live(
    huishoudens: int, *, begin: date, dagen: int, zaad: str
) -> Iterator[list[Voorval]]:
    """Let households live; gives per day what happens, in order.

    Args:
        huishoudens: how many.
        begin: the first day.
        dagen: how many days.
        zaad: the same seed gives the same lives, to each household its own.
    """
    per_dag: list[list[Voorval]] = [[] for _ in range(dagen)]
    for huis in range(huishoudens):
        # The course of one household does not change with how many there are.
        rng = Random(f"{zaad}/{huis}")  # noqa: S311 (no secret)
        for voorval in _household(rng, huis, begin, dagen):
            per_dag[voorval.dag].append(voorval)
    for dag in per_dag:
        dag.sort()
        yield dag


def members(rng: Random, begin: date) -> list[date]:
    """Return the days of birth of a household, old to young."""
    oudste = begin - timedelta(days=rng.randint(22 * JAAR, 88 * JAAR))
    leden = [oudste]
    if rng.random() < 0.55:
        leden.append(oudste + timedelta(days=rng.randint(-4 * JAAR, 6 * JAAR)))
    if begin - oudste < timedelta(days=58 * JAAR):
        for _ in range(rng.choices((0, 1, 2, 3, 4), (38, 20, 28, 10, 4))[0]):
            geboren = oudste + timedelta(days=rng.randint(20 * JAAR, 42 * JAAR))
            if geboren < begin:
                leden.append(geboren)
    return sorted(leden)


def _household(rng: Random, huis: int, begin: date, dagen: int) -> Iterator[Voorval]:
    geboren = members(rng, begin)
    yield from _birthdays(huis, geboren, begin, dagen)
    for dag in _arrivals(rng, _VERHUIST, dagen):
        yield Voorval(dag, huis, Wat.VERHUIZING)
    for lid in range(len(geboren)):
        if rng.random() < _VOORZIENING:
            duur = rng.choice(_DUREN)
            for dag in range(rng.randrange(duur), dagen, duur):
                yield Voorval(dag, huis, Wat.HERINDICATIE, lid)
    vrij = 0.0
    for dag in _arrivals(rng, _SIGNAAL, dagen):
        yield Voorval(dag, huis, Wat.SIGNAAL, rng.randrange(len(geboren)))
        # One family, one case: what comes while a case runs comes to that case.
        if dag < vrij or rng.random() < 0.35:
            continue
        start = dag + rng.uniform(1, 8)
        for moment in course(rng, meervoudig=rng.random() < 0.45):
            vrij = start + moment.dag
            if vrij < dagen:
                yield Voorval(int(vrij), huis, moment.wat)


def _birthdays(
    huis: int, geboren: list[date], begin: date, dagen: int
) -> Iterator[Voorval]:
    for lid, dag in enumerate(geboren):
        for jaren in MIJLPALEN:
            nummer = (years_later(dag, jaren) - begin).days
            if 0 <= nummer < dagen:
                yield Voorval(nummer, huis, Wat.MIJLPAAL, lid)


def years_later(dag: date, jaren: int) -> date:
    """Return the birthday so many years on; of 29 February it is 1 March."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return date(dag.year + jaren, 3, 1)


def _arrivals(rng: Random, per_jaar: float, dagen: int) -> Iterator[int]:
    dag = rng.expovariate(per_jaar / JAAR)
    while dag < dagen:
        yield int(dag)
        dag += rng.expovariate(per_jaar / JAAR)
