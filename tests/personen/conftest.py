"""Two municipalities, and accounts that work in one of them."""

from collections.abc import Callable

import pytest
from django.test import Client

from samenloop.access.rollen import Rol
from samenloop.personen.models import Gemeente
from tests.access.accounts import account
from tests.personen.maken import municipality

HIER, DAAR = "GM0005", "GM0007"


@pytest.fixture
def hier(db: None) -> Gemeente:
    """The municipality for which one works."""
    return municipality(HIER, "Bedum")


@pytest.fixture
def daar(db: None) -> Gemeente:
    """Another one."""
    return municipality(DAAR, "Eemsmond")


@pytest.fixture
def als(hier: Gemeente) -> Callable[[Rol], Client]:
    """A browser of somebody with a role here."""

    def sign_in(rol: Rol, gemeente: str = HIER) -> Client:
        client = Client()
        client.force_login(account(f"{rol}@{gemeente}", gemeente=gemeente, rol=rol))
        return client

    return sign_in
