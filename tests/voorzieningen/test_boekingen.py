"""Entries are added and never changed; only an open objection can be completed."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samenloop.voorzieningen.models import Begrotingspost, Bezwaar, Traject
from tests.personen.maken import municipality, person

pytestmark = pytest.mark.django_db


def entry(**anders: Any) -> Traject:
    velden: dict[str, Any] = {
        "betrokkene": person(),
        "gemeente": municipality(),
        "spoor": 1,
        "datum": date(2017, 3, 1),
        "trajectkosten": 125_000,
        "geregistreerd_op": date(2017, 3, 2),
    }
    return Traject.objects.create(**velden | anders)


def test_wrong_amount_is_set_right_by_a_counter_entry() -> None:
    entry()
    entry(trajectkosten=-125_000)
    assert sum(Traject.objects.values_list("trajectkosten", flat=True)) == 0


def test_entry_is_neither_changed_nor_deleted() -> None:
    traject = entry()
    traject.trajectkosten = 1
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        traject.save()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        traject.delete()
    assert Traject.objects.get().trajectkosten == 125_000


@pytest.mark.parametrize("spoor", [0, 4])
def test_traject_has_one_of_three_sporen(spoor: int) -> None:
    assert [entry(spoor=goed).spoor for goed in (1, 2, 3)] == [1, 2, 3]
    with pytest.raises(IntegrityError, match="traject_spoor"), transaction.atomic():
        entry(spoor=spoor)


def test_amount_of_a_nation_fits() -> None:
    assert entry(loonkostensubsidie=9_000_000_000_00).loonkostensubsidie == 900 * 10**9


POST: dict[str, Any] = {
    "jaar": 2017,
    "post": "BUIG",
    "versie": "begroting",
    "volgnummer": 1,
    "bedrag": 100,
}


@pytest.mark.parametrize("bekend", [True, False])
def test_budget_post_has_one_amount_per_version(bekend: bool) -> None:
    velden = POST | {"gemeente": municipality() if bekend else None}
    Begrotingspost.objects.create(**velden)
    Begrotingspost.objects.create(**velden | {"versie": "voorjaar", "volgnummer": 2})
    Begrotingspost.objects.create(**velden | {"jaar": 2018})
    with pytest.raises(IntegrityError, match="post_uniek"), transaction.atomic():
        Begrotingspost.objects.create(**velden | {"bedrag": 200})


def test_next_forecast_is_a_next_version_not_a_change() -> None:
    Begrotingspost.objects.create(**POST)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Begrotingspost.objects.update(bedrag=200)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Begrotingspost.objects.all().delete()


def lodge(**anders: Any) -> Bezwaar:
    velden: dict[str, Any] = {"soort": "bezwaar", "ingediend_op": date(2017, 3, 1)}
    return Bezwaar.objects.create(**velden | anders)


def test_open_objection_is_completed_once() -> None:
    bezwaar = lodge(wet="wmo")
    bezwaar.afgehandeld_op, bezwaar.uitkomst = date(2017, 5, 1), "gegrond"
    bezwaar.save()
    bezwaar.uitkomst = "ongegrond"
    with pytest.raises(IntegrityError, match="filled in, once"), transaction.atomic():
        bezwaar.save()
    assert Bezwaar.objects.get().uitkomst == "gegrond"


def test_objection_itself_does_not_change_nor_disappear() -> None:
    bezwaar = lodge()
    with pytest.raises(IntegrityError, match="filled in, once"), transaction.atomic():
        Bezwaar.objects.update(ingediend_op=date(2017, 2, 1))
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        bezwaar.delete()


def test_end_of_an_objection_is_not_before_its_beginning() -> None:
    lodge(afgehandeld_op=date(2017, 3, 1), uitkomst="ingetrokken")
    lodge(afgehandeld_op=date(2017, 3, 1))
    for anders in ({"afgehandeld_op": date(2017, 2, 28)}, {"uitkomst": "gegrond"}):
        with pytest.raises(IntegrityError, match="afhandeling"), transaction.atomic():
            lodge(**anders)


@pytest.mark.parametrize("anders", [{"soort": "beroep"}, {"soort": ""}, {"wet": "wlz"}])
def test_other_kinds_and_laws_are_refused(anders: dict[str, str]) -> None:
    lodge(soort="klacht", wet="")
    with pytest.raises(IntegrityError, match="bezwaar_"), transaction.atomic():
        lodge(**anders)
