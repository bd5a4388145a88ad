"""What one arranges for oneself: where one acts, the second step, password, session.

None of it needs a right; all of it is about one's own account only.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import aanwezig, besluiten, gemeentenamen, menu, tweede_stap
from samenloop.access.actor import ActorSoort, Verzoek
from samenloop.access.forms import CodeForm, WachtwoordForm
from samenloop.access.models import Gebruiker
from samenloop.access.poort import voor_iedereen
from samenloop.access.rollen import Rol
from samenloop.access.tweede_stap import zonder_tweede_stap

EIGEN = "only one's own account"
CODES = "herstelcodes"


def account_of(request: HttpRequest) -> Gebruiker:
    """Return the account behind a request of someone signed in."""
    assert isinstance(request.user, Gebruiker)
    return request.user


def next_of(request: HttpRequest) -> str:
    """Return where to go on to, never outside this system."""
    gevraagd = request.POST.get("next", request.GET.get("next", ""))
    veilig = url_has_allowed_host_and_scheme(
        gevraagd, {request.get_host()}, require_https=request.is_secure()
    )
    return gevraagd if veilig else "/"


@voor_iedereen("leads on to the first page one may see")
@require_safe
@never_cache
def start(request: Verzoek) -> HttpResponse:
    """Lead to the first thing one may do; say so when that is nothing."""
    if request.actor.soort is ActorSoort.BURGER:
        return redirect("mijn")
    eerste = menu.first_for(request.actor)
    if eerste is not None:
        return redirect(eerste)
    return render(request, "access/geen_rol.html")


@voor_iedereen(EIGEN)
@never_cache
def switch(request: Verzoek) -> HttpResponse:
    """Choose the municipality one acts for."""
    gebruiker = account_of(request)
    if request.method == "POST":
        gekozen = request.POST.get("gemeente", "")
        if aanwezig.switch(request, gebruiker, gekozen):
            # A page of the former municipality is not there in the next.
            naam = gemeentenamen.name(gekozen)
            messages.success(request, _("You now act for %(naam)s.") % {"naam": naam})
            return redirect("/")
        raise besluiten.GeenToegang(_("You do not work for this municipality."))
    keuzes = [
        {
            "code": code,
            "naam": naam,
            "rollen": [rol.label for rol in Rol if rol in gebruiker.rollen_in(code)],
            "actief": code == request.actor.gemeente,
        }
        for code, naam in gemeentenamen.names(gebruiker.gemeenten).items()
    ]
    return render(request, "access/gemeente.html", {"keuzes": keuzes})


@voor_iedereen(EIGEN)
@require_safe
@never_cache
def account(request: Verzoek) -> HttpResponse:
    """Show what one was appointed for, and how one signs in."""
    gebruiker = account_of(request)
    namen = gemeentenamen.names(gebruiker.gemeenten)
    return render(
        request,
        "access/mijn_account.html",
        {
            "aanstellingen": [
                (namen[each.gemeente], each) for each in gebruiker.huidige_aanstellingen
            ],
            "tweede_stap": tweede_stap.has_device(gebruiker),
            "codes_over": tweede_stap.codes_left(gebruiker),
            "eenmalig": _is_single_sign_on(request),
        },
    )


def _is_single_sign_on(request: HttpRequest) -> bool:
    return bool(request.session.get("_auth_user_backend") == tweede_stap.OIDC_BACKEND)


@voor_iedereen(EIGEN)
@zonder_tweede_stap
@never_cache
def second_step(request: Verzoek) -> HttpResponse:
    """Ask the code of the telephone, or a recovery code."""
    return ask_code(
        request,
        verder=next_of(request),
        instellen="tweede-stap-instellen",
        sjabloon="access/tweede_stap.html",
    )


def ask_code(
    request: Verzoek, *, verder: str, instellen: str, sjabloon: str
) -> HttpResponse:
    """Ask the second step of whoever needs it, and go on.

    Args:
        request: of who gave a password.
        verder: address to go on to.
        instellen: name of the page to set it up, for who has none.
        sjabloon: template that shows the form.
    """
    gebruiker = account_of(request)
    if not tweede_stap.is_missing(request, gebruiker):
        return redirect(verder)
    if not tweede_stap.has_device(gebruiker):
        return redirect(instellen)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if tweede_stap.verify(request, gebruiker, form.cleaned_data["code"]):
            return redirect(verder)
        form.refuse()
    return render(
        request,
        sjabloon,
        {"form": form, "next": verder},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@voor_iedereen(EIGEN)
@zonder_tweede_stap
@never_cache
def set_up_second_step(request: Verzoek) -> HttpResponse:
    """Show the square to scan, and put it in use after a first right code."""
    gebruiker = account_of(request)
    if tweede_stap.has_device(gebruiker) and tweede_stap.is_missing(request, gebruiker):
        # Setting up anew is for who has passed; otherwise the password alone would do.
        return redirect("tweede-stap")
    if _is_single_sign_on(request):
        return redirect("mijn-account")
    apparaat = tweede_stap.begin(gebruiker)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = tweede_stap.confirm(request, apparaat, form.cleaned_data["code"])
        if codes is not None:
            return _show_codes(request, codes)
        form.refuse()
    return render(
        request,
        "access/tweede_stap_instellen.html",
        {
            "form": form,
            "vierkant": tweede_stap.square(apparaat),
            "sleutel": tweede_stap.key_of(apparaat),
            "next": next_of(request),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@voor_iedereen(EIGEN)
@require_POST
@never_cache
def new_codes(request: Verzoek) -> HttpResponse:
    """Make new recovery codes; former ones stop working."""
    gebruiker = account_of(request)
    if not tweede_stap.has_device(gebruiker):
        return redirect("tweede-stap-instellen")
    return _show_codes(request, tweede_stap.new_recovery_codes(gebruiker))


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(
        request, "access/herstelcodes.html", {"codes": codes, "next": next_of(request)}
    )


@method_decorator(never_cache, name="dispatch")
class Wachtwoord(PasswordChangeView):
    """Change one's password; every other session of the account ends by it."""

    form_class = WachtwoordForm
    template_name = "access/wachtwoord.html"
    success_url = reverse_lazy("mijn-account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say what happened, also elsewhere."""
        form.user.wachtwoord_tijdelijk = False
        antwoord = super().form_valid(form)
        messages.success(
            self.request,
            _("Your password was changed. Elsewhere you were signed out."),
        )
        return antwoord

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form with what is wrong; a client sees it is no success."""
        return self.render_to_response(
            self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )


@voor_iedereen(EIGEN)
@zonder_tweede_stap
@require_POST
@never_cache
def session(request: Verzoek) -> HttpResponse:
    """Keep the session alive, or end it when nobody answered the dialog."""
    if request.POST.get("actie") == "einde":
        logout(request)
        return JsonResponse({"seconden": 0})
    return JsonResponse({"seconden": settings.SESSION_COOKIE_AGE})
