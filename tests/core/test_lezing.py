"""Within a reading a question is asked once; outside it each time."""

from collections.abc import Collection

import pytest

from samenloop.core import lezing

gevraagd: list[object] = []


@lezing.once
def double(getal: int, *, erbij: int = 0) -> int | None:
    gevraagd.append(getal)
    return getal * 2 + erbij if getal else None


@lezing.each_once
def squares(getallen: Collection[int]) -> dict[int, int]:
    gevraagd.append(sorted(getallen))
    return {getal: getal**2 for getal in getallen if getal >= 0}


@pytest.fixture(autouse=True)
def nothing_asked_yet() -> None:
    gevraagd.clear()


def test_outside_a_reading_every_question_is_asked() -> None:
    assert (double(2), double(2)) == (4, 4)
    assert (squares([3]), squares([3])) == ({3: 9}, {3: 9})
    assert gevraagd == [2, 2, [3], [3]]


def test_within_a_reading_the_same_question_is_asked_once_whatever_the_answer() -> None:
    with lezing.reading():
        assert [double(2), double(2), double(2, erbij=1)] == [4, 4, 5]
        assert [double(0), double(0)] == [None, None]
    assert gevraagd == [2, 2, 0]


def test_of_many_only_those_not_asked_before_are_asked() -> None:
    with lezing.reading():
        assert squares([1, 2]) == {1: 1, 2: 4}
        assert squares([2, 3, -1]) == {2: 4, 3: 9}
        assert squares([-1, 1]) == {1: 1}
    assert gevraagd == [[1, 2], [-1, 3]]


def test_nothing_is_kept_after_the_reading_nor_when_it_fails() -> None:
    with lezing.reading():
        double(2)
    with pytest.raises(ZeroDivisionError), lezing.reading():
        double(2 // (double(0) or 0))
    with lezing.reading():
        double(2)
    assert gevraagd == [2, 0, 2]


def test_a_reading_within_another_shares_its_answers() -> None:
    with lezing.reading():
        double(2)
        with lezing.reading():
            double(2)
        double(2)
    assert gevraagd == [2]


def test_what_was_changed_is_asked_again() -> None:
    with lezing.reading():
        double(2)
        lezing.forget()
        double(2)
        squares([1])
    assert gevraagd == [2, 2, [1]]
