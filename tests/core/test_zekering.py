"""A source that keeps failing is left alone, and gets another chance."""

from samenloop.core.zekering import Zekering


class Tijd:
    """A clock one turns by hand."""

    nu = 100.0

    def __call__(self) -> float:
        return self.nu


def test_two_failures_are_forgiven_the_third_is_not() -> None:
    zekering = Zekering(fouten=3)
    zekering.mislukt()
    zekering.mislukt()
    assert zekering.laat_door()
    zekering.mislukt()
    assert zekering.is_uit
    assert not zekering.laat_door()


def test_only_failures_in_a_row_count() -> None:
    zekering = Zekering(fouten=2)
    for _keer in range(5):
        zekering.mislukt()
        zekering.gelukt()
    assert zekering.laat_door()


def test_after_the_pause_one_may_try_and_decides() -> None:
    tijd = Tijd()
    zekering = Zekering(fouten=1, pauze=30, tel=tijd)
    zekering.mislukt()
    tijd.nu += 29.9
    assert not zekering.laat_door()
    tijd.nu += 0.1
    assert zekering.laat_door()
    assert not zekering.laat_door()  # somebody is trying
    zekering.mislukt()
    assert not zekering.laat_door()
    tijd.nu += 30
    assert zekering.laat_door()
    zekering.gelukt()
    assert zekering.laat_door()
    assert zekering.laat_door()


def test_it_remembers_when_the_source_last_answered() -> None:
    zekering = Zekering(fouten=1)
    assert zekering.laatst_bereikt is None
    zekering.gelukt()
    bereikt = zekering.laatst_bereikt
    zekering.mislukt()
    assert bereikt is not None
    assert zekering.laatst_bereikt == bereikt
