"""Accounts: one named person each; what they may do follows from appointments."""

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from samenloop.access.models import Aanstelling, Gebruiker, Organisatie
from samenloop.access.rollen import Domein, Rol
from tests.access import accounts

pytestmark = pytest.mark.django_db


def account(**anders: object) -> Gebruiker:
    velden = {"username": "s.bakker", "naam": "Sanne Bakker", "password": "geheim-123"}
    return Gebruiker.objects.create_user(**velden | anders)


def test_new_account_has_no_municipality_and_no_power() -> None:
    gebruiker = account()
    assert gebruiker.gemeenten == []
    assert gebruiker.rollen_in("GM1651") == frozenset()
    assert not gebruiker.is_superuser
    assert not gebruiker.is_staff


def test_a_role_holds_at_one_municipality_only() -> None:
    gebruiker = account()
    accounts.appoint(gebruiker, Rol.REGISSEUR, "GM1651", [Domein.JEUGD])
    accounts.appoint(gebruiker, Rol.TEAMLEIDER, "GM1663")
    assert gebruiker.gemeenten == ["GM1651", "GM1663"]
    assert gebruiker.rollen_in("GM1651") == {Rol.REGISSEUR}
    assert gebruiker.rollen_in("GM1663") == {Rol.TEAMLEIDER}
    assert gebruiker.rollen_in("GM0005") == frozenset()


@pytest.mark.parametrize(
    ("dag", "gemeenten"),
    [("2026-02-28", []), ("2026-03-01", ["GM1651"]), ("2026-03-31", ["GM1651"]),
     ("2026-04-01", [])],
)  # fmt: skip
def test_an_appointment_holds_in_its_own_period(dag: str, gemeenten: list[str]) -> None:
    gebruiker = account()
    accounts.appoint(gebruiker, vanaf="2026-03-01", tot="2026-04-01")
    with time_machine.travel(f"{dag}T12:00:00+01:00", tick=False):
        assert Gebruiker.objects.get(pk=gebruiker.pk).gemeenten == gemeenten


def test_the_same_role_is_not_given_twice_at_once() -> None:
    gebruiker = account()
    accounts.appoint(gebruiker, vanaf="2026-01-01", tot="2026-07-01")
    accounts.appoint(gebruiker, vanaf="2026-07-01")
    with pytest.raises(IntegrityError, match="eenmaal"), transaction.atomic():
        accounts.appoint(gebruiker, vanaf="2026-06-30", tot="2026-07-02")


@pytest.mark.parametrize("code", ["0005", "GM5", "Bedum"])
def test_what_is_no_cbs_code_is_refused(code: str) -> None:
    gebruiker = account()
    with pytest.raises(IntegrityError, match="_gemeente"), transaction.atomic():
        accounts.appoint(gebruiker, gemeente=code[:6])
    with pytest.raises(ValidationError) as fout:
        Organisatie(naam="School", soort="school", gemeenten=[code]).full_clean()
    assert set(fout.value.message_dict) == {"gemeenten"}


def test_unknown_role_is_refused() -> None:
    gebruiker = account()
    accounts.appoint(gebruiker, Rol.BEHEER)
    with pytest.raises(IntegrityError, match="aanstelling_rol"), transaction.atomic():
        Aanstelling.objects.update(rol="directeur")


def test_password_is_not_stored_readable() -> None:
    assert "geheim-123" not in account().password


def test_account_belongs_to_a_named_person() -> None:
    with pytest.raises(IntegrityError, match="gebruiker_naam"), transaction.atomic():
        account(naam="")


def test_closed_account_cannot_sign_in(rf: object) -> None:
    gebruiker = account()
    verzoek = rf.get("/")  # type: ignore[attr-defined]
    wie = {"username": "s.bakker", "password": "geheim-123"}
    assert authenticate(verzoek, **wie) == gebruiker
    assert authenticate(verzoek, **wie | {"password": "fout"}) is None
    Gebruiker.objects.update(is_active=False)
    assert authenticate(verzoek, **wie) is None
