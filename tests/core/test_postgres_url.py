"""A database that others keep, by `DATABASE_URL`."""

from collections.abc import Iterator

import psycopg
import pytest

from samenloop.core import postgres
from samenloop.core.postgres import address as where
from samenloop.core.postgres.cluster import SUPERUSER
from samenloop.core.postgres.rollen import Role


def url(server: postgres.Endpoint, role: Role, name: str) -> str:
    address = f"{server.host}:{server.port}/{name}"
    return f"postgresql://{role.name}:{role.password}@{address}?application_name=proef"


@pytest.fixture
def maker(server: postgres.Endpoint) -> Role:
    return Role(SUPERUSER, postgres.own_cluster().password(SUPERUSER))


@pytest.fixture
def elsewhere(
    server: postgres.Endpoint, maker: Role, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database of somebody else on a server that is not started by us."""
    with server.connect(maker, dbname="postgres") as connection:
        connection.execute("CREATE DATABASE elders TEMPLATE template0")
        monkeypatch.setenv("SAMENLOOP_WACHTWOORD_APP", server.app.password)
        monkeypatch.setenv("SAMENLOOP_WACHTWOORD_BEHEER", server.beheer.password)
        monkeypatch.delenv("DATABASE_URL_BEHEER", raising=False)
        yield "elders"
        connection.execute("DROP DATABASE elders WITH (FORCE)")


def test_role_that_may_make_roles_furnishes_the_database(
    server: postgres.Endpoint,
    maker: Role,
    elsewhere: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", url(server, maker, elsewhere))
    found = where._outside()
    assert found.options == {"application_name": "proef"}
    with found.connect(found.beheer) as owner:
        owner.execute("CREATE TABLE proef (x int)")
    with found.connect(found.app) as app:
        app.execute("INSERT INTO proef VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE proef_2 (x int)")
    # A second start finds all in place.
    assert where._outside() == found


def test_two_roles_are_used_as_given(
    server: postgres.Endpoint,
    maker: Role,
    elsewhere: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", url(server, server.app, elsewhere))
    monkeypatch.setenv("DATABASE_URL_BEHEER", url(server, maker, elsewhere))
    found = where._outside()
    assert (found.app.name, found.beheer.name) == ("samenloop_app", SUPERUSER)


def test_one_role_for_both_is_refused(
    server: postgres.Endpoint, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url(server, server.beheer, elsewhere))
    monkeypatch.setenv("DATABASE_URL_BEHEER", url(server, server.beheer, elsewhere))
    with pytest.raises(postgres.LanceerFout, match="dezelfde rol"):
        where._outside()


def test_role_that_may_make_no_roles_is_told_to_give_two(
    server: postgres.Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url(server, server.beheer, server.database))
    monkeypatch.delenv("DATABASE_URL_BEHEER", raising=False)
    with pytest.raises(postgres.LanceerFout, match="mag geen rollen maken"):
        where._outside()


@pytest.mark.parametrize(
    "given",
    [
        "mysql://rol:geheim@server/database",
        "postgresql://server/database",
        "postgresql://rol:geheim@server",
        "postgresql://rol:geheim@server:honderd/database",
        "rol:geheim",
    ],
)
def test_address_that_is_none_is_refused_without_showing_it(given: str) -> None:
    with pytest.raises(postgres.LanceerFout, match="DATABASE_URL") as caught:
        where._parse(given)
    assert "geheim" not in str(caught.value)


def test_address_is_read_whole() -> None:
    found = where._parse("postgres://r%40l:g%3Aheim@db.voorbeeld/naam?sslmode=require")
    assert (found.host, found.port, found.database) == ("db.voorbeeld", 5432, "naam")
    assert (found.app.name, found.app.password) == ("r@l", "g:heim")
    assert found.options == {"sslmode": "require"}


def test_server_that_is_not_there_is_named_without_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://rol:geheim@127.0.0.1:9/naam")
    with pytest.raises(postgres.LanceerFout, match=r"127\.0\.0\.1:9") as caught:
        where._outside()
    assert "geheim" not in str(caught.value)
