"""Woonplaatsbeginsel: the rule of before 2022, the rule since, and their borders."""

from datetime import date

import pytest

from samenloop.core.tijd import correct
from samenloop.personen.models import Gemeente, Persoon
from samenloop.personen.woonplaats import age, responsible_gemeente
from tests.personen.maken import (
    custody,
    days,
    known,
    lives,
    municipality,
    person,
    stays,
)

pytestmark = pytest.mark.django_db

OUD, NIEUW = date(2021, 12, 31), date(2022, 1, 1)


@pytest.fixture
def bedum() -> Gemeente:
    return municipality("GM0005", "Bedum")


@pytest.fixture
def winsum() -> Gemeente:
    return municipality("GM0053", "Winsum")


@pytest.fixture
def eemsmond() -> Gemeente:
    return municipality("GM1651", "Eemsmond")


@pytest.fixture
def kind() -> Persoon:
    return person("Kind", "2010-06-15")


# --- adults ---------------------------------------------------------------------


@pytest.mark.parametrize("datum", [OUD, NIEUW])
def test_adult_belongs_to_the_municipality_of_the_address(
    datum: date, bedum: Gemeente, winsum: Gemeente
) -> None:
    wie = person()
    lives(wie, bedum, "2000-01-01", "2010-12-31")
    lives(wie, winsum, "2011-01-01")
    assert responsible_gemeente(wie, datum) == winsum
    assert responsible_gemeente(wie, date(2010, 12, 31)) == bedum


@pytest.mark.parametrize("datum", [OUD, NIEUW])
def test_nobody_is_responsible_when_nothing_is_known(datum: date) -> None:
    assert responsible_gemeente(person(), datum) is None
    assert responsible_gemeente(person("Kind", "2015-01-01"), datum) is None


def test_address_abroad_makes_no_municipality_responsible() -> None:
    wie = person()
    lives(wie, None)
    assert responsible_gemeente(wie, NIEUW) is None


def test_stay_of_an_adult_changes_nothing(bedum: Gemeente, winsum: Gemeente) -> None:
    wie = person()
    lives(wie, bedum, "2000-01-01", "2021-12-31")
    lives(wie, winsum, "2022-01-01")
    stays(wie, winsum, "2022-01-01")
    assert responsible_gemeente(wie, date(2022, 6, 1)) == winsum


def test_rule_for_minors_ends_on_the_eighteenth_birthday(
    bedum: Gemeente, winsum: Gemeente
) -> None:
    wie = person("Kind", "2004-06-15")
    lives(wie, bedum, "2004-06-15", "2022-01-31")
    lives(wie, winsum, "2022-02-01")
    stays(wie, winsum, "2022-02-01")
    assert responsible_gemeente(wie, date(2022, 6, 14)) == bedum
    assert responsible_gemeente(wie, date(2022, 6, 15)) == winsum


def test_person_of_unknown_age_is_a_minor_when_someone_has_gezag(
    bedum: Gemeente, winsum: Gemeente
) -> None:
    wie = Persoon.objects.create(geslachtsnaam="X", bsn_ontbreekt_reden="fictief")
    ouder = person("Ouder")
    lives(wie, winsum)
    lives(ouder, bedum)
    assert responsible_gemeente(wie, OUD) == winsum
    custody(wie, ouder)
    assert responsible_gemeente(wie, OUD) == bedum


# --- since 2022: the BRP --------------------------------------------------------


def test_since_2022_the_address_of_the_minor_decides_not_that_of_the_parent(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente
) -> None:
    moeder = person("Moeder")
    lives(kind, winsum, "2015-01-01")
    lives(moeder, bedum, "2015-01-01")
    custody(kind, moeder)
    assert responsible_gemeente(kind, OUD) == bedum
    assert responsible_gemeente(kind, NIEUW) == winsum


def test_minor_in_a_stay_belongs_to_the_address_just_before_it(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente
) -> None:
    lives(kind, bedum, "2010-06-15", "2022-02-28")
    lives(kind, winsum, "2022-03-01")
    stays(kind, winsum, "2022-03-01", "2023-02-28")
    assert responsible_gemeente(kind, date(2022, 2, 28)) == bedum
    assert responsible_gemeente(kind, date(2022, 3, 1)) == bedum
    assert responsible_gemeente(kind, date(2023, 2, 28)) == bedum
    assert responsible_gemeente(kind, date(2023, 3, 1)) == winsum


def test_stay_that_began_before_2022_follows_the_new_rule_since_2022(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente, eemsmond: Gemeente
) -> None:
    moeder = person("Moeder")
    custody(kind, moeder)
    lives(moeder, eemsmond)
    lives(kind, bedum, "2010-06-15", "2019-12-31")
    lives(kind, winsum, "2020-01-01")
    stays(kind, winsum, "2020-01-01")
    assert responsible_gemeente(kind, OUD) == eemsmond
    assert responsible_gemeente(kind, NIEUW) == bedum


def test_from_one_stay_straight_to_the_next_is_one_stay(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente, eemsmond: Gemeente
) -> None:
    lives(kind, bedum, "2010-06-15", "2022-02-28")
    lives(kind, winsum, "2022-03-01", "2022-08-31")
    lives(kind, eemsmond, "2022-09-01")
    stays(kind, winsum, "2022-03-01", "2022-08-31")
    stays(kind, eemsmond, "2022-09-01")
    assert responsible_gemeente(kind, date(2023, 1, 1)) == bedum


def test_day_at_home_between_two_stays_makes_them_two(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente, eemsmond: Gemeente
) -> None:
    lives(kind, bedum, "2010-06-15", "2022-02-28")
    lives(kind, winsum, "2022-03-01")
    stays(kind, winsum, "2022-03-01", "2022-08-30")
    stays(kind, eemsmond, "2022-09-01")
    assert responsible_gemeente(kind, date(2023, 1, 1)) == winsum


def test_minor_placed_at_birth_belongs_to_the_first_address(
    winsum: Gemeente, eemsmond: Gemeente
) -> None:
    baby = person("Baby", "2022-05-01")
    lives(baby, winsum, "2022-05-01")
    stays(baby, eemsmond, "2022-05-01")
    assert responsible_gemeente(baby, date(2022, 5, 2)) == winsum


def test_minor_without_any_address_belongs_to_the_place_of_the_stay(
    kind: Persoon, eemsmond: Gemeente
) -> None:
    stays(kind, eemsmond, "2022-05-01")
    assert responsible_gemeente(kind, date(2022, 5, 2)) == eemsmond
    assert responsible_gemeente(kind, date(2022, 4, 30)) is None


# --- before 2022: custody -------------------------------------------------------


def test_before_2022_one_holder_decides(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente
) -> None:
    moeder = person("Moeder")
    lives(moeder, bedum)
    lives(kind, winsum)
    custody(kind, moeder)
    assert responsible_gemeente(kind, OUD) == bedum


def test_before_2022_a_guardian_who_is_a_person_decides(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente
) -> None:
    oma = person("Oma")
    lives(oma, bedum)
    lives(kind, winsum)
    custody(kind, oma, soort="voogd")
    assert responsible_gemeente(kind, OUD) == bedum


@pytest.mark.parametrize("gelijk", [True, False])
def test_before_2022_two_holders_decide_only_together(
    gelijk: bool, kind: Persoon, bedum: Gemeente, winsum: Gemeente, eemsmond: Gemeente
) -> None:
    moeder, vader = person("Moeder"), person("Vader")
    lives(moeder, bedum)
    lives(vader, bedum if gelijk else winsum)
    lives(kind, eemsmond)
    custody(kind, moeder)
    custody(kind, vader)
    assert responsible_gemeente(kind, OUD) == (bedum if gelijk else eemsmond)


def test_before_2022_two_holders_of_whom_one_has_no_address_do_not_decide(
    kind: Persoon, bedum: Gemeente, eemsmond: Gemeente
) -> None:
    moeder, vader = person("Moeder"), person("Vader")
    lives(moeder, bedum)
    lives(kind, eemsmond)
    custody(kind, moeder)
    custody(kind, vader)
    assert responsible_gemeente(kind, OUD) == eemsmond


def test_before_2022_the_place_of_stay_decides_when_the_holders_do_not(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente, eemsmond: Gemeente
) -> None:
    moeder, vader = person("Moeder"), person("Vader")
    lives(moeder, bedum)
    lives(vader, winsum)
    lives(kind, bedum)
    stays(kind, eemsmond, "2021-01-01")
    custody(kind, moeder)
    custody(kind, vader)
    assert responsible_gemeente(kind, OUD) == eemsmond
    assert responsible_gemeente(kind, date(2020, 12, 31)) == bedum


def test_before_2022_custody_of_an_institution_leaves_it_to_the_place_of_stay(
    kind: Persoon, bedum: Gemeente, eemsmond: Gemeente
) -> None:
    lives(kind, bedum)
    custody(kind, None)
    assert responsible_gemeente(kind, OUD) == bedum
    stays(kind, eemsmond, "2021-01-01")
    assert responsible_gemeente(kind, OUD) == eemsmond


def test_before_2022_without_custody_the_place_where_the_minor_is_decides(
    kind: Persoon, bedum: Gemeente
) -> None:
    lives(kind, bedum)
    assert responsible_gemeente(kind, OUD) == bedum


def test_before_2022_custody_that_ended_counts_no_more(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente
) -> None:
    moeder = person("Moeder")
    lives(moeder, bedum)
    lives(kind, winsum)
    gezag = custody(kind, moeder, "2010-06-15")
    correct(gezag, date(2021, 6, 1), geldig=days("2010-06-15", "2021-05-31"))
    assert responsible_gemeente(kind, date(2021, 5, 31)) == bedum
    assert responsible_gemeente(kind, date(2021, 6, 1)) == winsum


# --- as known -------------------------------------------------------------------


def test_responsibility_as_it_was_known(
    kind: Persoon, bedum: Gemeente, winsum: Gemeente
) -> None:
    adres = lives(kind, bedum, "2015-01-01", bekend=known("2022-01-01"))
    correct(adres, date(2022, 5, 1), gemeente=winsum)
    datum = date(2022, 3, 1)
    assert responsible_gemeente(kind, datum) == winsum
    assert responsible_gemeente(kind, datum, bekend_op=date(2022, 4, 30)) == bedum
    assert responsible_gemeente(kind, datum, bekend_op=date(2021, 12, 31)) is None


@pytest.mark.parametrize(
    ("geboren", "datum", "jaren"),
    [
        (date(2004, 6, 15), date(2022, 6, 14), 17),
        (date(2004, 6, 15), date(2022, 6, 15), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2022, 1, 1), date(2022, 1, 1), 0),
    ],
)
def test_age_in_whole_years(geboren: date, datum: date, jaren: int) -> None:
    assert age(geboren, datum) == jaren
