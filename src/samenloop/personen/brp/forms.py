"""The forms around the BRP: fetching somebody, and reporting a doubt."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.doelen import Doel
from samenloop.access.forms import TEKSTBLOK, TEKSTVAK
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.personen.brp.models import Categorie
from samenloop.personen.forms import KEUZE


class OphaalForm(forms.Form):
    """Whom to fetch from the BRP, and for what."""

    bsn = forms.CharField(
        label=_("Citizen service number (BSN)"),
        max_length=15,
        help_text=_("Nine digits, from a document the person showed."),
        widget=forms.TextInput(
            attrs={
                "class": TEKSTVAK,
                "autocomplete": "off",
                "inputmode": "numeric",
                "size": 12,
            }
        ),
        error_messages={"required": _("Fill in the number.")},
    )
    doel = forms.ChoiceField(
        label=_("For what do you need this?"),
        widget=forms.Select(attrs={"class": KEUZE}),
        error_messages={"required": _("Choose a purpose.")},
    )
    gezin = forms.BooleanField(
        label=_("Also the family and who has gezag, as far as the purpose allows"),
        required=False,
    )

    def __init__(self, *args: Any, doelen: Iterable[Doel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [("", "")] + [(doel.code, str(doel.label)) for doel in doelen]
        self.fields["doel"].choices = keuzes  # type: ignore[attr-defined]

    def clean_bsn(self) -> Bsn:
        """Read the number; the error does not repeat it."""
        try:
            return Bsn(self.cleaned_data["bsn"])
        except OngeldigBsn as fout:
            raise forms.ValidationError(str(fout)) from None


class TwijfelForm(forms.Form):
    """What one doubts, why, and how it should be."""

    categorie = forms.ChoiceField(
        label=_("What do you doubt?"),
        choices=[("", ""), *Categorie.choices],
        widget=forms.Select(attrs={"class": KEUZE}),
        error_messages={"required": _("Choose what you doubt.")},
    )
    waarom = forms.CharField(
        label=_("Why do you doubt it?"),
        max_length=2000,
        help_text=_(
            "What did you see or hear, and when? The municipality that keeps the "
            "record reads this."
        ),
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 4}),
        error_messages={"required": _("Say why you doubt it.")},
    )
    voorstel = forms.CharField(
        label=_("What do you think it should be?"),
        required=False,
        max_length=1000,
        help_text=_("Leave open what you do not know."),
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 2}),
    )
