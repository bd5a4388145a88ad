"""Killing the worker at any moment loses no message and handles none twice.

A sample here; a hundred by `python -m tests.faults.berichten_omvallen FOLDER 100 SEED`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

KEREN = int(os.environ.get("SAMENLOOP_KEREN", "20"))
CLIENTEN = 40
_HIER = Path(__file__).resolve().parents[2]


@pytest.fixture
def map_() -> Iterator[Path]:
    """A state folder that a server's own user can reach."""
    map = Path(tempfile.mkdtemp(prefix="samenloop-berichten-"))
    map.chmod(0o711)
    yield map
    shutil.rmtree(map, ignore_errors=True)


def test_kills_lose_no_message_and_handle_none_twice(map_: Path) -> None:
    klaar = subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults.berichten_omvallen"),
            *(str(map_), str(KEREN), "2026"),
        ],
        env={**os.environ, "SAMENLOOP_DATA": str(map_)},
        cwd=_HIER,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stderr[-3000:]
    uit = json.loads(klaar.stdout.strip().splitlines()[-1])
    assert uit["gedood"] == KEREN
    assert uit["ontvangen"] == uit["gestuurd"]
    assert uit["blijft_liggen"] == 0
    assert uit["starts"] == CLIENTEN
    assert uit["gestopt"] == 14
    assert uit["verzoeken"] == 10
    assert uit["declaraties"] == CLIENTEN
    assert uit["staten"] == {
        "verwerkt": uit["gestuurd"] - 8 - 4,
        "dubbel": 8,
        "apart": 4,
    }
    assert uit["antwoorden"] == uit["bestanden"] == uit["staten"]["verwerkt"]
    for nul in ("twee_antwoorden", "niet_verzonden", "mislukt"):
        assert uit[nul] == 0, nul
    assert uit["log_heel"]
