"""Loops are found and named, and the longest path reckons with all of and any of."""

from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.regie.taken.graaf import (
    Dag,
    Knoop,
    find_loop,
    finishing,
    held_up,
    in_order,
    longest_path,
)

NA = st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=4))


def reaches(na: dict[int, set[int]], van: int, naar: int) -> bool:
    """Whether one comes from one node to another, the slow and obvious way."""
    gezien: set[int] = set()
    rand = set(na.get(van, ()))
    while rand - gezien:
        gezien |= rand
        rand = {n for each in rand for n in na.get(each, ())}
    return naar in gezien


@given(NA)
def test_a_loop_is_found_exactly_when_there_is_one(na: dict[int, set[int]]) -> None:
    lus = find_loop(na)
    knopen = set(na) | {n for naar in na.values() for n in naar}
    assert (lus is not None) == any(reaches(na, n, n) for n in knopen)
    if lus is not None:
        assert len(set(lus)) == len(lus)
        rond = [*lus, lus[0]]
        assert all(b in na[a] for a, b in pairwise(rond))


def test_a_task_that_waits_for_itself_is_a_loop_of_one() -> None:
    assert find_loop({1: {1}}) == [1]
    assert find_loop({1: {2}}) is None


def test_a_long_chain_is_no_loop_and_needs_no_deep_stack() -> None:
    keten = {n: {n + 1} for n in range(20_000)}
    assert find_loop(keten) is None
    assert find_loop({**keten, 20_000: {0}}) is not None


def knopen(**wat: tuple[int, list[list[str]]]) -> dict[str, Knoop[str]]:
    return {
        naam: Knoop(dagen, tuple(tuple(groep) for groep in groepen))
        for naam, (dagen, groepen) in wat.items()
    }


def test_all_of_waits_for_the_slowest_and_any_of_for_the_fastest() -> None:
    alle = knopen(snel=(2, []), traag=(9, []), samen=(1, [["snel"], ["traag"]]))
    een = knopen(snel=(2, []), traag=(9, []), samen=(1, [["snel", "traag"]]))
    assert finishing(alle)["samen"] == 10
    assert finishing(een)["samen"] == 3
    assert longest_path(alle).knopen == ("traag", "samen")
    assert longest_path(een).knopen == ("traag",)


def test_a_date_holds_up_as_long_as_it_has_not_come() -> None:
    wacht = {"a": Knoop[str](2, ((Dag(5),),)), "b": Knoop[str](2, ((Dag(-5),),))}
    assert finishing(wacht) == {"a": 7, "b": 2}
    assert longest_path(wacht).knopen == ("a",)


def test_what_was_agreed_is_done_then_and_what_is_late_as_soon_as_it_can() -> None:
    afgesproken = {"a": Knoop[str](2, (), 10), "b": Knoop(3, (("a",),), -4)}
    assert finishing(afgesproken) == {"a": 10, "b": 13}
    assert longest_path(afgesproken).dagen == 13


def test_nothing_to_do_is_an_empty_path() -> None:
    assert longest_path({}).knopen == ()


def test_what_can_begin_by_another_way_is_not_held_up() -> None:
    net = knopen(
        a=(1, []), b=(1, []), na_a=(1, [["a"]]), een_van=(1, [["na_a", "b"]]),
        beide=(1, [["a"], ["b"]]), alleen_a=(1, [["na_a", "a"]]),
    )  # fmt: skip
    houdt = held_up(net)
    assert houdt["a"] == ["na_a", "beide", "alleen_a"]
    assert houdt["b"] == ["beide"]
    assert houdt["na_a"] == []


def test_tasks_that_wait_for_each_other_have_no_order() -> None:
    with pytest.raises(ValueError, match="each other"):
        in_order(knopen(a=(1, [["b"]]), b=(1, [["a"]])))


@st.composite
def nets(draw: st.DrawFn) -> dict[int, Knoop[int]]:
    """A network without loops: each waits only for earlier ones, or for days."""
    uit: dict[int, Knoop[int]] = {}
    for nummer in range(draw(st.integers(1, 9))):
        optie = (
            st.integers(0, nummer - 1) | st.integers(-3, 9).map(Dag)
            if nummer
            else st.integers(-3, 9).map(Dag)
        )
        groep = st.lists(optie, min_size=1, max_size=3, unique=True).map(tuple)
        uit[nummer] = Knoop(
            draw(st.integers(0, 9)),
            tuple(draw(st.lists(groep, max_size=3))),
            draw(st.none() | st.integers(-9, 20)),
        )
    return uit


@given(nets())
def test_the_longest_path_ends_last_and_each_step_waits_for_the_one_before(
    net: dict[int, Knoop[int]],
) -> None:
    einden, pad = finishing(net), longest_path(net)
    assert pad.dagen == max(einden.values()) == einden[pad.knopen[-1]]
    for voor, na in pairwise(pad.knopen):
        assert any(voor in groep for groep in net[na].groepen)
        assert einden[voor] + net[na].dagen <= einden[na]


@given(nets())
def test_a_task_holds_up_exactly_what_never_begins_without_it(
    net: dict[int, Knoop[int]],
) -> None:
    houdt = held_up(net)
    for zonder in net:
        gedaan: set[int] = set()
        for _ronde in count():
            nieuw = {
                n
                for n, knoop in net.items()
                if n not in gedaan | {zonder}
                and all(
                    any(isinstance(o, Dag) or o in gedaan for o in groep)
                    for groep in knoop.groepen
                )
            }
            if not nieuw:
                break
            gedaan |= nieuw
        assert set(houdt[zonder]) == set(net) - gedaan - {zonder}
