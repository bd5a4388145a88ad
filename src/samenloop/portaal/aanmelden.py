"""The ways in, behind one small door.

A way proves who is there: now an own account with a second step, later DigiD. However
somebody proved it, they come in by `come_in`, and what they then see is decided by what
they take part in, never by the way. A room or connection adds a way with `register`;
the sign-in page shows those that there are.
"""

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.functional import Promise

from samenloop.access.models import Gebruiker
from samenloop.core import gemeentegrens
from samenloop.portaal import ingangen
from samenloop.portaal.fouten import LinkDicht
from samenloop.portaal.models import Ingang

EIGEN_ACCOUNT = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class Weg:
    """A way in beside the own account: what stands on its button, and where it begins.

    Its last page calls `come_in` with whoever it proved to be there.
    """

    label: str | Promise
    url_name: str


_wegen: list[Weg] = []


def register(weg: Weg) -> None:
    """Let there be another way in."""
    if weg not in _wegen:
        _wegen.append(weg)


def ways() -> list[Weg]:
    """Return the ways in beside the own account."""
    return list(_wegen)


def come_in(
    request: HttpRequest, gebruiker: Gebruiker, backend: str = EIGEN_ACCOUNT
) -> None:
    """Begin a session for whoever was proved to be there.

    Raises:
        LinkDicht: this account opens nothing (any more).
    """
    actor = ingangen.actor_of(gebruiker)
    if actor is None:
        raise LinkDicht()
    # A session of its own: whoever was signed in here is not any more.
    request.session.flush()
    login(request, gebruiker, backend=backend)
    with gemeentegrens.within(actor.gemeente):
        ingangen.came_in(Ingang.objects.get(pk=actor.id), actor)
