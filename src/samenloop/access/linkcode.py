"""A link and a code told apart from it: how somebody without an account comes in.

The link goes by post or mail, the code by another way, so a letter or mailbox that
others read opens nothing. Of both only a digest is kept. Each attempt is counted before
it is looked at; after five wrong ones the link is closed and new ones must be made.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, QuerySet

POGINGEN = 5
_CIJFERS = 8


@dataclass(frozen=True, slots=True)
class Paar:
    """A new link and code, to be told; what is kept of them is in `bewaard`."""

    sleutel: str
    code: str
    bewaard: dict[str, Any]


def digest(sleutel: str) -> str:
    """Return what is kept of a link: 64 hexadecimal digits."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


def make() -> Paar:
    """Make a link of 256 bits and a code of eight digits.

    `bewaard` holds the columns `sleutel`, `code` and `mispogingen` of the row they
    belong to.
    """
    sleutel = secrets.token_urlsafe(32)
    code = "".join(secrets.choice("0123456789") for _ in range(_CIJFERS))
    bewaard = {
        "sleutel": digest(sleutel),
        "code": make_password(code),
        "mispogingen": 0,
    }
    return Paar(sleutel, code, bewaard)


def attempt(rij: QuerySet[Any], code: str) -> bool | None:
    """Try a code on one row; None when it was tried too often already.

    Args:
        rij: finds the one row, with the columns that `make` fills.
        code: as it was typed.
    """
    # Counted before it is looked at: whoever tries many at once gets no more.
    if not rij.filter(mispogingen__lt=POGINGEN).update(
        mispogingen=F("mispogingen") + 1
    ):
        return None
    bewaard = rij.values_list("code", flat=True).first()
    if not bewaard or not check_password("".join(code.split()), bewaard):
        return False
    rij.update(mispogingen=0)
    return True
