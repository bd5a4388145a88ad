"""Spreading lowers the peak as far as the windows allow, and never starts later."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.regie.caseload.spreiden import Stuk, spread


def peak(gekozen: dict[int, int], vast: Counter[int]) -> int:
    per_maand = Counter(gekozen.values())
    per_maand.update(vast)
    return max(per_maand.values(), default=0)


def test_december_is_spread_over_the_months_before_it() -> None:
    stukken = [Stuk(n, 9, 12) for n in range(40)]
    gekozen = spread(stukken, Counter())
    assert Counter(gekozen.values()) == {9: 10, 10: 10, 11: 10, 12: 10}


def test_what_stands_fixed_is_worked_around() -> None:
    stukken = [Stuk(n, 11, 12) for n in range(10)]
    gekozen = spread(stukken, Counter({11: 8}))
    assert Counter(gekozen.values()) == {11: 1, 12: 9}


def test_without_a_peak_nothing_moves() -> None:
    stukken = [Stuk(n, 0, n) for n in range(12)]
    assert spread(stukken, Counter()) == {n: n for n in range(12)}


def test_no_window_means_no_moving() -> None:
    stukken = [Stuk(n, 5, 5) for n in range(7)]
    assert set(spread(stukken, Counter()).values()) == {5}
    assert spread([], Counter()) == {}
    with pytest.raises(ValueError, match="window"):
        Stuk(1, 6, 5)


@st.composite
def pieces(draw: st.DrawFn) -> list[Stuk[int]]:
    vensters = draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6)
    )
    return [Stuk(n, min(paar), max(paar)) for n, paar in enumerate(vensters)]


VAST = st.dictionaries(st.integers(0, 3), st.integers(0, 3)).map(Counter)


@settings(max_examples=150, deadline=None)
@given(stukken=pieces(), vast=VAST)
def test_no_other_spread_has_a_lower_peak(
    stukken: list[Stuk[int]], vast: Counter[int]
) -> None:
    gekozen = spread(stukken, vast)
    assert set(gekozen) == {each.sleutel for each in stukken}
    for each in stukken:
        assert each.vroegst <= gekozen[each.sleutel] <= each.uiterst
    beste = min(
        peak(dict(enumerate(keuze)), vast)
        for keuze in product(
            *(range(each.vroegst, each.uiterst + 1) for each in stukken)
        )
    )
    assert peak(gekozen, vast) == beste
