"""Killing the process that reads in a file loses no row and registers none twice."""

import os
import random
import signal
import time

import pytest
from django.db import connections

from samenloop.core import gebeurtenissen, gemeentegrens
from samenloop.signalen.bestand import verwerken
from samenloop.signalen.bestand.models import Invoerbestand
from samenloop.signalen.bestand.staten import Staat
from samenloop.signalen.models import Signaal
from tests.signalen.bestand import maken

RIJEN = 600
# How often it must have been killed with part of the file read in.
ONDERWEG = 4


def _fork() -> int:
    """Do background work in a process of its own until it is killed or done."""
    # A connection that two processes hold is torn apart.
    connections.close_all()
    kind = os.fork()
    if kind:
        return kind
    try:
        with gemeentegrens.everywhere("tests"):
            while gebeurtenissen.handle_some() is not None:
                pass
    finally:
        os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_it_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verwerken, "PORTIE", 3)
    bestand = maken.checked([maken.row(nummer) for nummer in range(RIJEN)])
    maken.go_on(bestand, door=False)
    rng = random.Random(2026)
    onderweg: set[int] = set()
    # On a slow machine a portion takes longer: wait longer when it came to nothing.
    hooguit = 0.4
    while len(onderweg) < ONDERWEG and hooguit < 60:
        kind = _fork()
        time.sleep(rng.uniform(0.05, hooguit))
        os.kill(kind, signal.SIGKILL)
        os.waitpid(kind, 0)
        bestand.refresh_from_db()
        assert bestand.nieuw + bestand.verwerkt == RIJEN
        assert Signaal.objects.count() == bestand.verwerkt
        if 0 < bestand.verwerkt < RIJEN and bestand.verwerkt not in onderweg:
            onderweg.add(bestand.verwerkt)
        else:
            hooguit *= 1.25
    einde = time.monotonic() + 90
    # The database needs a moment to notice that who held a lock is gone.
    while bestand.staat != Staat.KLAAR and time.monotonic() < einde:
        gebeurtenissen.handle_pending()
        bestand = Invoerbestand.objects.get(pk=bestand.pk)
    assert (bestand.staat, bestand.verwerkt) == (Staat.KLAAR, RIJEN)
    kenmerken = Signaal.objects.values_list("kenmerk_melder", flat=True)
    assert sorted(kenmerken) == sorted(f"HA-{nummer}" for nummer in range(RIJEN))
    # It was really killed on the way, not only before and after.
    assert len(onderweg) == ONDERWEG
