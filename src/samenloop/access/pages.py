"""Signing in and out.

Whoever fails too often waits; the page says so without telling whether the account
exists. After signing in one lands on the page one asked for, as long as it is ours.
The same room answers for errors that any page may give: each says why, in the look.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from samenloop.access.forms import AanmeldForm


class Aanmelden(LoginView):
    """Sign in; `next` is followed only to an address of this system."""

    form_class = AanmeldForm
    template_name = "access/aanmelden.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how else one may sign in, and what is asked after the password."""
        return super().get_context_data(
            **kwargs,
            aanbieder=settings.OIDC_NAAM if settings.OIDC_ACTIEF else "",
            tweede_stap_verplicht=settings.TWEEDE_STAP_VERPLICHT,
        )

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form with what is wrong; a client sees it is no success."""
        return self.render_to_response(
            self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )


@method_decorator(never_cache, name="dispatch")
class Afmelden(LogoutView):
    """Sign out, by POST only, and say that it happened."""

    template_name = "access/afgemeld.html"


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer a sign-in after too many wrong attempts (django-axes calls this)."""
    return render(request, "access/wacht.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale or absent."""
    return render(request, "access/verlopen.html", status=HTTPStatus.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return render(request, "access/400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for something this account may not see."""
    return render(
        request,
        "access/403.html",
        {"reden": str(exception)},
        status=HTTPStatus.FORBIDDEN,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for an address that holds nothing."""
    reden = exception.args[0] if exception.args else ""
    return render(
        request,
        "access/404.html",
        {"reden": reden if isinstance(reden, str) else ""},
        status=HTTPStatus.NOT_FOUND,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed; needs no database and no session."""
    context = {"kaal": True}
    return render(
        request, "access/500.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR
    )
