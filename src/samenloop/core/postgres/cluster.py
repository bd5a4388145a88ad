"""Our own small launcher: one PostgreSQL server in a data folder of ours.

Made with password authentication and started on the loopback address only. It
survives the death of who started it: the next one finds it running and shares
it, and whoever leaves last stops it. Requires nothing that must be set up first.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from samenloop.core.postgres import binaries as programs
from samenloop.core.postgres import place
from samenloop.core.postgres.fouten import (
    LanceerFout,
    explain,
    is_port_taken,
    is_still_ending,
)
from samenloop.core.postgres.gebruik import Registration
from samenloop.core.statefolder import stored_secret

HOST = "127.0.0.1"
SUPERUSER = "samenloop_super"
# Seconds: for a start or stop; for what is left of a killed server to be gone.
_PATIENCE = 60
_LINGER = 15

_SETTINGS = """\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '128MB'
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = off
# A statement that fails holds names and addresses; the log needs only the reason.
log_error_verbosity = 'terse'
log_min_error_statement = 'panic'
"""
# A server that is thrown away need not survive a power cut.
_THROW_AWAY = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs: its process and the port it listens on."""

    pid: int
    port: int


class Cluster:
    """One server of ours, shared by processes.

    Args:
        folder: where it keeps data, registrations and passwords.
        wish: which binaries: `embedded`, `installed` or `auto`.
        port: the port it must have; a free one of its own choice when None.
        throw_away: for tests; quicker and not safe against a power cut.
    """

    def __init__(
        self,
        folder: Path,
        *,
        wish: str | None = None,
        port: int | None = None,
        throw_away: bool = False,
    ) -> None:
        self._user = place.server_user()
        self.folder = place.cluster_folder(folder, self._user)
        self.data = self.folder / "data"
        self._wish = wish
        self._port = port
        self._throw_away = throw_away
        self._registration = Registration(self.folder)

    def enter(self) -> Running:
        """Become a user of the server; it is made and started when needed.

        Raises:
            LanceerFout: it cannot be started; the text says why and what to do.
        """
        try:
            with self._registration.turn():
                running = self.running() or self._start()
                self._registration.enter()
        except OSError as fout:
            raise self._explain(str(fout)) from fout
        return running

    def leave(self) -> None:
        """Be a user no longer; the last one out stops the server, cleanly."""
        with self._registration.turn():
            self._registration.leave()
            if not self._registration.others() and self.running():
                self._stop()

    def others(self) -> list[int]:
        """Process numbers of the other users."""
        with self._registration.turn():
            return self._registration.others()

    def password(self, role: str) -> str:
        """The password of a role of this server; made at first asking."""
        return stored_secret(self.folder / "wachtwoorden" / role)

    def running(self) -> Running | None:
        """The server on this data folder, if it runs and answers.

        A `postmaster.pid` whose process is gone, or has become another program's,
        is what a crash leaves behind; it is removed, since its number alone would
        keep the server from starting.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            lines = pid_file.read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, IndexError, ValueError):
            return None
        if not _serves(pid, self.data):
            with suppress(FileNotFoundError):
                pid_file.unlink()
            return None
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and _serves(pid, self.data):
            if _answers(port):
                return Running(pid, port)
            time.sleep(0.05)
        return None

    def _start(self) -> Running:
        binaries = programs.choose(self.data, wish=self._wish)
        binaries = place.reachable(binaries, self.folder, self._user)
        if programs.version_of(self.data) is None:
            self._initialise(binaries)
        until = time.monotonic() + _LINGER
        while True:
            port = self._port or self._own_port()
            if self._port and not _is_free(port):
                raise self._explain("could not create any TCP/IP sockets", port)
            output = self._try_start(binaries, port)
            if running := self.running():
                return running
            # A port of our own choice may be lost between the choosing and the
            # binding; children of a killed server need a moment to notice.
            lost = self._port is None and is_port_taken(output)
            if time.monotonic() > until or not (lost or is_still_ending(output)):
                raise self._explain(output, port)
            if lost:
                (self.folder / "poort").unlink(missing_ok=True)
            time.sleep(0.2)

    def _explain(self, output: str, port: int | None = None) -> LanceerFout:
        return explain(output, folder=self.folder, port=port)

    def _try_start(self, binaries: programs.Binaries, port: int) -> str:
        """Start on a port; what the tool and the log said, when it did not work."""
        settings = _SETTINGS.format(host=HOST, port=port)
        if self._throw_away:
            settings += _THROW_AWAY
        log = self.data / "server.log"
        self._write(self.data / "samenloop.conf", settings)
        self._write(log, "")
        output = self._control(binaries, "start", "-l", log)
        with suppress(OSError):
            output += log.read_text(errors="replace")[-4000:]
        return output

    def _stop(self) -> None:
        binaries = programs.choose(self.data, wish=self._wish)
        binaries = place.reachable(binaries, self.folder, self._user)
        self._control(binaries, "stop", "-m", "fast")

    def _control(
        self, binaries: programs.Binaries, word: str, *options: str | Path
    ) -> str:
        """Run pg_ctl and wait for it; its complaint if it failed."""
        fixed = ["-s", "-w", "-t", str(_PATIENCE), "-D", self.data, *options]
        return self._run([binaries.folder / "pg_ctl", word, *fixed])

    def _initialise(self, binaries: programs.Binaries) -> None:
        """Make the data folder, whole or not at all."""
        draft = self.folder / "data.nieuw"
        shutil.rmtree(draft, ignore_errors=True)
        handle, name = tempfile.mkstemp(dir=self.folder)
        password_file = Path(name)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(self.password(SUPERUSER))
            draft.mkdir(mode=0o700)
            self._hand_over(draft)
            self._hand_over(password_file)
            base: list[str | Path] = [binaries.folder / "initdb", "-D", draft]
            base += ["-U", SUPERUSER, f"--pwfile={password_file}"]
            base += ["--auth=scram-sha-256"]
            base += ["--encoding=UTF8", "--lc-messages=C", "--no-instructions"]
            if self._throw_away:
                base += ["--no-sync"]
            output = self._run([*base, *_locale(binaries.version)])
            if output:
                raise self._explain(output)
            with (draft / "postgresql.conf").open("a") as file:
                file.write("\ninclude_if_exists = 'samenloop.conf'\n")
            draft.rename(self.data)
        finally:
            password_file.unlink(missing_ok=True)
            shutil.rmtree(draft, ignore_errors=True)

    def _run(self, command: list[str | Path]) -> str:
        """Run a tool of PostgreSQL as the server's user; its complaint if it failed."""
        become: dict[str, object] = {}
        if self._user is not None:
            become = {
                "user": self._user.uid,
                "group": self._user.gid,
                "extra_groups": [],
            }
        with tempfile.TemporaryFile() as said:
            # A file, not a pipe: the server inherits it and would keep a pipe open.
            code = subprocess.run(  # type: ignore[call-overload]  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                umask=0o077,
                **become,
            ).returncode
            said.seek(0)
            output = said.read().decode(errors="replace")
        return (output or f"status {code}") if code else ""

    def _own_port(self) -> int:
        """The port of last time when it is free, otherwise a free one."""
        note = self.folder / "poort"
        with suppress(OSError, ValueError):
            port = int(note.read_text())
            if _is_free(port):
                return port
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        note.write_text(str(port))
        return port

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o600)
        self._hand_over(path)

    def _hand_over(self, path: Path) -> None:
        if self._user is not None:
            os.chown(path, self._user.uid, self._user.gid)


def _locale(version: int) -> list[str]:
    """One sorting and casing for every machine; from 17 on PostgreSQL brings it."""
    if version >= 17:
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return [*builtin, "--locale=C"]
    return ["--locale-provider=libc", "--locale=C", "--lc-ctype=C.UTF-8"]


def _serves(pid: int, data: Path) -> bool:
    """Whether this process lives and is the PostgreSQL server of this data folder."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if not Path("/proc/self").exists():
        return True
    try:
        # Of a zombie there is no command line left.
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    program = os.path.basename(words[0])
    return program.startswith(b"postgres") and os.fsencode(data) in words


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), timeout=2):
        return True
    return False


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the server itself does: a connection that just closed is no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
