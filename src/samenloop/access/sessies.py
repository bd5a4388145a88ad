"""Sessions in the database, not written anew for every page.

How long one has not been here is known to half a minute: writing that down with each
page cost more than the reading of many a page. A session stays that much longer, so
that nobody is signed out before the page says so.
"""

from django.contrib.sessions.backends import db
from django.http import HttpRequest

from samenloop.core import klok

PRECIES = 30  # seconds
_GEZIEN = "gezien"


class SessionStore(db.SessionStore):
    """A session that outlives what the pages say by as much as it is imprecise."""

    def get_session_cookie_age(self) -> int:
        """Return how long it stays after it was written, in seconds."""
        return super().get_session_cookie_age() + PRECIES


def touch(request: HttpRequest) -> None:
    """Write down that one is here, unless that was done just now."""
    nu = int(klok.now().timestamp())
    if not 0 <= nu - request.session.get(_GEZIEN, 0) < PRECIES:
        request.session[_GEZIEN] = nu
