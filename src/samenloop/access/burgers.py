"""Who somebody of a family is today, as a room above says it.

A citizen's account proves who signs in and nothing else. What it opens are
participations in a dossier, which this floor does not know; the room that does
registers how it finds them. Without one, or when nothing is open any more, such an
account is nobody.
"""

from collections.abc import Callable

from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker

# In what frame they see the few pages that they share with workers.
BASIS = "portaal/basis.html"
Vinder = Callable[[Gebruiker], Actor | None]
_vinders: list[Vinder] = []


def register(vinder: Vinder) -> None:
    """Let a room say as whom such an account acts; the last one counts."""
    if vinder not in _vinders:
        _vinders.append(vinder)


def actor_of(gebruiker: Gebruiker) -> Actor | None:
    """Return as whom this account acts now; None when nothing is open to it."""
    return _vinders[-1](gebruiker) if _vinders else None
