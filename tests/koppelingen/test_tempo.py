"""So many a minute per program, and no program waits for another."""

import pytest

from samenloop.access.koppelingen import tempo as module
from samenloop.access.koppelingen.tempo import Tempo


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until the test moves it."""
    nu = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: nu[0])
    return nu


def test_next_one_waits_and_another_program_does_not(klok: list[float]) -> None:
    tempo = Tempo(3)
    assert [tempo.wait("a") for _keer in range(3)] == [0, 0, 0]
    assert 0 < tempo.wait("a") <= 61
    assert tempo.wait("b") == 0


def test_who_waits_as_long_as_told_may_pass(klok: list[float]) -> None:
    tempo = Tempo(1)
    assert tempo.wait("a") == 0
    klok[0] += 20
    wacht = tempo.wait("a")
    klok[0] += wacht - 2
    assert tempo.wait("a") > 0
    klok[0] += 2
    assert tempo.wait("a") == 0


def test_minute_moves_along(klok: list[float]) -> None:
    tempo = Tempo(2)
    assert tempo.wait("a") == 0
    klok[0] += 30
    assert tempo.wait("a") == 0
    klok[0] += 31
    # The first is past its minute, the second not.
    assert tempo.wait("a") == 0
    assert tempo.wait("a") > 0


def test_who_stays_away_takes_no_memory(klok: list[float]) -> None:
    tempo = Tempo(2)
    for nummer in range(50):
        tempo.wait(str(nummer))
    klok[0] += 61
    tempo.wait("nieuw")
    assert list(tempo._keren) == ["nieuw"]
