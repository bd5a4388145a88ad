"""The content of a message as it is kept: compressed, and unreadable at rest.

Encrypted under a secret of this installation that stands outside the database, so a
copy of the database alone opens nothing.
"""

import base64
import hashlib
import zlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken

from samenloop.core.statefolder import secret


class Onleesbaar(Exception):
    """What was kept cannot be opened with the secret of this installation."""


@lru_cache(maxsize=1)
def _lock() -> Fernet:
    sleutel = hashlib.sha256(secret("bericht_sleutel").encode()).digest()
    return Fernet(base64.urlsafe_b64encode(sleutel))


def lock_up(inhoud: bytes) -> bytes:
    """Return the content as it is kept."""
    return _lock().encrypt(zlib.compress(inhoud, 3))


def take_out(bewaard: bytes | memoryview) -> bytes:
    """Return the content that was kept.

    Raises:
        Onleesbaar: it was kept under another secret, or damaged.
    """
    try:
        return zlib.decompress(_lock().decrypt(bytes(bewaard)))
    except (InvalidToken, zlib.error):
        raise Onleesbaar from None


def fingerprint(inhoud: bytes) -> str:
    """Return by what one sees that two messages are the same, 64 hexadecimal digits."""
    return hashlib.sha256(inhoud).hexdigest()
