"""Whom we know by a name only, is that name: no two in one dossier."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.plannen import deelnemers, toegang
from samenloop.plannen.models import Deel
from samenloop.portaal import meelezen
from samenloop.portaal.mij import Mij
from tests.portaal.maken import (
    ALLES,
    Gezin,
    citizen,
    gezin,
    mij,
    takes_part_as_family,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def van() -> Gezin:
    """A family with a directed case."""
    return gezin()


@pytest.fixture
def ouder(van: Gezin) -> Mij:
    """The parent at her own pages, with everything open."""
    return mij(citizen(van, takes_part_as_family(van, van.ouder, *ALLES)))


def test_a_name_that_takes_part_or_did_is_not_given_twice(
    van: Gezin, ouder: Mij
) -> None:
    oma = meelezen.let_in(ouder, meelezen.NAAM, "Trijntje", delen=[Deel.PLAN])
    for naam in ("Trijntje", "trijntje", " TRIJNTJE "):
        with pytest.raises(deelnemers.NaamBezet):
            meelezen.let_in(ouder, meelezen.NAAM, naam, delen=[Deel.PLAN])
    meelezen.stop(ouder, oma.pk)
    with pytest.raises(deelnemers.NaamBezet):
        meelezen.let_in(ouder, meelezen.NAAM, "Trijntje", delen=[Deel.PLAN])
    assert meelezen.let_in(ouder, meelezen.NAAM, "Trijntje Bos", delen=[Deel.PLAN])
    elders = gezin("Bos")
    ander = mij(
        citizen(elders, takes_part_as_family(elders, elders.ouder, *ALLES), "bos")
    )
    assert meelezen.let_in(ander, meelezen.NAAM, "Trijntje", delen=[Deel.PLAN])


def test_the_director_gives_no_name_twice_either(van: Gezin, settings: Any) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    takes_part_as_family(van, "Trijntje", Deel.PLAN)
    client = Client()
    client.force_login(van.bart)
    pad = reverse("deelnemer-toelaten", args=[van.dossier.pk])
    gegeven = {
        "soort": "naam", "naam": "trijntje", "rol": "netwerk", "delen": ["plan"],
        "grondslag": "wens", "grond": "Marieke vroeg het.",
    }  # fmt: skip
    assert client.post(pad, gegeven).status_code == 422
    ver = {**gegeven, "naam": "Trijntje Bos", "tot": "9999-12-31"}
    assert client.post(pad, ver).status_code == 422
    goed = {**gegeven, "naam": "Trijntje  Bos"}
    assert client.post(pad, goed).status_code == 302
    assert toegang.running().filter(naam="Trijntje Bos").count() == 1
