"""Who is behind a request, and for which municipality they act now.

One signs in once for all municipalities one works for, and acts for one at a time: its
roles count, and only its records can be touched (`core.gemeentegrens`). When the
appointment one acts under ends, or the account is closed, so does the session. The
border is put back after each request, however it ended.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from samenloop.access import burgers, sessies, tellers, tweede_stap
from samenloop.access.actor import Actor, ActorSoort, Verzoek
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Domein
from samenloop.core import gemeentegrens

SLEUTEL = "gemeente"
# Where somebody of a family signs in; the page stands in a room above.
LOGIN_BURGER = "mijn-aanmelden"
Antwoorder = Callable[[HttpRequest], HttpResponse]


class AanstellingVoorbij(Exception):
    """The appointment under which the session ran has ended."""


def active_gemeente(request: HttpRequest, gebruiker: Gebruiker) -> str:
    """Return the municipality one acts for; empty for who works for none.

    Raises:
        AanstellingVoorbij: one acted for a municipality that one left.
    """
    codes = gebruiker.gemeenten
    gekozen = request.session.get(SLEUTEL, "")
    if gekozen and gekozen not in codes:
        raise AanstellingVoorbij
    if not gekozen and codes:
        vorige = gebruiker.laatste_gemeente
        gekozen = request.session[SLEUTEL] = vorige if vorige in codes else codes[0]
    return str(gekozen)


def switch(request: HttpRequest, gebruiker: Gebruiker, gemeente: str) -> bool:
    """Act for another municipality from now on; whether one works there."""
    if gemeente not in gebruiker.gemeenten:
        return False
    request.session[SLEUTEL] = gemeente
    Gebruiker.objects.filter(pk=gebruiker.pk).update(laatste_gemeente=gemeente)
    return True


def actor_of(gebruiker: Gebruiker, gemeente: str) -> Actor:
    """Return the actor that this account is in this municipality today."""
    hier = [a for a in gebruiker.huidige_aanstellingen if a.gemeente == gemeente]
    return Actor(
        soort=ActorSoort.MEDEWERKER,
        id=str(gebruiker.pk),
        naam=gebruiker.naam,
        gemeente=gemeente,
        rollen=gebruiker.rollen_in(gemeente),
        domeinen=frozenset(Domein(code) for each in hier for code in each.domeinen),
        organisatie=gebruiker.organisatie_id,
    )


class AanwezigMiddleware:
    """Gives a signed-in request its actor and its border."""

    def __init__(self, get_response: Antwoorder) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the border of the municipality one acts for."""
        gebruiker = request.user
        if not isinstance(gebruiker, Gebruiker):
            if BACKEND_SESSION_KEY in request.session:
                request.session.flush()  # of an account that was closed meanwhile
            return _for_htmx(request, self._get_response(request))
        if gebruiker.burger:
            return _for_htmx(request, self._as_citizen(request, gebruiker))
        try:
            gemeente = active_gemeente(request, gebruiker)
        except AanstellingVoorbij:
            logout(request)
            messages.info(
                request,
                _("Your appointment at this municipality has ended. Sign in again."),
            )
            return _for_htmx(request, redirect_to_login(request.get_full_path()))
        sessies.touch(request)
        if tweede_stap.is_missing(request, gebruiker):
            # Known by a password alone: nobody yet, and nothing to be seen.
            gemeente = ""
        cast(Verzoek, request).actor = actor_of(gebruiker, gemeente)
        with gemeentegrens.within(*([gemeente] if gemeente else [])):
            antwoord = self._get_response(request)
        if request.method not in ("GET", "HEAD") and request.session.session_key:
            tellers.changed(request)
        return antwoord

    def _as_citizen(self, request: HttpRequest, gebruiker: Gebruiker) -> HttpResponse:
        """Answer somebody of a family, within the municipality of their dossier."""
        actor = burgers.actor_of(gebruiker)
        if actor is None:
            logout(request)
            messages.info(
                request,
                _("You no longer take part, so there is nothing here for you now."),
            )
            return redirect_to_login(request.get_full_path(), LOGIN_BURGER)
        sessies.touch(request)
        if tweede_stap.is_missing(request, gebruiker):
            actor = replace(actor, gemeente="", deelnames=frozenset())
        cast(Verzoek, request).actor = actor
        with gemeentegrens.within(*([actor.gemeente] if actor.gemeente else [])):
            return self._get_response(request)


def _for_htmx(request: HttpRequest, antwoord: HttpResponse) -> HttpResponse:
    """Send the whole page to the sign-in page, not a part of it."""
    aanmelden = resolve_url(settings.LOGIN_URL)
    naar_aanmelden = isinstance(antwoord, HttpResponseRedirect) and (
        antwoord.url.partition("?")[0] == aanmelden
    )
    if not naar_aanmelden or "HX-Request" not in request.headers:
        return antwoord
    hier = urlsplit(request.headers.get("HX-Current-URL", "/"))
    vraag = f"?{hier.query}" if hier.query else ""
    opnieuw = redirect_to_login(f"{hier.path}{vraag}")
    return HttpResponse(headers={"HX-Redirect": opnieuw.url})
