"""Secrets and tokens: how they are made, and what is kept of them.

256 random bits each, so a plain SHA-256 is enough to keep; the text itself is shown or
sent once and never written anywhere, not in a log line either. The word in front lets a
scanner of somebody's code base recognise a secret that was left there.
"""

import hashlib
import hmac
import secrets

_BYTES = 32
_GEHEIM, _BEWIJS, _CLIENT = "slgeheim_", "slbewijs_", "sl-"


def new_client_id() -> str:
    """Return a new public name for a program."""
    return _CLIENT + secrets.token_hex(12)


def new_secret() -> str:
    """Return a new secret; to be shown once."""
    return _GEHEIM + secrets.token_urlsafe(_BYTES)


def new_token() -> str:
    """Return a new access token; to be sent once."""
    return _BEWIJS + secrets.token_urlsafe(_BYTES)


def fingerprint(tekst: str) -> str:
    """Return what is kept of a secret or token: 64 hexadecimal digits."""
    return hashlib.sha256(tekst.encode("utf-8", "surrogatepass")).hexdigest()


def fits(tekst: str, hash: str) -> bool:
    """Whether this is the text behind the hash, in a time that tells nothing."""
    return hmac.compare_digest(fingerprint(tekst), hash)
