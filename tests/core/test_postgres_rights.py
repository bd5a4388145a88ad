"""The application's role owns nothing and cannot get around the database's guard."""

from collections.abc import Iterator

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from samenloop.core import postgres


@pytest.fixture
def app(db: None, server: postgres.Endpoint) -> Iterator[psycopg.Connection]:
    with server.connect(
        server.app, dbname=str(connection.settings_dict["NAME"])
    ) as connected:
        yield connected


@pytest.fixture
def guarded(db: None, server: postgres.Endpoint) -> Iterator[None]:
    """A table of the owner in which the application may see one municipality."""
    with server.connect(
        server.beheer, dbname=str(connection.settings_dict["NAME"])
    ) as owner:
        owner.execute("CREATE TABLE rls_proef (gemeente text)")
        owner.execute("INSERT INTO rls_proef VALUES ('GM0005'), ('GM0007')")
        owner.execute("ALTER TABLE rls_proef ENABLE ROW LEVEL SECURITY")
        owner.execute("CREATE POLICY eigen ON rls_proef USING (gemeente = 'GM0005')")
        yield
        owner.execute("DROP TABLE rls_proef")


@pytest.mark.django_db
def test_app_runs_as_role_without_powers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("samenloop_app", False, False, False, False)


@pytest.mark.django_db
def test_app_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relowner = 'samenloop_app'::regrole"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_transactional_test_writes() -> None:
    ContentType.objects.create(app_label="proef", model="proef")
    assert ContentType.objects.filter(app_label="proef").exists()


@pytest.mark.django_db
def test_transactional_test_is_cleaned_up() -> None:
    assert not ContentType.objects.filter(app_label="proef").exists()


def test_app_sees_only_what_row_security_lets_through(
    guarded: None, app: psycopg.Connection
) -> None:
    assert app.execute("SELECT gemeente FROM rls_proef").fetchall() == [("GM0005",)]
    app.execute("INSERT INTO rls_proef VALUES ('GM0005')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("INSERT INTO rls_proef VALUES ('GM0007')")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE rls_proef DISABLE ROW LEVEL SECURITY",
        "DROP POLICY eigen ON rls_proef",
        "SET row_security = off; SELECT * FROM rls_proef",
        "TRUNCATE rls_proef",
        "DROP TABLE rls_proef",
        "CREATE TABLE eigen_tabel (x int)",
        "CREATE TEMPORARY TABLE eigen_tabel (x int)",
        "CREATE SCHEMA eigen_schema",
        "SET ROLE samenloop_beheer",
        "SET SESSION AUTHORIZATION samenloop_super",
        "CREATE ROLE eigen_rol",
        "ALTER ROLE samenloop_app BYPASSRLS",
        "CREATE DATABASE eigen_database",
        "CREATE EXTENSION fuzzystrmatch",
        "COPY rls_proef TO PROGRAM 'cat'",
    ],
)
def test_app_cannot(guarded: None, app: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)  # type: ignore[arg-type]


def test_migrating_role_is_no_superuser(server: postgres.Endpoint) -> None:
    with server.connect(server.beheer) as owner:
        assert owner.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone() == (False, False, False)


def test_extensions_are_there(app: psycopg.Connection) -> None:
    known = {name for (name,) in app.execute("SELECT extname FROM pg_extension")}
    assert {"btree_gist", "pg_trgm", "unaccent"} <= known


def test_passwords_are_in_no_representation(server: postgres.Endpoint) -> None:
    shown = repr(server)
    assert server.app.password not in shown
    assert server.beheer.password not in shown
