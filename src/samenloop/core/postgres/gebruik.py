"""Who uses a server: several processes share one, the last to leave stops it.

Each user keeps a file with its process number, locked for as long as it lives.
The kernel lets go of the lock when a process dies, however it dies, so a user
that was killed is never counted and no process number can be mistaken for
another's.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Registration:
    """Our place among the users of one server."""

    def __init__(self, folder: Path) -> None:
        """Nothing is registered yet; `folder` is the folder of the cluster."""
        self._folder = folder
        self._handle: int | None = None
        self._name = ""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Only one process at a time starts, stops or counts."""
        handle = os.open(self._folder / "slot", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def enter(self) -> None:
        """Be counted. To be called in one's turn."""
        users = self._folder / "gebruikers"
        users.mkdir(mode=0o700, exist_ok=True)
        number = 0
        while self._handle is None:
            name = f"{os.getpid()}-{number}"
            handle = os.open(users / name, os.O_RDWR | os.O_CREAT, 0o600)
            if _lock(handle):
                self._handle, self._name = handle, name
            else:
                os.close(handle)
                number += 1

    def leave(self) -> None:
        """Be counted no longer. To be called in one's turn."""
        if self._handle is not None:
            with suppress(FileNotFoundError):
                os.unlink(self._folder / "gebruikers" / self._name)
            os.close(self._handle)
            self._handle = None

    def others(self) -> list[int]:
        """Process numbers of the other users that live. To be called in one's turn."""
        alive = []
        for path in sorted((self._folder / "gebruikers").glob("*-*")):
            if path.name == self._name:
                continue
            handle = os.open(path, os.O_RDWR)
            try:
                if _lock(handle):
                    path.unlink()
                else:
                    alive.append(int(path.name.split("-")[0]))
            finally:
                os.close(handle)
        return alive


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
