"""The pages at the entrance: the invitation, the own account, the second step."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access import tweede_stap
from samenloop.access.actor import Verzoek
from samenloop.access.eigen import account_of, ask_code, next_of
from samenloop.access.forms import CodeForm, WachtwoordForm
from samenloop.access.poort import mag, voor_iedereen
from samenloop.access.rollen import Handeling
from samenloop.access.tweede_stap import zonder_tweede_stap
from samenloop.core.fouten import SamenloopFout
from samenloop.portaal import aanmelden, ingangen
from samenloop.portaal.forms import Aanmeldform, Beginform, Klopform
from samenloop.portaal.fouten import LinkDicht
from samenloop.portaal.mij import AANMELDEN

SESSIE = "uitnodiging"
_DEUR = "who was invited has no account yet; link and code are what lets them in"


def _closed(request: HttpRequest, fout: SamenloopFout) -> HttpResponse:
    return render(
        request,
        "portaal/dicht.html",
        {"fout": str(fout)},
        status=HTTPStatus.NOT_FOUND,
    )


def _status(form: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@voor_iedereen(_DEUR)
@login_not_required
@zonder_tweede_stap
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Ask the code of who came by a link."""
    form = Klopform(request.POST if request.method == "POST" else None)
    try:
        ingang = ingangen.find(sleutel)
        if request.method == "POST" and form.is_valid():
            ingangen.knock(ingang, form.cleaned_data["code"])
            request.session.flush()
            request.session[SESSIE] = ingang.sleutel
            return redirect("mijn-begin")
    except LinkDicht as fout:
        return _closed(request, fout)
    except SamenloopFout as fout:
        form.add_error("code", str(fout))
    return render(request, "portaal/deur.html", {"form": form}, status=_status(form))


@voor_iedereen(_DEUR)
@login_not_required
@zonder_tweede_stap
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Let who came by link and code choose what they sign in with from now on."""
    form = Beginform(request.POST if request.method == "POST" else None)
    try:
        ingang = ingangen.still_open(str(request.session.get(SESSIE, "")))
        if request.method == "POST" and form.is_valid():
            gebruiker = ingangen.take_into_use(
                ingang,
                form.cleaned_data["inlognaam"],
                form.cleaned_data["wachtwoord"],
            )
            aanmelden.come_in(request, gebruiker)
            return redirect("mijn-tweede-stap-instellen")
    except LinkDicht as fout:
        request.session.pop(SESSIE, None)
        return _closed(request, fout)
    except SamenloopFout as fout:
        form.add_error("inlognaam", str(fout))
    return render(request, "portaal/begin.html", {"form": form}, status=_status(form))


class Aanmelden(LoginView):
    """Sign in with what one chose oneself."""

    form_class = Aanmeldform
    template_name = "portaal/aanmelden.html"

    def get_default_redirect_url(self) -> str:
        """One's own pages."""
        return reverse("mijn")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what other ways in there are."""
        return super().get_context_data(**kwargs, wegen=aanmelden.ways())

    def form_valid(self, form: Any) -> HttpResponse:
        """Come in, unless nothing is open any more."""
        gebruiker = form.get_user()
        verder = self.get_success_url()
        try:
            aanmelden.come_in(self.request, gebruiker, gebruiker.backend)
        except LinkDicht:
            messages.info(
                self.request,
                _("You no longer take part, so there is nothing here for you now."),
            )
            return redirect(AANMELDEN)
        return redirect(verder)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form with what is wrong; a client sees it is no success."""
        return self.render_to_response(
            self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )


class Wachtwoord(PasswordChangeView):
    """Choose another password; every other session of the account ends by it."""

    form_class = WachtwoordForm
    template_name = "portaal/wachtwoord.html"

    def get_success_url(self) -> str:
        """One's own pages."""
        messages.success(
            self.request,
            _("Your password was changed. Elsewhere you were signed out."),
        )
        return reverse("mijn")

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form with what is wrong; a client sees it is no success."""
        return self.render_to_response(
            self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )


@voor_iedereen("the way out")
@login_not_required
@zonder_tweede_stap
@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect(AANMELDEN)


def _as_citizen(view: Any) -> Any:
    """Make a view a page of the family that needs no second step to be reached."""
    gated = zonder_tweede_stap(mag(Handeling.MIJN_PAGINAS)(never_cache(view)))
    gated.login_url = AANMELDEN
    return gated


def _next(request: HttpRequest) -> str:
    verder = next_of(request)
    veilig = url_has_allowed_host_and_scheme(verder, {request.get_host()})
    return verder if veilig and verder.startswith("/mijn/") else reverse("mijn")


@_as_citizen
def second_step(request: Verzoek) -> HttpResponse:
    """Ask the code of the telephone, or one of the list."""
    return ask_code(
        request,
        verder=_next(request),
        instellen="mijn-tweede-stap-instellen",
        sjabloon="portaal/tweede_stap.html",
    )


@_as_citizen
def set_up(request: Verzoek) -> HttpResponse:
    """Choose the second step: an app on the telephone, or a list of codes on paper."""
    gebruiker = account_of(request)
    heeft = tweede_stap.has_device(gebruiker)
    if heeft and tweede_stap.is_missing(request, gebruiker):
        # Setting up anew is for who has passed; otherwise the password alone would do.
        return redirect("mijn-tweede-stap")
    if request.method == "POST" and "lijst" in request.POST:
        return _codes(request, tweede_stap.use_list(request, gebruiker))
    apparaat = tweede_stap.begin(gebruiker)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = tweede_stap.confirm(request, apparaat, form.cleaned_data["code"])
        if codes is not None:
            return _codes(request, codes)
        form.refuse()
    return render(
        request,
        "portaal/tweede_stap_instellen.html",
        {
            "form": form,
            "vierkant": tweede_stap.square(apparaat),
            "sleutel": tweede_stap.key_of(apparaat),
            "overslaan": heeft or not settings.TWEEDE_STAP_VERPLICHT,
        },
        status=_status(form),
    )


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "portaal/codes.html", {"codes": codes})
