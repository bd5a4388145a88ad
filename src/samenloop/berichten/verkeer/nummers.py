"""The identifications that a municipality gives to its own messages.

Unique per kind of message (9056): a row with the last number, counted on in the
transaction of the messages, so that nothing is given out twice.
"""

from django.db import connection

_VERDER = """
INSERT INTO verkeer_berichtteller (gemeente_id, soort, laatste)
VALUES (%s, %s, %s)
ON CONFLICT (gemeente_id, soort)
DO UPDATE SET laatste = verkeer_berichtteller.laatste + excluded.laatste
RETURNING laatste
"""


def next_identifications(gemeente: str, soort: str, aantal: int) -> list[str]:
    """Return so many new identifications for this kind of message (WMO301)."""
    with connection.cursor() as cursor:
        cursor.execute(_VERDER, [gemeente, soort, aantal])
        (laatste,) = cursor.fetchone()
    return [f"{nummer:010d}" for nummer in range(laatste - aantal + 1, laatste + 1)]
