"""Numbers of allocations, applications and decisions; never two the same.

The last number is taken and raised in one statement, so two at once never get the same.
A transaction that is undone may leave a number out.
"""

from django.db import connection

from samenloop.core import klok

AANVRAAG = "A"
BESCHIKKING = "B"
_VOLGENDE = """
INSERT INTO toewijzen_nummerreeks AS t (gemeente, reeks, laatste)
VALUES (%s, %s, %s)
ON CONFLICT (gemeente, reeks) DO UPDATE SET laatste = t.laatste + excluded.laatste
RETURNING laatste
"""


def take(gemeente: str, reeks: str, aantal: int = 1) -> list[int]:
    """Return as many next numbers of a series as asked for, at least one."""
    with connection.cursor() as cursor:
        cursor.execute(_VOLGENDE, [gemeente, reeks, aantal])
        (laatste,) = cursor.fetchone()
    return list(range(laatste - aantal + 1, laatste + 1))


def readable(letter: str, gemeente: str) -> str:
    """Return the next number people say over the telephone: `B-2026-0041`."""
    jaar = klok.today().year
    (nummer,) = take(gemeente, f"{letter}-{jaar}")
    return f"{letter}-{jaar}-{nummer:04d}"
