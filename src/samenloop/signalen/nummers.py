"""Numbers people can say over the telephone: `S-2026-0318`, `M-2026-0041`.

Per municipality and calendar year, without gaps that mean anything: a transaction that
is undone may leave one out.
"""

from django.db import connection

from samenloop.core import klok, opdrachten

SIGNAAL = "S"
MELDING = "M"

# The last number is taken and raised in one statement, so two at once never get the
# same; the row is locked until the end of the transaction.
_VOLGENDE = """
INSERT INTO signalen_nummerteller AS t (gemeente, jaar, letter, laatste)
VALUES (%s, %s, %s, %s)
ON CONFLICT (gemeente, jaar, letter)
DO UPDATE SET laatste = t.laatste + excluded.laatste
RETURNING laatste
"""
# On its own it need not be on the disk before the signal is, which comes after it: what
# a crash takes away was given to nobody.
_EERST = f"{_VOLGENDE.rstrip()}, set_config('synchronous_commit', 'off', true)"


def next_number(letter: str, gemeente: str) -> str:
    """Return the next number of this kind in a municipality (CBS code)."""
    (nummer,) = next_numbers(letter, gemeente, 1)
    return nummer


def next_numbers(letter: str, gemeente: str, aantal: int) -> list[str]:
    """Return as many next numbers as asked for, at least one."""
    jaar = klok.today().year
    with opdrachten.planned_once(), connection.cursor() as cursor:
        opdracht = _VOLGENDE if connection.in_atomic_block else _EERST
        cursor.execute(opdracht, [gemeente, jaar, letter, aantal])
        laatste = cursor.fetchone()[0]
    eerste = laatste - aantal + 1
    return [f"{letter}-{jaar}-{nummer:04d}" for nummer in range(eerste, laatste + 1)]
