"""What holds for every answer under `/api/`, also where no operation was reached.

The version in a header, nothing kept by anyone on the way, Dutch, and problem+json for
every fault: an unknown address, a wrong method, something too large or of the wrong
kind, and our own failures.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from samenloop.access.koppelingen.problemen import PROBLEEM, answer

VERSIE = "1.0.0"
BEGIN = "/api/"
HOOGUIT = 256 * 1024
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_FORMULIEREN = ("/api/v1/token", "/api/v1/token/_intrekken")


class ApiMiddleware:
    """Goes before what could answer, so it also sees what others answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request under `/api/` in its own way; leave others alone."""
        if not request.path_info.startswith(BEGIN):
            return self.get_response(request)
        with translation.override("nl"):
            antwoord = _refuse(request) or self._ask(request)
        antwoord["API-Version"] = VERSIE
        antwoord["Cache-Control"] = "no-store"
        antwoord["X-Frame-Options"] = "DENY"
        return antwoord

    def _ask(self, request: HttpRequest) -> HttpResponseBase:
        antwoord = self.get_response(request)
        if antwoord.status_code < 400 or antwoord["Content-Type"] == PROBLEEM:
            return antwoord
        probleem = answer(antwoord.status_code)
        # Which methods there are, how long to wait, what guards the browser.
        for kop, waarde in antwoord.items():
            if kop != "Content-Length":
                probleem.headers.setdefault(kop, waarde)
        return probleem


def _refuse(request: HttpRequest) -> HttpResponse | None:
    """Answer what need not be read: too large, or of a kind nobody reads here."""
    lengte = request.META.get("CONTENT_LENGTH") or "0"
    if not lengte.isdigit() or int(lengte) > HOOGUIT:
        return answer(413)
    if int(lengte) == 0:
        return None
    verwacht = _FORM if request.path_info in _FORMULIEREN else _JSON
    if request.content_type != verwacht:
        return answer(415, f"Stuur de inhoud als {verwacht}.")
    return None
