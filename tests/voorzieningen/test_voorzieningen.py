"""Provisions and benefits: what passes, beside its nearest neighbours."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core.tijd import correct
from samenloop.voorzieningen.models import Aanbieder, Product, Uitkering, Voorziening
from tests.personen.maken import days, known, municipality, person

pytestmark = pytest.mark.django_db


def product(code: str = "ambulant", **velden: Any) -> Product:
    velden.setdefault("wet", "jeugdwet")
    return Product.objects.create(code=code, naam=code.title(), **velden)


@pytest.fixture
def velden() -> dict[str, Any]:
    """A provision that passes."""
    return {
        "betrokkene": person("Kind", "2010-01-01"),
        "gemeente": municipality(),
        "product": product(),
        "vorm": "zin",
        "aanvraagdatum": date(2017, 2, 1),
        "geldig": days("2017-02-01", "2017-12-31"),
        "bekend": known("2017-02-01"),
    }


def grant(velden: dict[str, Any], **anders: Any) -> Voorziening:
    return Voorziening.objects.create(**velden | anders)


def assert_refused(beperking: str, velden: dict[str, Any], **anders: Any) -> None:
    with pytest.raises(IntegrityError, match=beperking), transaction.atomic():
        grant(velden, **anders)


@pytest.mark.parametrize("vorm", ["", "zin", "pgb", "toeslag"])
def test_known_forms_are_accepted(velden: dict[str, Any], vorm: str) -> None:
    assert grant(velden, vorm=vorm).vorm == vorm


@pytest.mark.parametrize("vorm", ["ZIN", "natura", "onbekend", " "])
def test_other_forms_are_refused(velden: dict[str, Any], vorm: str) -> None:
    assert_refused("voorziening_vorm", velden, vorm=vorm)


@pytest.mark.parametrize("vorm", ["", "zin", "toeslag"])
def test_provider_may_be_there_or_not_but_never_with_pgb(
    velden: dict[str, Any], vorm: str
) -> None:
    aanbieder = Aanbieder.objects.create(agb="12345678", naam="Zorg")
    assert grant(velden, vorm=vorm, aanbieder=aanbieder).aanbieder == aanbieder
    assert grant(velden, vorm=vorm).aanbieder is None
    assert grant(velden, vorm="pgb").aanbieder is None
    assert_refused("pgb_zonder_aanbieder", velden, vorm="pgb", aanbieder=aanbieder)


def test_application_comes_not_after_the_start(velden: dict[str, Any]) -> None:
    velden["bekend"] = known("2018-01-01")
    grant(velden, aanvraagdatum=date(2017, 2, 1))
    grant(velden, aanvraagdatum=None)
    assert_refused("aanvraag_voor_start", velden, aanvraagdatum=date(2017, 2, 2))


def test_nothing_is_known_before_it_was_applied_for(velden: dict[str, Any]) -> None:
    grant(velden, bekend=known("2017-02-01"))
    grant(velden, aanvraagdatum=None, bekend=known("2017-01-31"))
    assert_refused("aanvraag_voor_bekend", velden, bekend=known("2017-01-31"))


def test_gezaghebbende_is_somebody_else(velden: dict[str, Any]) -> None:
    moeder = person("Moeder")
    assert grant(velden, gezaghebbende=moeder).gezaghebbende == moeder
    assert_refused(
        "voorziening_gezaghebbende", velden, gezaghebbende=velden["betrokkene"]
    )


def test_client_without_municipality_is_accepted(velden: dict[str, Any]) -> None:
    assert grant(velden, gemeente=None).gemeente is None


def test_end_not_before_start(velden: dict[str, Any]) -> None:
    grant(velden, geldig=days("2017-02-01", "2017-02-01"))
    assert_refused("voorziening_geldig", velden, geldig=DateRange(empty=True))


def test_reason_of_the_end_needs_an_end(velden: dict[str, Any]) -> None:
    grant(velden, reden_einde="doel bereikt")
    assert_refused(
        "reden_na_einde", velden, geldig=days("2017-02-01"), reden_einde="verhuisd"
    )


@pytest.mark.parametrize("postcode", ["978", "9781a", "0781AB"])
def test_what_is_no_postcode_is_refused(velden: dict[str, Any], postcode: str) -> None:
    grant(velden, postcode="9781")
    assert_refused("voorziening_postcode", velden, postcode=postcode)


def test_one_person_may_have_two_of_the_same_kind_at_once(
    velden: dict[str, Any],
) -> None:
    een, twee = grant(velden), grant(velden)
    assert een.kenmerk != twee.kenmerk


def test_registration_date_is_when_the_first_version_became_known(
    velden: dict[str, Any],
) -> None:
    een = grant(velden, geldig=days("2017-02-01"))
    correct(een, date(2018, 1, 9), geldig=days("2017-02-01", "2017-12-31"))
    versies = Voorziening.objects.filter(kenmerk=een.kenmerk).order_by("bekend")
    assert [versie.bekend.lower for versie in versies] == [
        date(2017, 2, 1),
        date(2018, 1, 9),
    ]
    assert [versie.einddatum for versie in versies] == [None, date(2017, 12, 31)]


# --- providers ------------------------------------------------------------------


@pytest.mark.parametrize("agb", ["1234567", "1234567a", "", "        ", "12 34567"])
def test_agb_code_has_eight_digits(agb: str) -> None:
    Aanbieder.objects.create(agb="01234567", naam="Zorg")
    with pytest.raises(IntegrityError, match="agb"), transaction.atomic():
        Aanbieder.objects.create(agb=agb, naam="Andere zorg")


def test_agb_code_belongs_to_one_provider() -> None:
    Aanbieder.objects.create(agb="12345678", naam="Zorg")
    with pytest.raises(IntegrityError, match="agb"), transaction.atomic():
        Aanbieder.objects.create(agb="12345678", naam="Andere zorg")


# --- benefits -------------------------------------------------------------------


@pytest.mark.parametrize("spoor", [1, 2, 3, None])
def test_benefit_has_a_spoor_or_it_is_unknown(spoor: int | None) -> None:
    uitkering = Uitkering.objects.create(
        betrokkene=person(), spoor=spoor, geldig=days("2017-01-01"), bekend=known()
    )
    assert uitkering.spoor == spoor


@pytest.mark.parametrize("spoor", [0, 4])
def test_there_is_no_other_spoor(spoor: int) -> None:
    with pytest.raises(IntegrityError, match="uitkering_spoor"), transaction.atomic():
        Uitkering.objects.create(
            betrokkene=person(), spoor=spoor, geldig=days("2017-01-01")
        )


def test_reason_for_leaving_needs_an_end() -> None:
    wie = person()
    Uitkering.objects.create(
        betrokkene=wie, geldig=days("2017-01-01", "2017-03-31"), reden_einde="werk"
    )
    with pytest.raises(IntegrityError, match="reden_na_einde"), transaction.atomic():
        Uitkering.objects.create(
            betrokkene=wie, geldig=days("2017-04-01"), reden_einde="werk"
        )
