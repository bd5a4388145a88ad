"""The content of a file while it waits: unreadable for who reads the database.

Encrypted under a secret of this installation that stands outside the database, so a
copy of the database alone opens nothing. Written once, read by the background job, and
removed as soon as the file was read in or put away.
"""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet

from samenloop.core.statefolder import secret


@lru_cache(maxsize=1)
def _lock() -> Fernet:
    sleutel = hashlib.sha256(secret("bestand_sleutel").encode()).digest()
    return Fernet(base64.urlsafe_b64encode(sleutel))


def lock_up(inhoud: bytes) -> bytes:
    """Return the content as it is kept."""
    return _lock().encrypt(inhoud)


def take_out(bewaard: bytes | memoryview) -> bytes:
    """Return the content that was kept.

    Raises:
        cryptography.fernet.InvalidToken: it was kept under another secret.
    """
    return _lock().decrypt(bytes(bewaard))
