"""What is late of applications, requests and objections, for who leads."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.regie import mijn_dag
from samenloop.regie.caseload import te_laat


@mag(Handeling.CASELOAD_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show what is late and who has it in hand."""
    actor = request.actor
    logboek.record(
        actor, Handeling.CASELOAD_ZIEN, onderwerp="aanvragen", diepte=Diepte.DAT
    )
    return render(
        request, "caseload/te_laat.html", {"rijen": te_laat.late(actor.gemeente)}
    )


def points(actor: Actor) -> Iterator[mijn_dag.Punt]:
    """Yield how many are late, for who leads."""
    if not besluiten.may(actor, Handeling.CASELOAD_VERDELEN):
        return
    n = te_laat.count(actor.gemeente)
    if n:
        yield mijn_dag.Punt(
            gewicht=mijn_dag.Gewicht.TERMIJN_VOORBIJ,
            kleur="gevaar",
            icoon="laat",
            staat=_("too late"),
            wat=ngettext(
                "%(n)s application, request or objection is past its last day",
                "%(n)s applications, requests and objections are past their last day",
                n,
            )
            % {"n": n},
            waarom=_("Too late can cost a penalty (Awb 4:17)."),
            adres=reverse("aanvragen-te-laat"),
            knop=_("See what is late"),
        )
