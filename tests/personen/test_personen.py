"""People: one place for the BSN, absent only with a reason, shown nowhere."""

import hashlib
from collections.abc import Callable

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from samenloop.core.bsn import Bsn
from samenloop.core.fouten import BsnBestaatAl, BsnOntbreekt
from samenloop.personen.models import Burgerservicenummer, Persoon
from tests.personen.maken import ANDER_BSN, BSN, person, reserved_bsns

pytestmark = pytest.mark.django_db


def end_of_transaction() -> None:
    """Let the rules that wait for the end of the transaction speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def assert_refused_at_the_end(act: Callable[[], object]) -> None:
    """The act itself passes; the end of its transaction does not."""

    def whole_transaction() -> None:
        act()
        end_of_transaction()

    with pytest.raises(IntegrityError, match="BSN or a reason"), transaction.atomic():
        whole_transaction()


# --- a BSN, or a reason why there is none ---------------------------------------


def test_person_with_bsn_needs_no_reason() -> None:
    wie = Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    end_of_transaction()
    assert wie.burgerservicenummer.bsn == BSN.cijfers


def test_person_without_bsn_has_a_reason() -> None:
    Persoon.objects.register(
        None, geslachtsnaam="Jansen", bsn_ontbreekt_reden="asielzoeker zonder BSN"
    )
    end_of_transaction()
    with pytest.raises(BsnOntbreekt):
        Persoon.objects.register(None, geslachtsnaam="Jansen")
    with pytest.raises(BsnOntbreekt):
        Persoon.objects.register(BSN, geslachtsnaam="J", bsn_ontbreekt_reden="geen")


def test_database_refuses_a_person_without_bsn_and_without_reason() -> None:
    assert_refused_at_the_end(lambda: Persoon.objects.create(geslachtsnaam="Jansen"))
    assert not Persoon.objects.exists()


def test_database_refuses_a_bsn_beside_a_reason() -> None:
    assert_refused_at_the_end(lambda: Burgerservicenummer.of(person(), BSN).save())
    assert not Burgerservicenummer.objects.exists()


def test_bsn_that_arrives_later_takes_away_the_reason() -> None:
    wie = person()
    end_of_transaction()
    Burgerservicenummer.of(wie, BSN).save()
    Persoon.objects.update(bsn_ontbreekt_reden="")
    end_of_transaction()


def test_database_refuses_removing_a_bsn_without_a_reason() -> None:
    wie = Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    end_of_transaction()
    assert_refused_at_the_end(Burgerservicenummer.objects.all().delete)
    Burgerservicenummer.objects.all().delete()
    Persoon.objects.filter(pk=wie.pk).update(bsn_ontbreekt_reden="ingetrokken")
    end_of_transaction()


@pytest.mark.django_db(transaction=True)
def test_rule_holds_at_commit() -> None:
    with pytest.raises(IntegrityError, match="BSN or a reason"), transaction.atomic():
        Persoon.objects.create(geslachtsnaam="Jansen")
    assert not Persoon.objects.exists()


# --- found through the keyed hash ----------------------------------------------


def test_person_is_found_by_bsn_and_nobody_else_is() -> None:
    wie = Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    Persoon.objects.register(ANDER_BSN, geslachtsnaam="Pieters")
    assert Persoon.objects.with_bsn(BSN).get() == wie
    assert not Persoon.objects.with_bsn(reserved_bsns(3)[2]).exists()


def test_search_by_bsn_does_not_send_the_number_to_the_database() -> None:
    Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    vraag, waarden = Persoon.objects.with_bsn(BSN).query.sql_with_params()
    assert BSN.cijfers not in f"{vraag} {waarden}"


def test_search_key_cannot_be_made_without_the_key() -> None:
    wie = Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    opgeslagen = wie.burgerservicenummer.zoeksleutel
    assert opgeslagen == BSN.zoeksleutel(settings.BSN_SLEUTEL)
    assert opgeslagen != hashlib.sha256(BSN.cijfers.encode()).hexdigest()


def test_second_person_with_the_same_bsn_is_refused() -> None:
    Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    with pytest.raises(BsnBestaatAl):
        Persoon.objects.register(BSN, geslachtsnaam="Pieters")
    assert Persoon.objects.count() == 1
    assert Persoon.objects.register(ANDER_BSN, geslachtsnaam="Pieters")


# --- in one table, and in no text ----------------------------------------------


def test_bsn_stands_in_one_table_only() -> None:
    Persoon.objects.register(
        BSN, geslachtsnaam="Jansen", voornamen="Sanne", voorvoegsel="van"
    )
    plaatsen = []
    for model in apps.get_models():
        for veld in model._meta.local_concrete_fields:
            if isinstance(veld, models.CharField | models.TextField):
                waarden = model._default_manager.values_list(veld.attname, flat=True)
                if any(BSN.cijfers in str(waarde) for waarde in waarden):
                    plaatsen.append((model.__name__, veld.name))
    assert plaatsen == [("Burgerservicenummer", "bsn")]


def test_person_and_number_show_nothing_in_a_log() -> None:
    wie = Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    for ding in (wie, wie.burgerservicenummer):
        for tekst in (str(ding), repr(ding)):
            assert BSN.cijfers not in tekst
            assert "Jansen" not in tekst


def refused(persoon: Persoon, bsn: str | None, zoeksleutel: str | None) -> str:
    """The text of the database's refusal."""
    with pytest.raises(IntegrityError) as fout, transaction.atomic():
        Burgerservicenummer.objects.create(
            persoon=persoon,
            bsn=bsn,  # type: ignore[misc]
            zoeksleutel=zoeksleutel,  # type: ignore[misc]
        )
    return str(fout.value)


@pytest.mark.parametrize(
    "bsn", ["999900007", "99990000", "99990000a", "000000000", "", None]
)
def test_database_refuses_a_number_that_fails_the_eleven_test(bsn: str | None) -> None:
    tekst = refused(person(), bsn, "0" * 64)
    assert not bsn or bsn not in tekst


def test_database_accepts_exactly_what_the_value_type_accepts() -> None:
    wie = person()
    for nummer in range(999_900_000, 999_900_060):
        try:
            geldig = bool(Bsn(str(nummer)))
        except ValueError:
            geldig = False
        try:
            with transaction.atomic():
                Burgerservicenummer.objects.create(
                    persoon=wie, bsn=str(nummer), zoeksleutel=f"{nummer:064d}"
                )
                aanvaard = True
                Burgerservicenummer.objects.all().delete()
        except IntegrityError:
            aanvaard = False
        assert aanvaard == geldig


def test_error_of_a_duplicate_does_not_repeat_the_number() -> None:
    Persoon.objects.register(BSN, geslachtsnaam="Jansen")
    ander = person("Pieters")
    same_key = refused(ander, BSN.cijfers, BSN.zoeksleutel(settings.BSN_SLEUTEL))
    other_key = refused(ander, BSN.cijfers, BSN.zoeksleutel("andere sleutel"))
    assert "registered already" in other_key
    assert BSN.cijfers not in same_key + other_key


@pytest.mark.parametrize("zoeksleutel", [None, "", "g" * 64, BSN.cijfers])
def test_error_of_a_missing_search_key_does_not_repeat_the_number(
    zoeksleutel: str | None,
) -> None:
    assert BSN.cijfers not in refused(person(), BSN.cijfers, zoeksleutel)


# --- the name ------------------------------------------------------------------


def test_people_are_listed_by_sorteernaam() -> None:
    for naam, voorvoegsel in [("Özdemir", ""), ("Vries", "de"), ("Dekker", "")]:
        person(naam, voorvoegsel=voorvoegsel)
    lijst = [wie.volledige_naam for wie in Persoon.objects.all()]
    assert lijst == ["Dekker", "Özdemir", "de Vries"]


def test_sorteernaam_follows_the_name_however_it_is_saved() -> None:
    wie = person("Jansen", voornamen="Sanne")
    wie.geslachtsnaam = "Ĳsbrandy"
    wie.save()
    wie.refresh_from_db()
    assert wie.sorteernaam == "ijsbrandy\t\tsanne"
    velden = {"geslachtsnaam": "Brink", "bsn_ontbreekt_reden": "fictief"}
    Persoon.objects.bulk_create([Persoon(voorvoegsel="ten", **velden)])
    assert Persoon.objects.get(geslachtsnaam="Brink").sorteernaam == "brink\tten\t"


@pytest.mark.parametrize("sleutel", ["", "Jansen\t\t", "jansen", "a\tb\tc\td"])
def test_database_refuses_a_key_that_would_sort_wrongly(sleutel: str) -> None:
    person("Jansen")
    with pytest.raises(IntegrityError, match="sorteernaam"), transaction.atomic():
        Persoon.objects.update(sorteernaam=sleutel)


def test_unknown_name_as_the_brp_writes_it_sorts_first() -> None:
    person("Aa")
    person(".", voornamen="Sanne")
    assert [wie.geslachtsnaam for wie in Persoon.objects.all()] == [".", "Aa"]


def test_name_is_written_with_its_parts_in_order() -> None:
    wie = Persoon(voornamen="Sanne", voorvoegsel="de", geslachtsnaam="Vries")
    assert wie.volledige_naam == "Sanne de Vries"


@pytest.mark.parametrize("geslacht", ["0", "1", "2", "9"])
def test_sex_codes_of_the_brp_are_accepted(geslacht: str) -> None:
    assert person(geslacht=geslacht).geslacht == geslacht


@pytest.mark.parametrize("geslacht", ["3", "", "M"])
def test_other_sex_codes_are_refused(geslacht: str) -> None:
    with pytest.raises(IntegrityError, match="geslacht"), transaction.atomic():
        person(geslacht=geslacht)
