"""The second step of signing in: a code that only one's own telephone shows.

A local account proves itself with a password and with a code (TOTP, RFC 6238), or one
of ten recovery codes that each work once. Without the second step nothing can be seen.
Who comes in through single sign-on does the second step there (see `oidc`). In a
demonstration it is not asked, but can be set up to try it.

Recovery codes are kept as a keyed hash, so the table does not tell them. The library
slows down guessing, per account, for both kinds of code.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import segno
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django_otp import login, verify_token
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from samenloop.access.models import Gebruiker

AANTAL_HERSTELCODES = 10
_TEKENS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like another
_NAAM = "Samenloop"
OIDC_BACKEND = "samenloop.access.oidc.AanbiederBackend"

F = TypeVar("F", bound=Callable[..., Any])


def has_device(gebruiker: Gebruiker) -> bool:
    """Whether this account has set up a second step: a telephone, or only a list."""
    return any(
        soort.objects.filter(user=gebruiker, confirmed=True).exists()
        for soort in (TOTPDevice, StaticDevice)
    )


def is_missing(request: HttpRequest, gebruiker: Gebruiker) -> bool:
    """Whether the second step must still be done in this session."""
    if not hasattr(request, "_tweede_stap_mist"):
        elders = request.session.get(BACKEND_SESSION_KEY) == OIDC_BACKEND
        gedaan = elders or gebruiker.is_verified()  # type: ignore[attr-defined]
        request._tweede_stap_mist = not gedaan and (  # type: ignore[attr-defined]
            bool(settings.TWEEDE_STAP_VERPLICHT) or has_device(gebruiker)
        )
    return bool(request._tweede_stap_mist)  # type: ignore[attr-defined]


def zonder_tweede_stap(view: F) -> F:
    """Mark a view that one needs to get through the second step, or to leave."""

    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    marked.zonder_tweede_stap = True  # type: ignore[attr-defined]
    return marked  # type: ignore[return-value]


def nieuw_wachtwoord(view: F) -> F:
    """Mark the view on which a temporary password is replaced."""
    view.nieuw_wachtwoord = True  # type: ignore[attr-defined]
    return view


class TweedeStapMiddleware:
    """Leads who did the first step only to the second, whatever page they ask for.

    Who then still has a password that was given out replaces it before anything else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the choice is made when the view is known."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send elsewhere, or let the view answer."""
        gebruiker = request.user
        if (
            not isinstance(gebruiker, Gebruiker)
            or getattr(view, "zonder_tweede_stap", False)
            or not getattr(view, "login_required", True)
        ):
            return None
        if is_missing(request, gebruiker):
            naar = "tweede-stap" if has_device(gebruiker) else "tweede-stap-instellen"
            if gebruiker.burger:
                naar = f"mijn-{naar}"
        elif gebruiker.wachtwoord_tijdelijk and not hasattr(view, "nieuw_wachtwoord"):
            naar = "wachtwoord"
        else:
            return None
        antwoord = redirect(naar)
        antwoord["Location"] += "?" + urlencode({"next": request.get_full_path()})
        return antwoord


def begin(gebruiker: Gebruiker) -> TOTPDevice:
    """Return the device that is being set up, the same one until it is confirmed."""
    apparaat, _nieuw = TOTPDevice.objects.get_or_create(
        user=gebruiker, confirmed=False, defaults={"name": _NAAM}
    )
    return apparaat


def key_of(apparaat: TOTPDevice) -> str:
    """Return the secret as one types it: base32 in groups of four."""
    sleutel = b32encode(apparaat.bin_key).decode().rstrip("=")
    return " ".join(sleutel[i : i + 4] for i in range(0, len(sleutel), 4))


def square(apparaat: TOTPDevice) -> str:
    """Return the QR code as an SVG data address, which our CSP lets through."""
    return str(segno.make(apparaat.config_url, error="m").svg_data_uri(scale=4))


def confirm(request: HttpRequest, apparaat: TOTPDevice, code: str) -> list[str] | None:
    """Put a device in use when the code is right; new recovery codes, or None.

    A device that was in use before stops working.
    """
    # The row is locked: two tries at once may not both count as the first.
    with transaction.atomic():
        apparaat = TOTPDevice.objects.select_for_update().get(pk=apparaat.pk)
        if not apparaat.verify_token(code.replace(" ", "")):
            return None
        reset(apparaat.user, behalve=apparaat)
        apparaat.confirmed = True
        apparaat.save(update_fields=["confirmed"])
        codes = new_recovery_codes(apparaat.user)
    request.session.cycle_key()
    login(request, apparaat)
    return codes


def verify(request: HttpRequest, gebruiker: Gebruiker, code: str) -> bool:
    """Do the second step with a code of the telephone or a recovery code."""
    kaal = "".join(code.lower().split()).replace("-", "")
    soort, poging = (
        (TOTPDevice, kaal) if kaal.isdigit() else (StaticDevice, _keyed(kaal))
    )
    for apparaat in soort.objects.filter(user=gebruiker, confirmed=True):
        gelukt = verify_token(gebruiker, apparaat.persistent_id, poging)
        if gelukt is not None:
            request.session.cycle_key()
            login(request, gelukt)
            return True
    return False


def use_list(request: HttpRequest, gebruiker: Gebruiker) -> list[str]:
    """Put a list of codes in use as the second step, without a telephone."""
    with transaction.atomic():
        reset(gebruiker)
        codes = new_recovery_codes(gebruiker)
    request.session.cycle_key()
    login(request, StaticDevice.objects.get(user=gebruiker))
    return codes


def reset(gebruiker: Gebruiker, *, behalve: TOTPDevice | None = None) -> None:
    """Take the second step away, so that it must be set up again."""
    apparaten = TOTPDevice.objects.filter(user=gebruiker)
    if behalve is not None:
        apparaten = apparaten.exclude(pk=behalve.pk)
    apparaten.delete()
    StaticDevice.objects.filter(user=gebruiker).delete()


def new_recovery_codes(gebruiker: Gebruiker) -> list[str]:
    """Make ten codes that each work once; former ones stop working."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=gebruiker).delete()
        houder = StaticDevice.objects.create(user=gebruiker, name=_NAAM)
        codes = [
            "".join(secrets.choice(_TEKENS) for _ in range(10))
            for _ in range(AANTAL_HERSTELCODES)
        ]
        for code in codes:
            houder.token_set.create(token=_keyed(code))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def codes_left(gebruiker: Gebruiker) -> int:
    """Return how many recovery codes still work."""
    return sum(
        houder.token_set.count()
        for houder in StaticDevice.objects.filter(user=gebruiker)
    )


def _keyed(code: str) -> str:
    sleutel = settings.SECRET_KEY.encode()
    return hmac.new(sleutel, code.encode(), hashlib.sha256).hexdigest()[:16]
