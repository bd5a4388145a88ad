"""Forms to set a term and to hold destruction back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.duur import is_duur
from samenloop.access.bewaren.models import Opschorting
from samenloop.access.bewaren.termijnen import Bewaartermijn

KORTSTE_REDEN = 15


def _reason(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=KORTSTE_REDEN,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "class": "utrecht-textarea utrecht-textarea--html-textarea",
            }
        ),
        error_messages={
            "required": _("Write in one or two sentences why."),
            "min_length": _("Write in one or two sentences why."),
        },
    )


class TermijnForm(forms.Form):
    """Set a term that the law leaves to the municipality."""

    duur = forms.CharField(
        label=_("Term"),
        help_text=_("P42D is 42 days, P6M six months, P15Y fifteen years."),
        max_length=10,
        widget=forms.TextInput(
            attrs={"class": "utrecht-textbox utrecht-textbox--html-input"}
        ),
    )
    reden = _reason(
        _("On what ground?"),
        _("For instance the advice of the officer, or a decision of the college."),
    )

    def __init__(self, *args: Any, termijn: Bewaartermijn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.termijn = termijn

    def clean_duur(self) -> str:
        """Accept a term that can be counted with."""
        duur = str(self.cleaned_data["duur"]).strip().upper()
        if not is_duur(duur):
            raise forms.ValidationError(
                _("Write the term as P42D (days), P6M (months) or P15Y (years).")
            )
        return duur


class OpschortForm(forms.Form):
    """Hold back the destruction of what concerns one person or record."""

    waarvan = forms.CharField(
        label=_("Of whom or what?"),
        help_text=_(
            "The mark of the person (it stands on the page of the person), or of a "
            "record as it stands in the log, for instance melding:…"
        ),
        max_length=80,
        widget=forms.TextInput(
            attrs={"class": "utrecht-textbox utrecht-textbox--html-input"}
        ),
    )
    grond = forms.ChoiceField(
        label=_("Ground"),
        choices=Opschorting.Grond.choices,
        widget=forms.Select(
            attrs={"class": "utrecht-select utrecht-select--html-select"}
        ),
    )
    reden = _reason(
        _("Why must it be kept?"),
        _("Without names. For instance the number of the objection."),
    )
