"""The worker is a process: it picks up what happens, and stops when asked."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest
from django.db import transaction

from samenloop.core import gebeurtenissen, postgres
from samenloop.core.models import Afhandeling, Staat
from tests.conftest import STATE, TEST_DATABASE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def werker(server: postgres.Endpoint) -> Iterator[subprocess.Popen[str]]:
    """`samenloop werker` on the database of the tests."""
    proces = subprocess.Popen(
        [sys.executable, "-m", "samenloop.config", "werker"],
        env={
            **os.environ,
            "SAMENLOOP_DATA": str(STATE),
            "DATABASE_URL": _url(server, server.app),
            "DATABASE_URL_BEHEER": _url(server, server.beheer),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    yield proces
    if proces.poll() is None:
        proces.kill()
        proces.wait()


def _url(server: postgres.Endpoint, role: object) -> str:
    return (
        f"postgresql://{role.name}:{role.password}"  # type: ignore[attr-defined]
        f"@{server.host}:{server.port}/{TEST_DATABASE}"
    )


def test_worker_handles_what_happens_and_stops_when_asked(
    werker: subprocess.Popen[str],
) -> None:
    with transaction.atomic():
        gebeurtenis = gebeurtenissen.record(
            "signaal-ontvangen", onderwerp=uuid.uuid4(), gemeente="GM1651"
        )
    tot = time.monotonic() + 60
    while time.monotonic() < tot and werker.poll() is None:
        # There is no such signal, so the handler fails and is tried again: it ran.
        geraakt = Afhandeling.objects.filter(gebeurtenis_id=gebeurtenis, pogingen__gt=0)
        if geraakt.exists():
            break
        time.sleep(0.1)
    assert werker.poll() is None, werker.stderr and werker.stderr.read()[-2000:]
    assert geraakt.exclude(staat=Staat.KLAAR).exists()
    werker.send_signal(signal.SIGTERM)
    _out, fouten = werker.communicate(timeout=30)
    assert werker.returncode == 0, fouten[-2000:]
    assert "Traceback" not in fouten
