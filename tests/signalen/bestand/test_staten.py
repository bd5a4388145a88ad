"""The table of states: what may follow what, and nothing else."""

import pytest

from samenloop.signalen.bestand import staten
from samenloop.signalen.bestand.staten import EINDE, OVERGANGEN, Staat, Stap


@pytest.mark.parametrize("staat", Staat)
@pytest.mark.parametrize("stap", Stap)
def test_only_steps_in_the_table_are_possible(staat: Staat, stap: Stap) -> None:
    if (staat, stap) in OVERGANGEN:
        assert staten.step(staat, stap) is OVERGANGEN[staat, stap]
    else:
        with pytest.raises(staten.OnmogelijkeStap):
            staten.step(staat, stap)


def test_nothing_follows_the_end() -> None:
    assert all(not staten.choices(staat) for staat in EINDE)


def test_every_state_can_be_reached_and_left() -> None:
    bereikt = {Staat.GELADEN, *OVERGANGEN.values()}
    assert bereikt == set(Staat)
    assert {van for van, _stap in OVERGANGEN} == set(Staat) - EINDE


def test_nothing_is_read_in_that_was_not_checked() -> None:
    ernaar = {
        van for (van, _stap), naar in OVERGANGEN.items() if naar is Staat.VERWERKEN
    }
    assert ernaar == {Staat.GEKEURD, Staat.WACHT, Staat.GESTOPT}


def test_remarkable_file_is_only_read_in_after_confirmation() -> None:
    stappen = {
        stap
        for (van, stap), naar in OVERGANGEN.items()
        if van is Staat.WACHT and naar is Staat.VERWERKEN
    }
    assert stappen == {Stap.BEVESTIGEN}
