"""Access tokens for programs: OAuth 2.0 client credentials (RFC 6749, 7009).

Form-encoded, as the standard has it, with the secret in the header (Basic) or in the
form. A refusal carries the error words of the standard inside a problem+json answer, so
both an OAuth library and a program that reads problems understand it.
"""

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import unquote_plus

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from ninja import Form, Router, Schema
from pydantic import Field

from samenloop.access.koppelingen import bewijzen
from samenloop.access.koppelingen.problemen import Probleem
from samenloop.access.koppelingen.tempo import Tempo
from samenloop.access.poort import voor_iedereen

router = Router(tags=["Toegang"])
# Per address: a token lasts a quarter of an hour, so nobody needs many.
tempo = Tempo(120)

_GRANT = "client_credentials"
Kort = Annotated[str, Field(max_length=200)]


class Tokenverzoek(Schema):
    """What a program sends to get a token."""

    grant_type: Kort = Field("", description=f"Altijd `{_GRANT}`.")
    scope: Annotated[str, Field(max_length=500)] = Field(
        "", description="Scopes met een spatie ertussen; leeg is alles wat mag."
    )
    client_id: Kort = Field("", description="Alleen zonder Basic in de kop.")
    client_secret: Kort = Field("", description="Alleen zonder Basic in de kop.")


class Tokenantwoord(Schema):
    """A token, with how long and for what it works."""

    access_token: str = Field(description="Mee te sturen als `Bearer`.")
    token_type: str = Field(description="Altijd `Bearer`.")
    expires_in: int = Field(description="Hoeveel seconden het toegangsbewijs geldt.")
    scope: str = Field(description="Waarvoor het geldt, met een spatie ertussen.")


class Intrekverzoek(Schema):
    """Which token must stop working."""

    token: Kort = Field("", description="Het toegangsbewijs dat niet meer mag gelden.")
    token_type_hint: Kort = Field("", description="Mag leeg blijven.")
    client_id: Kort = Field("", description="Alleen zonder Basic in de kop.")
    client_secret: Kort = Field("", description="Alleen zonder Basic in de kop.")


@router.post(
    "/token",
    response=Tokenantwoord,
    operation_id="tokenOpvragen",
    summary="Vraag een toegangsbewijs op",
    auth=None,
)
@voor_iedereen("the client id and secret in the request are the proof")
def token(request: HttpRequest, verzoek: Form[Tokenverzoek]) -> dict[str, Any]:
    """Geeft een toegangsbewijs voor een kwartier (RFC 6749, client credentials).

    Stuur `client_id` en geheim als Basic in de kop `Authorization` of in het
    formulier. Na tien verkeerde pogingen moet het adres een kwartier wachten.
    """
    _slow_down(request)
    client_id, geheim = _credentials(request, verzoek)
    if verzoek.grant_type != _GRANT:
        if not verzoek.grant_type:
            raise _refused("invalid_request", "Het veld grant_type ontbreekt.")
        raise _refused(
            "unsupported_grant_type", f"Alleen grant_type {_GRANT} wordt gegeven."
        )
    try:
        uitgifte = bewijzen.issue(
            client_id, geheim, verzoek.scope.split(), get_client_ip_address(request)
        )
    except bewijzen.TeVeelMispogingen as fout:
        raise _too_many(fout.seconden) from None
    except bewijzen.OnbekendeKoppeling:
        raise _unknown() from None
    except bewijzen.OnbekendeScope:
        raise _refused(
            "invalid_scope", "Deze koppeling heeft niet elke scope die u vraagt."
        ) from None
    return {
        "access_token": uitgifte.token,
        "token_type": "Bearer",
        "expires_in": uitgifte.seconden,
        "scope": " ".join(uitgifte.scopes),
    }


@router.post(
    "/token/_intrekken",
    response={200: None},
    operation_id="tokenIntrekken",
    summary="Laat een toegangsbewijs vervallen",
    auth=None,
)
@voor_iedereen("the client id and secret in the request are the proof")
def revoke(request: HttpRequest, verzoek: Form[Intrekverzoek]) -> HttpResponse:
    """Trekt een eigen toegangsbewijs in (RFC 7009).

    Een onbekend toegangsbewijs is geen fout: het geldt al niet.
    """
    _slow_down(request)
    client_id, geheim = _credentials(request, verzoek)
    try:
        koppeling = bewijzen.authenticate(
            client_id, geheim, get_client_ip_address(request)
        )
    except bewijzen.TeVeelMispogingen as fout:
        raise _too_many(fout.seconden) from None
    except bewijzen.OnbekendeKoppeling:
        raise _unknown() from None
    if not verzoek.token:
        raise _refused("invalid_request", "Het veld token ontbreekt.")
    bewijzen.revoke(verzoek.token, koppeling)
    return HttpResponse(status=200, content_type="application/json", content=b"")


def _slow_down(request: HttpRequest) -> None:
    if wacht := tempo.wait(get_client_ip_address(request) or ""):
        raise _too_many(wacht)


def _credentials(
    request: HttpRequest, verzoek: Tokenverzoek | Intrekverzoek
) -> tuple[str, str]:
    """Return client id and secret, from one place only (RFC 6749, section 2.3)."""
    kop = request.headers.get("Authorization", "")
    if not kop:
        if not verzoek.client_id:
            raise _unknown()
        return verzoek.client_id, verzoek.client_secret
    soort, _, waarde = kop.partition(" ")
    if soort.lower() != "basic":
        raise _unknown()
    if verzoek.client_secret:
        raise _refused(
            "invalid_request", "Stuur het geheim in de kop of in het formulier."
        )
    try:
        tekst = base64.b64decode(waarde.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        raise _unknown() from None
    client_id, _, geheim = tekst.partition(":")
    # The standard has both form-encoded before they are put together.
    return unquote_plus(client_id)[:200], unquote_plus(geheim)[:200]


def _refused(woord: str, uitleg: str) -> Probleem:
    return Probleem(
        400, uitleg, code=woord, extra={"error": woord, "error_description": uitleg}
    )


def _unknown() -> Probleem:
    uitleg = "client_id en geheim horen niet bij een koppeling die nu geldt."
    return Probleem(
        401,
        uitleg,
        code="invalid_client",
        headers={"WWW-Authenticate": 'Basic realm="samenloop", charset="UTF-8"'},
        extra={"error": "invalid_client", "error_description": uitleg},
    )


def _too_many(seconden: int) -> Probleem:
    return Probleem(429, code="te-veel", headers={"Retry-After": str(seconden)})
