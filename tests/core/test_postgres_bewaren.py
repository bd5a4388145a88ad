"""A copy holds everything, goes back only into an empty database, and is closed."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samenloop.core import postgres
from samenloop.core.postgres import bewaren
from samenloop.core.postgres.rollen import create_database, prepare_database


@pytest.fixture
def databases(server: postgres.Endpoint) -> Iterator[list[postgres.Endpoint]]:
    """Two databases of our own: a full one and an empty one."""
    names = ["bewaar_vol", "bewaar_leeg"]
    with server.connect(server.beheer) as maker:
        for name in names:
            create_database(maker, name)
        made = [replace(server, database=name) for name in names]
        for each in made:
            with each.connect(each.beheer) as owner:
                prepare_database(owner)
        with made[0].connect(server.beheer) as owner:
            owner.execute("CREATE TABLE proef (naam text PRIMARY KEY)")
            owner.execute("INSERT INTO proef VALUES ('één'), ('twee')")
            owner.execute("ALTER TABLE proef ENABLE ROW LEVEL SECURITY")
        yield made
        for name in names:
            _drop(maker, name)


def _drop(maker: psycopg.Connection[Any], name: str) -> None:
    """Drop a database, after the server's own housekeeping let go of it."""
    for _ in range(100):
        try:
            maker.execute(f"DROP DATABASE {name} WITH (FORCE)")
        except psycopg.errors.InsufficientPrivilege:
            # A process of the server itself, which only the superuser may end.
            time.sleep(0.1)
        else:
            return
    maker.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_copy_goes_back_with_rows_rights_and_guard(
    databases: list[postgres.Endpoint],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full, empty = databases
    copy = tmp_path / "met spatie.dump"
    monkeypatch.setattr(bewaren, "endpoint", lambda: full)
    bewaren.dump(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(bewaren, "endpoint", lambda: empty)
    bewaren.restore(copy)
    with empty.connect(empty.beheer) as owner:
        rows = owner.execute("SELECT naam FROM proef ORDER BY naam").fetchall()
    assert rows == [("twee",), ("één",)]
    with empty.connect(empty.app) as app:
        # Row security came along: without a policy nothing is seen.
        assert app.execute("SELECT * FROM proef").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DROP TABLE proef")


def test_full_database_is_not_overwritten(
    databases: list[postgres.Endpoint],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bewaren, "endpoint", lambda: databases[0])
    copy = tmp_path / "kopie"
    bewaren.dump(copy)
    with pytest.raises(postgres.LanceerFout, match="niet leeg"):
        bewaren.restore(copy)
    with pytest.raises(postgres.LanceerFout, match="bestaat al"):
        bewaren.dump(copy)


@pytest.mark.parametrize("content", [None, b"", b"geen kopie"])
def test_what_is_no_copy_leaves_the_database_empty(
    databases: list[postgres.Endpoint],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
) -> None:
    empty = databases[1]
    monkeypatch.setattr(bewaren, "endpoint", lambda: empty)
    if content is not None:
        (tmp_path / "kopie").write_bytes(content)
    with pytest.raises(postgres.LanceerFout, match="kopie"):
        bewaren.restore(tmp_path / "kopie")
    with empty.connect(empty.beheer) as owner:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert owner.execute(query).fetchone() == (0,)


def test_failed_copy_leaves_no_file(
    databases: list[postgres.Endpoint],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = replace(databases[0], database="bestaat_niet")
    monkeypatch.setattr(bewaren, "endpoint", lambda: gone)
    with pytest.raises(postgres.LanceerFout):
        bewaren.dump(tmp_path / "kopie")
    with pytest.raises(postgres.LanceerFout, match="niet te schrijven"):
        bewaren.dump(tmp_path / "geen map" / "kopie")
    assert list(tmp_path.iterdir()) == []
