"""Allocating, changing and removing, and the provision that follows from it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import time_machine

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core.fouten import SamenloopFout
from samenloop.core.models import Gebeurtenis
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen import leveren, toewijzen
from samenloop.voorzieningen.toewijzen.fouten import (
    AlGedeclareerd,
    BovenMaximum,
    GeenStart,
    LooptAl,
    MoetVerlengen,
    NietToegestaan,
    Stapelt,
)
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from samenloop.voorzieningen.toewijzen.toewijzen import Opdracht
from tests.personen.maken import lives, municipality, person
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, product

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_nu"),
]
CONSULENT = Actor(
    ActorSoort.MEDEWERKER, "7", "Consulent", "GM0005", frozenset({Rol.CONSULENT})
)
REGISSEUR = Actor(
    ActorSoort.MEDEWERKER, "8", "Regisseur", "GM0005", frozenset({Rol.REGISSEUR})
)


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        yield


def order(**velden: object) -> Opdracht:
    wie = person()
    lives(wie, municipality(), postcode="9781AB")
    basis = Opdracht(
        gemeente="GM0005",
        wet="wmo",
        persoon=wie,
        aanbieder=aanbieder(),
        product=product(),
        ingang=date(2026, 3, 9),
        eind=date(2026, 12, 31),
        categorie="02",
        code="02A03",
        volume=4,
        eenheid="04",
        frequentie="2",
    )
    return replace(basis, **velden)  # type: ignore[arg-type]


def fact(row: Toewijzing) -> Voorziening | None:
    return Voorziening.objects.current().filter(kenmerk=row.voorziening).first()


def period(row: Toewijzing) -> tuple[date, date | None] | None:
    feit = fact(row)
    return (feit.startdatum, feit.einddatum) if feit else None


def test_the_last_day_there_is_is_an_end_without_a_day_after_it() -> None:
    eeuwig = order(eind=date.max)
    row = toewijzen.give(eeuwig, door=CONSULENT)
    assert row.eind == date.max
    assert fact(row) is not None
    with pytest.raises(Stapelt):
        toewijzen.give(eeuwig, door=CONSULENT)
    ander = replace(eeuwig, categorie="07", code="07A01", eind=date(2026, 6, 30))
    toewijzen.give(ander, door=CONSULENT)
    with pytest.raises(MoetVerlengen):
        toewijzen.give(
            replace(ander, ingang=date(2026, 7, 1), eind=None), door=CONSULENT
        )


def test_an_allocation_gets_a_number_a_provision_and_an_event() -> None:
    eerste = toewijzen.give(order(), door=CONSULENT)
    tweede = toewijzen.give(order(), door=CONSULENT)
    assert tweede.nummer == eerste.nummer + 1
    feit = fact(eerste)
    assert feit is not None
    assert (feit.vorm, feit.aanbieder_id, feit.postcode) == (
        "zin",
        eerste.aanbieder_id,
        "9781AB",
    )
    assert period(eerste) == (date(2026, 3, 9), date(2026, 12, 31))
    assert {
        e.onderwerp for e in Gebeurtenis.objects.filter(soort="toewijzing-vastgesteld")
    } == {eerste.pk, tweede.pk}


def test_each_law_counts_its_own_numbers() -> None:
    wmo = toewijzen.give(order(), door=CONSULENT)
    jeugd = toewijzen.give(
        order(
            wet="jeugdwet",
            product=product("j", "jeugdwet"),
            categorie="45",
            code="45A04",
        ),
        door=CONSULENT,
    )
    assert (wmo.nummer, jeugd.nummer) == (1, 1)


def test_only_who_may_allocates() -> None:
    with pytest.raises(GeenToegang):
        toewijzen.give(order(), door=REGISSEUR)
    assert not Toewijzing.objects.exists()


def test_nothing_is_half_done_when_one_of_several_is_refused() -> None:
    eerste = order()
    with pytest.raises(Stapelt):
        toewijzen.give_all([eerste, replace(eerste, volume=2)], door=CONSULENT)
    assert not Toewijzing.objects.exists()
    assert not Voorziening.objects.exists()


@pytest.mark.parametrize("code", ["", "02A03"])
def test_a_category_is_not_stacked_on_its_product(code: str) -> None:
    een = order()
    toewijzen.give(een, door=CONSULENT)
    ander = replace(
        een, variant="aspecifiek", code="", volume=None, eenheid="", frequentie=""
    )
    with pytest.raises(Stapelt):
        toewijzen.give(ander if not code else een, door=CONSULENT)


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({}, MoetVerlengen),
        ({"volume": 6}, None),
        ({"frequentie": "4"}, None),
        ({"ingang": date(2027, 1, 2)}, None),
        ({"ingang": date(2026, 12, 31)}, Stapelt),
    ],
)
def test_the_same_volume_that_goes_on_is_lengthened(
    velden: dict[str, object], fout: type[SamenloopFout] | None
) -> None:
    een = order()
    toewijzen.give(een, door=CONSULENT)
    vervolg = replace(een, ingang=date(2027, 1, 1), eind=date(2027, 6, 30))
    vervolg = replace(vervolg, **velden)  # type: ignore[arg-type]
    if fout is None:
        assert toewijzen.give(vervolg, door=CONSULENT).nummer == 2
    else:
        with pytest.raises(fout):
            toewijzen.give(vervolg, door=CONSULENT)


def test_a_change_keeps_the_number_and_moves_the_provision() -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    na = toewijzen.end(row, date(2026, 6, 30), reden="05", door=CONSULENT)
    assert (na.nummer, na.versies.count()) == (row.nummer, 2)
    assert period(row) == (date(2026, 3, 9), date(2026, 6, 30))
    assert Gebeurtenis.objects.filter(soort="toewijzing-gewijzigd").count() == 1


@pytest.mark.parametrize(
    "wat",
    [
        {"reden": "13", "eind": date(2026, 6, 30)},
        {"reden": "01", "eind": date(2026, 6, 30)},
        {"reden": "", "eind": date(2026, 6, 30)},
        {"reden": "05"},
        {"reden": "14", "volume": 9},
    ],
)
def test_no_other_change_than_the_standard_permits(wat: dict[str, object]) -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    with pytest.raises(NietToegestaan):
        toewijzen.change(row, door=CONSULENT, **wat)  # type: ignore[arg-type]
    assert row.versies.count() == 1


def test_what_is_removed_never_was_for_the_figures() -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    weg = toewijzen.remove(row, door=CONSULENT)
    assert (weg.eind, weg.reden_wijziging) == (row.ingang, "13")
    assert fact(row) is None


def test_nothing_is_removed_that_was_invoiced(monkeypatch: pytest.MonkeyPatch) -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    monkeypatch.setattr(toewijzen, "_beletsels", [lambda each: each.pk == row.pk])
    with pytest.raises(AlGedeclareerd):
        toewijzen.remove(row, door=CONSULENT)
    assert fact(row) is not None


@pytest.mark.parametrize(
    ("volume", "frequentie", "mag"),
    [(10, "2", True), (11, "2", False), (40, "4", True)],
)
def test_no_more_than_the_contract_allows(
    volume: int, frequentie: str, mag: bool
) -> None:
    contractproduct(contract(), max_volume=10, max_frequentie="2")
    opdracht = order(volume=volume, frequentie=frequentie)
    if mag:
        assert toewijzen.within_contract(opdracht)
    else:
        with pytest.raises(BovenMaximum):
            toewijzen.within_contract(opdracht)
    assert not toewijzen.within_contract(order(ingang=date(2024, 1, 1)))


def test_the_provision_begins_and_ends_with_care() -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    levering = leveren.start(row, date(2026, 3, 16), door=CONSULENT)
    assert period(row) == (date(2026, 3, 16), date(2026, 12, 31))
    leveren.stop(levering, date(2026, 5, 1), reden="20", door=CONSULENT)
    assert period(row) == (date(2026, 3, 16), date(2026, 12, 31)), "for the time being"
    leveren.stop(levering, date(2026, 5, 20), reden="19", door=CONSULENT)
    assert period(row) == (date(2026, 3, 16), date(2026, 5, 20))
    feit = fact(row)
    assert feit is not None
    assert feit.reden_einde == "volgens plan"


def test_a_report_taken_back_leaves_what_was_before() -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    levering = leveren.start(row, date(2026, 3, 16), door=CONSULENT)
    leveren.stop(levering, date(2026, 5, 1), reden="20", door=CONSULENT)
    leveren.stop(levering, date(2026, 5, 20), reden="19", door=CONSULENT)
    na = leveren.take_back_stop(levering, door=CONSULENT)
    assert (na.eind, na.reden_einde) == (date(2026, 5, 1), "20")
    na = leveren.take_back_stop(levering, door=CONSULENT)
    assert (na.eind, na.reden_einde) == (None, "")
    leveren.take_back_start(levering, door=CONSULENT)
    assert period(row) == (date(2026, 3, 9), date(2026, 12, 31))
    assert levering.meldingen.count() == 6


def test_the_end_that_is_named_is_taken_back_and_no_other() -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    levering = leveren.start(row, date(2026, 3, 16), door=CONSULENT)
    voorlopig, eind = date(2026, 5, 1), date(2026, 5, 20)
    leveren.stop(levering, voorlopig, reden="20", door=CONSULENT)
    leveren.stop(levering, eind, reden="19", door=CONSULENT)
    with pytest.raises(GeenStart):
        leveren.take_back_stop(levering, eind=eind, reden="20", door=CONSULENT)
    na = leveren.take_back_stop(levering, eind=voorlopig, reden="20", door=CONSULENT)
    assert (na.eind, na.reden_einde) == (eind, "19")
    laatste = levering.meldingen.last()
    assert laatste is not None
    assert (laatste.datum, laatste.reden) == (voorlopig, "20")
    with pytest.raises(GeenStart):
        leveren.take_back_stop(levering, eind=voorlopig, reden="20", door=CONSULENT)
    na = leveren.take_back_stop(levering, eind=eind, reden="19", door=CONSULENT)
    assert (na.eind, na.reden_einde) == (None, "")


def test_care_runs_once_at_a_time() -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    levering = leveren.start(row, date(2026, 3, 16), door=CONSULENT)
    with pytest.raises(LooptAl):
        leveren.start(row, date(2026, 4, 1), door=CONSULENT)
    leveren.stop(levering, date(2026, 5, 1), reden="20", door=CONSULENT)
    assert leveren.start(row, date(2026, 5, 2), door=CONSULENT)


def test_a_stop_belongs_to_care_that_runs() -> None:
    row = toewijzen.give(order(), door=CONSULENT)
    levering = leveren.start(row, date(2026, 3, 16), door=CONSULENT)
    with pytest.raises(GeenStart):
        leveren.stop(levering, date(2026, 3, 15), reden="19", door=CONSULENT)
    leveren.stop(levering, date(2026, 5, 1), reden="19", door=CONSULENT)
    with pytest.raises(GeenStart):
        leveren.stop(levering, date(2026, 6, 1), reden="19", door=CONSULENT)
    with pytest.raises(GeenStart):
        leveren.take_back_start(levering, door=CONSULENT)


def test_statements_do_not_grow_with_the_number_allocated(
    django_assert_max_num_queries: object,
) -> None:
    opdrachten = [order() for _ in range(12)]
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        toewijzen.give_all(opdrachten, door=CONSULENT)
    assert Toewijzing.objects.count() == 12
