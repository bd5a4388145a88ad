"""Lives go by rule: the same seed the same days, one case per family, each ends."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.demo.levensloop import (
    MIJLPALEN,
    Voorval,
    Wat,
    course,
    live,
    members,
    years_later,
)

BEGIN = date(2025, 11, 22)
zaden = st.text(min_size=1, max_size=8)


def lived(huishoudens: int, zaad: str, dagen: int = 730) -> list[Voorval]:
    dagen_ = live(huishoudens, begin=BEGIN, dagen=dagen, zaad=zaad)
    return [voorval for dag in dagen_ for voorval in dag]


@given(st.integers(), st.booleans())
def test_a_case_opens_first_and_closes_last(zaad: int, meervoudig: bool) -> None:
    momenten = course(Random(zaad), meervoudig=meervoudig)
    wat = [each.wat for each in momenten]
    assert momenten == sorted(momenten)
    assert (wat[0], wat[-1]) == (Wat.OPENEN, Wat.SLUITEN)
    assert wat.count(Wat.OPENEN) == wat.count(Wat.SLUITEN) == 1
    if meervoudig:
        # Nobody signs what was not drawn up, or draws up what was not talked about.
        assert wat.index(Wat.GESPREK) < wat.index(Wat.PLAN) < wat.index(Wat.TEKENEN)
        assert wat.index(Wat.TEKENEN) < wat.index(Wat.TAAK)


@given(zaden, st.integers(1, 40))
def test_a_household_lives_the_same_life_whoever_lives_beside_it(
    zaad: str, aantal: int
) -> None:
    alleen = [each for each in lived(aantal, zaad) if each.huis == 0]
    assert alleen == lived(1, zaad)
    assert lived(aantal, zaad) == lived(aantal, zaad)


@given(zaden)
def test_a_family_has_one_case_at_a_time(zaad: str) -> None:
    open_: dict[int, bool] = {}
    for voorval in lived(60, zaad, 1500):
        if voorval.wat < Wat.OPENEN:
            continue
        if voorval.wat is Wat.OPENEN:
            assert not open_.get(voorval.huis)
            open_[voorval.huis] = True
        else:
            assert open_[voorval.huis]
            open_[voorval.huis] = voorval.wat is not Wat.SLUITEN


@given(zaden)
def test_rights_move_on_the_birthday(zaad: str) -> None:
    geboren = members(Random(f"{zaad}/0"), BEGIN)
    verwacht = {
        ((years_later(dag, jaren) - BEGIN).days, lid)
        for lid, dag in enumerate(geboren)
        for jaren in MIJLPALEN
    }
    gebeurd = {(v.dag, v.lid) for v in lived(1, zaad) if v.wat is Wat.MIJLPAAL}
    assert gebeurd == {each for each in verwacht if 0 <= each[0] < 730}


@pytest.mark.parametrize(
    ("dag", "jaren", "verwacht"),
    [
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2008, 3, 1), 18, date(2026, 3, 1)),
    ],
)
def test_birthday_of_the_29th_of_february(
    dag: date, jaren: int, verwacht: date
) -> None:
    assert years_later(dag, jaren) == verwacht


def test_a_thousand_households_have_all_that_can_happen() -> None:
    wat = {each.wat for each in lived(1000, "streek")}
    assert wat == set(Wat)
