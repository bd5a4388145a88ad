"""Keeping a copy of the records, and putting it back into an empty database.

A copy is what `pg_dump` makes of one moment, while people go on working. It can be
read by a later major version too, which is how one moves to it.
"""

import os
import subprocess
from pathlib import Path

from samenloop.core.postgres import binaries
from samenloop.core.postgres.address import Endpoint, endpoint
from samenloop.core.postgres.fouten import LanceerFout


def dump(target: Path) -> None:
    """Write a copy of the whole database to a new file, whole or not at all.

    Raises:
        LanceerFout: the file is there already, or the copy could not be made.
    """
    if target.exists():
        raise LanceerFout(f"{target} bestaat al; kies een andere naam.")
    draft = target.with_name(f"{target.name}.nieuw")
    try:
        # Records of persons: for the one who makes the copy only.
        os.close(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        _run("pg_dump", "--format=custom", f"--file={draft}")
        draft.rename(target)
    except OSError as fout:
        raise LanceerFout(f"{target} is niet te schrijven: {fout.strerror}") from fout
    finally:
        draft.unlink(missing_ok=True)


def restore(source: Path) -> None:
    """Put a copy back, all or nothing. The database must have no tables yet.

    Raises:
        LanceerFout: there is no such file, or there are tables, or it failed.
    """
    if not source.is_file():
        raise LanceerFout(f"{source} is er niet.")
    with source.open("rb") as file:
        if file.read(5) != b"PGDMP":
            raise LanceerFout(f"{source} is geen kopie die met bewaar is gemaakt.")
    found = endpoint()
    with found.connect(found.beheer) as owner:
        known = owner.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    if known and known[0]:
        raise LanceerFout(
            f"De database {found.database} is niet leeg. Terugzetten kan alleen in een "
            "lege; zet de oude gegevens eerst opzij (zie docs/beheer.md)."
        )
    _run("pg_restore", "--no-owner", "--single-transaction", str(source))


def _run(program: str, *options: str) -> None:
    found = endpoint()
    with found.connect(found.beheer) as owner:
        version = owner.info.server_version // 10_000
    tool = binaries.client(program, version)
    where = [f"--host={found.host}", f"--port={found.port}"]
    where += [f"--username={found.beheer.name}", f"--dbname={found.database}"]
    done = subprocess.run(  # noqa: S603
        [tool, "--no-password", *where, *options],
        env={**_environment(found), "PGPASSWORD": found.beheer.password},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        raise LanceerFout(f"{program} is niet gelukt: {said[0]}")


def _environment(found: Endpoint) -> dict[str, str]:
    # What the address asked of the connection (sslmode and so on) holds here too.
    names = {f"PG{name.upper()}": value for name, value in found.options.items()}
    return {"PATH": os.defpath, "LC_ALL": "C", **names}
