"""The two pages of somebody from outside: the door, and the table."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access.poort import voor_iedereen
from samenloop.access.tweede_stap import zonder_tweede_stap
from samenloop.core import gemeentegrens
from samenloop.regie.overleg import gasten
from samenloop.regie.overleg.forms import Codeform
from samenloop.regie.overleg.fouten import LinkDicht, VerkeerdeCode
from samenloop.regie.overleg.models import Overleg
from samenloop.regie.overleg.tafelpagina import guest_items

SESSIE = "gast"


@voor_iedereen("a guest has no account; the link and the code are what lets them in")
@login_not_required
@zonder_tweede_stap
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Ask the code of who came by a link."""
    try:
        genodigde = gasten.find(sleutel)
    except LinkDicht as fout:
        return render(request, "overleg/dicht.html", {"fout": str(fout)}, status=404)
    form = Codeform(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            gasten.come_in(genodigde, form.cleaned_data["code"])
        except VerkeerdeCode as fout:
            form.add_error("code", str(fout))
        except LinkDicht as fout:
            return render(
                request, "overleg/dicht.html", {"fout": str(fout)}, status=404
            )
        else:
            # A session of its own: whoever was signed in here is not any more.
            request.session.flush()
            request.session[SESSIE] = [str(genodigde.pk), genodigde.sleutel]
            return redirect("gast-tafel")
    return render(
        request, "overleg/deur.html", {"form": form}, status=422 if form.errors else 200
    )


@voor_iedereen("a guest has no account; the session was opened by link and code")
@login_not_required
@zonder_tweede_stap
@require_safe
@never_cache
def table(request: HttpRequest) -> HttpResponse:
    """Show what is shared with a guest, for as long as the conference goes on."""
    wie = request.session.get(SESSIE)
    genodigde = gasten.still_inside(UUID(wie[0]), wie[1]) if wie else None
    if genodigde is None:
        request.session.pop(SESSIE, None)
        return render(
            request, "overleg/dicht.html", {"fout": str(LinkDicht())}, status=404
        )
    with gemeentegrens.within(genodigde.overleg.gemeente_id):
        punten = guest_items(gasten.actor_of(genodigde), genodigde)
        return render(
            request,
            "overleg/gast.html",
            {
                "overleg": genodigde.overleg,
                "punten": punten,
                "begonnen": genodigde.overleg.staat == Overleg.Staat.BEZIG,
            },
        )
