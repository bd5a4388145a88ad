"""The form with which the administrator makes a koppeling."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.koppelingen.models import Scope
from samenloop.access.models import Organisatie
from samenloop.core import klok

_TEKST = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_KEUZE = {"class": "utrecht-select utrecht-select--html-select"}
_VINK = {"class": "utrecht-checkbox utrecht-checkbox--html-input"}

SCOPES = (
    (Scope.SIGNALEN_MELDEN, _("report signals")),
    (Scope.SIGNALEN_LEZEN, _("read its own signals and the word back")),
    (Scope.VERWIJZINGEN_SCHRIJVEN, _("record that it is involved with a person")),
    (Scope.VERWIJZINGEN_LEZEN, _("find others around a person it is involved with")),
    (Scope.BERICHTEN_UITWISSELEN, _("bring and fetch messages with providers")),
)


class KoppelingForm(forms.Form):
    """For whom, for what, where and until when a program gets access."""

    naam = forms.CharField(
        label=_("Name of the program"),
        max_length=100,
        help_text=_("So that you recognise it later, for instance 'Rent system'."),
        error_messages={"required": _("Give the program a name.")},
        widget=forms.TextInput(attrs={**_TEKST, "autocomplete": "off"}),
    )
    organisatie = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisatie.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose whose program it is.")},
        widget=forms.Select(attrs=_KEUZE),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the program may do"),
        choices=SCOPES,
        error_messages={"required": _("Choose at least one thing it may do.")},
        widget=forms.CheckboxSelectMultiple(attrs=_VINK),
    )
    gemeenten = forms.MultipleChoiceField(
        label=_("For which municipalities"),
        error_messages={"required": _("Choose at least one municipality.")},
        widget=forms.CheckboxSelectMultiple(attrs=_VINK),
    )
    van = forms.DateField(
        label=_("First day"),
        error_messages={
            "required": _("Fill in the first day."),
            "invalid": _("Write the day as 25-03-2026."),
        },
        widget=forms.DateInput(attrs={**_TEKST, "type": "date"}, format="%Y-%m-%d"),
    )
    tot_en_met = forms.DateField(
        label=_("Last day (not required)"),
        required=False,
        help_text=_("Leave it empty only when you look at it again every year."),
        error_messages={"invalid": _("Write the day as 25-03-2026.")},
        widget=forms.DateInput(attrs={**_TEKST, "type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, gemeenten: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer the municipalities of the administrator, and who works there."""
        kwargs.setdefault("initial", {"van": klok.today()})
        super().__init__(*args, **kwargs)
        codes = [code for code, _naam in gemeenten]
        self.fields["gemeenten"].choices = gemeenten  # type: ignore[attr-defined]
        if len(codes) == 1:
            self.fields["gemeenten"].initial = codes
        self.fields["organisatie"].queryset = (  # type: ignore[attr-defined]
            Organisatie.objects.filter(actief=True, gemeenten__overlap=codes).order_by(
                "naam"
            )
        )

    def clean(self) -> dict[str, Any]:
        """Check what the fields say about each other."""
        gegevens = super().clean() or {}
        organisatie = gegevens.get("organisatie")
        gemeenten = gegevens.get("gemeenten") or []
        if organisatie and not set(gemeenten) <= set(organisatie.gemeenten):
            self.add_error(
                "gemeenten",
                _("This organisation does not work for all of these municipalities."),
            )
        van, tot = gegevens.get("van"), gegevens.get("tot_en_met")
        if van and tot and tot < van:
            self.add_error("tot_en_met", _("The last day cannot lie before the first."))
        return gegevens
