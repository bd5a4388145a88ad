"""No personal data in the text of an error, nor in the log of the server."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from samenloop.personen.models import Regio

pytestmark = pytest.mark.django_db


def _twice(woord: str) -> IntegrityError:
    Regio.objects.create(code=woord, naam=woord)
    with pytest.raises(IntegrityError) as gevangen, transaction.atomic():
        Regio.objects.create(code=woord, naam=woord)
    return gevangen.value


def test_a_refused_row_does_not_stand_in_the_error() -> None:
    fout = _twice("Verzonnen van Naam")
    assert "duplicate key" in str(fout)
    assert "Verzonnen" not in str(fout)
    assert "Verzonnen" not in str(fout.__cause__)


def test_the_log_of_the_server_holds_the_reason_without_the_row(state: Path) -> None:
    _twice("Onvindbaar van Naam")
    logs = [pad.read_text(errors="replace") for pad in state.rglob("server.log")]
    assert any("duplicate key" in log for log in logs)
    assert not any("Onvindbaar" in log for log in logs)
