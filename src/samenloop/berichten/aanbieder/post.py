"""The other end of the folder over which a municipality exchanges messages.

The municipality takes from `in` and brings to `uit`; a provider does it the other way
round. A file appears under its name only when it is whole, and a file that was read is
moved aside, never thrown away.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

_NAAR_GEMEENTE: Final = "in"
_VAN_GEMEENTE: Final = "uit"
_GELEZEN: Final = "gelezen-door-aanbieder"


class Post(Protocol):
    """Where messages for providers are fetched and theirs are left."""

    def haal(self) -> list[tuple[str, bytes]]:
        """Name and content of what lies ready; what was given lies there no more."""

    def breng(self, naam: str, inhoud: bytes) -> None:
        """Leave a message for the municipality."""


class MapPost:
    """A folder with `in` and `uit`, of one municipality."""

    def __init__(self, map_: Path) -> None:
        """Take the folder; what is missing in it is made."""
        self.map = map_
        for naam in (_NAAR_GEMEENTE, _VAN_GEMEENTE, _GELEZEN):
            (map_ / naam).mkdir(parents=True, exist_ok=True)

    def haal(self) -> list[tuple[str, bytes]]:
        """What the municipality brought, in the order of the names."""
        gehaald = []
        for pad in sorted((self.map / _VAN_GEMEENTE).iterdir()):
            if not pad.is_file() or pad.name.startswith("."):
                continue
            gehaald.append((pad.name, pad.read_bytes()))
            pad.rename(self.map / _GELEZEN / pad.name)
        return gehaald

    def breng(self, naam: str, inhoud: bytes) -> None:
        """Write under a name that nobody takes, and let it appear whole."""
        tijdelijk = self.map / _NAAR_GEMEENTE / f".{naam}"
        with tijdelijk.open("wb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            os.fsync(bestand.fileno())
        tijdelijk.rename(self.map / _NAAR_GEMEENTE / naam)


@dataclass
class GeheugenPost:
    """Post without a folder, for tests: what comes and what goes are two lists."""

    voor_aanbieder: list[tuple[str, bytes]] = field(default_factory=list)
    voor_gemeente: list[tuple[str, bytes]] = field(default_factory=list)

    def haal(self) -> list[tuple[str, bytes]]:
        """All there is."""
        gehaald, self.voor_aanbieder = self.voor_aanbieder, []
        return gehaald

    def breng(self, naam: str, inhoud: bytes) -> None:
        """Leave it."""
        self.voor_gemeente.append((naam, inhoud))
