"""A real database, no network, and the rights that the application really has.

The session starts a server that is thrown away afterwards. The test database is
made and migrated by the owning role; the tests run as the application's role, so
a page that needs more rights than it has in earnest fails here first.
"""

import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from samenloop.core import gemeentegrens, postgres
from samenloop.core.postgres.cluster import Cluster
from samenloop.core.postgres.rollen import create_database, prepare_database
from samenloop.core.statefolder import state_folder

_PREFIX = "samenloop-test-"
TEST_DATABASE = "test_samenloop"
# Filled by migrations, and the same for every test.
CODELIJSTEN = {"signalen_signaalsoort"}

# The state folder of the tests. Open to pass through: started by root, the server
# runs as a user of its own.
STATE = Path(tempfile.mkdtemp(prefix=_PREFIX))
STATE.chmod(0o711)
# The look was built at set-up; a server that a test starts needs it too.
_LOOK = state_folder() / "static-look"
if _LOOK.is_dir():
    (STATE / "static-look").symlink_to(_LOOK)
os.environ["SAMENLOOP_DATA"] = str(STATE)
for _name in ("DATABASE_URL", "DATABASE_URL_BEHEER", "SAMENLOOP_POSTGRES_PORT"):
    os.environ.pop(_name, None)

# Names of files without a hash in them: tests need no collected files.
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Quick to compute: what is tested is who may sign in, not how costly guessing is.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Most tests are about what one may do once signed in; those of signing in ask it.
settings.TWEEDE_STAP_VERPLICHT = False
# What a test changes behind the pages shows on the next one.
settings.TELLERS_SECONDEN = 0


class NetworkShut(RuntimeError):
    """A test wanted to reach another machine."""


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _shut_network() -> None:
    """Refuse what leaves this machine, from the first import on."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def guard(self: socket.socket, address: Any) -> None:
        outward = self.family in (socket.AF_INET, socket.AF_INET6)
        if outward and not _is_here(address[0]):
            raise NetworkShut(f"A test wants to reach {address[0]}:{address[1]}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        guard(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        guard(self, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_here(host):
            raise NetworkShut(f"A test wants the address of {host}")
        return getaddrinfo(host, *args, **kwargs)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_getaddrinfo


_shut_network()


def _clear_old() -> None:
    """Stop servers and folders that a killed run left behind."""
    for old in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if old == STATE or not (old / "postgres" / "gebruikers").is_dir():
            continue
        try:
            cluster = Cluster(old / "postgres")
            if not cluster.others():
                cluster.leave()
                shutil.rmtree(old, ignore_errors=True)
        except (OSError, postgres.LanceerFout):
            # A server of another version: the run that uses that one clears it.
            continue


@pytest.fixture(autouse=True)
def _without_border() -> Iterator[None]:
    """Let a test see all municipalities; a test about the border narrows this."""
    with gemeentegrens.everywhere("tests"):
        yield


@pytest.fixture(autouse=True)
def _without_memory() -> None:
    """Keep no kinds of signal of an earlier test, whose changes were undone."""
    from samenloop.signalen import soorten

    soorten.forget()


@pytest.fixture(scope="session")
def state() -> Path:
    """The state folder of this session; a server's user can pass through it."""
    return STATE


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Endpoint]:
    """The server of this session."""
    _clear_old()
    yield postgres.use(postgres.own_cluster(throw_away=True))
    connections.close_all()
    postgres.release()


@pytest.fixture(scope="session")
def django_db_setup(
    server: postgres.Endpoint, django_test_environment: None, django_db_blocker: Any
) -> None:
    """The test database, made by the owner; the tests themselves own nothing."""
    with django_db_blocker.unblock():
        with server.connect(server.beheer) as maker:
            create_database(maker, TEST_DATABASE)
        with server.connect(server.beheer, dbname=TEST_DATABASE) as owner:
            prepare_database(owner)
        for alias in ("default", "beheer"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = TEST_DATABASE
            settings.DATABASES[alias]["NAME"] = TEST_DATABASE
        call_command("migrate", database="beheer", verbosity=0, interactive=False)
        connections["beheer"].close()
        _flush_as_owner(server)


def _flush_as_owner(server: postgres.Endpoint) -> None:
    """Let the clean-up after a transactional test truncate as the owner.

    The application's role cannot truncate, and must not be able to.
    """

    def execute_sql_flush(statements: list[str]) -> None:
        with server.connect(server.beheer, dbname=TEST_DATABASE) as owner:
            # A test that leaves a transaction open fails here instead of hanging.
            owner.execute("SET lock_timeout = '15s'")
            # Tables that refuse to be emptied let only such an owner through.
            owner.execute("SET samenloop.onderhoud = 'aan'")
            with owner.transaction():
                for statement in statements:
                    owner.execute(sql.SQL(statement))  # type: ignore[arg-type]

    for alias in ("default", "beheer"):
        ops = connections[alias].ops
        ops.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
        ops.sql_flush = _keeping_code_lists(ops.sql_flush)  # type: ignore[method-assign]


def _keeping_code_lists(sql_flush: Any) -> Any:
    """Leave what migrations loaded: the next test needs it as well."""

    def leave(style: Any, tables: list[str], **kwargs: Any) -> Any:
        return sql_flush(style, [t for t in tables if t not in CODELIJSTEN], **kwargs)

    return leave


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    postgres.release()
    shutil.rmtree(STATE, ignore_errors=True)
