"""A year of questions and allocations: planned without the database, lived in it."""

from collections.abc import Iterator
from datetime import date
from random import Random
from uuid import UUID, uuid4

import pytest
import time_machine

from samenloop.core.kalender import is_working_day
from samenloop.demo import voorzieningenwerk
from samenloop.demo.accounts import maak_accounts
from samenloop.demo.contractenboek import WAREN
from samenloop.demo.productenboek import AANBIEDERS, AANBIEDERS_PER_SOORT, SOORTEN
from samenloop.demo.voorzieningenwerk import GEMEENTE, Klant, plan
from samenloop.voorzieningen.inkoop import codekeuring
from samenloop.voorzieningen.inkoop.models import Contract, Wachttijd
from samenloop.voorzieningen.models import Aanbieder, Product, Voorziening
from samenloop.voorzieningen.toewijzen.models import (
    Beschikking,
    Pgb,
    Toewijzing,
)
from tests.personen.maken import days, known, lives, municipality, person

VANDAAG = date(2026, 11, 20)


def clients(n: int) -> list[Klant]:
    soorten = sorted(WAREN)
    return [Klant(UUID(int=i), soorten[i % len(soorten)]) for i in range(n)]


def test_the_same_seed_gives_the_same_year() -> None:
    een, twee = (plan(clients(40), VANDAAG, Random("x")) for _ in range(2))
    assert een == twee
    assert een != plan(clients(40), VANDAAG, Random("y"))


def test_what_is_planned_happens_in_order_on_working_days() -> None:
    for gang in plan(clients(300), VANDAAG, Random("x")):
        assert gang.gemeld <= gang.aangevraagd <= gang.besloten
        assert gang.gemeld < gang.onderzocht < gang.besloten
        for dag in (gang.gemeld, gang.onderzocht, gang.besloten):
            assert is_working_day(dag)


def test_every_kind_is_bought_with_a_code_that_fits() -> None:
    assert set(WAREN) == set(AANBIEDERS_PER_SOORT)
    wetten = {soort.code: soort.wet for soort in SOORTEN}
    for soort, waar in WAREN.items():
        assert codekeuring.problem(wetten[soort], waar.categorie, waar.code) == ""
        assert bool(waar.volumes) == bool(waar.code)


@pytest.fixture
def _region() -> Iterator[None]:
    """A small region: the providers, the kinds, accounts, and people with support."""
    with time_machine.travel("2026-11-20T10:00:00+01:00", tick=True):
        gemeente = municipality(GEMEENTE, "Eemsmond")
        maak_accounts()
        for groep in AANBIEDERS.values():
            for agb, naam in groep:
                Aanbieder.objects.create(agb=agb, naam=naam)
        producten = {
            soort.code: Product.objects.create(
                wet=soort.wet, code=soort.code, naam=soort.naam
            )
            for soort in SOORTEN
        }
        for nummer, soort in enumerate([s for s in SOORTEN if s.code in WAREN] * 3):
            geboren = "2015-05-01" if soort.wet == "jeugdwet" else "1950-05-01"
            wie = person(f"Klant{nummer}", geboren)
            lives(wie, gemeente, postcode="9981AA")
            Voorziening.objects.create(
                kenmerk=uuid4(),
                betrokkene=wie,
                gemeente=gemeente,
                product=producten[soort.code],
                vorm="zin",
                geldig=days("2017-01-01"),
                bekend=known(),
            )
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_region")
def test_the_year_leaves_work_of_every_kind() -> None:
    jaar = voorzieningenwerk.prepare()
    toegewezen = voorzieningenwerk.live(jaar)
    assert Contract.objects.count() == sum(len(groep) for groep in AANBIEDERS.values())
    assert Wachttijd.objects.count() > 60
    assert toegewezen > 25
    assert Pgb.objects.exists()
    assert Beschikking.objects.filter(uitkomst="afgewezen").exists()
    # Each allocation and budget is a provision, and nothing else was added to them.
    nieuw = Voorziening.objects.current().filter(
        bekend__startswith__gt=date(2020, 1, 1)
    )
    assert nieuw.count() == toegewezen + Pgb.objects.count()
    versies = Toewijzing.objects.filter(versies__volgnummer=2).count()
    assert versies > 0
    assert voorzieningenwerk.contractenboek.contract_all(jaar.door) == 0
