"""Row-level security, as operations of a migration.

Each table with personal data has one policy, for reading and for writing alike: the row
belongs to a municipality within the border (`core.gemeentegrens`), or to a person or a
parent row that does. A policy that leans on another table is checked with that table's
own policy, so it never has to be said twice.
"""

from django.db.migrations import RunSQL

_POLICY = "samenloop_gemeentegrens"


def by_gemeente(table: str, column: str = "gemeente_id") -> RunSQL:
    """Shield a table that names its municipality; no name is for the system."""
    return policy(table, f"{column} = ANY ((SELECT samenloop_gemeenten())::text[])")


def by_gemeenten(table: str, column: str = "gemeenten") -> RunSQL:
    """Shield a table that names several municipalities in an array."""
    return policy(table, f"{column}::text[] && (SELECT samenloop_gemeenten())::text[]")


def by_persoon(table: str, column: str = "persoon_id") -> RunSQL:
    """Shield a table about a person by who may know of that person."""
    return by_parent(table, column, "personen_persoon")


def by_parent(table: str, column: str, parent: str, key: str = "id") -> RunSQL:
    """Shield a table that belongs to a row of another, shielded table."""
    link = f"parent.{key} = {table}.{column}"
    return policy(
        table,
        f"EXISTS (SELECT 1 FROM {parent} parent WHERE {link})",  # noqa: S608
    )


def policy(table: str, condition: str) -> RunSQL:
    """Shield a table by a condition of its own.

    System work passes first; as a sub-select it is computed once per statement.
    """
    rule = f"(SELECT samenloop_overal()) OR {condition}"
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {_POLICY} ON {table} USING ({rule}) WITH CHECK ({rule});",
        f"DROP POLICY {_POLICY} ON {table};"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )
