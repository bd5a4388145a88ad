"""The pages of contracts: the list, one contract, and what is agreed within it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access import besluiten
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.inkoop import contracteren, forms, gebruik
from samenloop.voorzieningen.inkoop.models import Contract, Kwaliteit, Wachttijd


def contract_or_404(actor: Actor, contract: UUID) -> Contract:
    """Return a contract of the own municipality."""
    gevonden = (
        Contract.objects.select_related("aanbieder")
        .filter(pk=contract, gemeenten__contains=[actor.gemeente])
        .first()
    )
    if gevonden is None:
        raise Http404(_("This contract is not of the municipality you act for."))
    return gevonden


@mag(Handeling.CONTRACT_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show all contracts of the municipality with their ceilings."""
    vandaag = klok.today()
    alle = list(
        Contract.objects.filter(
            gemeenten__contains=[request.actor.gemeente]
        ).select_related("aanbieder")
    )
    standen: dict[UUID, gebruik.Stand] = {}
    for stand in gebruik.of(alle, vandaag.year, vandaag):
        if not stand.plafond.categorie:
            standen[stand.plafond.contract_id] = stand
    return render(
        request,
        "inkoop/contracten.html",
        {
            "rijen": [(each, standen.get(each.pk)) for each in alle],
            "vandaag": vandaag,
            "beheert": besluiten.may(request.actor, Handeling.CONTRACT_BEHEREN),
        },
    )


@mag(Handeling.CONTRACT_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Verzoek) -> HttpResponse:
    """Record a contract."""
    form = forms.ContractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contract = contracteren.make(
                contracteren.Afspraak(**form.cleaned_data), door=request.actor
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("contract", contract.pk)
    return render(
        request,
        "inkoop/formulier.html",
        {"form": form, "titel": _("New contract"), "knop": _("Record the contract")},
        status=422 if form.errors else 200,
    )


@mag(Handeling.CONTRACT_ZIEN)
@require_safe
@never_cache
def show(request: Verzoek, contract: UUID) -> HttpResponse:
    """Show a contract: prices, ceilings with use, waiting times and quality."""
    gevonden = contract_or_404(request.actor, contract)
    vandaag = klok.today()
    producten = list(gevonden.producten.select_related("product"))
    return render(
        request,
        "inkoop/contract.html",
        {
            "contract": gevonden,
            "producten": producten,
            "standen": gebruik.of([gevonden], vandaag.year, vandaag),
            "jaar": vandaag.year,
            "vandaag": vandaag,
            "wachttijden": Wachttijd.objects.filter(
                aanbieder=gevonden.aanbieder,
                product__in={each.product_id for each in producten},
            ).select_related("product")[:30],
            "kwaliteit": Kwaliteit.objects.filter(aanbieder=gevonden.aanbieder)[:30],
            "beheert": besluiten.may(request.actor, Handeling.CONTRACT_BEHEREN),
        },
    )


def _price(contract: Contract, velden: Mapping[str, Any], door: Actor) -> None:
    contracteren.price(contract, contracteren.Prijs(**velden), door=door)


def _cap(contract: Contract, velden: Mapping[str, Any], door: Actor) -> None:
    contracteren.cap(contract, **velden, door=door)


def _waiting(contract: Contract, velden: Mapping[str, Any], door: Actor) -> None:
    contracteren.waiting(contract, **velden, door=door)


def _remark(contract: Contract, velden: Mapping[str, Any], door: Actor) -> None:
    contracteren.remark(contract, **velden, door=door)


def _end(contract: Contract, velden: Mapping[str, Any], door: Actor) -> None:
    contracteren.end(contract, velden["eind"], door=door)


# What is agreed within a contract: its form, what the page is called, what it does.
DELEN: dict[
    str,
    tuple[
        Callable[..., forms.Form],
        str | Promise,
        Callable[[Contract, Mapping[str, Any], Actor], None],
    ],
] = {
    "prijs": (forms.PrijsForm, gettext_lazy("Agree on a product and price"), _price),
    "plafond": (forms.PlafondForm, gettext_lazy("Agree on a ceiling"), _cap),
    "wachttijd": (
        forms.WachttijdForm,
        gettext_lazy("Record a waiting time"),
        _waiting,
    ),
    "kwaliteit": (
        forms.KwaliteitForm,
        gettext_lazy("Record what is worth knowing"),
        _remark,
    ),
    "einde": (forms.EindeForm, gettext_lazy("Let the contract end"), _end),
}


@mag(Handeling.CONTRACT_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def part(request: Verzoek, contract: UUID, deel: str) -> HttpResponse:
    """Agree on something within a contract."""
    gevonden = contract_or_404(request.actor, contract)
    if deel not in DELEN:
        raise Http404
    soort, titel, doen = DELEN[deel]
    meer = {"wet": gevonden.wet} if deel in ("prijs", "wachttijd") else {}
    form = soort(request.POST or None, **meer)
    if request.method == "POST" and form.is_valid():
        try:
            doen(gevonden, form.cleaned_data, request.actor)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("It is recorded with the contract."))
            return redirect("contract", gevonden.pk)
    return render(
        request,
        "inkoop/formulier.html",
        {"form": form, "titel": titel, "knop": titel, "contract": gevonden},
        status=422 if form.errors else 200,
    )
