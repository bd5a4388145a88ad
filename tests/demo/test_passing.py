"""Fitting whole numbers to margins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.demo.passing import PastNiet, pas, verdeel


@given(
    st.lists(
        st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=1, max_size=7
    ),
    st.randoms(use_true_random=False),
)
def test_margins_are_met_exactly(tabel: list[list[int]], rng: object) -> None:
    rijen = [sum(rij) for rij in tabel]
    kolommen = [sum(kolom) for kolom in zip(*tabel, strict=True)]
    begin = [[rng.uniform(0.2, 3.0) for _ in kolommen] for _ in rijen]  # type: ignore[attr-defined]
    gepast = pas(rijen, kolommen, begin)
    assert [sum(rij) for rij in gepast] == rijen
    assert [sum(kolom) for kolom in zip(*gepast, strict=True)] == kolommen
    assert all(waarde >= 0 for rij in gepast for waarde in rij)


def test_a_table_that_fits_already_stays_as_it_is() -> None:
    tabel = [[4, 9, 2], [1, 0, 7]]
    assert pas([15, 8], [5, 9, 9], [[w + 1e-12 for w in rij] for rij in tabel]) == tabel


def test_margins_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(PastNiet):
        pas([3, 4], [5, 3], [[1, 1], [1, 1]])


@given(st.integers(0, 10_000), st.lists(st.floats(0.1, 9.0), min_size=1, max_size=9))
def test_split_loses_nothing(totaal: int, gewichten: list[float]) -> None:
    delen = verdeel(totaal, gewichten)
    assert sum(delen) == totaal
    for deel, gewicht in zip(delen, gewichten, strict=True):
        assert abs(deel - totaal * gewicht / sum(gewichten)) < 1 + 1e-6
