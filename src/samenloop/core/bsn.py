"""The citizen service number (burgerservicenummer).

A BSN exists only as `Bsn`: who holds one knows that it passed the 11-test. It never
shows itself: `str`, `repr`, formatting and errors give dots, so that it cannot slip
into a log line, a page or a traceback. Writing it out takes the deliberate attribute
`cijfers`. Records are found through a keyed hash (`zoeksleutel`), because a plain
hash of nine digits can be undone by trying them all.
"""

import hashlib
import hmac
from typing import NoReturn

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn as stdnum_bsn

from samenloop.core.fouten import OngeldigBsn

MASKER = "•" * 9


class Bsn:
    """A BSN that passed the 11-test. Immutable, comparable, hashable, silent."""

    __slots__ = ("_cijfers",)
    _cijfers: str

    def __init__(self, tekst: str) -> None:
        """Accept nine digits; spaces, dots and dashes between them are ignored.

        Raises:
            OngeldigBsn: anything else; the error does not repeat the text.
        """
        try:
            cijfers = stdnum_bsn.validate(tekst)
        except (ValidationError, TypeError, AttributeError):
            # `from None`: a chained error would print the text after all.
            raise OngeldigBsn() from None
        object.__setattr__(self, "_cijfers", cijfers)

    @property
    def cijfers(self) -> str:
        """The nine digits themselves. Only for storing and for official messages."""
        return self._cijfers

    def zoeksleutel(self, sleutel: str | bytes) -> str:
        """Return HMAC-SHA256 of the digits under `sleutel`, 64 hexadecimal digits."""
        geheim = sleutel.encode() if isinstance(sleutel, str) else sleutel
        return hmac.new(geheim, self._cijfers.encode(), hashlib.sha256).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bsn) and self._cijfers == other._cijfers

    def __hash__(self) -> int:
        return hash((Bsn, self._cijfers))

    def __repr__(self) -> str:
        return f"Bsn({MASKER})"

    def __str__(self) -> str:
        return MASKER

    def __format__(self, spec: str) -> str:
        return format(MASKER, spec)

    def __setattr__(self, naam: str, waarde: object) -> NoReturn:
        raise AttributeError("a Bsn does not change")

    def __reduce__(self) -> NoReturn:
        # A pickle (cache, session, job queue) would carry the digits along.
        raise TypeError("a Bsn is not serialised; pass the person's id")
