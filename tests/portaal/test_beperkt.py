"""What is closed to somebody for safety stays closed by other ways as well."""

from datetime import timedelta
from typing import Any

import pytest

from samenloop.core import gebeurtenissen, klok
from samenloop.plannen import beperken, toegang
from samenloop.plannen.models import (
    Beperkgrond,
    Beperking,
    Deel,
    Deelname,
    Deelnemersrol,
)
from samenloop.portaal import meelezen
from samenloop.portaal.mij import Mij
from tests.access.accounts import account
from tests.plannen.maken import takes_part
from tests.portaal.maken import (
    ALLES,
    Gezin,
    citizen,
    gezin,
    mij,
    signed_in,
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


def _restrict(van: Gezin, wie: beperken.Wie, *delen: Deel) -> Beperking:
    return beperken.impose(
        van.dossier, wie, delen=delen, grond=Beperkgrond.VEILIGHEID,
        reden="Gevaar voor het kind.", door=van.regisseur,
        herzien_op=klok.today() + timedelta(days=30),
    )  # fmt: skip


def _lets_in(wie: Mij, naam: str, *delen: Deel) -> Deelname:
    return meelezen.let_in(wie, meelezen.NAAM, naam, delen=delen)


def test_what_the_restricted_opened_ends_and_says_nothing_of_why(
    van: Gezin, ouder: Mij
) -> None:
    plan = _lets_in(ouder, "Sander Bos", Deel.PLAN, Deel.TAKEN)
    ander_deel = _lets_in(ouder, "Trijntje Bos", Deel.METINGEN)
    van_regisseur = takes_part_as_family(van, "Buurman Jan", Deel.PLAN)
    _restrict(van, beperken.Wie(persoon=van.ouder.pk), Deel.PLAN)
    gebeurtenissen.handle_pending()
    lopend = set(toegang.running().values_list("pk", flat=True))
    assert plan.pk not in lopend
    assert {ander_deel.pk, van_regisseur.pk} <= lopend
    plan.refresh_from_db()
    assert plan.reden_einde
    assert not any(
        woord in plan.reden_einde.casefold()
        for woord in ("beperk", "veilig", "dicht", "gevaar")
    )


def test_what_the_restricted_opened_is_closed_at_once(van: Gezin, ouder: Mij) -> None:
    sander = citizen(van, _lets_in(ouder, "Sander Bos", Deel.PLAN, Deel.TAKEN), "bos")
    assert mij(sander).leest_plan
    _restrict(van, beperken.Wie(naam="Een ander"), Deel.PLAN)
    assert mij(sander).leest_plan
    _restrict(van, beperken.Wie(persoon=van.ouder.pk), Deel.PLAN)
    assert mij(sander).delen == {Deel.TAKEN}


def test_a_restriction_that_was_lifted_meanwhile_ends_nothing(
    van: Gezin, ouder: Mij
) -> None:
    sander = _lets_in(ouder, "Sander Bos", Deel.PLAN)
    beperking = _restrict(van, beperken.Wie(persoon=van.ouder.pk), Deel.PLAN)
    beperken.lift(beperking, reden="Vergissing.", door=van.regisseur)
    gebeurtenissen.handle_pending()
    assert toegang.running().filter(pk=sander.pk).exists()


def test_who_helps_is_not_told_to_whom_the_list_was_closed(
    van: Gezin, ouder: Mij, settings: Any
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    wim = account("wim", naam="Wim Zuidema")
    takes_part(van.dossier, wim, Deelnemersrol.HULPVERLENER, Deel.PLAN)
    takes_part_as_family(van, "Tante Jo", Deel.EIGEN_DEEL)
    assert ouder.ingang.gebruiker is not None
    client = signed_in(ouder.ingang.gebruiker)
    paden = ("/mijn/", "/mijn/berichten/nieuw/")
    for pad in paden:
        blad = client.get(pad).content.decode()
        assert "Bart Kamphuis" in blad, pad
        assert "Wim Zuidema" in blad, pad
        assert "Tante Jo" in blad, pad
    _restrict(van, beperken.Wie(persoon=van.ouder.pk), Deel.TOEGANG)
    for pad in paden:
        blad = client.get(pad).content.decode()
        assert "Bart Kamphuis" in blad, pad
        assert "Wim Zuidema" not in blad, pad
        assert "Tante Jo" not in blad, pad
