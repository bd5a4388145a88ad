"""A family of records of our own, as a room registers its families."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID, uuid4

from django.db import connection

from samenloop.access.bewaren import families
from samenloop.access.bewaren.families import Deel, Familie, Kandidaat
from samenloop.core import postgres

TABELLEN = """
CREATE TABLE proef_dossier (
    id uuid PRIMARY KEY, gemeente text, sinds date, persoon uuid, tekst text);
CREATE TABLE proef_blad (dossier uuid REFERENCES proef_dossier, tekst text);
CREATE TRIGGER bewaak BEFORE UPDATE OR DELETE ON proef_dossier
    FOR EACH ROW EXECUTE FUNCTION samenloop_bewaak_feit();
"""


def kandidaten(gemeente: str) -> list[Kandidaat]:
    """Every record of the municipality."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, sinds, persoon FROM proef_dossier WHERE gemeente = %s"
            " ORDER BY sinds, id",
            [gemeente],
        )
        return [Kandidaat(i, s, (p,) if p else ()) for i, s, p in cursor.fetchall()]


PROEF = Familie(
    "proef",
    "Proefdossiers",
    "B043",
    kandidaten,
    (Deel("proef_blad", "dossier = ANY(%s)"), Deel("proef_dossier", "id = ANY(%s)")),
)


@contextmanager
def own_family(server: postgres.Endpoint, database: str) -> Iterator[Familie]:
    """Only this family, with its tables."""
    eerder = dict(families._families)
    families._families.clear()
    families.register(PROEF)
    with server.connect(server.beheer, dbname=database) as eigenaar:
        eigenaar.execute(TABELLEN)
    try:
        yield PROEF
    finally:
        with server.connect(server.beheer, dbname=database) as eigenaar:
            eigenaar.execute("DROP TABLE proef_blad, proef_dossier")
        families._families.clear()
        families._families.update(eerder)


def dossier(
    sinds: date,
    *,
    gemeente: str = "GM1651",
    persoon: UUID | None = None,
    bladen: int = 2,
    sleutel: UUID | None = None,
) -> UUID:
    """Put one record in, with pages."""
    sleutel = sleutel or uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proef_dossier VALUES (%s, %s, %s, %s, 'Jansen')",
            [sleutel, gemeente, sinds, persoon],
        )
        for _ in range(bladen):
            cursor.execute("INSERT INTO proef_blad VALUES (%s, 'Jansen')", [sleutel])
    return sleutel


def over() -> set[UUID]:
    """The records that still stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM proef_dossier")
        return {rij[0] for rij in cursor.fetchall()}


def bladen() -> int:
    """How many pages still stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM proef_blad")
        return int(cursor.fetchone()[0])
