"""A case has one type at a time and can be taken up again."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from samenloop.core.tijd import correct
from samenloop.regie.models import Casus, Casusperiode
from tests.personen.maken import days, known, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def casus() -> Casus:
    return Casus.objects.create(nummer="C-1", betrokkene=person())


def period(
    casus: Casus,
    van: str,
    tot: str | None = None,
    type: str = "regie",
    reden: str = "",
    bekend: str = "2017-01-01",
) -> Casusperiode:
    return Casusperiode.objects.create(
        casus=casus,
        type=type,
        reden_einde=reden,
        geldig=days(van, tot),
        bekend=known(bekend),
    )


def test_types_follow_each_other_without_overlap(casus: Casus) -> None:
    period(casus, "2016-01-01", "2016-06-30", "kort")
    period(casus, "2016-07-01", type="lang")
    with pytest.raises(IntegrityError, match="een_tegelijk"), transaction.atomic():
        period(casus, "2016-06-30", "2016-06-30", "lang")
    ander = Casus.objects.create(nummer="C-2", betrokkene=casus.betrokkene)
    assert period(ander, "2016-06-30").casus == ander


def test_closed_case_can_be_taken_up_again(casus: Casus) -> None:
    eerste = period(casus, "2016-01-01")
    correct(
        eerste,
        date(2017, 3, 1),
        geldig=days("2016-01-01", "2017-02-28"),
        reden_einde="doel bereikt",
    )
    with pytest.raises(IntegrityError, match="een_tegelijk"), transaction.atomic():
        # As known in February, the case was still running in June.
        period(casus, "2017-06-01", bekend="2017-02-28")
    period(casus, "2017-06-01", bekend="2017-03-01")
    geldig = Casusperiode.objects.current()
    assert geldig.in_force(date(2017, 2, 28)).exists()
    assert not geldig.in_force(date(2017, 4, 1)).exists()
    assert geldig.in_force(date(2017, 6, 1)).exists()


def test_reason_of_the_end_needs_an_end(casus: Casus) -> None:
    period(casus, "2016-01-01", "2016-06-30", reden="verhuisd")
    with pytest.raises(IntegrityError, match="reden_na_einde"), transaction.atomic():
        period(casus, "2016-07-01", reden="verhuisd")


def test_period_has_a_type(casus: Casus) -> None:
    with pytest.raises(IntegrityError, match="casusperiode_type"), transaction.atomic():
        period(casus, "2016-07-01", type="")


def test_number_belongs_to_one_case(casus: Casus) -> None:
    for nummer in ("C-1", ""):
        with pytest.raises(IntegrityError, match="nummer"), transaction.atomic():
            Casus.objects.create(nummer=nummer, betrokkene=casus.betrokkene)
