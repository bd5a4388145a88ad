"""Pseudonyms for a levering that leaves the house.

Each recipient gets a key of its own, so two recipients cannot lay their files side by
side, while one recipient can follow a person from quarter to quarter (GDPR art. 4(5)
and 25). A pseudonym is a keyed HMAC-SHA256: without the key nobody can make the list
of all 90 million BSNs and look the person up. PostgreSQL computes it while the rows
stream; the key travels as a bound parameter, never in the text of a statement, which
may end up in a log.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field

import psycopg

from samenloop.core.statefolder import secret
from samenloop.monitor.fouten import LeveringFout

_BLOK = 64  # bytes, the block size of SHA-256
_BINNEN = "samenloop.pseudoniem_binnen"
_BUITEN = "samenloop.pseudoniem_buiten"
_NAAM = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
LENGTE = 32  # hexadecimal digits: 128 bits, no two persons of a nation collide


@dataclass(frozen=True, slots=True)
class Sleutel:
    """The secret with which one recipient's pseudonyms are made."""

    naam: str
    geheim: bytes = field(repr=False)

    def pseudoniem(self, soort: str, waarde: str) -> str:
        """Return the pseudonym of a value: `LENGTE` hexadecimal digits.

        `soort` (client, huishouden, casus) keeps equal texts of different kinds apart.
        """
        bericht = f"{soort}:{waarde}".encode()
        return hmac.new(self.geheim, bericht, hashlib.sha256).hexdigest()[:LENGTE]

    def bind(self, cursor: "psycopg.Cursor[tuple[object, ...]]") -> None:
        """Make the key available to the expressions of `uitdrukking`.

        Holds until the end of the transaction. `cursor` must bind parameters at the
        server (a plain psycopg cursor does).
        """
        sleutel = self.geheim.ljust(_BLOK, b"\0")
        for naam, byte in ((_BINNEN, 0x36), (_BUITEN, 0x5C)):
            deel = bytes(teken ^ byte for teken in sleutel)
            cursor.execute("SELECT set_config(%s, %s, true)", (naam, deel.hex()))


def uitdrukking(soort: str, sql: str) -> str:
    """Return SQL for the pseudonym of the text that `sql` yields; empty stays empty.

    It is HMAC written out (RFC 2104), because sha256() is everywhere and pgcrypto is
    not. `sql` is an expression of this program, never input.
    """
    binnen = (
        f"sha256(decode(current_setting('{_BINNEN}'), 'hex')"
        f" || convert_to('{soort}:' || {sql}, 'UTF8'))"
    )
    buiten = f"sha256(decode(current_setting('{_BUITEN}'), 'hex') || {binnen})"
    return f"left(encode({buiten}, 'hex'), {LENGTE})"


def sleutel_voor(ontvanger: str) -> Sleutel:
    """Return the key of a recipient, always the same one on this installation.

    It follows from the secret of the installation and the recipient's name, so there
    is no list of keys to lose; another name is another key.

    Raises:
        LeveringFout: the name is not a short name of lower case letters and digits.
    """
    if not _NAAM.fullmatch(ontvanger):
        raise LeveringFout(
            f"Sleutelnaam {ontvanger!r} kan niet: gebruik 2 tot 63 kleine letters, "
            "cijfers en streepjes, zoals 'zorgkantoor-noord'."
        )
    geheim = hmac.new(
        secret("pseudoniem").encode(),
        f"samenloop levering pseudoniem {ontvanger}".encode(),
        hashlib.sha256,
    ).digest()
    return Sleutel(ontvanger, geheim)
