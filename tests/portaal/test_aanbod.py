"""Families see which help there is: who and how long, never what is not theirs."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.portaal import aanbod
from samenloop.portaal.models import Aanbodinstelling
from samenloop.voorzieningen.inkoop.models import Kwaliteit, Wachttijd
from samenloop.voorzieningen.models import Aanbieder, Product, Wet
from tests.access.accounts import GEMEENTE, account
from tests.portaal.maken import citizen, gezin, signed_in, takes_part_as_family
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, product

pytestmark = pytest.mark.django_db
OP = date(2026, 6, 9)


@pytest.fixture(autouse=True)
def _june(settings: object) -> Iterator[None]:
    settings.TWEEDE_STAP_VERPLICHT = False  # type: ignore[attr-defined]
    with time_machine.travel("2026-06-09T10:00:00+02:00", tick=False):
        yield


def _wait(
    wie: Aanbieder, dagen: int, *, op: str = "2026-06-01", vol: bool = False
) -> None:
    Wachttijd.objects.create(
        aanbieder=wie,
        product=product(),
        gemeenten=[GEMEENTE],
        dagen=dagen,
        peildatum=date.fromisoformat(op),
        bron="eigen opgave",
        opnamestop=vol,
    )


def _remark(wie: Aanbieder, soort: str, tekst: str) -> None:
    Kwaliteit.objects.create(
        aanbieder=wie,
        gemeenten=[GEMEENTE],
        soort=soort,
        datum=date(2026, 3, 1),
        tekst=tekst,
        bron="bron",
    )


@pytest.fixture
def soort() -> Product:
    """A kind of help of three providers: one soon, one later, one full."""
    for agb, naam, dagen, vol in (
        ("00000301", "De Vroege", 3, False),
        ("00000302", "De Late", 20, False),
        ("00000303", "De Volle", 1, True),
    ):
        wie = aanbieder(agb, naam)
        contractproduct(contract(wie, GEMEENTE))
        _wait(wie, dagen, vol=vol)
        _remark(wie, "toezicht", "Toezicht zag tekorten")
        _remark(wie, "keurmerk", "HKZ 2026")
    return product()


def _family(rol: Deelnemersrol = Deelnemersrol.GEZIN) -> Client:
    van = gezin()
    return signed_in(citizen(van, takes_part_as_family(van, van.ouder, *Deel, rol=rol)))


def _page(client: Client, soort: Product) -> str:
    antwoord = client.get(reverse("mijn-aanbod"), {"hulp": soort.pk})
    assert antwoord.status_code == 200
    return str(antwoord.content.decode())


def test_the_shortest_wait_stands_first_and_who_is_full_last(soort: Product) -> None:
    assert [each.naam for each in aanbod.offers(GEMEENTE, OP, soort)] == [
        "De Vroege",
        "De Late",
        "De Volle",
    ]


def test_a_wait_is_told_in_words(soort: Product) -> None:
    onbekend = aanbieder("00000304", "De Stille")
    contractproduct(contract(onbekend, GEMEENTE))
    tekst = _page(_family(), soort)
    assert "U kunt binnen een week terecht." in tekst
    assert "U wacht ongeveer 3 weken." in tekst
    assert "Hier kan nu niemand bij." in tekst
    assert "Wij weten niet hoe lang u hier wacht." in tekst
    assert "1 juni 2026" in tekst


def test_an_old_statement_says_that_it_is_old(soort: Product) -> None:
    assert not any(each.is_oud for each in aanbod.offers(GEMEENTE, OP, soort))
    assert all(
        each.is_oud for each in aanbod.offers(GEMEENTE, date(2026, 10, 1), soort)
    )


def test_no_price_and_no_remark_unless_the_municipality_says_so(soort: Product) -> None:
    client = _family()
    tekst = _page(client, soort)
    assert "66,00" not in tekst
    assert "HKZ" not in tekst
    Aanbodinstelling.objects.create(
        gemeente_id=GEMEENTE, tarieven=True, keurmerken=True, toelichting="Bel ons."
    )
    tekst = _page(client, soort)
    assert "€ 66,00" in tekst
    assert "HKZ 2026" in tekst
    assert "Bel ons." in tekst
    assert "Toezicht zag tekorten" not in tekst, "never, whatever is chosen"


def test_what_another_municipality_chose_or_contracted_does_not_count(
    soort: Product,
) -> None:
    elders = contract(aanbieder("00000305", "De Verre"), "GM0363")
    contractproduct(elders)
    Aanbodinstelling.objects.create(gemeente_id="GM0363", tarieven=True)
    tekst = _page(_family(), soort)
    assert "De Verre" not in tekst
    assert "66,00" not in tekst


def test_a_kind_has_the_name_of_what_was_contracted(soort: Product) -> None:
    contractproduct(
        contract(aanbieder("00000307", "De Brede"), GEMEENTE), naam="Samen oefenen"
    )
    (gevonden,) = aanbod.kinds(GEMEENTE, OP)
    assert (gevonden.product, gevonden.naam) == (
        soort,
        "Begeleiding individueel, Samen oefenen",
    )


def test_a_contract_that_ended_is_not_offered(soort: Product) -> None:
    weg = contract(aanbieder("00000306", "De Oude"), GEMEENTE, eind=date(2026, 6, 8))
    contractproduct(weg)
    assert "De Oude" not in {e.naam for e in aanbod.offers(GEMEENTE, OP, soort)}


def test_what_one_pays_follows_from_the_law(soort: Product) -> None:
    jeugd = product("jeugd-amb", Wet.JEUGDWET, "Jeugdhulp thuis")
    contractproduct(contract(aanbieder(), GEMEENTE, wet=Wet.JEUGDWET), product=jeugd)
    client = _family()
    assert "U betaalt niets voor deze hulp." in _page(client, jeugd)
    assert "vast bedrag per maand" in _page(client, soort)


def test_a_look_at_the_offer_is_not_a_look_at_a_person(soort: Product) -> None:
    client = _family()
    voor = Auditregel.objects.count()
    _page(client, soort)
    assert Auditregel.objects.count() == voor


def test_a_kind_that_is_not_offered_shows_the_choice_alone(soort: Product) -> None:
    client = _family()
    for hulp in ("", "999999", "x' OR 1=1", "\x00"):
        antwoord = client.get(reverse("mijn-aanbod"), {"hulp": hulp})
        assert antwoord.status_code == 200
        assert "De Vroege" not in antwoord.content.decode()


def test_the_plan_leads_to_the_offer(soort: Product) -> None:
    client = _family()
    for naam in ("mijn", "mijn-plan"):
        assert reverse("mijn-aanbod") in client.get(reverse(naam)).content.decode()


def test_the_page_is_for_the_family_and_its_settings_for_the_administrator(
    soort: Product,
) -> None:
    beheer, consulent = Client(), Client()
    beheer.force_login(account("femke", rol=Rol.BEHEER))
    consulent.force_login(account("cor", rol=Rol.CONSULENT))
    assert consulent.get(reverse("mijn-aanbod")).status_code in (302, 403)
    instellen = reverse("aanbod-gezinnen")
    assert _family().get(instellen).status_code == 403
    assert consulent.post(instellen, {"tarieven": "on"}).status_code == 403
    assert not Aanbodinstelling.objects.exists()
    assert beheer.get(instellen).status_code == 200
    beheer.post(instellen, {"tarieven": "on", "toelichting": "Bel 14 050."})
    rij = Aanbodinstelling.objects.get()
    assert (rij.tarieven, rij.keurmerken, rij.toelichting) == (
        True,
        False,
        "Bel 14 050.",
    )
    assert Auditregel.objects.filter(handeling="contract_beheren").exists()
    # A next choice changes the same row.
    beheer.post(instellen, {"toelichting": ""})
    assert not Aanbodinstelling.objects.get().tarieven
