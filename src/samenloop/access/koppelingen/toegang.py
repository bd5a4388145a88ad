"""The door of the API: who calls, for which municipality, and may it do this.

Each operation says its scope and its handeling with `@bewerking`. The token tells the
organisation, the request which municipality it is about: in the header `Gemeente`, in
the field `gemeente` of the body, or, for a program of one municipality, not at all. The
operation then runs on behalf of that organisation within the border of that one
municipality, and the decision table has the last word.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from samenloop.access import besluiten
from samenloop.access.actor import Actor, ActorSoort, Verzoek, new_trace
from samenloop.access.koppelingen import bewijzen
from samenloop.access.koppelingen.bewijzen import Toegang
from samenloop.access.koppelingen.models import Scope
from samenloop.access.koppelingen.problemen import Fout, Probleem, invalid
from samenloop.access.koppelingen.tempo import Tempo
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import gemeentegrens

KOP = "Gemeente"
# Above the 10,000 signals a minute we want to take in; lower it for a small server.
PER_MINUUT = int(getattr(settings, "API_PER_MINUUT", 20_000))

tempo = Tempo(PER_MINUUT)
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
F = TypeVar("F", bound=Callable[..., Any])


class Aanroep(Verzoek):
    """A request of a program: known, and with what its token opens."""

    auth: Toegang


class Bewijs(HttpBearer):
    """An access token in the header `Authorization: Bearer`."""

    def __call__(self, request: HttpRequest) -> Any:
        """Let through with what the token opens, or answer 401 or 429."""
        if toegang := super().__call__(request):
            return toegang
        raise Probleem(401, headers={"WWW-Authenticate": 'Bearer realm="samenloop"'})

    def authenticate(self, request: HttpRequest, token: str) -> Toegang | None:
        """Return what the token opens; a wrong one opens nothing."""
        toegang = bewijzen.find(token)
        if toegang is not None and (wacht := tempo.wait(str(toegang.koppeling))):
            raise Probleem(429, headers={"Retry-After": str(wacht)})
        return toegang


def bewerking(scope: Scope, handeling: Handeling) -> Callable[[F], F]:
    """Make a function an operation for programs with this scope.

    The function finds `request.actor` and works within one municipality.
    """

    def decorate(view: F) -> F:
        @wraps(view)
        def gate(request: Aanroep, *args: Any, **kwargs: Any) -> Any:
            toegang = request.auth
            if scope not in toegang.scopes:
                raise Probleem(
                    403,
                    f"Deze koppeling heeft de scope {scope} niet.",
                    code="scope-ontbreekt",
                )
            actor = _actor(toegang, _gemeente(request, toegang, kwargs), request)
            if not besluiten.may(actor, handeling):
                raise Probleem(403, besluiten.reason(actor, (handeling,)))
            request.actor = actor
            with gemeentegrens.within(actor.gemeente):
                return view(request, *args, **kwargs)

        gate.handelingen = frozenset({handeling})  # type: ignore[attr-defined]
        gate.scope = scope  # type: ignore[attr-defined]
        return gate  # type: ignore[return-value]

    return decorate


def _gemeente(request: HttpRequest, toegang: Toegang, kwargs: dict[str, Any]) -> str:
    """Return the municipality this request is about.

    Raises:
        Probleem: it is not said, said twice differently, or not one of this program.
    """
    in_kop = request.headers.get(KOP, "")
    genoemd = {in_kop: KOP} if in_kop else {}
    for inhoud in kwargs.values():
        if code := getattr(inhoud, "gemeente", None):
            genoemd[code] = "gemeente"
    if len(genoemd) > 1:
        invalid(
            Fout(
                "gemeente",
                "twee-gemeenten",
                f"De kop {KOP} en het veld gemeente noemen niet dezelfde gemeente.",
            )
        )
    if not genoemd:
        if len(toegang.gemeenten) == 1:
            return toegang.gemeenten[0]
        invalid(
            Fout(
                KOP,
                "verplicht",
                "Deze koppeling geldt voor meer gemeenten: noem er een, als GM0000.",
            )
        )
    (code,) = genoemd
    if code not in toegang.gemeenten:
        raise Probleem(
            403,
            "Deze koppeling geldt niet voor deze gemeente.",
            code="andere-gemeente",
        )
    return code


def _actor(toegang: Toegang, gemeente: str, request: HttpRequest) -> Actor:
    # A caller that follows its own work passes its trace on (W3C Trace Context).
    gevonden = _TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))
    trace = bytes.fromhex(gevonden[1]) if gevonden else b""
    return Actor(
        soort=ActorSoort.ORGANISATIE,
        id=toegang.client_id,
        naam=toegang.naam,
        gemeente=gemeente,
        rollen=frozenset({Rol.PARTNER}),
        organisatie=toegang.organisatie,
        trace_id=trace if any(trace) else new_trace(),
    )
