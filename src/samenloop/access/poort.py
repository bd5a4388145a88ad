"""The gate before each page and operation.

`@mag` names what one must be allowed to do; `@voor_iedereen` says why nothing has to be
allowed. A view with neither fails the test that walks every address. The gate only
tells whether a role may come here; which rows one sees and how deep is decided by
`besluiten` for each row. To ask for a page is one `reading`: what it asks again and
again is asked once.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest

from samenloop.access import besluiten
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import VOOR_BURGERS, Handeling
from samenloop.core import lezing

F = TypeVar("F", bound=Callable[..., Any])


def mag(*handelingen: Handeling) -> Callable[[F], F]:
    """Let through who may do at least one of these; others get a reason.

    Works on views and on operations of the API: the first argument is the request.

    Raises:
        GeenToegang: on a request of someone who may do none of them.
    """
    if not handelingen:
        raise ValueError("name what one must be allowed to do")

    def decorate(view: F) -> F:
        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                raise GeenToegang()
            # Somebody of a family has pages of their own, whatever else they may.
            elders = actor.soort is ActorSoort.BURGER and not (
                VOOR_BURGERS & set(handelingen)
            )
            if elders or not any(besluiten.may(actor, each) for each in handelingen):
                raise GeenToegang(besluiten.reason(actor, handelingen))
            if request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            with lezing.reading():
                return view(request, *args, **kwargs)

        gate.handelingen = frozenset(handelingen)  # type: ignore[attr-defined]
        return gate  # type: ignore[return-value]

    return decorate


def voor_iedereen(reden: str) -> Callable[[F], F]:
    """Declare that a view needs no right of its own, and why.

    It says nothing about signing in: that is asked everywhere unless
    `login_not_required` says otherwise.
    """
    if not reden:
        raise ValueError("open to everyone takes a reason")

    def decorate(view: F) -> F:
        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs)

        gate.voor_iedereen = reden  # type: ignore[attr-defined]
        return gate  # type: ignore[return-value]

    return decorate
