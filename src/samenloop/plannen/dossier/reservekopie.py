"""The files of documents, beside a copy of the database and back.

A copy of the database holds the row of a document and not its file. Both are copied by
one command: first the database, then the files, so that each row of the copy has its
file. A file that came since has no row there and is harmless.
"""

import os
import re
import shutil
import tarfile
from pathlib import Path

from django.conf import settings

from samenloop.core.postgres import LanceerFout

_NAAM = re.compile(r"(nieuw|[0-9a-f]{2})/[0-9a-f]{64}")


def beside(kopie: Path) -> Path:
    """Return where the files go that belong to a copy of the database."""
    return kopie.with_name(f"{kopie.name}.documenten.tar")


def pack(kopie: Path) -> int:
    """Write all files to one, whole or not at all; how many there were.

    Raises:
        LanceerFout: the file is there already, or cannot be written.
    """
    doel = beside(kopie)
    if doel.exists():
        raise LanceerFout(f"{doel} bestaat al; kies een andere naam.")
    draft = doel.with_name(f"{doel.name}.nieuw")
    aantal = 0
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with tarfile.open(draft, "w") as pak:
            for naam in _names(settings.DOCUMENTEN["MAP"]):
                try:
                    pak.add(settings.DOCUMENTEN["MAP"] / naam, naam, recursive=False)
                except FileNotFoundError:
                    continue  # put in its place, or destroyed, since we looked
                aantal += 1
        draft.rename(doel)
    except OSError as fout:
        raise LanceerFout(f"{doel} is niet te schrijven: {fout.strerror}") from fout
    finally:
        draft.unlink(missing_ok=True)
    return aantal


def unpack(kopie: Path) -> int | None:
    """Put the files of a copy in the folder; how many, None when none came with it.

    What stands there already stays: a name is given once, for one content.

    Raises:
        LanceerFout: it is no such file, or the folder cannot be written.
    """
    bron = beside(kopie)
    if not bron.is_file():
        return None
    plek: Path = settings.DOCUMENTEN["MAP"]
    aantal = 0
    try:
        plek.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tarfile.open(bron) as pak:
            for deel in pak:
                if not deel.isfile() or not _NAAM.fullmatch(deel.name):
                    raise LanceerFout(f"{bron} is geen kopie van documenten.")
                aantal += _put_back(pak, deel, plek)
    except (OSError, tarfile.TarError) as fout:
        raise LanceerFout(
            f"De documenten uit {bron} zijn niet terug te zetten."
        ) from fout
    return aantal


def _put_back(pak: tarfile.TarFile, deel: tarfile.TarInfo, plek: Path) -> int:
    doel = plek / deel.name
    if doel.exists():
        return 0
    doel.parent.mkdir(mode=0o700, exist_ok=True)
    inhoud = pak.extractfile(deel)
    assert inhoud is not None
    handvat = os.open(doel, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with inhoud, os.fdopen(handvat, "wb") as bestand:
        shutil.copyfileobj(inhoud, bestand)
    return 1


def _names(plek: Path) -> list[str]:
    """Return the files first that stand apart: they may be put in place meanwhile."""
    alle = [pad.relative_to(plek).as_posix() for pad in plek.glob("*/*")]
    namen = [naam for naam in alle if _NAAM.fullmatch(naam)]
    return sorted(namen, key=lambda naam: not naam.startswith("nieuw/"))
