"""What the database itself refuses of an allocation, and which versions it writes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction

from samenloop.core import gemeentegrens
from samenloop.voorzieningen.toewijzen.models import (
    VERWIJDERD,
    Beschikking,
    Pgb,
    Toewijzing,
    Toewijzingversie,
    Uitkomst,
    Vorm,
)
from tests.personen.maken import municipality, person
from tests.voorzieningen.maken import aanbieder, moment, product, toewijzing

pytestmark = pytest.mark.django_db

SPECIFIEK: dict[str, Any] = {}
ASPECIFIEK: dict[str, Any] = {
    "variant": "aspecifiek",
    "code": "",
    "volume": None,
    "eenheid": "",
    "frequentie": "",
}
GENERIEK: dict[str, Any] = {
    **ASPECIFIEK,
    "variant": "generiek",
    "categorie": "",
    "budget": 500_000,
}


@pytest.mark.parametrize(
    "velden",
    [
        SPECIFIEK,
        ASPECIFIEK,
        {**ASPECIFIEK, "eind": None},
        {**ASPECIFIEK, "budget": 100_000},
        GENERIEK,
        {"frequentie": "4", "eind": None},
        {"frequentie": "6", "eenheid": "16"},
        {"reden_wijziging": VERWIJDERD, "eind": date(2026, 1, 5)},
    ],
)
def test_an_allocation_of_each_variant_stands(velden: dict[str, Any]) -> None:
    assert toewijzing(**velden).versies.count() == 1


@pytest.mark.parametrize(
    ("regel", "velden"),
    [
        ("CD041 product without volume", {**SPECIFIEK, "volume": None}),
        ("CD077 budget beside volume", {"budget": 100}),
        ("CD080 volume with category only", {"code": ""}),
        ("CD079 neither product nor budget", {**GENERIEK, "budget": None}),
        ("CD075 budget without end", {**GENERIEK, "eind": None}),
        ("CD076 per week without end", {"eind": None}),
        ("CS338 half-days per day", {"eenheid": "16", "frequentie": "1"}),
        ("CS335 removed with another end", {"reden_wijziging": VERWIJDERD}),
        ("CS336 reason 01", {"reden_wijziging": "01"}),
        ("end before begin", {"eind": date(2026, 1, 4)}),
        ("unknown unit", {"eenheid": "99"}),
        ("number of ten digits", {"nummer": 1_000_000_000}),
        ("another law", {"wet": "participatiewet"}),
    ],
)
def test_what_the_standard_forbids_cannot_stand(
    regel: str, velden: dict[str, Any]
) -> None:
    with pytest.raises(Error), transaction.atomic():
        toewijzing(**velden)
    assert not Toewijzing.objects.exists(), regel


@pytest.mark.parametrize(
    ("velden", "mag"),
    [
        ({}, False),
        ({"ingang": date(2026, 12, 31)}, False),
        ({"ingang": date(2027, 1, 1), "eind": date(2027, 6, 30)}, True),
        ({"code": "02A05"}, True),
        ({"bij": "ander"}, True),
        ({"wie": "ander"}, True),
        ({"wet": "jeugdwet"}, True),
        ({"reden_wijziging": VERWIJDERD, "eind": date(2026, 1, 5)}, True),
    ],
)
def test_the_same_product_is_not_stacked(velden: dict[str, Any], mag: bool) -> None:
    eerste = toewijzing()
    wie = person("Bakker") if velden.pop("wie", "") else eerste.persoon
    bij = aanbieder("00000208", "Ander") if velden.pop("bij", "") else None
    try:
        with transaction.atomic():
            toewijzing(wie=wie, bij=bij, **velden)
        gelukt = True
    except IntegrityError:
        gelukt = False
    assert gelukt == mag


def _end(row: Toewijzing) -> None:
    row.eind = date(2026, 6, 30)


def _new_decision(row: Toewijzing) -> None:
    row.toegewezen_op = moment("2026-03-01")


def _begin(row: Toewijzing) -> None:
    row.ingang = date(2026, 2, 1)


def _volume(row: Toewijzing) -> None:
    row.volume = 9


def _provider(row: Toewijzing) -> None:
    row.aanbieder = aanbieder("00000208", "Ander")


def _number(row: Toewijzing) -> None:
    row.nummer += 1000


def _back_in_time(row: Toewijzing) -> None:
    row.toegewezen_op = moment("2025-12-01")


@pytest.mark.parametrize(
    ("wijzig", "frequentie", "mag"),
    [
        (_end, "2", True),
        (_new_decision, "2", True),
        (_volume, "6", True),
        (_volume, "2", False),
        (_begin, "2", False),
        (_provider, "2", False),
        (_number, "2", False),
        (_back_in_time, "2", False),
    ],
)
def test_only_what_the_standard_permits_changes(
    wijzig: Callable[[Toewijzing], None], frequentie: str, mag: bool
) -> None:
    row = toewijzing(frequentie=frequentie)
    wijzig(row)
    try:
        with transaction.atomic():
            row.save()
        gelukt = True
    except Error:
        gelukt = False
    assert (gelukt, row.versies.count()) == (mag, 2 if mag else 1)


def test_a_version_says_what_held_and_cannot_be_rewritten() -> None:
    row = toewijzing()
    row.eind, row.reden_wijziging = date(2026, 6, 30), "05"
    row.toegewezen_op = moment("2026-03-01")
    row.save()
    eerste, tweede = row.versies.order_by("volgnummer")
    assert (eerste.eind, eerste.reden_wijziging) == (date(2026, 12, 31), "")
    assert (tweede.eind, tweede.reden_wijziging) == (date(2026, 6, 30), "05")
    with pytest.raises(Error), transaction.atomic():
        Toewijzingversie.objects.filter(pk=eerste.pk).update(eind=None)
    with pytest.raises(Error), transaction.atomic():
        Toewijzing.objects.filter(pk=row.pk).delete()


def test_what_was_removed_does_not_come_back() -> None:
    row = toewijzing(reden_wijziging=VERWIJDERD, eind=date(2026, 1, 5))
    row.reden_wijziging, row.eind = "14", date(2026, 12, 31)
    with pytest.raises(Error), transaction.atomic():
        row.save()


def _budget(row: Toewijzing, **velden: Any) -> Pgb:
    besluit = Beschikking.objects.create(
        gemeente=row.gemeente,
        nummer=f"B-{Beschikking.objects.count()}",
        persoon=row.persoon,
        wet=row.wet,
        product=product(),
        uitkomst=Uitkomst.TOEGEKEND,
        vorm=Vorm.PGB,
        grondslag="Wmo 2015, 2.3.6",
        motivering="Wil het zelf regelen.",
        ingang=row.ingang,
        bekendgemaakt_op=date(2025, 12, 15),
        bezwaar_tot=date(2026, 1, 26),
    )
    return Pgb.objects.create(
        **{
            "gemeente": row.gemeente,
            "wet": row.wet,
            "persoon": row.persoon,
            "beschikking": besluit,
            "product": product(),
            "categorie": "02",
            "code": "02A03",
            "ingang": date(2026, 1, 5),
            "eind": date(2026, 12, 31),
            "budget": 900_000,
            **velden,
        }
    )


@pytest.mark.parametrize(
    ("velden", "mag"),
    [
        ({}, False),
        ({"code": ""}, False),
        ({"code": "02A05"}, True),
        ({"categorie": "07", "code": "07A03"}, True),
        ({"ingang": date(2027, 1, 1), "eind": date(2027, 12, 31)}, True),
    ],
)
def test_no_allocation_beside_a_budget_for_the_same(
    velden: dict[str, Any], mag: bool
) -> None:
    row = toewijzing()
    try:
        with transaction.atomic():
            _budget(row, **velden)
        gelukt = True
    except Error:
        gelukt = False
    assert gelukt == mag


def test_no_budget_product_is_allocated_afterwards() -> None:
    ander = toewijzing(code="02A05")
    _budget(ander)
    with pytest.raises(Error), transaction.atomic():
        toewijzing(wie=ander.persoon)
    assert toewijzing(wie=ander.persoon, bij=aanbieder("00000208", "A"), code="02A09")


def test_another_municipality_sees_nothing_of_it() -> None:
    row = toewijzing()
    municipality("GM1663", "De Marne")
    with gemeentegrens.within("GM1663"):
        assert not Toewijzing.objects.exists()
        assert not Toewijzingversie.objects.exists()
    with gemeentegrens.within("GM0005"):
        assert Toewijzing.objects.get().pk == row.pk
        assert Toewijzingversie.objects.count() == 1
