"""From stocks to spells: who started and who ended between two peildata.

Between two stocks some spells go on, some end and some start. How many end follows
the usual turnover of the kind, or the fall of the stock where that is larger. No
spell starts or ends on a peildatum, so every convention about such a day gives the
same stock.
"""

import itertools
import math
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from samenloop.demo.feiten import Spel
from samenloop.demo.passing import pas
from samenloop.demo.productenboek import Soort, van
from samenloop.demo.publicatie import TOTAAL, Voorzieningencijfers

# Stocks before the first published one, so that each quarter has a history.
EERDER = (
    date(2015, 12, 31),
    date(2016, 3, 31),
    date(2016, 6, 30),
    date(2016, 9, 30),
    date(2016, 12, 31),
)
_EERSTE_DAG = {"jeugdwet": date(2015, 1, 1), "wmo": date(2007, 1, 1)}


def dag_tussen(rng: Random, na: date, voor: date) -> date:
    """Return a day well inside a quarter: after `na` and at least two before `voor`."""
    return na + timedelta(days=rng.randint(2, (voor - na).days - 3))


def startdag(rng: Random, na: date, voor: date) -> date:
    """Return a first day inside the quarter; often the first of a month."""
    dag = dag_tussen(rng, na, voor)
    eerste = dag.replace(day=1)
    return eerste if rng.random() < 0.25 and eerste > na else dag


def naar_heel(rng: Random, waarde: float) -> int:
    """Round up or down at random, so that the mean is `waarde`."""
    heel = math.floor(waarde)
    return heel + (rng.random() < waarde - heel)


def cellen(
    cijfers: Voorzieningencijfers, vorm: str, codes: Sequence[str], rng: Random
) -> dict[tuple[str, str], list[int]]:
    """Return the four stocks per (name of the kind, municipality) of one form.

    Kinds that are the total of kinds under them hold nothing themselves. What the
    municipalities lack to the total is the client without one (code empty).

    Raises:
        PastNiet: the published margins contradict each other.
    """
    boek = van(cijfers.wet)
    ouders = {soort.ouder for soort in boek.values()}
    namen = [
        naam
        for naam in cijfers.soorten[vorm]
        if naam != TOTAAL and boek[naam].code not in ouders
    ]
    per_cel: dict[tuple[str, str], list[int]] = {}
    tabel = [[rng.lognormvariate(0.0, 0.15) for _ in codes] for _ in namen]
    for moment in range(len(cijfers.peildata)):
        rijen = [cijfers.soorten[vorm][naam][moment] for naam in namen]
        kolommen = [cijfers.gemeenten[vorm][code][moment] for code in codes]
        zonder = cijfers.soorten[vorm][TOTAAL][moment] - sum(kolommen)
        rijen[0] -= zonder
        if moment == 0:
            tabel = [
                [factor * kolom for factor, kolom in zip(rij, kolommen, strict=True)]
                for rij in tabel
            ]
        heel = pas(rijen, kolommen, tabel)
        for naam, rij in zip(namen, heel, strict=True):
            for code, aantal in zip(codes, rij, strict=True):
                per_cel.setdefault((naam, code), []).append(aantal)
        per_cel.setdefault((namen[0], ""), []).append(zonder)
        tabel = [[aantal + 0.3 for aantal in rij] for rij in heel]
    return {cel: standen for cel, standen in per_cel.items() if any(standen)}


def spellen(
    soort: Soort,
    vorm: str,
    gemeente: str,
    standen: Sequence[int],
    peildata: Sequence[date],
    rng: Random,
) -> list[Spel]:
    """Return spells whose stock on each peildatum is the one given.

    The stocks before the first are made up: close to the first one.
    """
    eerder = [standen[0]]
    for _ in EERDER:
        ruis = standen[0] * rng.uniform(-0.03, 0.015) if gemeente else 0.0
        eerder.insert(0, max(0, eerder[0] + naar_heel(rng, ruis)))
    alle = eerder[:-1] + list(standen)
    dagen = EERDER + tuple(peildata)
    if not gemeente:  # one client, known from halfway the first quarter
        alle = [0] * len(EERDER) + list(standen)
    lopend = [
        Spel(gemeente, soort.code, vorm, _oude_start(soort, dagen[0], rng))
        for _ in range(alle[0])
    ]
    klaar: list[Spel] = []
    for (na, voor), stand, volgende in zip(
        itertools.pairwise(dagen), alle, alle[1:], strict=False
    ):
        gewoon = naar_heel(rng, soort.verloop * stand) if gemeente else 0
        einden = max(stand - volgende, min(gewoon, stand))
        rng.shuffle(lopend)
        for spel in lopend[:einden]:
            spel.eind = dag_tussen(rng, na, voor)
            spel.actief = False
        klaar += lopend[:einden]
        lopend = lopend[einden:] + [
            Spel(gemeente, soort.code, vorm, startdag(rng, na, voor))
            for _ in range(volgende - stand + einden)
        ]
    return klaar + lopend


def _oude_start(soort: Soort, voor: date, rng: Random) -> date:
    """Return a first day before the first stock, further back for slow kinds."""
    eerste = _EERSTE_DAG[soort.wet]
    dagen = 5 + int(rng.expovariate(soort.verloop / 91.0))
    if dagen < (voor - eerste).days:
        start = voor - timedelta(days=dagen)
    elif soort.wet == "jeugdwet":  # taken over when the wet came into force
        return eerste
    else:
        start = eerste + timedelta(days=rng.randint(1, (voor - eerste).days - 1))
    # never on a day on which some quarter ends
    return start - timedelta(days=(start + timedelta(days=1)).day == 1)
