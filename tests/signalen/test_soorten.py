"""The kinds of signal that a process keeps for a minute, and what it notices when."""

from datetime import date

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core import klok
from samenloop.signalen import soorten
from samenloop.signalen.models import Signaalsoort

pytestmark = pytest.mark.django_db


@pytest.fixture
def seconden(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    verstreken = [1000.0]
    monkeypatch.setattr(soorten.time, "monotonic", lambda: verstreken[0])
    return verstreken


def _extra(code: str, van: date, tot: date | None = None) -> Signaalsoort:
    voorbeeld = Signaalsoort.objects.order_by("code")[0]
    voorbeeld.pk, voorbeeld.geldig = code, DateRange(van, tot)
    voorbeeld.save(force_insert=True)
    return voorbeeld


def test_second_question_asks_the_database_nothing(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    code = Signaalsoort.objects.order_by("code")[0].pk
    soorten.find(code)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert soorten.find(code)


def test_new_kind_counts_at_once_and_unknown_one_is_none() -> None:
    assert soorten.find("lekkage") is None
    _extra("lekkage", klok.today())
    assert soorten.find("lekkage") is not None


def test_what_somebody_else_changed_counts_within_a_minute(
    seconden: list[float],
) -> None:
    _extra("lekkage", date(2020, 1, 1))
    assert soorten.find("lekkage")
    Signaalsoort.objects.filter(pk="lekkage").update(
        geldig=DateRange(date(2020, 1, 1), date(2020, 2, 1))
    )
    seconden[0] += soorten.SECONDS - 1
    assert soorten.find("lekkage")
    seconden[0] += 2
    assert soorten.find("lekkage") is None


def test_day_is_compared_with_today_and_not_with_the_day_it_was_read() -> None:
    _extra("lekkage", date(2020, 1, 1), date(2027, 1, 1))
    with time_machine.travel("2026-12-31T22:30:00Z", tick=False):
        assert soorten.find("lekkage")
    with time_machine.travel("2026-12-31T23:30:00Z", tick=False):  # the new year here
        assert soorten.find("lekkage") is None
