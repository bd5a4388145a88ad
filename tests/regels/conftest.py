"""Rules know the kinds of signal from the database; without one, from a list here."""

from collections.abc import Iterator

import pytest

from samenloop.signalen.regels import catalogus
from tests.regels.verzinnen import SOORTCODES


@pytest.fixture(scope="module")
def vaste_soorten() -> Iterator[None]:
    """Fixed kinds of signal, for what needs no database."""
    bron = catalogus._soorten
    catalogus.register_soorten(lambda: [(code, code) for code in SOORTCODES])
    yield
    catalogus.register_soorten(bron)
