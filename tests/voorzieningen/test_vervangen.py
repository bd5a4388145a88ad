"""A decision that takes the place of another, and what becomes of what ran under it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.core import gebeurtenissen
from samenloop.core.fouten import SamenloopFout
from samenloop.core.models import Gebeurtenis
from samenloop.voorzieningen.inkoop.models import Contractproduct
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    beschikken,
    bezwaren,
    toewijzen,
    vervangen,
)
from samenloop.voorzieningen.toewijzen.aanvragen import Invoer
from samenloop.voorzieningen.toewijzen.beschikken import Besluit
from samenloop.voorzieningen.toewijzen.fouten import (
    AlGedeclareerd,
    BuitenContract,
    NietNu,
    Onvolledig,
)
from samenloop.voorzieningen.toewijzen.models import (
    Beschikking,
    EigenBijdrage,
    Pgb,
    Toewijzing,
    Uitvoer,
    Vervangreden,
)
from samenloop.voorzieningen.toewijzen.vervangen import Lot, Vervanging
from tests.access.accounts import GEMEENTE, account
from tests.personen.maken import give_bsn, lives, municipality, person
from tests.voorzieningen.maken import contract, contractproduct, product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nu")]
PER = date(2026, 6, 1)
INGANG, EIND = date(2026, 3, 9), date(2027, 3, 8)


def actor(rol: Rol, nummer: str = "7") -> Actor:
    return Actor(ActorSoort.MEDEWERKER, nummer, "Iemand", GEMEENTE, frozenset({rol}))


CONSULENT = actor(Rol.CONSULENT)


@pytest.fixture
def _nu() -> Iterator[None]:
    with time_machine.travel("2026-03-02T10:00:00+01:00", tick=False):
        yield


def besluit(**velden: Any) -> Besluit:
    basis: dict[str, Any] = {
        "uitkomst": "toegekend",
        "motivering": "Kan het huishouden niet alleen.",
        "vorm": "zin",
        "ingang": INGANG,
        "eind": EIND,
        "volume": 4,
        "eenheid": "04",
        "frequentie": "2",
    }
    return Besluit(**{**basis, **velden})


BUDGET = {"vorm": "pgb", "budget": 1_200_000, "categorie": "02", "code": "02A03"}
AFWIJZING = Besluit(uitkomst="afgewezen", motivering="Het kan nu zonder hulp.")


def decided(**velden: Any) -> Beschikking:
    gemeente = municipality(GEMEENTE)
    wie = person(gemeenten=[GEMEENTE])
    lives(wie, gemeente, postcode="9781AB")
    aanvraag = aanvragen.receive(
        Invoer(
            persoon=wie, wet="wmo", product=product(), aangevraagd_op=date(2026, 3, 2)
        ),
        door=CONSULENT,
    )
    return beschikken.decide(aanvraag, besluit(**velden), door=CONSULENT)


def offer() -> Contractproduct:
    return contractproduct(contract(gemeente=GEMEENTE))


def allocated(**velden: Any) -> tuple[Beschikking, Toewijzing]:
    oud = decided(**velden)
    return oud, beschikken.allocate(oud, offer(), door=CONSULENT)


def replace(
    oud: Beschikking,
    nieuw: Besluit | None = None,
    *,
    loten: Mapping[UUID, str] | None = None,
    per: date = PER,
    reden: str = Vervangreden.SITUATIE,
    door: Actor = CONSULENT,
) -> Beschikking:
    return vervangen.replace(
        oud, Vervanging(reden, per, nieuw or besluit(), loten or {}), door=door
    )


def told(toewijzing: Toewijzing) -> list[str]:
    return list(
        Gebeurtenis.objects.filter(onderwerp=toewijzing.pk)
        .order_by("vastgelegd_op", "soort")
        .values_list("soort", flat=True)
    )


def test_the_new_one_says_what_it_replaces_and_the_old_one_stays_as_it_was() -> None:
    oud, _t = allocated()
    voor = Beschikking.objects.filter(pk=oud.pk).values().get()
    nieuw = replace(oud)
    assert (nieuw.vervangt, nieuw.reden_vervanging, nieuw.vervangt_per) == (
        oud,
        "situatie",
        PER,
    )
    assert nieuw.ingang == PER, "it holds from the day of replacement"
    assert nieuw.grondslag == "Wmo 2015, 2.3.10"
    assert nieuw.nummer != oud.nummer
    assert Beschikking.objects.filter(pk=oud.pk).values().get() == voor
    assert Gebeurtenis.objects.filter(
        soort="beschikking-genomen", onderwerp=nieuw.pk
    ).exists()


def test_what_ends_ends_the_day_before_and_the_provider_hears() -> None:
    oud, loopt = allocated()
    replace(oud, loten={loopt.pk: Lot.EINDE})
    loopt.refresh_from_db()
    assert (loopt.eind, loopt.reden_wijziging) == (date(2026, 5, 31), "05")
    assert told(loopt).count("toewijzing-gewijzigd") == 1
    assert loopt.voorziening is not None
    feit = Voorziening.objects.current().get(kenmerk=loopt.voorziening)
    assert feit.einddatum == date(2026, 5, 31)


def test_what_goes_over_unchanged_keeps_its_number_and_says_nothing() -> None:
    oud, loopt = allocated()
    nieuw = replace(oud, loten={loopt.pk: Lot.OVER})
    loopt.refresh_from_db()
    assert (loopt.beschikking, loopt.eind) == (nieuw, EIND)
    assert "toewijzing-gewijzigd" not in told(loopt)
    assert [each.beschikking for each in loopt.versies.all()] == [oud, nieuw]


@pytest.mark.parametrize(
    ("eind", "reden", "code"),
    [
        (date(2027, 6, 30), Vervangreden.SITUATIE, "04"),
        (date(2026, 12, 31), Vervangreden.SITUATIE, "05"),
        (date(2027, 6, 30), Vervangreden.FOUT, "14"),
    ],
)
def test_what_goes_over_gets_the_new_last_day_in_a_message(
    eind: date, reden: str, code: str
) -> None:
    oud, loopt = allocated()
    nieuw = replace(oud, besluit(eind=eind), loten={loopt.pk: Lot.OVER}, reden=reden)
    loopt.refresh_from_db()
    assert (loopt.eind, loopt.reden_wijziging) == (eind, code)
    assert loopt.beschikking == nieuw
    assert told(loopt).count("toewijzing-gewijzigd") == 1


def test_another_volume_takes_a_new_number_at_the_same_provider() -> None:
    oud, loopt = allocated()
    with pytest.raises(Onvolledig):
        replace(oud, besluit(volume=6), loten={loopt.pk: Lot.OVER})
    nieuw = replace(oud, besluit(volume=6), loten={loopt.pk: Lot.NIEUW})
    loopt.refresh_from_db()
    erbij = Toewijzing.objects.get(beschikking=nieuw)
    assert loopt.eind == date(2026, 5, 31)
    assert (erbij.ingang, erbij.volume, erbij.aanbieder) == (PER, 6, loopt.aanbieder)
    assert erbij.nummer != loopt.nummer
    assert told(erbij) == ["toewijzing-vastgesteld"]


def test_one_message_tells_the_provider_of_both() -> None:
    oud, loopt = allocated()
    give_bsn(oud.persoon)
    gebeurtenissen.handle_pending()
    eerste = Ketenbericht.objects.get(richting="uit")
    with time_machine.travel("2026-03-03T10:00:00+01:00", tick=False):
        nieuw = replace(oud, besluit(volume=6), loten={loopt.pk: Lot.NIEUW})
        gebeurtenissen.handle_pending()
    laatste = Ketenbericht.objects.exclude(pk=eerste.pk).get(richting="uit")
    assert laatste.soort == "WMO301"
    erbij = Toewijzing.objects.get(beschikking=nieuw)
    assert set(laatste.links.values_list("onderwerp", flat=True)) == {
        *(loopt.pk, erbij.pk),
    }


def test_without_a_contract_nothing_of_it_happens() -> None:
    oud, loopt = allocated()
    Contractproduct.objects.update(eind=date(2026, 5, 1))
    with pytest.raises(BuitenContract):
        replace(oud, besluit(volume=6), loten={loopt.pk: Lot.NIEUW})
    loopt.refresh_from_db()
    assert (loopt.eind, loopt.beschikking) == (EIND, oud)
    assert Beschikking.objects.count() == 1
    assert "toewijzing-gewijzigd" not in told(loopt)


def test_from_its_first_day_on_it_counts_as_if_it_never_was() -> None:
    oud, loopt = allocated()
    nieuw = replace(
        oud, besluit(volume=6), loten={loopt.pk: Lot.NIEUW}, per=INGANG, reden="fout"
    )
    loopt.refresh_from_db()
    assert loopt.is_verwijderd
    assert Toewijzing.objects.get(beschikking=nieuw).ingang == INGANG


def test_what_was_invoiced_is_not_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    oud, loopt = allocated()
    monkeypatch.setattr(toewijzen, "_beletsels", [lambda row: row.pk == loopt.pk])
    with pytest.raises(AlGedeclareerd):
        replace(oud, per=INGANG)
    assert Beschikking.objects.count() == 1
    assert replace(oud).vervangt == oud, "later than what was invoiced it can"


def test_a_refusal_lets_all_end_and_the_contribution_stop() -> None:
    oud, loopt = allocated(ingang=date(2026, 3, 2))
    with time_machine.travel("2026-06-01T10:00:00+02:00", tick=False):
        with pytest.raises(Onvolledig):
            replace(oud, AFWIJZING, loten={loopt.pk: Lot.OVER})
        nieuw = replace(oud, AFWIJZING)
    loopt.refresh_from_db()
    assert (nieuw.ingang, nieuw.vervangt_per) == (None, PER)
    assert loopt.eind == date(2026, 5, 31)
    assert EigenBijdrage.objects.get().eind == date(2026, 5, 31)
    assert Uitvoer.objects.filter(soort="cak_stop").count() == 1


def test_where_care_goes_on_the_contribution_runs_on() -> None:
    oud, loopt = allocated()
    with time_machine.travel("2026-06-01T10:00:00+02:00", tick=False):
        replace(oud, besluit(volume=6), loten={loopt.pk: Lot.NIEUW})
    assert EigenBijdrage.objects.get().eind is None
    assert [each.soort for each in Uitvoer.objects.all()] == ["cak_start"]


def test_a_budget_ends_with_its_decision_and_the_next_begins() -> None:
    oud = decided(**BUDGET)
    with time_machine.travel("2026-06-01T10:00:00+02:00", tick=False):
        nieuw = replace(oud, besluit(**BUDGET | {"budget": 900_000}))
    was, wordt = Pgb.objects.order_by("ingang")
    assert (was.beeindigd_op, was.beschikking) == (date(2026, 5, 31), oud)
    assert (wordt.ingang, wordt.budget, wordt.beschikking) == (PER, 900_000, nieuw)
    assert sorted(Uitvoer.objects.values_list("soort", flat=True)) == [
        "cak_start",
        "pgb_einde",
        "pgb_toekenning",
        "pgb_toekenning",
    ]


def test_a_budget_replaced_from_its_first_day_on_never_was() -> None:
    oud = decided(**BUDGET)
    nieuw = replace(oud, per=INGANG, reden="fout")
    pgb = Pgb.objects.get()
    assert pgb.is_ingetrokken
    assert pgb.voorziening is not None
    assert not Voorziening.objects.current().filter(kenmerk=pgb.voorziening).exists()
    beschikken.allocate(nieuw, offer(), door=CONSULENT)


def test_after_an_objection_only_when_one_was_upheld() -> None:
    oud, loopt = allocated()
    over = {loopt.pk: Lot.OVER}
    with pytest.raises(Onvolledig):
        replace(oud, loten=over, reden="bezwaar")
    zaak = bezwaren.object_to(
        oud, inhoud="Te weinig", op=date(2026, 3, 2), door=CONSULENT
    )
    with pytest.raises(Onvolledig):
        replace(oud, loten=over, reden="bezwaar")
    bezwaren.settle(zaak, uitkomst="gegrond", motivering="Klopt", door=CONSULENT)
    nieuw = replace(oud, loten=over, reden="bezwaar")
    assert nieuw.grondslag == "Awb 7:11, tweede lid"
    # Who disagrees with this goes to court, not to the municipality once more.
    with pytest.raises(Onvolledig):
        bezwaren.object_to(nieuw, inhoud="Nog", op=date(2026, 3, 2), door=CONSULENT)


def test_once_and_not_after_it_ended() -> None:
    oud, _t = allocated()
    with pytest.raises(Onvolledig):
        replace(oud, per=date(2027, 3, 9), nieuw=besluit(eind=date(2028, 1, 1)))
    nieuw = replace(oud)
    with pytest.raises(NietNu):
        replace(oud)
    assert replace(nieuw).vervangt == nieuw, "the next one can be replaced in turn"
    with pytest.raises(IntegrityError), transaction.atomic():
        Beschikking.objects.create(
            **{
                veld.attname: getattr(nieuw, veld.attname)
                for veld in Beschikking._meta.concrete_fields
                if veld.attname not in ("id", "nummer")
            },
            nummer="B-2026-9999",
        )


def test_nothing_is_allocated_under_what_was_replaced() -> None:
    oud = decided()
    nieuw = replace(oud)
    with pytest.raises(NietNu):
        beschikken.allocate(oud, offer(), door=CONSULENT)
    assert beschikken.allocate(nieuw, offer(), door=CONSULENT).beschikking == nieuw


@pytest.mark.parametrize("rol", [Rol.REGISSEUR, Rol.BACKOFFICE, Rol.TEAMLEIDER])
def test_only_who_decides_replaces(rol: Rol) -> None:
    oud, _t = allocated()
    with pytest.raises(GeenToegang):
        replace(oud, door=actor(rol, "8"))
    assert Beschikking.objects.count() == 1


@pytest.mark.parametrize(
    "velden",
    [
        {"reden": ""},
        {"nieuw": besluit(motivering=" ")},
        {"nieuw": besluit(eind=date(2026, 5, 1))},
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(velden: dict[str, Any]) -> None:
    oud, loopt = allocated()
    with pytest.raises(SamenloopFout):
        replace(oud, **velden)
    loopt.refresh_from_db()
    assert loopt.eind == EIND
    assert Beschikking.objects.count() == 1


def _form(oud: Beschikking, **velden: Any) -> dict[str, Any]:
    return {
        "reden": "situatie",
        "ingang": PER.isoformat(),
        "uitkomst": "toegekend",
        "product": oud.product_id,
        "vorm": "zin",
        "motivering": "Er is meer nodig",
        "eind": EIND.isoformat(),
        "volume": 6,
        "eenheid": "04",
        "frequentie": "2",
        **velden,
    }


def test_the_page_replaces_and_both_decisions_say_so(client: Client) -> None:
    oud, loopt = allocated()
    collega = account("ineke", rol=Rol.CONSULENT, naam="Ineke Postma")
    client.force_login(collega)
    adres = reverse("beschikking-vervangen", args=[oud.pk])
    leeg = client.get(adres).content.decode()
    assert f"lot_{loopt.pk}" in leeg
    assert 'value="4"' in leeg, "what was decided before stands ready"
    fout = client.post(adres, _form(oud, **{f"lot_{loopt.pk}": "over"}))
    assert fout.status_code == 422
    assert "nummer van een toewijzing niet blijven" in fout.content.decode()
    antwoord = client.post(adres, _form(oud, **{f"lot_{loopt.pk}": "nieuw"}))
    nieuw = Beschikking.objects.get(vervangt=oud)
    assert antwoord["Location"] == reverse("beschikking", args=[nieuw.pk])
    bladzijde = client.get(reverse("beschikking", args=[nieuw.pk])).content.decode()
    assert oud.nummer in bladzijde
    assert "de situatie is veranderd" in bladzijde
    # A second time leads to the one that holds.
    assert client.get(adres)["Location"] == antwoord["Location"]


def test_the_old_page_stays_and_says_by_what_it_was_replaced(client: Client) -> None:
    oud, _t = allocated()
    nieuw = replace(oud)
    eigen = account("bo", rol=Rol.BACKOFFICE, naam="Bo")
    client.force_login(eigen)
    bladzijde = client.get(reverse("beschikking", args=[oud.pk])).content.decode()
    assert nieuw.nummer in bladzijde
    assert "Vervangen vanaf 1 juni 2026" in bladzijde
    assert reverse("beschikking-vervangen", args=[oud.pk]) not in bladzijde
    van = client.get(reverse("voorzieningen-van", args=[oud.persoon_id]))
    assert f"vervangen door {nieuw.nummer}" in van.content.decode()


@pytest.mark.parametrize(
    ("rol", "status"),
    [(Rol.CONSULENT, 200), (Rol.REGISSEUR, 403), (Rol.BACKOFFICE, 403)],
)
def test_the_page_is_for_who_decides(client: Client, rol: Rol, status: int) -> None:
    oud, _t = allocated()
    client.force_login(account("wie", rol=rol, naam="Wie"))
    adres = reverse("beschikking-vervangen", args=[oud.pk])
    assert client.get(adres).status_code == status


def test_another_municipality_does_not_find_it(client: Client) -> None:
    oud, _t = allocated()
    municipality("GM0014")
    client.force_login(account("elders", rol=Rol.CONSULENT, gemeente="GM0014"))
    adres = reverse("beschikking-vervangen", args=[oud.pk])
    assert client.get(adres).status_code == 404
