"""What stops a server from starting is said so that one can act on it."""

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samenloop.core.postgres import binaries, place
from samenloop.core.postgres.binaries import Binaries, choose
from samenloop.core.postgres.cluster import Cluster
from samenloop.core.postgres.fouten import LanceerFout, explain

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user")


@pytest.fixture
def parent(state: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=state))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(parent: Path) -> Iterator[Path]:
    """A disk of 8 MB, too small for any data folder."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=711", "none", str(parent)]
    mounted = subprocess.run(command, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no right to mount here: {mounted.stderr.strip()}")
    yield parent
    subprocess.run(["umount", str(parent)], check=True)


def test_full_disk_is_named_and_leaves_no_half_data_folder(small_disk: Path) -> None:
    cluster = Cluster(small_disk / "postgres")
    with pytest.raises(LanceerFout, match="is vol"):
        cluster.enter()
    assert not cluster.data.exists()
    assert not (cluster.folder / "data.nieuw").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_full_device_is_recognised() -> None:
    with pytest.raises(OSError, match="No space") as caught:
        Path("/dev/full").write_text("vol")
    assert caught.value.errno == errno.ENOSPC
    assert "is vol" in str(explain(str(caught.value), folder=Path("map")))


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ('could not bind IPv4 address "127.0.0.1": Address already in use', "Poort 5"),
        ("FATAL:  could not write lock file: No space left on device", "is vol"),
        ("FATAL:  database files are incompatible with server", "versie"),
        ('FATAL:  data directory "x" has wrong ownership', "andere gebruiker"),
        ('could not access directory "x": Permission denied', "andere gebruiker"),
        ("FATAL:  could not create shared memory segment", "geheugen"),
        ('extension "unaccent" is not available', "unaccent"),
        ("iets anders\nFATAL:  onverwacht", "FATAL:  onverwacht"),
        ("", "geen reden"),
    ],
)
def test_each_cause_has_its_sentence(output: str, sentence: str) -> None:
    assert sentence in str(explain(output, folder=Path("map"), port=5))


def test_data_of_a_version_we_do_not_have_is_refused(parent: Path) -> None:
    data = parent / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("13\n")
    with pytest.raises(LanceerFout, match="van PostgreSQL 13") as caught:
        Cluster(parent / "postgres").enter()
    assert "docs/beheer.md" in str(caught.value)
    assert sorted(each.name for each in data.iterdir()) == ["PG_VERSION"]


def _found(monkeypatch: pytest.MonkeyPatch, *, embedded: int, installed: int) -> None:
    def give(kind: binaries.Kind, version: int) -> list[Binaries]:
        return [Binaries(kind, Path(kind), version)] if version else []

    monkeypatch.setattr(binaries, "_embedded", lambda: give("embedded", embedded))
    monkeypatch.setattr(binaries, "_installed", lambda: give("installed", installed))


@pytest.mark.parametrize(
    ("wish", "there", "kind"),
    [
        ("auto", None, "embedded"),
        ("auto", "18", "embedded"),
        ("auto", "15", "installed"),
        ("installed", None, "installed"),
        ("embedded", None, "embedded"),
    ],
)
def test_binaries_follow_the_order_and_the_data(
    parent: Path,
    monkeypatch: pytest.MonkeyPatch,
    wish: str,
    there: str | None,
    kind: str,
) -> None:
    _found(monkeypatch, embedded=18, installed=15)
    if there:
        (parent / "PG_VERSION").write_text(f"{there}\n")
    assert choose(parent, wish=wish).kind == kind


@pytest.mark.parametrize(
    ("wish", "embedded", "installed"),
    [("auto", 0, 0), ("embedded", 0, 15), ("installed", 18, 0), ("auto", 0, 14)],
)
def test_no_usable_binaries_says_what_to_install(
    parent: Path,
    monkeypatch: pytest.MonkeyPatch,
    wish: str,
    embedded: int,
    installed: int,
) -> None:
    _found(monkeypatch, embedded=embedded, installed=installed)
    with pytest.raises(LanceerFout, match="apt-get install postgresql"):
        choose(parent, wish=wish)


def test_unknown_choice_is_refused(parent: Path) -> None:
    with pytest.raises(LanceerFout, match="embedded, installed of auto"):
        choose(parent, wish="sqlite")


def test_binaries_for_another_machine_count_as_absent(parent: Path) -> None:
    for name in ("initdb", "pg_ctl", "postgres"):
        (parent / name).write_text("no program")
        (parent / name).chmod(0o755)
    assert binaries._probe("embedded", parent) == []


@as_root
def test_closed_project_folder_gets_its_data_elsewhere(
    parent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "ELSEWHERE", parent / "elders")
    closed = parent / "dicht"
    closed.mkdir(mode=0o700)
    user = place.server_user()
    folder = place.cluster_folder(closed / "postgres", user)
    assert folder.parent == parent / "elders"
    assert user is not None
    assert user.can_enter(folder)
    assert not user.can_enter(closed)
    # Opened up later, the data stays where it is.
    (folder / "data").mkdir()
    closed.chmod(0o711)
    assert place.cluster_folder(closed / "postgres", user) == folder


@as_root
def test_server_runs_from_a_copy_when_its_programs_are_out_of_reach(
    parent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries_here = choose(parent, wish="embedded")
    package = binaries_here.folder.parents[1]
    closed = parent / "dicht"
    closed.mkdir(mode=0o700)
    for source in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, closed / source.name, symlinks=True)
    inside = closed / package.name / binaries_here.folder.relative_to(package)
    monkeypatch.setattr(
        binaries, "_embedded", lambda: [Binaries("embedded", inside, 18)]
    )
    cluster = Cluster(parent / "postgres", wish="embedded", throw_away=True)
    running = cluster.enter()
    program = os.readlink(f"/proc/{running.pid}/exe")
    cluster.leave()
    assert program.startswith(str(parent / "postgres" / "programmas-18"))


@as_root
def test_server_never_runs_as_root(parent: Path) -> None:
    cluster = Cluster(parent / "postgres", throw_away=True)
    running = cluster.enter()
    owner = Path(f"/proc/{running.pid}").stat().st_uid
    cluster.leave()
    assert owner != 0
