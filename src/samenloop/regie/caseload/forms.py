"""The forms of the caseload: giving work, what a case asks, and the norm."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.regie.caseload.models import Caseloadnorm, Zwaarte
from samenloop.signalen.forms import KEUZELIJST, TEKSTVAK


class Toewijsform(forms.Form):
    """Give these cases to somebody."""

    casus = forms.TypedMultipleChoiceField(
        coerce=UUID,
        error_messages={
            "required": _("Tick at least one case."),
            "invalid_choice": _("A case on the list was given to somebody meanwhile."),
        },
    )
    naar = forms.TypedChoiceField(
        coerce=int,
        error_messages={"required": _("Choose who gets the cases.")},
    )

    def __init__(
        self,
        *args: Any,
        casussen: Iterable[UUID],
        wie: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for naam, keuzes in (
            ("casus", [(str(pk), str(pk)) for pk in casussen]),
            ("naar", [(str(account), label) for account, label in wie]),
        ):
            veld = self.fields[naam]
            assert isinstance(veld, forms.ChoiceField)
            veld.choices = keuzes


class Zwaarteform(forms.Form):
    """Say how much work a case asks."""

    zwaarte = forms.ChoiceField(
        label=_("How much work"),
        choices=Zwaarte.choices,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )


def _number(label: Any, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": TEKSTVAK}),
        error_messages={
            "required": _("Give a number."),
            "invalid": _("Give a whole number."),
        },
    )


class Normform(forms.ModelForm):  # type: ignore[type-arg]
    """Points per weight, and the room of a full week."""

    licht = _number(_("A light case"), _("Points; they only compare cases."))
    gewoon = _number(_("A normal case"))
    zwaar = _number(_("A heavy case"))
    ruimte = _number(_("What fits in a week of 36 hours"), _("Points."))

    class Meta:
        model = Caseloadnorm
        fields = ("licht", "gewoon", "zwaar", "ruimte")

    def clean(self) -> dict[str, Any]:
        """A heavier case never asks less."""
        schoon: dict[str, Any] = super().clean() or {}
        rij = [schoon.get(naam) for naam in ("licht", "gewoon", "zwaar")]
        if None not in rij and rij != sorted(rij):  # type: ignore[type-var]
            self.add_error("zwaar", _("A heavier case cannot ask fewer points."))
        return schoon
