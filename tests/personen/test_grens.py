"""In plain SQL, as the application's role: nobody reads or writes over the border."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from samenloop.core.fouten import BsnBestaatAl
from samenloop.core.gemeentegrens import everywhere, within
from samenloop.core.models import Gebeurtenis
from samenloop.core.tijd import correct
from samenloop.personen import taak
from samenloop.personen.models import (
    Gemeente,
    Gezin,
    Gezinslid,
    Huishouden,
    Naamdeel,
    Persoon,
)
from samenloop.personen.toestemming import Toestemming, valid_consent
from samenloop.personen.verhuizing import (
    NieuwAdres,
    VerhuisdVoorBegin,
    register_move,
)
from samenloop.regie.models import Casus, Casusperiode
from samenloop.voorzieningen.models import Product, Traject, Uitkering, Voorziening
from tests.personen.maken import (
    ANDER_BSN,
    BEKEND,
    BSN,
    custody,
    days,
    give_bsn,
    known,
    lives,
    person,
    stays,
)

pytestmark = pytest.mark.django_db

# Every table with something about a person, and one column of it to write.
TABELLEN = {
    "personen_persoon": "voornamen = 'x'",
    "personen_burgerservicenummer": "zoeksleutel = zoeksleutel",
    "personen_adres": "bekend = bekend",
    "personen_verblijf": "bekend = bekend",
    "personen_huishouden": "sleutel = 'x'",
    "personen_gezin": "naam = 'x'",
    "personen_gezinslid": "bekend = bekend",
    "personen_gezag": "bekend = bekend",
    "personen_naamdeel": "woord = 'x'",
    "personen_toestemming": "categorie = 'x'",
    "personen_verhuizing": "vanaf = vanaf",
    "voorzieningen_voorziening": "bekend = bekend",
    "voorzieningen_uitkering": "bekend = bekend",
    "voorzieningen_traject": "spoor = 1",
    "regie_casus": "nummer = 'x'",
    "regie_casusperiode": "bekend = bekend",
}


@dataclass(frozen=True)
class Twee:
    """The same records in two municipalities."""

    hier: dict[str, object]
    daar: dict[str, object]


def records_in(gemeente: Gemeente, naam: str) -> dict[str, object]:
    """One row in every table, all of one municipality. Returns id by table."""
    wie, kind = person(naam), person(naam, "2015-01-01")
    huishouden = Huishouden.objects.create(sleutel=naam)
    adres = lives(wie, gemeente, huishouden=huishouden)
    lives(kind, gemeente)
    gezin = Gezin.objects.create(naam=naam)
    lid = Gezinslid.objects.create(
        gezin=gezin, persoon=wie, rol="ouder", geldig=days("2010-01-01")
    )
    verblijf = stays(kind, gemeente, "2016-01-01")
    gezag = custody(kind, wie)
    product = Product.objects.get_or_create(wet="wmo", code="hh", naam="Hulp")[0]
    voorziening = Voorziening.objects.create(
        betrokkene=wie, gemeente=gemeente, product=product, geldig=days("2017-01-01")
    )
    uitkering = Uitkering.objects.create(
        betrokkene=wie, gemeente=gemeente, geldig=days("2017-01-01")
    )
    traject = Traject.objects.create(
        betrokkene=wie, gemeente=gemeente, spoor=1, datum=BEKEND,
        geregistreerd_op=BEKEND,
    )  # fmt: skip
    casus = Casus.objects.create(nummer=naam, gemeente=gemeente, betrokkene=wie)
    periode = Casusperiode.objects.create(
        casus=casus, type="regie", geldig=days("2017-01-01")
    )
    toestemming = Toestemming.objects.create(
        persoon=wie, gemeente=gemeente, categorie="schulden", doel="bijstand",
        gegeven_op=BEKEND, wijze="mondeling", vastgelegd_door="1",
    )  # fmt: skip
    return {
        "personen_persoon": wie.pk,
        "personen_adres": adres.pk,
        "personen_verblijf": verblijf.pk,
        "personen_huishouden": huishouden.pk,
        "personen_gezin": gezin.pk,
        "personen_gezinslid": lid.pk,
        "personen_gezag": gezag.pk,
        "personen_toestemming": toestemming.pk,
        "voorzieningen_voorziening": voorziening.pk,
        "voorzieningen_uitkering": uitkering.pk,
        "voorzieningen_traject": traject.pk,
        "regie_casus": casus.pk,
        "regie_casusperiode": periode.pk,
    }


@pytest.fixture
def twee(hier: Gemeente, daar: Gemeente) -> Twee:
    gemaakt = Twee(records_in(hier, "Bakker"), records_in(daar, "Visser"))
    give_bsn(Persoon.objects.get(pk=gemaakt.hier["personen_persoon"]), BSN)
    give_bsn(Persoon.objects.get(pk=gemaakt.daar["personen_persoon"]), ANDER_BSN)
    with connection.cursor() as cursor:
        for deel, van, naar in (("hier", hier, daar), ("daar", daar, hier)):
            cursor.execute(
                "INSERT INTO personen_verhuizing (id, persoon_id, van_id, naar_id,"
                " vanaf) VALUES (%s, %s, %s, %s, '2017-01-01')",
                [
                    uuid4(), getattr(gemaakt, deel)["personen_persoon"],
                    van.code, naar.code,
                ],
            )  # fmt: skip
    return gemaakt


def count(tabel: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {tabel}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("tabel", TABELLEN)
class TestElkeTabel:
    def test_without_a_border_there_is_nothing(self, twee: Twee, tabel: str) -> None:
        with within():
            assert count(tabel) == 0

    def test_each_sees_its_own_half(
        self, twee: Twee, hier: Gemeente, daar: Gemeente, tabel: str
    ) -> None:
        totaal = count(tabel)
        assert totaal >= 2
        with within(hier.code):
            assert count(tabel) == totaal / 2
        with within(daar.code):
            assert count(tabel) == totaal / 2
        with within(hier.code, daar.code):
            assert count(tabel) == totaal
        with within("GM9999"):
            assert count(tabel) == 0

    def test_a_row_over_the_border_cannot_be_changed_or_deleted(
        self, twee: Twee, hier: Gemeente, tabel: str
    ) -> None:
        sleutel = twee.daar.get(tabel)
        waar = f"id = '{sleutel}'" if sleutel else "true"
        grens = hier.code if sleutel else "GM9999"
        with within(grens), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {tabel} SET {TABELLEN[tabel]} WHERE {waar}")
            assert cursor.rowcount == 0
            cursor.execute(f"DELETE FROM {tabel} WHERE {waar}")
            assert cursor.rowcount == 0


SCHRIJVEN = {
    "personen_persoon": "INSERT INTO personen_persoon (id, bsn_ontbreekt_reden,"
    " geslachtsnaam, sorteernaam, gemeenten) VALUES (gen_random_uuid(), 'x', 'x',"
    " E'x\\t\\t', '{GM0007}')",
    "personen_adres": "INSERT INTO personen_adres (persoon_id, gemeente_id, geldig,"
    " bekend) VALUES (%(daar)s, 'GM0005', '[1950-01-01,1951-01-01)', '[2017-01-01,)')",
    "personen_verblijf": "INSERT INTO personen_verblijf (persoon_id, gemeente_id,"
    " geldig, bekend) VALUES (%(daar)s, 'GM0005', '[1950-01-01,1951-01-01)',"
    " '[2017-01-01,)')",
    "personen_gezinslid": "INSERT INTO personen_gezinslid (gezin_id, persoon_id, rol,"
    " geldig, bekend) VALUES (%(gezin)s, %(daar)s, 'kind', '[1950-01-01,1951-01-01)',"
    " '[2017-01-01,)')",
    "personen_gezag": "INSERT INTO personen_gezag (minderjarige_id, houder_id, geldig,"
    " bekend) VALUES (%(daar)s, %(hier)s, '[1950-01-01,)', '[2017-01-01,)')",
    "personen_gezin": "INSERT INTO personen_gezin (id, naam, gemeenten)"
    " VALUES (gen_random_uuid(), 'x', '{GM0007}')",
    "personen_huishouden": "INSERT INTO personen_huishouden (id, sleutel, gemeenten)"
    " VALUES (gen_random_uuid(), 'x', '{GM0007}')",
    "personen_naamdeel": "INSERT INTO personen_naamdeel VALUES ('GM0007', 'x', 'x',"
    " %(hier)s, true)",
    "personen_toestemming": "INSERT INTO personen_toestemming (id, persoon_id,"
    " gemeente_id, categorie, doel, gegeven_op, wijze, vastgelegd_door) VALUES"
    " (gen_random_uuid(), %(hier)s, 'GM0007', 'x', 'x', now(), 'mondeling', '1')",
    "personen_verhuizing": "INSERT INTO personen_verhuizing (id, persoon_id, vanaf)"
    " VALUES (gen_random_uuid(), %(daar)s, now())",
    "voorzieningen_uitkering": "INSERT INTO voorzieningen_uitkering (betrokkene_id,"
    " gemeente_id, geldig, bekend) VALUES (%(hier)s, 'GM0007', '[2017-01-01,)',"
    " '[2017-01-01,)')",
    "voorzieningen_traject": "INSERT INTO voorzieningen_traject (betrokkene_id,"
    " gemeente_id, spoor, datum, geregistreerd_op) VALUES (%(hier)s, 'GM0007', 1,"
    " now(), now())",
    "regie_casus": "INSERT INTO regie_casus (id, nummer, gemeente_id, betrokkene_id)"
    " VALUES (gen_random_uuid(), 'x', 'GM0007', %(hier)s)",
}


@pytest.mark.parametrize("tabel", SCHRIJVEN)
def test_no_row_is_written_over_the_border(
    twee: Twee, hier: Gemeente, tabel: str
) -> None:
    waarden = {
        "hier": twee.hier["personen_persoon"],
        "daar": twee.daar["personen_persoon"],
        "gezin": twee.hier["personen_gezin"],
    }
    voor = count(tabel)
    with (
        within(hier.code),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(SCHRIJVEN[tabel], waarden)
    assert count(tabel) == voor
    # The same statement passes for the neighbour, so nothing else was wrong with it.
    with everywhere("the allowed case"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(SCHRIJVEN[tabel], waarden)
            assert cursor.rowcount == 1
        transaction.set_rollback(True)


def gemeenten(wie: Persoon | UUID) -> list[str]:
    sleutel = wie.pk if isinstance(wie, Persoon) else wie
    return Persoon.objects.get(pk=sleutel).gemeenten


class TestTaak:
    def test_a_new_person_is_of_who_registers_them(self, hier: Gemeente) -> None:
        with within(hier.code):
            wie = person()
        assert gemeenten(wie) == [hier.code]

    def test_each_fact_adds_its_municipality_once(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        wie = person()
        assert gemeenten(wie) == []
        adres = lives(wie, daar)
        assert gemeenten(wie) == [daar.code]
        correct(adres, BEKEND, straat="Dorpsweg")
        Casus.objects.create(nummer="1", gemeente=hier, betrokkene=wie)
        assert gemeenten(wie) == [hier.code, daar.code]

    def test_a_case_that_goes_to_another_takes_the_person_along(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        wie = person()
        casus = Casus.objects.create(nummer="1", gemeente=hier, betrokkene=wie)
        casus.gemeente = daar
        casus.save()
        assert gemeenten(wie) == [hier.code, daar.code]

    def test_no_municipality_adds_nothing(self, hier: Gemeente) -> None:
        wie = person()
        lives(wie, None)
        assert gemeenten(wie) == []

    def test_many_at_once(self, hier: Gemeente, daar: Gemeente) -> None:
        mensen = [person(f"Naam{n}") for n in range(5)]
        Casus.objects.bulk_create(
            Casus(nummer=f"{wie.geslachtsnaam}{code}", gemeente_id=code, betrokkene=wie)
            for wie in mensen
            for code in (hier.code, daar.code)
        )
        assert all(gemeenten(wie) == [hier.code, daar.code] for wie in mensen)

    def test_one_takes_a_person_on_within_ones_own_border_only(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        wie = person()
        lives(wie, daar)
        with within(hier.code):
            with pytest.raises(DatabaseError), transaction.atomic():
                taak.take_on([wie.pk], daar.code)
            with pytest.raises(DatabaseError), transaction.atomic():
                taak.take_on([wie.pk], "GM9999")
            assert not Persoon.objects.filter(pk=wie.pk).exists()
            taak.take_on([wie.pk, uuid4()], hier.code)
            assert Persoon.objects.filter(pk=wie.pk).exists()

    def test_by_number_one_finds_a_person_only_others_knew(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        wie = Persoon.objects.register(BSN, geslachtsnaam="Vries")
        lives(wie, daar)
        with within(hier.code):
            assert taak.take_on_by_bsn(ANDER_BSN, hier.code) is None
            assert taak.take_on_by_bsn(BSN, hier.code) == wie.pk
            assert Persoon.objects.with_bsn(BSN).get() == wie
        with within(hier.code), pytest.raises(DatabaseError), transaction.atomic():
            taak.take_on_by_bsn(BSN, daar.code)

    def test_letting_go_hides_the_person_again(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        wie = person()
        lives(wie, daar)
        taak.take_on([wie.pk], hier.code)
        with within(hier.code):
            with pytest.raises(DatabaseError), transaction.atomic():
                taak.release([wie.pk], daar.code)
            taak.release([wie.pk], hier.code)
            assert not Persoon.objects.exists()
        assert gemeenten(wie) == [daar.code]
        assert not Naamdeel.objects.filter(gemeente=hier.code).exists()

    def test_a_number_taken_over_the_border_is_still_taken(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        with within(daar.code):
            Persoon.objects.register(BSN, geslachtsnaam="Vries")
        with within(hier.code), pytest.raises(BsnBestaatAl):
            Persoon.objects.register(BSN, geslachtsnaam="Vries")


class TestGezin:
    def test_a_new_one_is_seen_by_who_made_it(self, hier: Gemeente) -> None:
        with within(hier.code):
            gezin = Gezin.objects.create(naam="Gezin de Vries")
            assert Gezin.objects.get() == gezin
        with within("GM9999"):
            assert not Gezin.objects.exists()

    def test_who_sees_a_member_sees_the_gezin_but_not_the_others(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        moeder, vader = person("Postma"), person("Dijkema")
        lives(moeder, hier)
        lives(vader, daar)
        gezin = Gezin.objects.create(naam="Gezin Postma")
        for wie in (moeder, vader):
            Gezinslid.objects.create(
                gezin=gezin, persoon=wie, rol="ouder", geldig=days("2010-01-01"),
                bekend=known(),
            )  # fmt: skip
        with within(daar.code):
            assert [lid.persoon for lid in Gezin.objects.get().leden.all()] == [vader]


class TestVerhuizing:
    def test_both_municipalities_hear_and_both_see(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        wie = person()
        oud = lives(wie, hier, straat="Oudeweg")
        with within(hier.code):
            register_move(wie, NieuwAdres(daar, straat="Nieuweweg"), date(2025, 3, 1))
        for code in (hier.code, daar.code):
            with within(code):
                adressen = wie.adressen.filter(bekend__upper_inf=True)
                assert {a.straat: a.einddatum for a in adressen} == {
                    "Oudeweg": date(2025, 2, 28),
                    "Nieuweweg": None,
                }
        assert wie.adressen.get(pk=oud.pk).einddatum is None  # as it was known before
        assert sorted(
            Gebeurtenis.objects.filter(soort="verhuisd").values_list(
                "gemeente", flat=True
            )
        ) == [hier.code, daar.code]

    def test_within_a_municipality_nobody_has_to_hear(self, hier: Gemeente) -> None:
        wie = person()
        lives(wie, hier)
        register_move(wie, NieuwAdres(hier, straat="Nieuweweg"), date(2025, 3, 1))
        assert not Gebeurtenis.objects.filter(soort="verhuisd").exists()

    def test_not_before_the_present_address_began(
        self, hier: Gemeente, daar: Gemeente
    ) -> None:
        wie = person()
        lives(wie, hier, "2025-03-01")
        for dag, mag in ((date(2025, 3, 1), False), (date(2025, 3, 2), True)):
            if mag:
                register_move(wie, NieuwAdres(daar), dag)
            else:
                with pytest.raises(VerhuisdVoorBegin):
                    register_move(wie, NieuwAdres(daar), dag)


def test_consent_of_another_municipality_does_not_count(
    twee: Twee, hier: Gemeente, daar: Gemeente
) -> None:
    wie = twee.hier["personen_persoon"]
    assert isinstance(wie, UUID)
    taak.take_on([wie], daar.code)
    vraag: Callable[[], bool] = lambda: valid_consent(wie, "schulden", "bijstand")  # noqa: E731
    with within(hier.code):
        assert vraag()
    with within(daar.code):
        assert not vraag()


def test_of_consent_only_the_withdrawal_changes(twee: Twee) -> None:
    for velden in ({"doel": "ander"}, {"tot": BEKEND}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Toestemming.objects.update(**velden)
    Toestemming.objects.update(ingetrokken_op=BEKEND)
    with pytest.raises(DatabaseError), transaction.atomic():
        Toestemming.objects.update(ingetrokken_op=None)
