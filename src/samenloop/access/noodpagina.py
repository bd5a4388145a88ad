"""The pages of emergency access: taking it, ending it, and knowing of it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import logboek, noodtoegang
from samenloop.access.actor import Verzoek
from samenloop.access.eigen import next_of
from samenloop.access.forms import NoodForm
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok

MEESTE = 200


@mag(Handeling.NOODTOEGANG)
@never_cache
def take(request: Verzoek, persoon: UUID) -> HttpResponse:
    """Ask the reason and say what happens; then open this one person."""
    form = NoodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            genomen = noodtoegang.take(
                request.actor, persoon, form.cleaned_data["reden"]
            )
            logboek.record(
                request.actor,
                Handeling.NOODTOEGANG,
                personen=[persoon],
                onderwerp=f"noodtoegang:{genomen.pk}",
                doel="noodtoegang",
                grond="AVG 6 lid 1 d",
                wijze=logboek.Wijze.GEWIJZIGD,
                activiteit="toegang",
            )
        messages.warning(
            request,
            _(
                "Emergency access runs until %(tijd)s. Directors, team leaders and the "
                "data protection officer were told."
            )
            % {"tijd": genomen.tot.astimezone(klok.AMSTERDAM).strftime("%H.%M")},
        )
        return redirect(next_of(request))
    return render(
        request,
        "access/noodtoegang.html",
        {"form": form, "persoon": persoon, "next": next_of(request)},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@mag(Handeling.NOODTOEGANG)
@require_POST
def end(request: Verzoek, nummer: UUID) -> HttpResponse:
    """End one's own emergency access now."""
    noodtoegang.end(request.actor, nummer)
    messages.success(request, _("Emergency access has ended."))
    return redirect(next_of(request))


@mag(Handeling.NOODTOEGANG_ZIEN)
@require_safe
@never_cache
def told(request: Verzoek) -> HttpResponse:
    """Show who took emergency access here, and what one has not taken notice of."""
    nu = klok.now()
    ik = request.actor.account_id
    rijen = [
        {
            "wat": each,
            "loopt": each.tot > nu and each.beeindigd_op is None,
            "einde": each.beeindigd_op or each.tot,
            "eigen": each.gebruiker_id == ik,
            "gezien": any(g.gebruiker_id == ik for g in each.gezien.all()),
        }
        for each in noodtoegang.told_to(request.actor).prefetch_related("gezien")[
            :MEESTE
        ]
    ]
    return render(request, "access/noodtoegangen.html", {"rijen": rijen})


@mag(Handeling.NOODTOEGANG_ZIEN)
@require_POST
def notice(request: Verzoek, nummer: UUID) -> HttpResponse:
    """Record that one has taken notice of it."""
    noodtoegang.take_notice(request.actor, nummer)
    return redirect("noodtoegangen")
