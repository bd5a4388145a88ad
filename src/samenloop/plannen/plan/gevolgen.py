"""What starts when a plan is signed, said before anybody signs.

Rooms that start something on the event `plan-getekend` say here what that will be, so
that nobody signs for work they did not know of.
"""

from collections.abc import Callable

from samenloop.plannen.plan.models import Planversie

Gevolg = Callable[[Planversie], list[str]]

_gevolgen: list[Gevolg] = []


def register(gevolg: Gevolg) -> None:
    """Let a room say what it will start; registering twice says it once."""
    if gevolg not in _gevolgen:
        _gevolgen.append(gevolg)


def of_version(versie: Planversie) -> list[str]:
    """Return the sentences of all rooms about signing this version."""
    return [zin for gevolg in _gevolgen for zin in gevolg(versie)]
