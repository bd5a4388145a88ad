"""The marks of a person are those of a worker who is the same, or near."""

from uuid import uuid4

import pytest

from samenloop.access.logboek import afwijkregels, kenmerken
from samenloop.access.logboek.models import Afwijking
from samenloop.access.rollen import Handeling
from samenloop.core import gemeentegrens
from samenloop.personen.models import Adres, Burgerservicenummer, Persoon
from tests.access.accounts import account, actor
from tests.logboek.bezig import look
from tests.personen.maken import BSN, days, known, municipality, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakker() -> Persoon:
    """Someone with a BSN, who moved."""
    gemaakt = Persoon.objects.create(
        geslachtsnaam="Bakker", voorvoegsel="de", geboortedatum="1980-05-17",
        bsn_ontbreekt_reden="", gemeenten=["GM0005"],
    )  # fmt: skip
    Burgerservicenummer.of(gemaakt, BSN).save()
    for begin, einde, postcode in (
        ("2015-01-01", "2019-12-31", "9751AA"),
        ("2020-01-01", None, "9781AB"),
    ):
        Adres.objects.create(
            persoon=gemaakt, gemeente=municipality(), postcode=postcode, huisnummer=12,
            huisnummertoevoeging="a", geldig=days(begin, einde), bekend=known(),
            kenmerk=uuid4(),
        )  # fmt: skip
    return gemaakt


def test_marks_are_of_the_number_the_name_and_the_present_address(
    bakker: Persoon,
) -> None:
    (marks,) = kenmerken.of_persons([bakker.pk]).values()
    assert marks.bsn == kenmerken.bsn_key(BSN)
    assert marks.naam == kenmerken.name_key("BAKKER")
    assert marks.adres == kenmerken.address_key("9781 ab", "12 A")
    assert marks.adres != kenmerken.address_key("9751AA", "12A")
    assert marks.adres != kenmerken.address_key("9781AB", "12")


def test_person_without_number_or_address_equals_nobody() -> None:
    (marks,) = kenmerken.of_persons([person().pk]).values()
    assert (marks.bsn, marks.adres) == ("", "")
    assert afwijkregels.closest(kenmerken.Kenmerken(naam="x"), marks) is None
    assert kenmerken.of_persons([uuid4()]) == {}


def test_person_outside_the_border_has_no_marks(bakker: Persoon) -> None:
    with gemeentegrens.within("GM1651"):
        assert kenmerken.of_persons([bakker.pk]) == {}


def test_worker_who_opens_their_own_record_is_put_forward(bakker: Persoon) -> None:
    sanne = account(gemeente="GM0005")
    kenmerken.keep(str(sanne.pk), "GM0005", bsn=BSN)
    look(
        actor(account=sanne, gemeente="GM0005"), bakker.pk,
        handeling=Handeling.PERSOON_OPENEN,
    )  # fmt: skip
    assert Afwijking.objects.get().regel == Afwijking.Regel.EIGEN
