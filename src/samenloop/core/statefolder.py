"""The one folder where Samenloop keeps what it makes for itself.

Data folder of the database, secrets, the built look: nothing of it belongs in
version control, and whoever removes the folder has a fresh installation again.
It is `.samenloop/` in the project, or wherever `SAMENLOOP_DATA` points.
"""

import os
import secrets
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def state_folder() -> Path:
    """The state folder; it is made when absent.

    As root it may be passed through, not read, by others: the database server
    runs as a system user of its own and must reach its data folder inside.
    """
    given = os.environ.get("SAMENLOOP_DATA")
    if given:
        folder = Path(given).expanduser().resolve()
    elif (PROJECT / "pyproject.toml").is_file():
        folder = PROJECT / ".samenloop"
    else:
        folder = Path.home() / ".samenloop"
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return folder


def secret(name: str) -> str:
    """A secret of this installation, 256 bits; made once, readable by its owner only.

    `SAMENLOOP_<NAME>` in the environment goes before the file.
    """
    given = os.environ.get(f"SAMENLOOP_{name.upper()}")
    if given:
        return given
    return stored_secret(state_folder() / "geheimen" / name)


def stored_secret(path: Path) -> str:
    """The secret in a file; two processes that make it at once end with the same."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
        try:
            # A link either takes the name or finds it taken: never half a file.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
        return path.read_text(encoding="ascii").strip()
