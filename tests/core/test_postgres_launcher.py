"""Real servers, started and stopped, and killed at the wrong moment."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samenloop.core.postgres.cluster import HOST, SUPERUSER, Cluster
from samenloop.core.postgres.fouten import LanceerFout

# Another process that uses the server until its standard input closes.
_USER = """
import sys
from pathlib import Path
from samenloop.core.postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), throw_away=True)
print(cluster.enter().pid, flush=True)
sys.stdin.read()
cluster.leave()
"""


def connect(cluster: Cluster, port: int, **changes: str) -> psycopg.Connection:
    given = {"user": SUPERUSER, "password": cluster.password(SUPERUSER)}
    return psycopg.connect(
        host=HOST, port=port, dbname="postgres", autocommit=True, **{**given, **changes}
    )


def other_user(folder: Path) -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen(
        [sys.executable, "-c", _USER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def gone(pid: int) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def made(state: Path) -> Iterator[Path]:
    """A data folder fresh from initdb: making one is the slow part."""
    parent = Path(tempfile.mkdtemp(dir=state, prefix="met spatie "))
    parent.chmod(0o711)
    cluster = Cluster(parent / "postgres", throw_away=True)
    cluster.enter()
    cluster.leave()
    yield parent / "postgres"
    shutil.rmtree(parent)


@pytest.fixture
def cluster(made: Path) -> Iterator[Cluster]:
    each = Cluster(made, throw_away=True)
    yield each
    each.leave()
    assert not (made / "data" / "postmaster.pid").exists()


def test_server_starts_and_stops_cleanly(cluster: Cluster) -> None:
    running = cluster.enter()
    with connect(cluster, running.port) as connection:
        version = connection.info.server_version // 10000
        data = connection.execute("SHOW data_directory").fetchone()
    assert version == int((cluster.data / "PG_VERSION").read_text())
    assert data == (str(cluster.data),)
    cluster.leave()
    assert gone(running.pid)
    assert cluster.running() is None
    assert not (cluster.data / "postmaster.pid").exists()


def test_server_wants_a_password_and_is_on_loopback_only(cluster: Cluster) -> None:
    port = cluster.enter().port
    with pytest.raises(psycopg.OperationalError, match="password authentication"):
        connect(cluster, port, password="geraden")
    with connect(cluster, port) as connection:
        rules = connection.execute(
            "SELECT DISTINCT auth_method FROM pg_hba_file_rules"
        ).fetchall()
        addresses = connection.execute("SHOW listen_addresses").fetchone()
        sockets = connection.execute("SHOW unix_socket_directories").fetchone()
    assert rules == [("scram-sha-256",)]
    assert addresses == (HOST,)
    assert sockets == ("",)


def test_data_folder_is_closed_to_others(cluster: Cluster) -> None:
    cluster.enter()
    facts = cluster.data.stat()
    assert facts.st_mode & 0o777 == 0o700
    assert (facts.st_uid != 0) is True
    assert (cluster.folder / "wachtwoorden").stat().st_mode & 0o077 == 0


def test_server_survives_killed_parent_and_stops_with_the_next(
    cluster: Cluster,
) -> None:
    parent, pid = other_user(cluster.folder)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert cluster.enter().pid == pid
    assert cluster.others() == []
    cluster.leave()
    assert gone(pid)


def test_start_after_parent_and_server_were_killed(cluster: Cluster) -> None:
    parent, pid = other_user(cluster.folder)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert (cluster.data / "postmaster.pid").exists()
    running = cluster.enter()
    assert running.pid != pid
    with connect(cluster, running.port) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_pid_file_that_names_another_program_is_no_hindrance(cluster: Cluster) -> None:
    cluster.enter()
    kept = (cluster.data / "postmaster.pid").read_text()
    cluster.leave()
    lines = kept.splitlines()
    lines[0] = str(os.getpid())
    (cluster.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    assert cluster.enter().pid != os.getpid()


def test_two_processes_share_and_the_last_one_stops(cluster: Cluster) -> None:
    other, pid = other_user(cluster.folder)
    assert cluster.enter().pid == pid
    assert cluster.others() == [other.pid]
    cluster.leave()
    assert cluster.running() is not None
    other.communicate("")
    assert other.returncode == 0
    assert gone(pid)


def test_two_that_start_at_once_get_one_server(cluster: Cluster) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _USER, str(cluster.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    pids = {int(each.stdout.readline()) for each in processes if each.stdout}
    for each in processes:
        each.communicate("")
    assert len(pids) == 1
    assert gone(pids.pop())


def test_wanted_port_that_is_taken_is_named(cluster: Cluster) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LanceerFout, match=f"Poort {port} is bezet"):
            Cluster(cluster.folder, port=port).enter()
    wanted = Cluster(cluster.folder, port=port, throw_away=True)
    assert wanted.enter().port == port
    wanted.leave()


def test_port_of_last_time_that_is_taken_is_left(cluster: Cluster) -> None:
    first = cluster.enter().port
    cluster.leave()
    assert cluster.enter().port == first
    cluster.leave()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, first))
        taken.listen()
        assert cluster.enter().port != first


def test_broken_off_making_is_done_again(state: Path) -> None:
    parent = Path(tempfile.mkdtemp(dir=state))
    parent.chmod(0o711)
    half = parent / "postgres" / "data.nieuw"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster = Cluster(parent / "postgres", throw_away=True)
    running = cluster.enter()
    with connect(cluster, running.port) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        # Sorted by code point and yet knowing letters, on every version.
        assert connection.execute(
            "SELECT 'a' > 'B', upper('é'), 'Z' < 'é'"
        ).fetchone() == (True, "É", True)
    cluster.leave()
    assert not half.exists()
    shutil.rmtree(parent)
