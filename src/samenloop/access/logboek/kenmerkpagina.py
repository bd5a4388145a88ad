"""The administrator's page for marks of workers: made, replaced or forgotten.

What is typed becomes keyed hashes at once and stands nowhere else; not in the form that
comes back after a mistake either.
"""

from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access.actor import Verzoek
from samenloop.access.logboek import kenmerken
from samenloop.access.logboek.forms import KenmerkForm
from samenloop.access.logboek.schrijven import record
from samenloop.access.logboek.wijze import Wijze
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling


def _log(request: Verzoek, account: str) -> None:
    record(
        request.actor,
        Handeling.ACCOUNT_BEHEREN,
        onderwerp=f"kenmerken:{account}",
        wijze=Wijze.GEWIJZIGD,
    )


@mag(Handeling.ACCOUNT_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def marks(request: Verzoek) -> HttpResponse:
    """Make or replace the marks of a worker."""
    gemeente = request.actor.gemeente
    form = KenmerkForm(request.POST or None, gemeente=gemeente)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with transaction.atomic():
            kenmerken.keep(
                data["account"],
                gemeente,
                bsn=data["bsn"],
                achternaam=data["achternaam"],
                postcode=data["postcode"],
                huisnummer=data["huisnummer"],
            )
            _log(request, data["account"])
        messages.success(request, _("The marks are kept; what you typed is not."))
        return redirect("kenmerken")
    if form.errors:
        # A number that was typed does not come back on the page.
        form.data = {**request.POST.dict(), "bsn": ""}
    kept = kenmerken.kept_of(gemeente)
    return render(
        request,
        "logboek/kenmerken.html",
        {"form": form, "rijen": [w for w in form.workers() if w[0] in kept]},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(Handeling.ACCOUNT_BEHEREN)
@require_POST
def forget(request: Verzoek, account: int) -> HttpResponse:
    """Keep no marks of a worker any more."""
    with transaction.atomic():
        if kenmerken.forget(str(account), request.actor.gemeente):
            _log(request, str(account))
    return redirect("kenmerken")
