"""Messages as files in a folder.

`in` holds what is for us, `uit` what is from us; `bezig` what we are taking in and
`verwerkt` what is on record. A file is taken by renaming it, which happens once however
many try, under a name that carries the id of its row to be: who dies halfway finds it
again and writes the same row. A file that comes or goes has a name that begins with a
point until it is whole.
"""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from samenloop.berichten.verkeer.dragers import Aangeboden, DragerFout
from samenloop.core import klok

IN, BEZIG, UIT, VERWERKT = "in", "bezig", "uit", "verwerkt"
GROOTST = 25 * 1024 * 1024
_STREEP = "--"


class MapDrager:
    """A folder on this machine, or one that is mounted there."""

    def __init__(self, map: Path) -> None:
        """Take the folder; what is missing in it is made when it is used."""
        self.map = map

    def fetch(self, hoogstens: int) -> Sequence[Aangeboden]:
        """Return what lies ready, first what an earlier round did not finish."""
        try:
            self._prepare()
            bezig = sorted((self.map / BEZIG).iterdir())[:hoogstens]
            for pad in self._ready()[: hoogstens - len(bezig)]:
                if genomen := self._take(pad):
                    bezig.append(genomen)
            return [_offered(pad) for pad in bezig]
        except OSError as fout:
            raise DragerFout(type(fout).__name__) from None

    def let_go(self, aangeboden: Sequence[Aangeboden]) -> None:
        """Move the files to where they are kept for a while."""
        dag = self.map / VERWERKT / klok.today().isoformat()
        dag.mkdir(parents=True, exist_ok=True)
        for each in aangeboden:
            naam = f"{each.id}{_STREEP}{each.naam}"
            pad = self.map / BEZIG / naam
            if pad.exists():
                pad.rename(dag / naam)

    def bring(self, naam: str, inhoud: bytes) -> None:
        """Write a file under a name that is not seen, and let it appear whole."""
        try:
            self._prepare()
            tijdelijk = self.map / UIT / f".{naam}"
            with tijdelijk.open("wb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            tijdelijk.rename(self.map / UIT / naam)
        except OSError as fout:
            raise DragerFout(type(fout).__name__) from None

    def clear(self, ouder: timedelta) -> int:
        """Remove what was kept longer than this; how many files."""
        grens = (klok.today() - ouder).isoformat()
        weg = 0
        for dag in sorted((self.map / VERWERKT).glob("[0-9]*")):
            if dag.name < grens:
                for pad in dag.iterdir():
                    pad.unlink()
                    weg += 1
                dag.rmdir()
        return weg

    def _prepare(self) -> None:
        for naam in (IN, BEZIG, UIT, VERWERKT):
            (self.map / naam).mkdir(parents=True, exist_ok=True)

    def _ready(self) -> list[Path]:
        """What is whole, the oldest first."""
        paden = [
            (pad.stat().st_mtime_ns, pad.name, pad)
            for pad in (self.map / IN).iterdir()
            if pad.is_file() and not pad.is_symlink() and not pad.name.startswith(".")
        ]
        return [pad for *_, pad in sorted(paden)]

    def _take(self, pad: Path) -> Path | None:
        naar = self.map / BEZIG / f"{uuid4()}{_STREEP}{pad.name[:200]}"
        try:
            return pad.rename(naar)
        except FileNotFoundError:
            return None


def _offered(pad: Path) -> Aangeboden:
    sleutel, _, naam = pad.name.partition(_STREEP)
    # One byte more than is allowed says enough about a file that is too big.
    with pad.open("rb") as bestand:
        inhoud = bestand.read(GROOTST + 1)
    return Aangeboden(UUID(sleutel), naam, inhoud)
