"""The page on which a worker gives somebody an entrance, or closes it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.pages import deelname_or_404
from samenloop.portaal import ingangen
from samenloop.portaal.fouten import GeenIngang


@mag(Handeling.TOEGANG_GEVEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entrance(request: Verzoek, deelname: UUID) -> HttpResponse:
    """Show how it stands with somebody's entrance; make a link and code; close it."""
    rij = deelname_or_404(request.actor, deelname)
    ingangen.require_inviter(request.actor, rij.dossier)
    ingang = ingangen.of(rij)
    paar = None
    if request.method == "POST":
        if "sluiten" in request.POST:
            if ingang is not None:
                ingangen.withdraw(ingang, door=request.actor)
                messages.success(request, _("The entrance is closed, at once."))
            return redirect("ingang", rij.pk)
        try:
            paar = ingangen.invite(rij, door=request.actor)
        except SamenloopFout as fout:
            messages.warning(request, str(fout))
            return redirect("ingang", rij.pk)
        ingang = ingangen.of(rij)
    else:
        logboek.record(
            request.actor,
            Handeling.DOSSIER_LEZEN,
            personen=toegang.persons(rij.dossier),
            onderwerp=f"deelname:{rij.pk}",
        )
    waarom_niet = ""
    try:
        with transaction.atomic():
            ingangen.require_invitable(rij)
    except GeenIngang as fout:
        waarom_niet = str(fout)
    return render(
        request,
        "portaal/uitnodigen.html",
        {
            "deelname": rij,
            "dossier": rij.dossier,
            "wie": ingangen.name_of(rij),
            "ingang": ingang,
            "paar": paar,
            "adres": _address(request, paar.sleutel) if paar else "",
            "waarom_niet": waarom_niet,
            "dagen": ingangen.GELDIG.days,
        },
    )


def _address(request: HttpRequest, sleutel: str) -> str:
    return request.build_absolute_uri(reverse("uitnodiging", args=[sleutel]))
