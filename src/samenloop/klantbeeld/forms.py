"""The form with which somebody says for what they need to look.

Nothing in it is chosen beforehand: a purpose that is filled in by itself is no purpose.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.doelen import Doel
from samenloop.klantbeeld.inkijk import Afweging
from samenloop.klantbeeld.models import KORTSTE_REDEN
from samenloop.klantbeeld.velden import LEEFGEBIEDEN

_TEKST = {"class": "utrecht-textarea utrecht-textarea--html-textarea", "rows": 2}
_RADIO = {"class": "utrecht-radio-button utrecht-radio-button--html-input"}
_VINK = {"class": "utrecht-checkbox utrecht-checkbox--html-input"}


def _reason(label: Any, hint: Any, leeg: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=1000,
        min_length=KORTSTE_REDEN,
        error_messages={
            "required": leeg,
            "min_length": leeg,
            "max_length": _("Make it shorter: at most 1000 characters."),
        },
        widget=forms.Textarea(attrs=_TEKST),
    )


class InkijkForm(forms.Form):
    """Purpose, the three questions of weighing, and the domains that are needed."""

    doel = forms.ChoiceField(
        label=_("For what do you need to look?"),
        error_messages={
            "required": _("Choose a purpose: it decides what you may see."),
            "invalid_choice": _("Choose a purpose from the list."),
        },
        widget=forms.RadioSelect(attrs=_RADIO),
    )
    leefgebieden = forms.MultipleChoiceField(
        label=_("Which domains of life do you need?"),
        help_text=_("What you leave out is not asked for, and not shown."),
        choices=list(LEEFGEBIEDEN.items()),
        error_messages={
            "required": _("Choose at least one domain that you need."),
        },
        widget=forms.CheckboxSelectMultiple(attrs=_VINK),
    )
    noodzaak = _reason(
        _("Why is it necessary?"),
        _("What can you not do without it? One or two sentences."),
        _("Write in one or two sentences what you cannot do without looking."),
    )
    proportionaliteit = _reason(
        _("Why is it in proportion?"),
        _("Why does what you want to achieve outweigh the look into a family?"),
        _("Write in one or two sentences why it outweighs the look into a family."),
    )
    subsidiariteit = _reason(
        _("Why can it not be done in a lighter way?"),
        _("For instance: ask the family itself, or look at fewer domains."),
        _("Write in one or two sentences why a lighter way cannot do."),
    )

    def __init__(self, *args: Any, doelen: Iterable[Doel], **kwargs: Any) -> None:
        """Offer the purposes of this reader here."""
        super().__init__(*args, **kwargs)
        keuzes = [(doel.code, doel.label) for doel in doelen]
        self.fields["doel"].choices = keuzes  # type: ignore[attr-defined]

    def weighing(self) -> Afweging:
        """Return what was answered; only of a valid form."""
        gegeven: Mapping[str, Any] = self.cleaned_data
        return Afweging(
            doel=gegeven["doel"],
            noodzaak=gegeven["noodzaak"].strip(),
            proportionaliteit=gegeven["proportionaliteit"].strip(),
            subsidiariteit=gegeven["subsidiariteit"].strip(),
            leefgebieden=frozenset(gegeven["leefgebieden"]),
        )
