"""Accounts: one named person each, with a role and municipalities."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from samenloop.access.models import Gebruiker, Rol

pytestmark = pytest.mark.django_db


def account(**anders: object) -> Gebruiker:
    velden = {"username": "s.bakker", "naam": "Sanne Bakker", "password": "geheim-123"}
    return Gebruiker.objects.create_user(**velden | anders)


def test_account_knows_its_municipalities_by_code() -> None:
    gebruiker = account(gemeenten=["GM0005", "GM1663"], functie="beleid jeugd")
    gebruiker.full_clean()
    gebruiker.refresh_from_db()
    assert gebruiker.gemeenten == ["GM0005", "GM1663"]
    assert gebruiker.get_full_name() == "Sanne Bakker"


@pytest.mark.parametrize("code", ["0005", "GM5", "Bedum"])
def test_what_is_no_cbs_code_is_refused(code: str) -> None:
    gebruiker = account(gemeenten=[code])
    with pytest.raises(ValidationError) as fout:
        gebruiker.full_clean()
    assert set(fout.value.message_dict) == {"gemeenten"}


def test_new_account_has_no_municipality_and_no_power() -> None:
    gebruiker = account()
    assert gebruiker.gemeenten == []
    assert gebruiker.rol == Rol.BELEID
    assert not gebruiker.is_superuser
    assert not gebruiker.is_staff


def test_password_is_not_stored_readable() -> None:
    assert "geheim-123" not in account().password


def test_unknown_role_is_refused() -> None:
    account(rol="beheer")
    with pytest.raises(IntegrityError, match="gebruiker_rol"), transaction.atomic():
        account(username="ander", rol="directeur")


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
