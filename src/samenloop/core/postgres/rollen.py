"""Three roles, so that a fault in the application cannot undo the database's guard.

The superuser is for the launcher only. `samenloop_beheer` owns the database and
migrates. `samenloop_app`, which the pages and commands use, owns nothing, cannot
go around row-level security and can only read and write rows.
"""

from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from samenloop.core.postgres.fouten import LanceerFout

BEHEER = "samenloop_beheer"
APP = "samenloop_app"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")

_ATTRIBUTES = {
    BEHEER: "LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB NOCREATEROLE NOREPLICATION",
    APP: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION",
}


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the server with its password."""

    name: str
    password: str = field(repr=False)


def create_roles(superuser: psycopg.Connection[Any], *roles: Role) -> None:
    """Make the roles that are absent. The connection is one that may make roles."""
    for role in roles:
        known = superuser.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name]
        ).fetchone()
        if known is None:
            statement = sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(
                sql.Identifier(role.name),
                sql.SQL(_ATTRIBUTES[role.name]),
                sql.Literal(role.password),
            )
            superuser.execute(statement)
            # A maker that is no superuser must be in a role to give it a database.
            superuser.execute(
                sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role.name))
            )


def create_database(
    connection: psycopg.Connection[Any], name: str, *, owner: str = BEHEER
) -> bool:
    """Make a database when absent; whether it was made. Outside a transaction."""
    known = connection.execute(
        "SELECT 1 FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    if known is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(owner)
            )
        )
    return known is None


def prepare_database(beheer: psycopg.Connection[Any], *, app: str = APP) -> None:
    """Extensions, and rights on what will be made. Connected as the owner.

    Rights are given before there are tables, so no migration can forget them.

    Raises:
        LanceerFout: the server does not bring an extension that we need.
    """
    for extension in EXTENSIONS:
        try:
            beheer.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(
                    sql.Identifier(extension)
                )
            )
        except (
            psycopg.errors.FeatureNotSupported,
            psycopg.errors.UndefinedFile,
        ) as fout:
            raise LanceerFout(
                f"De PostgreSQL-server mist de uitbreiding {extension}. Installeer de "
                "aanvullende modules (in Debian: postgresql-contrib)."
            ) from fout
    database = sql.Identifier(beheer.info.dbname)
    role = sql.Identifier(app)
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        " GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ):
        beheer.execute(sql.SQL(statement).format(database=database, role=role))


def hand_over_database(connection: psycopg.Connection[Any], name: str) -> None:
    """Make the migrating role owner of an existing database that is not its own."""
    owner = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    if owner and owner[0] != BEHEER:
        connection.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
                sql.Identifier(name), sql.Identifier(BEHEER)
            )
        )
