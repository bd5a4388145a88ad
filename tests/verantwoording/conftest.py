"""The records that the tests of this room start from."""

import pytest

from tests.verantwoording.dossier import Dossier


@pytest.fixture
def dossier(db: None) -> Dossier:
    """A region with two municipalities and no clients yet."""
    return Dossier()
