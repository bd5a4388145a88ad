"""Messages out of the declaration, for any test that wants many of them.

`maak` draws a message that holds to the schema from any source of chance; `berichten`
is the same as a strategy of Hypothesis, which can then make a failure small. What is
drawn is right on the first level only: the rules above it are not looked at.
"""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from samenloop.berichten.standaard import (
    SOORTEN,
    Bericht,
    Enkelvoudig,
    Inhoud,
    Knoop,
    Soort,
    VerreDatum,
    model,
)

LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZÀéïõüỳ"
CIJFERS: Final = "0123456789"
#: Text as people write it, and what an XML writer may stumble on.
VRIJ: Final = LETTERS + CIJFERS + " .,-'\"&<>]/\t\u00a0€\u2028😀"
MEER_REGELS: Final = VRIJ + "\n\r"


def _uit(rnd: Random, alfabet: str, minimum: int, maximum: int) -> str:
    lengte = rnd.choice([minimum, maximum, rnd.randint(minimum, maximum)])
    return "".join(rnd.choice(alfabet) for _ in range(lengte))


def _tekst(rnd: Random, enkel: Enkelvoudig, wet: Any) -> str:
    codes = enkel.codes.get(wet)
    if codes:
        return rnd.choice(codes)
    minimum = enkel.minlengte or 0
    maximum = min(enkel.maxlengte or 12, 12)
    match enkel.patroon:
        case None:
            return _uit(rnd, LETTERS + CIJFERS, minimum, maximum)
        case "[0-9]{4}" | "[0-9]{8}" | "[0-9]{9}" as patroon:
            aantal = int(patroon[-2])
            return _uit(rnd, CIJFERS, aantal, aantal)
        case "[0-9]*":
            return _uit(rnd, CIJFERS, minimum, maximum)
        case "([a-zA-ZÀ-ỳ])+":
            return _uit(rnd, LETTERS, minimum, maximum)
        case r"[\s\S]*\S[\s\S]*":
            return _niet_leeg(_uit(rnd, MEER_REGELS, 1, 40))
        case r".*[^\s].*":
            return _niet_leeg(_uit(rnd, VRIJ, minimum, maximum))
        case _:
            return ".".join(str(rnd.choice([0, 1, 12])) for _ in range(3))


def _niet_leeg(tekst: str) -> str:
    return tekst if tekst.strip(" \t\r\n") else "x" * len(tekst)


def _dag(rnd: Random) -> date:
    if rnd.random() < 0.02:
        return VerreDatum.van(rnd.choice(["12026-02-28", "-0044-03-15"]))
    if rnd.random() < 0.05:
        return rnd.choice([date.min, date.max, date(2024, 2, 29)])
    return date(2026, 1, 1) + timedelta(days=rnd.randint(-30_000, 1_000))


def _waarde(rnd: Random, knoop: Knoop, soort: Soort) -> Any:
    enkel = knoop.enkel
    assert enkel is not None
    if knoop.naam == "DeclaratieNummer":
        return _uit(rnd, "abcXYZ019", 1, 12)
    if knoop.veld.patroon is not None:
        vast = knoop.veld.patroon
        return int(vast) if enkel.basis == "integer" else vast
    if enkel.basis == "string":
        return _tekst(rnd, enkel, soort.wet)
    if enkel.basis == "integer":
        laag, hoog = enkel.minimum or 0, enkel.maximum or 0
        return rnd.choice([laag, hoog, rnd.randint(laag, hoog), rnd.randint(1, 9)])
    if enkel.basis == "date":
        return _dag(rnd)
    uur = f"{rnd.randint(0, 23):02}:{rnd.randint(0, 59):02}:{rnd.randint(0, 59):02}"
    return rnd.choice([uur, f"{uur}.25", "24:00:00"])


def _inhoud(rnd: Random, knoop: Knoop, soort: Soort) -> Inhoud:
    inhoud: Inhoud = {}
    for kind in knoop.kinderen:
        if kind.veld.min == 0 and rnd.random() < 0.5:
            continue
        aantal = rnd.choice([1, 1, 2, 3]) if kind.veld.herhaalt else 1
        waarden = [
            _inhoud(rnd, kind, soort)
            if kind.enkel is None
            else _waarde(rnd, kind, soort)
            for _ in range(aantal)
        ]
        inhoud[kind.naam] = waarden if kind.veld.herhaalt else waarden[0]
    return inhoud


def maak(soort: Soort, rnd: Random) -> Bericht:
    """A message of this kind that holds to its schema."""
    return Bericht(soort, _inhoud(rnd, model(soort).wortel, soort))


def berichten(*soorten: Soort) -> st.SearchStrategy[Bericht]:
    """Messages of these kinds, or of all 28."""
    keuze = st.sampled_from(soorten or tuple(SOORTEN.values()))
    kans = st.randoms(use_true_random=False)
    return st.builds(maak, keuze, kans)
