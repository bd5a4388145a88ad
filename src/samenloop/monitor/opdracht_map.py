"""The folder that the outcome is written to: whole, or not at all.

Files are made in a hidden folder beside the one asked for, which takes its place when
everything is there. A folder with something else in it is never touched.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samenloop.monitor.fouten import LeveringFout

EIGEN = frozenset(
    {
        "monitor.html",
        "monitor.pdf",
        "monitor.xlsx",
        "monitor.ods",
        "monitor.json",
        "tabellen",
        "afgekeurd.csv",
    }
)


def controleer(map_: Path, leveringen: list[Path]) -> Path:
    """Return where to write, or say why not, before any work is done.

    Raises:
        LeveringFout: the folder holds something that is not an earlier outcome.
    """
    doel = Path(os.path.realpath(map_))
    if doel in {Path(os.path.realpath(levering)) for levering in leveringen}:
        raise LeveringFout(
            f"De map '{map_}' is de levering zelf; kies een andere map voor --uit."
        )
    if doel.exists() and not doel.is_dir():
        raise LeveringFout(
            f"'{map_}' is een bestand; geef met --uit een map op die leeg is of nog "
            "niet bestaat."
        )
    try:
        vreemd = (
            sorted({kind.name for kind in doel.iterdir()} - EIGEN)
            if doel.exists()
            else []
        )
        tabellen = doel / "tabellen"
        if tabellen.is_dir():
            vreemd += sorted(
                f"tabellen/{kind.name}"
                for kind in tabellen.iterdir()
                if kind.suffix != ".csv"
            )
    except OSError as fout:
        raise LeveringFout(
            f"De map '{map_}' is niet toegankelijk ({fout.strerror}); kies een andere "
            "map."
        ) from fout
    if vreemd:
        raise LeveringFout(
            f"De map '{map_}' bevat iets anders dan een eerdere monitor "
            f"('{vreemd[0]}'); kies een lege of nieuwe map."
        )
    return doel


@contextmanager
def heel(doel: Path) -> Iterator[Path]:
    """Yield a folder to write in; it becomes `doel` at the end, or disappears.

    An earlier outcome in `doel` is replaced as a whole.

    Raises:
        LeveringFout: the place cannot be written to.
    """
    gemaakt = _ouders(doel)
    sleutel = uuid.uuid4().hex[:8]
    nieuw = doel.parent / f".{doel.name}-{sleutel}.nieuw"
    oud = doel.parent / f".{doel.name}-{sleutel}.oud"
    geslaagd = False
    try:
        nieuw.mkdir()
        yield nieuw
        if doel.exists():
            doel.rename(oud)
        try:
            nieuw.rename(doel)
        except BaseException:
            if oud.exists():
                oud.rename(doel)
            raise
        geslaagd = True
    except OSError as fout:
        raise LeveringFout(
            f"De uitkomst kan niet worden geschreven in '{doel}' "
            f"({fout.strerror or fout}); controleer de rechten en de ruimte."
        ) from fout
    finally:
        shutil.rmtree(nieuw, ignore_errors=True)
        if geslaagd or doel.exists():
            shutil.rmtree(oud, ignore_errors=True)
        if not geslaagd:
            for map_ in reversed(gemaakt):
                try:
                    map_.rmdir()
                except OSError:  # someone else put something in it meanwhile
                    break


def _ouders(doel: Path) -> list[Path]:
    """Make the folders above; return those that were made, outermost first."""
    ontbreekt: list[Path] = []
    ouder = doel.parent
    while not ouder.exists():
        ontbreekt.insert(0, ouder)
        ouder = ouder.parent
    try:
        doel.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise LeveringFout(
            f"De map '{doel.parent}' kan niet worden gemaakt ({fout.strerror}); kies "
            "een andere map voor --uit."
        ) from fout
    return ontbreekt
