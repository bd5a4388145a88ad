"""One click from what ends to an application that knows it, and never a second one."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.voorzieningen.toewijzen import aanvragen, beschikken, herindiceren
from samenloop.voorzieningen.toewijzen.aanvragen import Invoer
from samenloop.voorzieningen.toewijzen.beschikken import Besluit
from samenloop.voorzieningen.toewijzen.fouten import Onvolledig
from samenloop.voorzieningen.toewijzen.herindiceren import AlAangevraagd
from samenloop.voorzieningen.toewijzen.models import Aanvraag, Toewijzing
from tests.access.accounts import GEMEENTE, account
from tests.personen.maken import lives, municipality, person
from tests.voorzieningen.maken import contract, contractproduct, product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]
EIND = date(2026, 5, 31)


def actor(rol: Rol, nummer: str = "7", gemeente: str = GEMEENTE) -> Actor:
    return Actor(ActorSoort.MEDEWERKER, nummer, "Iemand", gemeente, frozenset({rol}))


CONSULENT = actor(Rol.CONSULENT)


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        yield


def granted(wet: str = "wmo", eind: date | None = EIND) -> Toewijzing:
    """Care of 4 hours a week at a contracted provider, as it was granted before."""
    gemeente = municipality(GEMEENTE)
    wie = person(gemeenten=[GEMEENTE])
    lives(wie, gemeente, postcode="9781AB")
    aanvraag = aanvragen.receive(
        Invoer(
            persoon=wie,
            wet=wet,
            product=product(wet=wet),
            aangevraagd_op=date(2026, 3, 2),
        ),
        door=actor(Rol.CONSULENT, "5"),
    )
    besluit = beschikken.decide(
        aanvraag, decision(date(2026, 3, 9), eind), door=CONSULENT
    )
    keuze = contractproduct(contract(gemeente=GEMEENTE, wet=wet))
    return beschikken.allocate(besluit, keuze, door=CONSULENT)


def decision(ingang: date, eind: date | None, volume: int = 4) -> Besluit:
    return Besluit(
        uitkomst="toegekend",
        motivering="Het is nog nodig.",
        vorm="zin",
        ingang=ingang,
        eind=eind,
        volume=volume,
        eenheid="04",
        frequentie="2" if eind else "4",
    )


def begin(bij: Toewijzing, door: Actor = CONSULENT) -> Aanvraag:
    assert bij.voorziening is not None
    nu = herindiceren.present(GEMEENTE, bij.voorziening)
    assert nu is not None
    return herindiceren.begin(nu, door=door)


@pytest.mark.parametrize(
    ("wet", "staat", "uiterlijk"),
    [
        ("wmo", "melding", date(2026, 4, 13)),
        ("jeugdwet", "aanvraag", date(2026, 4, 28)),
    ],
)
def test_it_knows_who_law_kind_and_what_it_is_about(
    wet: str, staat: str, uiterlijk: date
) -> None:
    bij = granted(wet)
    row = begin(bij)
    assert (row.persoon, row.wet, row.product) == (bij.persoon, wet, bij.product)
    assert (row.kanaal, row.staat, row.uiterlijk) == ("herindicatie", staat, uiterlijk)
    assert (row.herindicatie_van, row.herindicatie_eind) == (bij.voorziening, EIND)
    assert row.behandelaar == 7
    assert bij.product.naam in row.vraag


def test_of_one_end_one_looks_again_once() -> None:
    bij = granted()
    eerste = begin(bij)
    with pytest.raises(AlAangevraagd) as fout:
        begin(bij, actor(Rol.REGISSEUR, "8"))
    assert fout.value.aanvraag == eerste.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Aanvraag.objects.create(
            **{
                veld.attname: getattr(eerste, veld.attname)
                for veld in Aanvraag._meta.concrete_fields
                if veld.attname not in ("id", "nummer")
            },
            nummer="A-2026-9999",
        )


def test_who_is_second_at_the_same_moment_hears_it_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bij = granted()
    eerste = begin(bij)
    echt, keren = herindiceren.of_ends, []

    def blind(gemeente: str, eindes: list[herindiceren.Einde]) -> object:
        keren.append(1)
        return {} if len(keren) == 1 else echt(gemeente, eindes)

    # As when the other had not committed yet at the first look.
    monkeypatch.setattr(herindiceren, "of_ends", blind)
    with pytest.raises(AlAangevraagd) as fout:
        begin(bij)
    assert fout.value.aanvraag == eerste.pk
    assert Aanvraag.objects.filter(kanaal="herindicatie").count() == 1


def test_withdrawn_it_can_begin_anew_and_decided_it_cannot() -> None:
    bij = granted()
    aanvragen.withdraw(begin(bij), reden="Te vroeg", door=CONSULENT)
    tweede = begin(bij)
    aanvragen.apply(tweede, date(2026, 3, 2), door=CONSULENT)
    beschikken.decide(
        tweede, Besluit(uitkomst="afgewezen", motivering="Klaar"), door=CONSULENT
    )
    with pytest.raises(AlAangevraagd):
        begin(bij)


def test_what_goes_on_becomes_longer_and_its_next_end_is_looked_at_again() -> None:
    bij = granted()
    row = begin(bij)
    aanvragen.apply(row, date(2026, 3, 2), door=CONSULENT)
    besluit = beschikken.decide(
        row, decision(date(2026, 6, 1), date(2026, 8, 31)), door=CONSULENT
    )
    keuze = contractproduct(contract(gemeente=GEMEENTE))
    zelfde = beschikken.allocate(besluit, keuze, door=CONSULENT)
    # OP380: the number stays when the same volume goes on without a break.
    assert (zelfde.pk, zelfde.eind, zelfde.reden_wijziging) == (
        bij.pk,
        date(2026, 8, 31),
        "04",
    )
    assert zelfde.beschikking == besluit
    assert begin(zelfde).herindicatie_eind == date(2026, 8, 31)


def test_another_volume_is_a_new_allocation() -> None:
    bij = granted()
    row = begin(bij)
    aanvragen.apply(row, date(2026, 3, 2), door=CONSULENT)
    besluit = beschikken.decide(
        row, decision(date(2026, 6, 1), date(2026, 8, 31), 6), door=CONSULENT
    )
    nieuw = beschikken.allocate(
        besluit, contractproduct(contract(gemeente=GEMEENTE)), door=CONSULENT
    )
    assert nieuw.nummer != bij.nummer


def test_what_has_no_end_or_ended_is_not_looked_at_again() -> None:
    zonder = granted(eind=None)
    with pytest.raises(Onvolledig):
        begin(zonder)
    bij = granted()
    with (
        time_machine.travel("2026-06-01T10:00:00+02:00", tick=False),
        pytest.raises(Onvolledig),
    ):
        begin(bij)
    assert not Aanvraag.objects.filter(kanaal="herindicatie").exists()


@pytest.mark.parametrize("rol", [Rol.BACKOFFICE, Rol.TEAMLEIDER, Rol.BELEID])
def test_only_who_deals_with_applications_begins(rol: Rol) -> None:
    bij = granted()
    with pytest.raises(GeenToegang):
        begin(bij, actor(rol, "9"))


def test_of_another_municipality_nothing_is_known() -> None:
    bij = granted()
    assert bij.voorziening is not None
    assert herindiceren.present("GM0014", bij.voorziening) is None


@pytest.fixture
def consulent(client: Client) -> Gebruiker:
    gemaakt = account("ineke", rol=Rol.CONSULENT, naam="Ineke Postma")
    client.force_login(gemaakt)
    return gemaakt


def test_one_click_and_the_second_goes_to_the_first(
    client: Client, consulent: Gebruiker
) -> None:
    bij = granted()
    adres = reverse("aanvraag-herindicatie", args=[bij.voorziening])
    assert client.get(adres).status_code == 405
    antwoord = client.post(adres)
    row = Aanvraag.objects.get(kanaal="herindicatie")
    assert antwoord["Location"] == reverse("aanvraag", args=[row.pk])
    bladzijde = client.get(antwoord["Location"]).content.decode()
    assert bij.aanbieder.naam in bladzijde
    assert bij.beschikking is not None
    assert bij.beschikking.nummer in bladzijde
    assert client.post(adres)["Location"] == antwoord["Location"]
    assert Aanvraag.objects.filter(kanaal="herindicatie").count() == 1
    van = client.get(reverse("voorzieningen-van", args=[bij.persoon_id]))
    assert f"Herindicatie {row.nummer}" in van.content.decode()


def test_the_decision_begins_with_what_there_is_now(
    client: Client, consulent: Gebruiker
) -> None:
    bij = granted()
    row = begin(bij, actor(Rol.CONSULENT, str(consulent.pk)))
    aanvragen.apply(row, date(2026, 3, 2), door=CONSULENT)
    vorm = client.get(reverse("aanvraag-besluit", args=[row.pk])).content.decode()
    assert 'value="2026-06-01"' in vorm, "the day after the last day"
    assert 'value="4"' in vorm
    beschikken.decide(
        row,
        decision(date(2026, 6, 1), EIND.replace(year=2027)),
        door=actor(Rol.CONSULENT, str(consulent.pk)),
    )
    besluit = row.beschikkingen.get()
    keuze = client.get(reverse("beschikking", args=[besluit.pk])).content.decode()
    assert "levert nu" in keuze


@pytest.mark.parametrize(
    ("rol", "status"),
    [(Rol.REGISSEUR, 302), (Rol.BACKOFFICE, 403), (Rol.TEAMLEIDER, 403)],
)
def test_the_click_is_for_who_deals_with_applications(
    client: Client, rol: Rol, status: int
) -> None:
    bij = granted()
    client.force_login(account("wie", rol=rol))
    adres = reverse("aanvraag-herindicatie", args=[bij.voorziening])
    assert client.post(adres).status_code == status
    assert Aanvraag.objects.filter(kanaal="herindicatie").exists() == (status == 302)


def test_an_unknown_mark_is_not_found(client: Client, consulent: Gebruiker) -> None:
    bij = granted()
    adres = reverse("aanvraag-herindicatie", args=[bij.pk])
    assert client.post(adres).status_code == 404
