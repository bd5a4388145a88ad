"""The chains as the database keeps them: what is hashed, and where each one starts.

The same rule as the trigger that writes them (migration 0002), said once more in the
words of the one who checks: nothing that the owner of the database could have redefined
is used to check it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from samenloop.access.logboek.models import KETENS, Log

TABEL = {Log.AUDIT: "logboek_auditregel", Log.VERWERKING: "logboek_verwerking"}

_TEKST = {
    Log.AUDIT: "id keten nummer vastgelegd_op op gemeente# actor_soort# actor_id# "
    "actor_naam# rollen@ handeling# doel# grond# diepte# wijze# onderwerp# "
    "aantal_personen trace_id span_id# parent_span_id#",
    Log.VERWERKING: "id keten nummer vastgelegd_op trace_id span_id# parent_span_id# "
    "naam# begonnen_op geeindigd_op status# activiteit activiteit_versie persoon "
    "grond# verwerker# gemeente#",
}


def _column(word: str) -> str:
    if word.endswith("#"):
        return f"pg_catalog.convert_to(n.{word[:-1]}, 'UTF8')"
    if word.endswith("@"):
        return (
            f"pg_catalog.convert_to(pg_catalog.array_to_string(n.{word[:-1]}, ','),"
            " 'UTF8')"
        )
    return f"n.{word}"


# The bytes of a line `n` that go into its hash, after the hash of the line before.
INHOUD = {
    log: f"pg_catalog.record_send(ROW({', '.join(map(_column, words.split()))}))"
    for log, words in _TEKST.items()
}


@dataclass(frozen=True, slots=True)
class Kop:
    """The last line of a chain: number and hash."""

    log: str
    keten: int
    nummer: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.log}/{self.keten} {self.nummer} {self.hash.hex()}"

    @classmethod
    def read(cls, line: str) -> "Kop":
        """Read what `str` wrote.

        Raises:
            ValueError: it is no such line.
        """
        name, number, digest = line.split()
        log, _slash, keten = name.partition("/")
        kop = cls(str(Log(log)), int(keten), int(number), bytes.fromhex(digest))
        if not 0 <= kop.keten < KETENS or len(kop.hash) != hashlib.sha256().digest_size:
            raise ValueError("no such chain, or no such hash")
        return kop


def start(log: str, keten: int) -> bytes:
    """Return the hash before the first line of a chain."""
    return hashlib.sha256(f"samenloop {log} {keten}".encode()).digest()


def heads() -> Iterator[Kop]:
    """Yield the heads of all chains that were ever written, by log and number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT log, keten, nummer, hash FROM logboek_ketenkop"
            " WHERE nummer > 0 ORDER BY log, keten"
        )
        for log, keten, nummer, digest in cursor.fetchall():
            yield Kop(log, keten, nummer, bytes(digest))
