"""The application's role owns nothing and cannot get around the database's guard."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from samenloop.core import postgres


@pytest.fixture
def beheer(db: None, server: postgres.Endpoint) -> psycopg.Connection:
    with server.connect(server.beheer, dbname=connection.settings_dict["NAME"]) as each:
        yield each


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
