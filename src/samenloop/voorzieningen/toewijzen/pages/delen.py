"""What several pages of this room do alike: find a record, show a form."""

from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samenloop.access.actor import Verzoek
from samenloop.personen.models import Persoon

M = TypeVar("M", bound=models.Model)


def found(rijen: "models.QuerySet[M]", sleutel: UUID) -> M:
    """Return the record of the own municipality."""
    gevonden = rijen.filter(pk=sleutel).first()
    if gevonden is None:
        raise Http404(_("This is not known in the municipality you act for."))
    return gevonden


def person(persoon: UUID) -> Persoon:
    """Return somebody within the border."""
    return found(Persoon.objects.all(), persoon)


def form_page(
    request: Verzoek,
    form: forms.Form,
    *,
    titel: str,
    knop: str,
    terug: str,
    uitleg: str = "",
    **meer: Any,
) -> HttpResponse:
    """Show a form on a page of its own, with the way back."""
    return render(
        request,
        "toewijzen/formulier.html",
        {
            "form": form,
            "titel": titel,
            "knop": knop,
            "terug": terug,
            "uitleg": uitleg,
            **meer,
        },
        status=422 if form.errors else 200,
    )
