"""Whatever hangs on a record that is destroyed is destroyed along with it."""

import pytest
from django.db import connection

from samenloop.access.bewaren.families import families, parts
from samenloop.access.bewaren.termijnen import national

VERWIJZERS = """
SELECT c.conrelid::regclass::text
  FROM pg_constraint c
 WHERE c.contype = 'f' AND c.confrelid = %s::regclass
"""


def test_every_family_has_a_term_of_the_list() -> None:
    assert len(families()) >= 7
    for familie in families().values():
        assert familie.termijn in national(), familie.code


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(families()))
def test_every_table_that_points_into_a_family_goes_along(code: str) -> None:
    tabellen = [deel.tabel for deel in parts(families()[code])]
    with connection.cursor() as cursor:
        for tabel in set(tabellen):
            cursor.execute(VERWIJZERS, [tabel])
            wijst = {rij[0] for rij in cursor.fetchall()}
            assert wijst <= set(tabellen), tabel


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(families()))
def test_the_way_to_each_table_is_sound_sql(code: str) -> None:
    with connection.cursor() as cursor:
        for deel in parts(families()[code]):
            waar = deel.waar.replace("%s", "%s::uuid[]")
            cursor.execute(f"SELECT 1 FROM {deel.tabel} WHERE {waar}", [[]])
            assert cursor.fetchall() == []
