"""How pages and files about a release travel.

A release never changes, so a browser that has a page need not get it again: it asks,
and hears "not modified". Nothing may be kept by others on the way, because what one
may see depends on who asks; and each time the right to see it is checked anew.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, parse_etags, quote_etag

from samenloop.access import menu
from samenloop.verantwoording import woorden


def _etag(request: HttpRequest, *delen: str) -> str:
    """Return the tag of a page: what it shows, to whom, in which language.

    The session counts because the page holds its token against forged forms.
    """
    sleutel = [
        *delen,
        request.get_full_path(),
        woorden.taal(),
        str(request.user.pk),
        menu.state(request),
        request.session.session_key or "",
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        settings.VERSIE,
    ]
    return quote_etag(hashlib.sha256("\0".join(sleutel).encode()).hexdigest()[:32])


def _same(request: HttpRequest, etag: str) -> bool:
    gevraagd = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in gevraagd or f"W/{etag}" in gevraagd or gevraagd == ["*"]


def _private(antwoord: HttpResponse, etag: str) -> HttpResponse:
    antwoord["ETag"] = etag
    antwoord["Cache-Control"] = "private, no-cache"
    patch_vary_headers(antwoord, ["Cookie"])
    return antwoord


def conditional(
    request: HttpRequest, delen: tuple[str, ...], maak: Callable[[], HttpResponse]
) -> HttpResponse:
    """Make the answer, unless the browser has what these parts amount to."""
    etag = _etag(request, *delen)
    if _same(request, etag):
        return _private(HttpResponseNotModified(), etag)
    return _private(maak(), etag)


def private(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that may change as for this reader only, asked for each time."""

    @wraps(page)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        antwoord = page(request, *args, **kwargs)
        antwoord.setdefault("Cache-Control", "private, no-cache")
        return antwoord

    return wrapped


def download(inhoud: bytes, soort: str, naam: str) -> HttpResponse:
    """Return a file to keep, under a name that says what it is."""
    antwoord = HttpResponse(inhoud, content_type=soort)
    antwoord["Content-Disposition"] = content_disposition_header(True, naam) or ""
    antwoord["X-Content-Type-Options"] = "nosniff"
    return antwoord


def pack(bestanden: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack files in a zip; the same files give the same bytes."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in bestanden:
            # The oldest date a zip can hold: when it was packed says nothing.
            archief.writestr(zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0)), inhoud)
    return uit.getvalue()
