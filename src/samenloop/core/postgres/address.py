"""Where the database is: asked at the first connection, not before.

`DATABASE_URL` goes first; without it our own launcher starts a server, or shares
the one that runs. Because it is asked so late, a command that needs no database
starts none.
"""

import atexit
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

from samenloop.core.postgres import rollen
from samenloop.core.postgres.cluster import HOST, SUPERUSER, Cluster
from samenloop.core.postgres.fouten import LanceerFout
from samenloop.core.postgres.rollen import APP, BEHEER, Role
from samenloop.core.statefolder import secret, state_folder

DATABASE = "samenloop"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server, the database on it, and who may connect."""

    host: str
    port: int
    database: str
    app: Role
    beheer: Role
    options: dict[str, str] = field(default_factory=dict)

    def connect(self, role: Role, **changes: Any) -> psycopg.Connection[Any]:
        """A connection that commits each statement, to `database` unless changed."""
        wanted: dict[str, Any] = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": role.name,
            "password": role.password,
            **self.options,
            **changes,
        }
        try:
            return psycopg.connect(autocommit=True, **wanted)
        except psycopg.OperationalError as fout:
            # The text of libpq names host, port, role and database; never a password.
            raise LanceerFout(
                f"De database {wanted['dbname']} op {self.host}:{self.port} is niet "
                f"bereikbaar als {role.name}: {str(fout).strip()}"
            ) from fout


_lock = threading.Lock()
_found: tuple[int, Endpoint] | None = None
_cluster: Cluster | None = None


def database_name() -> str:
    """The name of the database, without asking for a server."""
    url = os.environ.get("DATABASE_URL")
    return _parse(url).database if url else DATABASE


def endpoint() -> Endpoint:
    """The database of this installation, started when it is ours and does not run.

    Raises:
        LanceerFout: there is none; the text says why and what to do.
    """
    global _found, _cluster
    with _lock:
        # A forked child inherits the variable but is a user in its own right.
        if _found is None or _found[0] != os.getpid():
            if os.environ.get("DATABASE_URL"):
                found = _outside()
            else:
                _cluster = own_cluster()
                found = _inside(_cluster)
            _found = (os.getpid(), found)
        return _found[1]


def own_cluster(*, throw_away: bool = False) -> Cluster:
    """The server that our launcher keeps in the state folder; not started yet."""
    wish = os.environ.get("SAMENLOOP_POSTGRES_PORT")
    if wish is not None and not (wish.isdecimal() and 0 < int(wish) < 65536):
        raise LanceerFout(f"SAMENLOOP_POSTGRES_PORT is '{wish}'; geef een poortnummer.")
    return Cluster(
        state_folder() / "postgres",
        port=int(wish) if wish else None,
        throw_away=throw_away,
    )


def use(cluster: Cluster) -> Endpoint:
    """Take this server instead of the one in the state folder (for tests)."""
    global _found, _cluster
    with _lock:
        _cluster = cluster
        found = _inside(cluster)
        _found = (os.getpid(), found)
        return found


def release() -> None:
    """Leave the server; ours stops when nobody else uses it."""
    global _found, _cluster
    with _lock:
        if _found is not None and _found[0] == os.getpid() and _cluster is not None:
            # At the end of a process there is nobody left to tell.
            with suppress(OSError, LanceerFout):
                _cluster.leave()
        _found, _cluster = None, None


atexit.register(release)


def _inside(cluster: Cluster) -> Endpoint:
    """Enter our own server and see to its roles and database."""
    running = cluster.enter()
    found = Endpoint(
        HOST,
        running.port,
        DATABASE,
        app=Role(APP, cluster.password(APP)),
        beheer=Role(BEHEER, cluster.password(BEHEER)),
    )
    superuser = Role(SUPERUSER, cluster.password(SUPERUSER))
    _furnish(found, superuser, maintenance="postgres")
    return found


def _outside() -> Endpoint:
    """A server that others keep.

    Its owner gives two roles (DATABASE_URL for the application, DATABASE_URL_BEHEER
    for migrating), or one that may make roles, with which we make the two.
    """
    given = _parse(os.environ["DATABASE_URL"])
    if second := os.environ.get("DATABASE_URL_BEHEER"):
        other = _parse(second)
        if other.app.name == given.app.name:
            raise LanceerFout(
                "DATABASE_URL en DATABASE_URL_BEHEER noemen dezelfde rol. Geef er "
                "twee: die van de toepassing mag geen eigenaar van de tabellen zijn."
            )
        found = Endpoint(
            given.host,
            given.port,
            given.database,
            app=given.app,
            beheer=other.app,
            options=given.options,
        )
        with found.connect(found.beheer) as beheer:
            rollen.prepare_database(beheer, app=found.app.name)
        return found
    found = Endpoint(
        given.host,
        given.port,
        given.database,
        app=Role(APP, secret("wachtwoord_app")),
        beheer=Role(BEHEER, secret("wachtwoord_beheer")),
        options=given.options,
    )
    _furnish(found, given.app, maintenance=given.database)
    return found


def _furnish(found: Endpoint, maker: Role, *, maintenance: str) -> None:
    """Roles, database, extensions and rights, as far as they are absent."""
    with found.connect(maker, dbname=maintenance) as connection:
        able = connection.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        if not (able and able[0]):
            raise LanceerFout(
                f"De rol {maker.name} van DATABASE_URL mag geen rollen maken. Geef ook "
                "DATABASE_URL_BEHEER: de eigenaar van de database, die de tabellen "
                "maakt; DATABASE_URL is dan de rol van de toepassing."
            )
        rollen.create_roles(connection, found.beheer, found.app)
        made = rollen.create_database(connection, found.database)
        if not made:
            rollen.hand_over_database(connection, found.database)
    with found.connect(found.beheer) as beheer:
        rollen.prepare_database(beheer, app=found.app.name)


def _parse(url: str) -> Endpoint:
    """What a `postgresql://role:password@host:port/database?option=value` says."""
    parts = urlsplit(url)
    try:
        port = parts.port or 5432
    except ValueError:
        port = 0
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not parts.username or not name:
        # Not the address itself: it holds a password.
        raise LanceerFout(
            "DATABASE_URL is geen adres van een PostgreSQL-database. De vorm is "
            "postgresql://rol:wachtwoord@server:5432/database."
        )
    if not port:
        raise LanceerFout("DATABASE_URL heeft geen geldig poortnummer.")
    role = Role(unquote(parts.username), unquote(parts.password or ""))
    host = unquote(parts.hostname or "localhost")
    return Endpoint(host, port, name, role, role, dict(parse_qsl(parts.query)))
