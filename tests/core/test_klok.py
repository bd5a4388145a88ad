"""A day begins and ends in the Netherlands."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from samenloop.core import klok


@pytest.mark.parametrize(
    ("moment", "dag"),
    [
        (datetime(2017, 12, 31, 22, 59, tzinfo=UTC), date(2017, 12, 31)),
        (datetime(2017, 12, 31, 23, 0, tzinfo=UTC), date(2018, 1, 1)),
        (datetime(2017, 6, 30, 21, 59, tzinfo=UTC), date(2017, 6, 30)),
        (datetime(2017, 6, 30, 22, 0, tzinfo=UTC), date(2017, 7, 1)),
    ],
)
def test_day_changes_at_dutch_midnight(moment: datetime, dag: date) -> None:
    with time_machine.travel(moment, tick=False):
        assert klok.today() == dag
