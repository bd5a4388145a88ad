"""Where the official files lie, beside the project; they are not part of it."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from samenloop.berichten.standaard.officieel import officieel_schema
from samenloop.berichten.standaard.soorten import Soort

PROJECT = Path(__file__).parents[2]
STANDAARDEN = PROJECT.parent / "shared" / "istandaarden"
VOORBEELDEN = STANDAARDEN / "examples" / "ijw"

#: For a test that needs the official files.
nodig = pytest.mark.skipif(
    not STANDAARDEN.is_dir(),
    reason="de officiële bestanden van iWmo en iJw liggen niet naast het project",
)


@cache
def schema(soort: Soort) -> Any:
    """The official schema of a kind."""
    return officieel_schema(soort, STANDAARDEN)


def voorbeelden() -> list[Path]:
    """The published examples, none where the folder is missing."""
    return sorted(VOORBEELDEN.glob("*.xml"))
