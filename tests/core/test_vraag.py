"""What is written once answers as its queryset does, whatever it is asked."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from samenloop.core import opdrachten
from samenloop.core.models import Afhandeling, Gebeurtenis
from samenloop.core.vraag import NietOpTeSchrijven, written_once

pytestmark = pytest.mark.django_db


def _happened(soort: str, gemeente: str = "GM9001") -> Gebeurtenis:
    return Gebeurtenis.objects.create(soort=soort, onderwerp=uuid4(), gemeente=gemeente)


def _of_kinds(soorten: Sequence[str], gemeente: str | None) -> QuerySet[Gebeurtenis]:
    over = Q(soort__in=soorten)
    if gemeente is not None:
        over &= Q(gemeente=gemeente)
    return Gebeurtenis.objects.filter(over).order_by("soort", "pk")


@written_once
def of_kinds(soorten: Sequence[str], gemeente: str | None) -> QuerySet[Gebeurtenis]:
    return _of_kinds(soorten, gemeente)


@written_once
def about(onderwerp: UUID) -> QuerySet[Any, tuple[Any, ...]]:
    return Gebeurtenis.objects.filter(onderwerp=onderwerp).values_list(
        "gemeente", "soort", "onderwerp"
    )


@written_once
def kinds_since(moment: datetime) -> QuerySet[Any, str]:
    rijen = Gebeurtenis.objects.filter(vastgelegd_op__gte=moment).order_by("soort")
    return rijen.values_list("soort", flat=True)


@pytest.mark.parametrize("apart", [False, True])
def test_objects_come_back_as_from_the_queryset_for_every_shape(apart: bool) -> None:
    for soort, gemeente in (("a", "GM9001"), ("b", "GM9001"), ("c", "GM9002")):
        _happened(soort, gemeente)
    for vraag in (
        (["a"], None), (["b"], None), (["a", "b", "c"], None), (["c", "a", "x"], None),
        (["a", "c"], "GM9001"), (["a", "c"], "GM9002"), (["a", "a"], "GM9001"),
    ):  # fmt: skip
        if apart:
            with opdrachten.planned_once():
                gevonden = of_kinds(*vraag)
        else:
            gevonden = of_kinds(*vraag)
        verwacht = list(_of_kinds(*vraag))
        assert [vars(each) | {"_state": 0} for each in gevonden] == [
            vars(each) | {"_state": 0} for each in verwacht
        ]
        assert all(not each._state.adding for each in gevonden)


def test_the_values_of_the_first_question_are_not_kept() -> None:
    een, ander = _happened("a"), _happened("b", "GM9002")
    assert about(een.onderwerp) == [("GM9001", "a", een.onderwerp)]
    assert about(ander.onderwerp) == [("GM9002", "b", ander.onderwerp)]
    assert about(uuid4()) == []


def test_what_can_have_no_rows_is_not_asked() -> None:
    _happened("a")
    with CaptureQueriesContext(
        connection,
    ) as gesteld:
        assert of_kinds([], None) == []
    assert len(gesteld) == 0
    assert len(of_kinds(["a"], None)) == 1


def test_single_values_and_moments() -> None:
    _happened("b")
    _happened("a")
    nu = datetime.now(UTC)
    assert kinds_since(nu - timedelta(hours=1)) == ["a", "b"]
    assert kinds_since(nu + timedelta(hours=1)) == []


def test_it_is_written_once_for_a_shape() -> None:
    keren = []

    @written_once
    def van(soorten: Sequence[str]) -> QuerySet[Gebeurtenis]:
        keren.append(len(soorten))
        return Gebeurtenis.objects.filter(soort__in=soorten)

    for soorten in (["a"], ["b"], ["a", "b"], ["c", "d"], ["x"]):
        van(soorten)
    assert keren == [1, 2]


def test_what_cannot_be_written_once_is_refused() -> None:
    @written_once
    def veranderd(soort: str) -> QuerySet[Gebeurtenis]:
        return Gebeurtenis.objects.filter(soort=f"{soort}!")

    @written_once
    def met_ander(gemeente: str) -> QuerySet[Afhandeling]:
        rijen = Afhandeling.objects.select_related("gebeurtenis")
        return rijen.filter(gebeurtenis__gemeente=gemeente)

    @written_once
    def geteld(gemeente: str) -> QuerySet[Gebeurtenis]:
        rijen = Gebeurtenis.objects.filter(gemeente=gemeente)
        return rijen.annotate(aantal=Count("afhandelingen"))

    for vraag in (veranderd, met_ander, geteld):
        with pytest.raises(NietOpTeSchrijven):
            vraag("GM9001")
    with pytest.raises(TypeError, match="by position"):
        about(onderwerp=uuid4())
    with pytest.raises(NietOpTeSchrijven, match="float"):
        veranderd(1.5)  # type: ignore[arg-type]


def test_a_day_in_a_period_is_a_value_like_any_other() -> None:
    from django.db.backends.postgresql.psycopg_any import DateRange

    from samenloop.personen.models import Gemeente, Regio, RegioGemeente

    regio = Regio.objects.create(code="R", naam="R")
    gemeente = Gemeente.objects.create(code="GM9001", naam="Aduard")
    RegioGemeente.objects.create(
        regio=regio, gemeente=gemeente, doel="x",
        geldig=DateRange(date(2026, 1, 1), date(2027, 1, 1)),
    )  # fmt: skip

    @written_once
    def op(dag: date) -> QuerySet[RegioGemeente]:
        return RegioGemeente.objects.filter(geldig__contains=dag)

    assert [len(op(dag)) for dag in (date(2025, 12, 31), date(2026, 1, 1))] == [0, 1]
    assert [len(op(dag)) for dag in (date(2026, 12, 31), date(2027, 1, 1))] == [1, 0]
