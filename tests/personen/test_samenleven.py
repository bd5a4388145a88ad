"""Address, huishouden, gezin and gezag on a date; regions and municipalities."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from samenloop.core.tijd import correct
from samenloop.personen import gezinnen, huishoudens
from samenloop.personen.models import (
    Adres,
    Gemeente,
    Gezag,
    Gezin,
    Gezinslid,
    Huishouden,
    HuishoudensTelling,
    Persoon,
    Regio,
    RegioGemeente,
)
from tests.personen.maken import custody, days, known, lives, municipality, person

pytestmark = pytest.mark.django_db


# --- addresses and huishouden ---------------------------------------------------


def test_someone_lives_at_one_address_at_a_time() -> None:
    wie = person()
    lives(wie, municipality(), "2016-01-01", "2016-06-30")
    lives(wie, municipality(), "2016-07-01")
    lives(person("Ander"), municipality(), "2016-01-01")
    with pytest.raises(IntegrityError, match="een_tegelijk"), transaction.atomic():
        lives(wie, municipality(), "2016-06-30", "2016-06-30")
    assert Adres.objects.filter(persoon=wie).count() == 2


def test_corrected_address_leaves_room_for_another() -> None:
    wie = person()
    adres = lives(wie, municipality(), "2016-01-01")
    correct(adres, date(2017, 3, 1), geldig=days("2016-01-01", "2016-06-30"))
    nieuw = lives(wie, municipality(), "2016-07-01", bekend=known("2017-03-01"))
    assert nieuw in Adres.objects.current().in_force(date(2016, 7, 1))


@pytest.mark.parametrize("postcode", ["", "9781", "9781AB"])
def test_postcode_of_four_or_six_or_none(postcode: str) -> None:
    assert lives(person(), None, postcode=postcode).postcode == postcode


@pytest.mark.parametrize("postcode", ["0781", "978", "9781A", "9781ab", "9781 A"])
def test_what_is_no_postcode_is_refused(postcode: str) -> None:
    with pytest.raises(IntegrityError, match="postcode"), transaction.atomic():
        lives(person(), None, postcode=postcode)


def test_members_of_a_huishouden_are_those_whose_address_it_is_that_day() -> None:
    huis = Huishouden.objects.create(sleutel="H000001")
    ander = Huishouden.objects.create(sleutel="H000002")
    ouder, kind, buur = person("Ouder"), person("Kind"), person("Buur")
    lives(ouder, municipality(), "2016-01-01", huishouden=huis)
    lives(kind, municipality(), "2016-01-01", "2016-12-31", huishouden=huis)
    lives(kind, municipality(), "2017-01-01", huishouden=ander)
    lives(buur, municipality(), "2016-01-01", huishouden=ander)
    assert set(huishoudens.members(huis, date(2016, 12, 31))) == {ouder, kind}
    assert set(huishoudens.members(huis, date(2017, 1, 1))) == {ouder}
    assert set(huishoudens.members(ander, date(2017, 1, 1))) == {kind, buur}
    assert not huishoudens.members(huis, date(2015, 12, 31)).exists()
    assert huishoudens.household_of(kind, date(2016, 12, 31)) == huis
    assert huishoudens.household_of(kind, date(2015, 12, 31)) is None


def test_members_as_known_before_a_move_was_registered() -> None:
    huis = Huishouden.objects.create(sleutel="H000001")
    wie = person()
    adres = lives(wie, municipality(), "2016-01-01", huishouden=huis)
    correct(adres, date(2017, 5, 1), geldig=days("2016-01-01", "2017-02-28"))
    maart = date(2017, 3, 31)
    assert not huishoudens.members(huis, maart).exists()
    assert list(huishoudens.members(huis, maart, bekend_op=date(2017, 4, 30))) == [wie]


# --- gezin and gezag ------------------------------------------------------------


def test_members_of_a_gezin_need_not_live_together() -> None:
    gezin = Gezin.objects.create(naam="Gezin A")
    vader, kind = person("Vader"), person("Kind")
    lives(vader, municipality(), "2016-01-01")
    lives(kind, municipality("GM1663", "De Marne"), "2016-01-01")
    for wie, rol, tot in [(vader, "ouder", "2017-01-31"), (kind, "kind", None)]:
        Gezinslid.objects.create(
            gezin=gezin,
            persoon=wie,
            rol=rol,
            geldig=days("2016-01-01", tot),
            bekend=known(),
        )
    januari = gezinnen.members(gezin, date(2017, 1, 31))
    assert [(lid.persoon, lid.rol) for lid in januari] == [
        (kind, "kind"),
        (vader, "ouder"),
    ]
    assert [lid.persoon for lid in gezinnen.members(gezin, date(2017, 2, 1))] == [kind]


def test_someone_has_one_role_in_a_gezin_at_a_time() -> None:
    gezin, wie = Gezin.objects.create(naam="Gezin A"), person()
    velden = {"gezin": gezin, "persoon": wie, "bekend": known()}
    Gezinslid.objects.create(
        rol="partner", geldig=days("2016-01-01", "2016-12-31"), **velden
    )
    Gezinslid.objects.create(rol="ouder", geldig=days("2017-01-01"), **velden)
    with pytest.raises(IntegrityError, match="een_rol"), transaction.atomic():
        Gezinslid.objects.create(rol="ander", geldig=days("2016-12-31"), **velden)
    elders = velden | {"gezin": Gezin.objects.create(naam="Gezin B")}
    Gezinslid.objects.create(rol="ander", geldig=days("2016-12-31"), **elders)
    with pytest.raises(IntegrityError, match="gezinslid_rol"), transaction.atomic():
        Gezinslid.objects.create(
            rol="buur", geldig=days("2015-01-01", "2015-01-01"), **velden
        )


def test_two_parents_can_both_have_gezag_but_not_twice() -> None:
    kind, moeder, vader = person("Kind", "2010-01-01"), person("M"), person("V")
    custody(kind, moeder, "2010-01-01")
    custody(kind, vader, "2010-01-01")
    with pytest.raises(IntegrityError, match="een_per_houder"), transaction.atomic():
        custody(kind, moeder, "2012-01-01")
    houders = gezinnen.gezag_over(kind, date(2015, 1, 1))
    assert {deel.houder for deel in houders} == {moeder, vader}
    assert not gezinnen.gezag_over(kind, date(2009, 12, 31)).exists()
    assert not gezinnen.gezag_over(moeder, date(2015, 1, 1)).exists()


def test_nobody_has_gezag_over_himself() -> None:
    kind = person("Kind", "2010-01-01")
    with pytest.raises(IntegrityError, match="zichzelf"), transaction.atomic():
        custody(kind, kind)


def test_an_institution_with_gezag_is_named_and_a_person_is_not_an_institution() -> (
    None
):
    kind, oom = person("Kind", "2010-01-01"), person("Oom")
    for houder, soort, instelling in [
        (None, "ouder", ""),
        (None, "voogd", ""),
        (oom, "instelling", ""),
        (oom, "voogd", "Jeugdbescherming"),
    ]:
        with pytest.raises(IntegrityError, match="gezag_houder"), transaction.atomic():
            custody(kind, houder, soort=soort, instelling=instelling)
    custody(kind, None, soort="instelling", instelling="Jeugdbescherming")
    custody(kind, oom, soort="voogd")
    with pytest.raises(IntegrityError, match="een_per_houder"), transaction.atomic():
        custody(kind, None, soort="instelling", instelling="Andere instelling")
    assert Gezag.objects.count() == 2


def test_someone_with_facts_is_not_deleted() -> None:
    wie = person()
    lives(wie, municipality())
    with pytest.raises(IntegrityError):
        wie.delete()
    assert Persoon.objects.count() == 1


# --- municipalities and regions -------------------------------------------------


@pytest.mark.parametrize("code", ["0005", "GM5", "gm0005", "GM00O5", ""])
def test_municipality_has_a_cbs_code(code: str) -> None:
    assert municipality("GM1651", "Eemsmond").pk == "GM1651"
    with pytest.raises(IntegrityError, match="gemeente_code"), transaction.atomic():
        Gemeente.objects.create(code=code, naam="Ergens")


def test_municipality_is_in_one_region_per_purpose_at_a_time() -> None:
    bmwe = Regio.objects.create(code="BMWE", naam="BMWE")
    ander = Regio.objects.create(code="NOORD", naam="Noord")
    bedum = municipality()
    velden = {"gemeente": bedum, "doel": "inkoop"}
    RegioGemeente.objects.create(
        regio=bmwe, geldig=days("2013-01-01", "2018-12-31"), **velden
    )
    RegioGemeente.objects.create(regio=ander, geldig=days("2019-01-01"), **velden)
    RegioGemeente.objects.create(
        regio=ander, gemeente=bedum, doel="arbeidsmarkt", geldig=days("2013-01-01")
    )
    with pytest.raises(IntegrityError, match="een_tegelijk"), transaction.atomic():
        RegioGemeente.objects.create(
            regio=ander, geldig=days("2018-12-31", "2018-12-31"), **velden
        )


def test_households_are_counted_once_per_date() -> None:
    bedum = municipality()
    HuishoudensTelling.objects.create(
        gemeente=bedum, peildatum=date(2017, 1, 1), aantal=4300
    )
    HuishoudensTelling.objects.create(
        gemeente=bedum, peildatum=date(2018, 1, 1), aantal=4310
    )
    for peildatum, aantal in [(date(2017, 1, 1), 4301), (date(2019, 1, 1), -1)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            HuishoudensTelling.objects.create(
                gemeente=bedum, peildatum=peildatum, aantal=aantal
            )
