"""Where the content of documents stands: files outside the web root, named at random.

A file is written before its row and put in its place when the transaction is
committed. Until then it stands apart, so what was never committed is found and cleared
away without ever having to ask which of all files belong to somebody. Removing goes the
other way around: the row first, then the file that a trigger remembered.
"""

import hashlib
import logging
import os
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.dossier.models import Documentversie, Wegbestand

_log = logging.getLogger(__name__)
_NIEUW = "nieuw"
# No transaction takes this long: what still stands apart was never committed.
_BLIJFT_LIGGEN = 3600  # seconds


class BestandStuk(SamenloopFout):
    """The stored file is gone, or is not what was put away."""

    melding = _(
        "The file of this document is damaged or missing, so it is not shown. Report "
        "it to the administrator: it can be put back from a backup."
    )


class OpslagVol(SamenloopFout):
    """The file could not be written."""

    melding = _(
        "The file could not be stored. Nothing was kept; try again, and tell the "
        "administrator if it stays like this."
    )


@dataclass(frozen=True, slots=True)
class Opgeborgen:
    """What was put away: under which name, how many bytes, and its fingerprint."""

    opslag: str
    grootte: int
    sha256: str


def folder() -> Path:
    """Return the folder of the documents; made when absent, for its owner only."""
    plek: Path = settings.DOCUMENTEN["MAP"]
    plek.mkdir(mode=0o700, parents=True, exist_ok=True)
    (plek / _NIEUW).mkdir(mode=0o700, exist_ok=True)
    return plek


def put(delen: Iterable[bytes]) -> Opgeborgen:
    """Store a file; it takes its place when the transaction is committed.

    Raises:
        OpslagVol: it could not be written.
    """
    naam = secrets.token_hex(32)
    som = hashlib.sha256()
    grootte = 0
    pad = folder() / _NIEUW / naam
    try:
        with os.fdopen(
            os.open(pad, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb"
        ) as bestand:
            for deel in delen:
                som.update(deel)
                grootte += len(deel)
                bestand.write(deel)
            bestand.flush()
            os.fsync(bestand.fileno())
    except OSError as fout:
        pad.unlink(missing_ok=True)
        raise OpslagVol() from fout
    transaction.on_commit(lambda: _settle(naam))
    return Opgeborgen(naam, grootte, som.hexdigest())


def discard(naam: str) -> None:
    """Throw away what was put away a moment ago and is not wanted after all."""
    (folder() / _NIEUW / naam).unlink(missing_ok=True)


def find(naam: str) -> Path | None:
    """Return where a file stands; None when it is not there."""
    for pad in (_place(naam), folder() / _NIEUW / naam):
        if pad.is_file():
            return pad
    return None


def read(versie: Documentversie) -> bytes:
    """Return the content of a version, certainly as it was put away.

    Raises:
        BestandStuk: the file is missing or was changed.
    """
    pad = find(versie.opslag)
    try:
        inhoud = pad.read_bytes() if pad else None
    except OSError:
        inhoud = None
    if inhoud is None or hashlib.sha256(inhoud).hexdigest() != versie.sha256:
        raise BestandStuk()
    return inhoud


def remove(naam: str) -> None:
    """Remove a stored file; one that is gone already is well."""
    for pad in (_place(naam), folder() / _NIEUW / naam):
        pad.unlink(missing_ok=True)


def remove_left() -> int:
    """Remove the files whose rows are gone; how many. Can be repeated."""
    gedaan = 0
    for weg in Wegbestand.objects.all()[:1000]:
        if not Documentversie.objects.filter(opslag=weg.opslag).exists():
            try:
                remove(weg.opslag)
            except OSError as fout:
                # Its row stays, so it is tried again and nobody forgets it.
                _log.error("a stored file cannot be removed: %s", type(fout).__name__)
                continue
        weg.delete()
        gedaan += 1
    return gedaan


def clear_up() -> int:
    """Settle what was committed and not moved, remove what never was; how many.

    Only files that stand apart are looked at: a wrong database can cost no document.
    """
    tot = time.time() - _BLIJFT_LIGGEN
    apart = [pad for pad in (folder() / _NIEUW).iterdir() if _is_older(pad, tot)]
    bekend = set(
        Documentversie.objects.filter(
            opslag__in=[pad.name for pad in apart]
        ).values_list("opslag", flat=True)
    )
    for pad in apart:
        if pad.name in bekend:
            _settle(pad.name)
        else:
            pad.unlink(missing_ok=True)
    return len(apart)


def _is_older(pad: Path, tot: float) -> bool:
    try:
        return pad.stat().st_mtime < tot
    except FileNotFoundError:
        return False  # settled meanwhile


def _place(naam: str) -> Path:
    # Not all in one folder: many file systems are slow at that.
    return folder() / naam[:2] / naam


def _settle(naam: str) -> None:
    pad = _place(naam)
    pad.parent.mkdir(mode=0o700, exist_ok=True)
    apart = folder() / _NIEUW / naam
    if apart.is_file():
        apart.replace(pad)
