"""Messages as files in a folder.

`in` holds what is for us, `uit` what is from us; `bezig` what we are taking in and
`verwerkt` what is on record. A file is taken by renaming it, which happens once however
many try, under a name that carries the id of its row to be: who dies halfway finds it
again and writes the same row. A file that comes or goes has a name that begins with a
point until it is whole.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from stat import S_ISREG
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from samenloop.berichten.verkeer.dragers import Aangeboden, DragerFout, Gelaten
from samenloop.core import klok

IN, BEZIG, UIT, VERWERKT = "in", "bezig", "uit", "verwerkt"
GROOTST = 25 * 1024 * 1024
_PORTIE = 50 * 1024 * 1024  # bytes, after which a portion is full
_NAAM = 200  # bytes of the name it came with
_STREEP = "--"
_log = logging.getLogger(__name__)


class MapDrager:
    """A folder on this machine, or one that is mounted there."""

    def __init__(self, map: Path) -> None:
        """Take the folder; what is missing in it is made when it is used."""
        self.map = map
        self.gelaten: Sequence[Gelaten] | None = None

    def fetch(self, hoogstens: int) -> Sequence[Aangeboden]:
        """Return what lies ready, first what an earlier round did not finish.

        No more at once than fits in memory. A file that cannot be read stays where it
        is: one must not hold up the others.
        """
        try:
            self._prepare()
            gehaald: list[Aangeboden] = []
            omvang = 0
            gelaten: list[Gelaten] = []
            self.gelaten = None
            for sleutel, pad, fout in self._to_offer():
                if len(gehaald) == hoogstens or omvang >= _PORTIE:
                    return gehaald
                try:
                    if fout:
                        raise fout
                    inhoud = _read(pad)
                except OSError as mis:
                    gelaten.append(_left(pad, mis))
                    continue
                naam = pad.name.partition(_STREEP)[2]
                gehaald.append(Aangeboden(sleutel, _clean(naam), inhoud))
                omvang += len(inhoud)
            self.gelaten = gelaten
            return gehaald
        except OSError as fout:
            raise DragerFout(type(fout).__name__) from None

    def let_go(self, aangeboden: Sequence[Aangeboden]) -> None:
        """Move the files to where they are kept for a while.

        Raises:
            DragerFout: some could not be moved; they will be offered again.
        """
        weg = {each.id for each in aangeboden}
        mis = ""
        try:
            dag = self.map / VERWERKT / klok.today().isoformat()
            dag.mkdir(parents=True, exist_ok=True)
            for sleutel, pad in self._taken():
                if sleutel in weg:
                    try:
                        pad.rename(dag / pad.name)
                    except OSError as fout:
                        mis = type(fout).__name__
        except OSError as fout:
            mis = type(fout).__name__
        if mis:
            raise DragerFout(mis)

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
        """Remove what was kept longer than this; how many files.

        Raises:
            DragerFout: the folder cannot be reached.
        """
        grens = (klok.today() - ouder).isoformat()
        weg = 0
        try:
            for dag in sorted((self.map / VERWERKT).glob("[0-9]*")):
                if dag.name >= grens or not dag.is_dir():
                    continue
                for pad in dag.iterdir():
                    if not pad.is_dir():
                        pad.unlink()
                        weg += 1
                # Something of somebody else's may be left in it.
                with suppress(OSError):
                    dag.rmdir()
        except OSError as fout:
            raise DragerFout(type(fout).__name__) from None
        return weg

    def _prepare(self) -> None:
        for naam in (IN, BEZIG, UIT, VERWERKT):
            (self.map / naam).mkdir(parents=True, exist_ok=True)

    def _to_offer(self) -> Iterator[tuple[UUID, Path, OSError | None]]:
        """What lies ready, with what went wrong where it could not be taken."""
        for sleutel, pad in self._taken():
            yield sleutel, pad, None
        for pad in self._ready():
            sleutel = uuid4()
            doel = self.map / BEZIG / f"{sleutel}{_STREEP}{_clean(pad.name)}"
            try:
                yield sleutel, pad.rename(doel), None
            except FileNotFoundError:
                continue
            except OSError as fout:
                yield sleutel, pad, fout

    def _taken(self) -> list[tuple[UUID, Path]]:
        """What we are taking in; a file that we did not put there is left alone."""
        gevonden: dict[UUID, Path] = {}
        for pad in sorted((self.map / BEZIG).iterdir()):
            sleutel = _key(pad)
            if sleutel is not None and pad.is_file() and not pad.is_symlink():
                gevonden.setdefault(sleutel, pad)
        return list(gevonden.items())

    def _ready(self) -> list[Path]:
        """What is whole, the oldest first."""
        paden = []
        for pad in (self.map / IN).iterdir():
            if pad.name.startswith(".") or pad.is_symlink():
                continue
            # Somebody may take it away again before we look.
            with suppress(FileNotFoundError):
                wat = pad.stat()
                if S_ISREG(wat.st_mode):
                    paden.append((wat.st_mtime_ns, pad.name, pad))
        return [pad for *_, pad in sorted(paden)]


def _key(pad: Path) -> UUID | None:
    sleutel, streep, _ = pad.name.partition(_STREEP)
    try:
        return UUID(sleutel) if streep else None
    except ValueError:
        return None


def _clean(naam: str) -> str:
    """Return a name as text that may be kept, and short enough beside an id.

    A name of a file is bytes, which need be no text; its length counts in bytes too.
    """
    tekst = os.fsencode(naam).decode(errors="replace")
    return tekst.encode()[:_NAAM].decode(errors="ignore")


def _left(pad: Path, fout: OSError) -> Gelaten:
    """A file that stays where it is; known again by place, name and moment."""
    woord = type(fout).__name__
    _log.warning("a file was left: %s", woord)
    naam = pad.name.partition(_STREEP)[2] if pad.parent.name == BEZIG else pad.name
    sinds = 0
    with suppress(OSError):
        sinds = pad.lstat().st_mtime_ns
    sleutel = uuid5(NAMESPACE_URL, f"{os.fsencode(pad).hex()} {sinds}")
    return Gelaten(sleutel, _clean(naam), woord)


def _read(pad: Path) -> bytes:
    # One byte more than is allowed says enough about a file that is too big.
    with pad.open("rb") as bestand:
        return bestand.read(GROOTST + 1)
