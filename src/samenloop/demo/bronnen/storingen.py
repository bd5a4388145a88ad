"""Trouble on demand: what a source does when it is slow, dead or broken.

A disturbance holds for one source or all, for one person or everyone, forever or a
number of times. They are set over HTTP (`/_beheer/storingen`) or read from a file when
the simulators start. Kept in memory only: they can name a BSN.
"""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samenloop.demo.bronnen.aanroep import Respons, problem

SOORTEN = frozenset(
    {
        "vertraging",  # answers after so many seconds
        "hangt",  # says nothing for so many seconds, then 504
        "druppelt",  # a byte now and then, for so many seconds
        "fout",  # 500
        "onbereikbaar",  # 503
        "druk",  # 429
        "rommel",  # not JSON
        "groot",  # endless
        "elders",  # a redirect
        "leeg",  # nothing
        "fwi",  # the source runs, but says that it could not look
        "niet-gerechtigd",
    }
)
ALLE = "*"


@dataclass(slots=True)
class Storing:
    """One disturbance; `keren` counts down, None is forever."""

    bron: str
    soort: str
    bsn: str = ""
    seconden: float = 10.0
    keren: int | None = None

    def holds(self, bron: str, bsns: str) -> bool:
        """Whether it holds for this source and for one of these people."""
        voor_wie = not self.bsn or self.bsn in bsns
        return self.bron in (bron, ALLE) and voor_wie and self.keren != 0


class Storingen:
    """Those in force, for all threads of the process."""

    def __init__(self, bestand: Path | None = None) -> None:
        """Begin with those in a file, if one is given (a JSON list)."""
        self._slot = threading.Lock()
        self._lijst: list[Storing] = []
        if bestand is not None:
            for gegeven in json.loads(bestand.read_text("utf-8")):
                self.add(gegeven)

    def add(self, gegeven: dict[str, Any]) -> Storing:
        """Add one.

        Raises:
            ValueError: it is of no known kind, or has parts we do not know.
        """
        try:
            nieuw = Storing(**gegeven)
        except TypeError:
            raise ValueError("unknown part") from None
        if nieuw.soort not in SOORTEN:
            raise ValueError("unknown kind")
        with self._slot:
            self._lijst.append(nieuw)
        return nieuw

    def clear(self) -> None:
        """Take all away."""
        with self._slot:
            self._lijst.clear()

    def __len__(self) -> int:
        return len(self._lijst)

    def next_for(self, bron: str, inhoud: bytes) -> Storing | None:
        """The one that holds for this request, if any, and count it."""
        tekst = inhoud.decode("utf-8", "replace")
        with self._slot:
            for storing in self._lijst:
                if storing.holds(bron, tekst):
                    if storing.keren is not None:
                        storing.keren -= 1
                    return storing
        return None


def disturbed(storing: Storing) -> Respons | None:
    """What goes out instead; None when only the answer itself changes or waits."""
    match storing.soort:
        case "vertraging":
            time.sleep(storing.seconden)
        case "hangt":
            time.sleep(storing.seconden)
            return problem(504, "gatewayTimeout", "De bron antwoordt niet.")
        case "fout":
            return problem(500, "serverError", "Interne server fout.")
        case "onbereikbaar":
            titel = "Bronservice is tijdelijk niet beschikbaar."
            return problem(503, "notAvailable", titel)
        case "druk":
            drukte = problem(429, "tooManyRequests", "Te veel bevragingen.")
            drukte.koppen["retry-after"] = "60"
            return drukte
        case "rommel":
            return Respons(200, rauw=b"<html>onderhoud</html>")
        case "groot":
            return Respons(200, rauw=b'{"x": "' + b"a" * 5_000_000 + b'"}')
        case "elders":
            return Respons(302, koppen={"location": "http://127.0.0.1:9/elders"})
        case "leeg":
            return Respons(200, rauw=b"")
    return None


def drip(body: bytes, seconden: float) -> Iterator[bytes]:
    """Give the body byte by byte, so that it never seems to have stopped."""
    pauze = 0.05
    for _keer in range(int(seconden / pauze)):
        time.sleep(pauze)
        yield b" "
    yield body
