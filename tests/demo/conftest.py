"""The demo levering on disk, made once, and read back as plain rows."""

import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from samenloop.demo.levering import write
from samenloop.demo.regio import build

Rijen = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="session")
def leveringmap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "levering"
    write(build(), folder)
    return folder


@pytest.fixture(scope="session")
def rijen(leveringmap: Path) -> Rijen:
    gelezen = {}
    for pad in sorted(leveringmap.glob("*.csv")):
        with pad.open(encoding="utf-8", newline="") as bestand:
            gelezen[pad.stem] = list(csv.DictReader(bestand))
    return gelezen


def gepubliceerd(naam: str) -> dict[str, Any]:
    """Read a file of published figures, past the code that the generator uses."""
    pad = files("samenloop.demo") / "gepubliceerd" / f"{naam}.json"
    inhoud: dict[str, Any] = json.loads(pad.read_text("utf-8"))
    return inhoud
