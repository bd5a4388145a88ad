"""Contracts, prices over time, comparing offers, ceilings, and the book of products."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.voorzieningen.inkoop import (
    aanbod,
    codekeuring,
    contracteren,
    gebruik,
    inlezen,
)
from samenloop.voorzieningen.inkoop.aanbod import Volgorde
from samenloop.voorzieningen.inkoop.contracteren import Prijs
from samenloop.voorzieningen.inkoop.fouten import (
    NietTeLezen,
    OngeldigContract,
    PrijsBestaat,
)
from samenloop.voorzieningen.inkoop.models import Contract, Contractproduct, Inlezing
from tests.access.accounts import account
from tests.personen.maken import municipality
from tests.voorzieningen.maken import (
    aanbieder,
    contract,
    contractproduct,
    product,
    toewijzing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]
NU = date(2026, 3, 2)
BEHEER = Actor(ActorSoort.MEDEWERKER, "3", "Beheer", "GM0005", frozenset({Rol.BEHEER}))
CONSULENT = Actor(
    ActorSoort.MEDEWERKER, "7", "Consulent", "GM0005", frozenset({Rol.CONSULENT})
)
KOP = ("Soort", "Product", "Categorie", "Code", "Eenheid", "Tarief", "Ingangsdatum")
RIJ = ("Begeleiding", "Begeleiding", "2", "02A03", "uur", "66,00", "01-01-2026")


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        yield


def price(**velden: Any) -> Prijs:
    basis: dict[str, Any] = {
        "product": product(),
        "naam": "Begeleiding",
        "categorie": "02",
        "code": "02A03",
        "eenheid": "04",
        "tarief": 6600,
        "tarief_eenheid": "04",
        "ingang": date(2025, 1, 1),
    }
    return Prijs(**{**basis, **velden})


@pytest.mark.parametrize(
    ("wet", "categorie", "code", "goed"),
    [
        ("wmo", "02", "02A03", True),
        ("wmo", "02", "", True),
        ("wmo", "02", "BGI1", True),
        ("wmo", "07", "02A03", False),
        ("wmo", "45", "45A04", False),
        ("jeugdwet", "45", "45A04", True),
        ("wmo", "02", "02a03", False),
        ("wmo", "02", "ABCDEF", False),
        ("wmo", "", "02A03", False),
    ],
)
def test_a_code_fits_its_category(
    wet: str, categorie: str, code: str, goed: bool
) -> None:
    assert (codekeuring.problem(wet, categorie, code) == "") is goed


def test_a_new_price_ends_the_one_before() -> None:
    bij = contract()
    contracteren.price(bij, price(), door=BEHEER)
    contracteren.price(bij, price(tarief=6900, ingang=date(2026, 1, 1)), door=BEHEER)
    oud, nieuw = Contractproduct.objects.order_by("ingang")
    assert (oud.eind, nieuw.eind) == (date(2025, 12, 31), None)
    with pytest.raises(PrijsBestaat):
        contracteren.price(bij, price(ingang=date(2025, 6, 1)), door=BEHEER)
    with pytest.raises(Error), transaction.atomic():
        contractproduct(bij, ingang=date(2026, 2, 1))


@pytest.mark.parametrize(
    "velden",
    [
        {"code": "07A03"},
        {"eenheid": ""},
        {"tarief": None},
        {"max_volume": 4},
        {"ingang": date(2024, 12, 31)},
        {"eind": date(2024, 12, 31)},
    ],
)
def test_a_price_that_cannot_be_is_refused(velden: dict[str, Any]) -> None:
    with pytest.raises(OngeldigContract):
        contracteren.price(contract(), price(**velden), door=BEHEER)


def test_who_decides_on_clients_manages_no_contracts() -> None:
    bij = contract()
    with pytest.raises(GeenToegang):
        contracteren.price(bij, price(), door=CONSULENT)
    with pytest.raises(GeenToegang):
        contracteren.cap(bij, jaar=2026, bedrag=1, door=CONSULENT)


def test_another_municipality_sees_no_contract() -> None:
    contractproduct()
    with gemeentegrens.within("GM1663"):
        assert not Contract.objects.exists()
        assert not Contractproduct.objects.exists()
    with gemeentegrens.within("GM0005"):
        assert Contract.objects.count() == Contractproduct.objects.count() == 1


def offers() -> None:
    """Three providers: cheap with a long wait, dear without, and one that is full."""
    for agb, naam, tarief, dagen, stop in (
        ("00000301", "Goedkoop", 5000, 90, False),
        ("00000302", "Snel", 8000, 7, False),
        ("00000303", "Vol", 6000, 1, True),
    ):
        bij = contract(aanbieder(agb, naam))
        contractproduct(bij, tarief=tarief)
        contracteren.waiting(
            bij,
            product(),
            dagen=dagen,
            bron="eigen opgave",
            opnamestop=stop,
            door=BEHEER,
        )


@pytest.mark.parametrize(
    ("volgorde", "namen"),
    [
        (Volgorde.WACHTTIJD, ["Snel", "Goedkoop", "Vol", "Onbekend"]),
        (Volgorde.TARIEF, ["Goedkoop", "Vol", "Onbekend", "Snel"]),
        (Volgorde.NAAM, ["Goedkoop", "Onbekend", "Snel", "Vol"]),
    ],
)
def test_offers_stand_in_the_order_asked_for(
    volgorde: Volgorde, namen: list[str]
) -> None:
    offers()
    contractproduct(contract(aanbieder("00000304", "Onbekend")), tarief=7000)
    lijst = aanbod.compare("GM0005", NU, wet="wmo", volgorde=volgorde)
    assert [each.product.contract.aanbieder.naam for each in lijst] == namen
    zonder = aanbod.compare("GM0005", NU, wet="wmo", zonder_stop=True)
    assert "Vol" not in [each.product.contract.aanbieder.naam for each in zonder]


def test_only_what_is_in_force_is_offered(
    django_assert_max_num_queries: Any,
) -> None:
    offers()
    contractproduct(contract(aanbieder("00000305", "Voorbij"), eind=date(2026, 3, 1)))
    contractproduct(contract(aanbieder("00000306", "Elders"), gemeente="GM1663"))
    with django_assert_max_num_queries(5):
        assert len(aanbod.compare("GM0005", NU, wet="wmo", product=product())) == 3
    assert len(aanbod.compare("GM0005", date(2025, 2, 1), wet="wmo")) == 4
    assert not aanbod.compare("GM0005", NU, wet="jeugdwet")


def test_a_ceiling_says_what_is_allocated_and_expected() -> None:
    bij = contract()
    contractproduct(bij)
    # 4 hours a week at 66 euros for 361 days; the contract of another does not count.
    toewijzing(contract=bij)
    toewijzing(contract=contract(aanbieder("00000301", "Ander")))
    contracteren.cap(bij, jaar=2026, bedrag=2_000_000, door=BEHEER)
    contracteren.cap(bij, jaar=2026, bedrag=1_000_000, door=BEHEER)
    (stand,) = gebruik.of([bij], 2026, NU)
    assert (stand.plafond.bedrag, stand.plafond.versie) == (1_000_000, 2)
    assert stand.verwacht == round(361 / 7 * 4 * 6600)
    assert stand.toegewezen.tot_nu == round(57 / 7 * 4 * 6600)
    assert stand.is_over


def trial(*rijen: tuple[str, ...], bij: Contract | None = None) -> inlezen.Proef:
    genummerd = [(n, rij) for n, rij in enumerate(rijen, 2)]
    return inlezen.trial(bij or contract(), genummerd, inlezen.guess(KOP))


def other(**anders: str) -> tuple[str, ...]:
    rij = dict(zip(KOP, RIJ, strict=True)) | anders
    return tuple(rij.values())


@pytest.mark.parametrize(
    "anders",
    [
        {"Soort": "Ruimtevaart"},
        {"Categorie": "7"},
        {"Categorie": "99"},
        {"Code": "TELANG"},
        {"Eenheid": "kwartier"},
        {"Tarief": "66.0"},
        {"Ingangsdatum": "32-01-2026"},
        {"Ingangsdatum": ""},
        {"Ingangsdatum": "31-12-2024"},
    ],
)
def test_a_wrong_row_is_named_by_its_number(anders: dict[str, str]) -> None:
    product()
    proef = trial(RIJ, other(**anders))
    assert [fout.rij for fout in proef.fouten] == [3]
    assert not proef.mag


def test_the_same_twice_in_a_file_is_wrong() -> None:
    product()
    assert [fout.rij for fout in trial(RIJ, RIJ).fouten] == [3]


def test_the_trial_writes_nothing_and_reading_in_all_or_nothing() -> None:
    product()
    bij = contract()
    goed = [(2, RIJ), (3, other(Code="02A05"))]
    assert trial(RIJ, bij=bij).mag
    assert not Contractproduct.objects.exists()
    with pytest.raises(NietTeLezen):
        inlezen.carry_out(
            bij,
            [*goed, (4, other(Eenheid="kwartier"))],
            inlezen.guess(KOP),
            bestandsnaam="boek.csv",
            door=BEHEER,
        )
    assert not Contractproduct.objects.exists()
    inlezing = inlezen.carry_out(
        bij, goed, inlezen.guess(KOP), bestandsnaam="boek.csv", door=BEHEER
    )
    assert (inlezing.nieuw, Contractproduct.objects.count()) == (2, 2)
    weer = trial(RIJ, other(Tarief="70,00", Ingangsdatum="01-07-2026"), bij=bij)
    assert (weer.gelijk, len(weer.gewijzigd)) == (1, 1)


def test_columns_that_must_be_there_are_asked() -> None:
    with pytest.raises(NietTeLezen):
        inlezen.trial(contract(), [(2, RIJ)], {"naam": 1})


def test_a_buyer_reads_in_a_book_on_the_page(client: Client) -> None:
    product()
    bij = contract(gemeente="GM1651")
    municipality("GM1651", "Eemsmond")
    client.force_login(account("beheer", rol=Rol.BEHEER))
    adres = reverse("productenboek", args=[bij.pk])
    tekst = "\r\n".join(";".join(rij) for rij in (KOP, RIJ)).encode("utf-8")
    client.post(adres, {"bestand": SimpleUploadedFile("boek.csv", tekst)})
    assert "1 nieuwe" in client.get(adres).content.decode()
    assert not Contractproduct.objects.exists()
    client.post(reverse("productenboek-inlezen", args=[bij.pk]))
    assert Contractproduct.objects.get().tarief == 6600
    assert Inlezing.objects.get().bestandsnaam == "boek.csv"
    assert "66,00" in client.get(reverse("contract", args=[bij.pk])).content.decode()
