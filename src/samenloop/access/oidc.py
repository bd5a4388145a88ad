"""Signing in with the account of one's own organisation (OpenID Connect).

The provider says who someone is; what that person may do here stays a matter of
appointments in this system. So an account must exist already: the claim that names it
is compared once, after which the subject of the provider is remembered and the local
password ceases to work. The second step is the provider's; when settings name them,
its answer must show the level (`acr`) or the methods (`amr`) that were used.

The library checks signature, state, nonce and PKCE; issuer, audience and end of the
token it leaves to us (OpenID Connect Core 3.1.3.7). This module is the only one that
knows the library.
"""

import logging
import time
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
import requests
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import (
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
)

from samenloop.access.models import Gebruiker
from samenloop.access.poort import voor_iedereen
from samenloop.access.tweede_stap import zonder_tweede_stap

_log = logging.getLogger(__name__)
_HOUDBAAR = 3600.0  # seconds that what the provider says of itself is kept
_WACHTTIJD = 5.0


class AanbiederStil(Exception):
    """The provider does not answer, or says something else than it should."""


@dataclass(frozen=True, slots=True)
class Aanbieder:
    """The addresses of the provider, as it tells them itself."""

    issuer: str
    aanmelden: str
    token: str
    gegevens: str
    sleutels: str


_bekend: dict[str, tuple[float, Aanbieder]] = {}


def provider() -> Aanbieder:
    """Return the addresses of the provider (OpenID Connect Discovery).

    Raises:
        AanbiederStil: it does not answer, or it is another than we asked for.
    """
    issuer = settings.OIDC_ISSUER
    tot, gevonden = _bekend.get(issuer, (0.0, None))
    if gevonden is not None and tot > time.monotonic():
        return gevonden
    adres = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        antwoord = httpx.get(adres, timeout=_WACHTTIJD).raise_for_status().json()
        gevonden = Aanbieder(
            antwoord["issuer"],
            antwoord["authorization_endpoint"],
            antwoord["token_endpoint"],
            antwoord.get("userinfo_endpoint", ""),
            antwoord["jwks_uri"],
        )
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as fout:
        raise AanbiederStil from fout
    if gevonden.issuer.rstrip("/") != issuer.rstrip("/"):
        raise AanbiederStil
    _bekend[issuer] = (time.monotonic() + _HOUDBAAR, gevonden)
    return gevonden


class AanbiederBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Finds the account that belongs to whom the provider names."""

    def __init__(self) -> None:
        # Not the library's own: it would ask the provider at every sign-in, also at
        # one with a password.
        self.UserModel = Gebruiker
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID
        self.OIDC_RP_CLIENT_SECRET = settings.OIDC_RP_CLIENT_SECRET
        self.OIDC_RP_SIGN_ALGO = settings.OIDC_RP_SIGN_ALGO
        self.OIDC_RP_IDP_SIGN_KEY = None

    @property
    def OIDC_OP_TOKEN_ENDPOINT(self) -> str:  # noqa: N802
        """Where a code is changed for a token."""
        return provider().token

    @property
    def OIDC_OP_USER_ENDPOINT(self) -> str:  # noqa: N802
        """Where the provider tells more about someone."""
        return provider().gegevens

    @property
    def OIDC_OP_JWKS_ENDPOINT(self) -> str:  # noqa: N802
        """Where the provider keeps its public keys."""
        return provider().sleutels

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Check what the library leaves out: for whom, by whom, until when.

        Raises:
            SuspiciousOperation: the token is not for us, or not from this provider.
        """
        inhoud: dict[str, Any] = super().verify_token(token, **kwargs)
        voor = inhoud.get("aud")
        bedoeld = voor if isinstance(voor, list) else [voor]
        partij = inhoud.get("azp", self.OIDC_RP_CLIENT_ID)
        if (
            inhoud.get("iss") != provider().issuer
            or self.OIDC_RP_CLIENT_ID not in bedoeld
            or partij != self.OIDC_RP_CLIENT_ID
            or not inhoud.get("exp")
            or not inhoud.get("sub")
        ):
            raise SuspiciousOperation("the token is not meant for this system")
        return inhoud

    def get_or_create_user(
        self, access_token: str, id_token: str, payload: dict[str, Any]
    ) -> Gebruiker | None:
        """Return the account; never makes one, and never gives it anything."""
        if not _strong_enough(payload):
            _log.warning("single sign-on without the level of assurance asked for")
            return None
        bekend = Gebruiker.objects.filter(
            oidc_sub=payload["sub"], is_active=True
        ).first()
        if bekend is not None:
            return bekend
        naam = payload.get(settings.OIDC_CLAIM)
        if naam is None and provider().gegevens:
            meer = self.get_userinfo(access_token, id_token, payload)
            if meer.get("sub") == payload["sub"]:
                naam = meer.get(settings.OIDC_CLAIM)
        return _bind(str(naam), payload["sub"]) if naam else None

    def get_user(self, user_id: int) -> Gebruiker | None:
        """Return the account of a session; a closed account has no session."""
        return Gebruiker.objects.filter(pk=user_id, is_active=True).first()


def _strong_enough(payload: dict[str, Any]) -> bool:
    """Whether the provider asked enough before it said who this is."""
    if settings.OIDC_ACR and payload.get("acr") not in settings.OIDC_ACR:
        return False
    gebruikt = payload.get("amr") or []
    return not settings.OIDC_AMR or bool(set(gebruikt) & set(settings.OIDC_AMR))


def _bind(naam: str, sub: str) -> Gebruiker | None:
    """Tie the account of this name to the provider, once."""
    gevonden = Gebruiker.objects.filter(
        username=naam, is_active=True, oidc_sub="", burger=False
    ).first()
    if gevonden is not None:
        gevonden.oidc_sub = sub
        gevonden.set_unusable_password()
        gevonden.save(update_fields=["oidc_sub", "password"])
    return gevonden


class _Begin(OIDCAuthenticationRequestView):  # type: ignore[misc]
    def __init__(self, **kwargs: Any) -> None:
        self.OIDC_OP_AUTH_ENDPOINT = provider().aanmelden
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        return {"acr_values": " ".join(settings.OIDC_ACR)} if settings.OIDC_ACR else {}


class _Terug(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    def login_failure(self) -> HttpResponse:
        return _failed(
            self.request,
            _(
                "Your organisation knows you, but there is no account for you here "
                "that fits. Ask your functional administrator."
            ),
        )


def _failed(request: HttpRequest, waarom: str) -> HttpResponse:
    messages.error(request, waarom)
    return redirect("aanmelden")


def _silent(request: HttpRequest) -> HttpResponse:
    return _failed(
        request,
        _("Signing in with your organisation does not work at this moment."),
    )


@voor_iedereen("the way in")
@zonder_tweede_stap
@login_not_required
@require_safe
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Send to the provider."""
    if not settings.OIDC_ACTIEF:
        raise Http404
    try:
        antwoord: HttpResponse = _Begin.as_view()(request)
    except AanbiederStil:
        return _silent(request)
    return antwoord


@voor_iedereen("the way in")
@zonder_tweede_stap
@login_not_required
@require_safe
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Receive who comes back from the provider."""
    if not settings.OIDC_ACTIEF:
        raise Http404
    try:
        antwoord: HttpResponse = _Terug.as_view()(request)
    except (AanbiederStil, requests.RequestException):
        return _silent(request)
    except (SuspiciousOperation, jwt.PyJWTError, KeyError):
        return _failed(
            request, _("Signing in was not completed. Begin again from this page.")
        )
    return antwoord
