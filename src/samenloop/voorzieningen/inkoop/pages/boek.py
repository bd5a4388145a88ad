"""The page on which a book of products is tried and read in.

What was uploaded waits in the session until it is read in or left: it holds prices, no
clients. The trial writes nothing; reading in judges all of it anew.
"""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.inkoop import forms, inlezen
from samenloop.voorzieningen.inkoop.models import Contract
from samenloop.voorzieningen.inkoop.pages.contracten import contract_or_404

_SLEUTEL = "inkoop_boek"
_PLEK = re.compile(r"[0-9]{1,4}")


@mag(Handeling.CONTRACT_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def book(request: Verzoek, contract: UUID) -> HttpResponse:
    """Take a file, or another choice of columns, and show what would happen."""
    gevonden = contract_or_404(request.actor, contract)
    form = forms.BoekForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "kolommen" in request.POST:
        return _columns(request, gevonden)
    if request.method == "POST" and form.is_valid():
        bestand = form.cleaned_data["bestand"]
        try:
            kop, rijen = inlezen.read(bestand.read())
        except SamenloopFout as fout:
            form.add_error("bestand", str(fout))
        else:
            request.session[_SLEUTEL] = {
                "contract": str(gevonden.pk),
                "naam": bestand.name,
                "kop": list(kop),
                "rijen": [[nummer, list(cellen)] for nummer, cellen in rijen],
                "indeling": inlezen.guess(kop),
            }
            return redirect("productenboek", gevonden.pk)
    return _page(request, gevonden, form)


@mag(Handeling.CONTRACT_BEHEREN)
@require_POST
@never_cache
def carry_out(request: Verzoek, contract: UUID) -> HttpResponse:
    """Read in what was tried."""
    gevonden = contract_or_404(request.actor, contract)
    bewaard = _kept(request, gevonden)
    if bewaard is None:
        return redirect("productenboek", gevonden.pk)
    try:
        inlezing = inlezen.carry_out(
            gevonden,
            _rows(bewaard),
            bewaard["indeling"],
            bestandsnaam=bewaard["naam"],
            door=request.actor,
        )
    except SamenloopFout as fout:
        messages.error(request, str(fout))
        return redirect("productenboek", gevonden.pk)
    del request.session[_SLEUTEL]
    messages.success(
        request,
        _("The book is read in: %(nieuw)s new prices, %(anders)s changed.")
        % {"nieuw": inlezing.nieuw, "anders": inlezing.gewijzigd},
    )
    return redirect("contract", gevonden.pk)


def _columns(request: Verzoek, contract: Contract) -> HttpResponse:
    bewaard = _kept(request, contract)
    if bewaard is not None:
        breedte = len(bewaard["kop"])
        bewaard["indeling"] = {
            doel: int(plek)
            for doel in inlezen.KOLOMMEN
            if _PLEK.fullmatch(plek := request.POST.get(doel, ""))
            and int(plek) < breedte
        }
        request.session[_SLEUTEL] = bewaard
    return redirect("productenboek", contract.pk)


def _page(request: Verzoek, contract: Contract, form: forms.BoekForm) -> HttpResponse:
    bewaard = _kept(request, contract)
    proef, melding = None, ""
    if bewaard is not None:
        try:
            proef = inlezen.trial(contract, _rows(bewaard), bewaard["indeling"])
        except SamenloopFout as fout:
            melding = str(fout)
    kop: list[str] = bewaard["kop"] if bewaard else []
    return render(
        request,
        "inkoop/boek.html",
        {
            "contract": contract,
            "form": form,
            "bewaard": bewaard,
            "proef": proef,
            "fouten": proef.fouten[:100] if proef else [],
            "melding": melding,
            "kolommen": [
                (doel, namen[0], (bewaard or {}).get("indeling", {}).get(doel))
                for doel, namen in inlezen.KOLOMMEN.items()
            ],
            "kop": list(enumerate(kop)),
        },
        status=422 if form.errors else 200,
    )


def _kept(request: HttpRequest, contract: Contract) -> dict[str, Any] | None:
    bewaard: dict[str, Any] | None = request.session.get(_SLEUTEL)
    return bewaard if bewaard and bewaard["contract"] == str(contract.pk) else None


def _rows(bewaard: dict[str, Any]) -> list[tuple[int, list[str]]]:
    return [(nummer, cellen) for nummer, cellen in bewaard["rijen"]]
