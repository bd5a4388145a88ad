"""The form in which people say when and where they meet, for any kind of meeting."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.signalen.forms import TEKSTVAK

# Who plans something for this morning at noon does not mistype.
_NOG_NET = timedelta(hours=12)


class Wanneerform(forms.Form):
    """When, how long and where; `voorbij` is said of a moment that is over."""

    voorbij = _("This moment is over. Choose a later one.")

    use_required_attribute = False
    dag = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": TEKSTVAK, "type": "date"}
        ),
        error_messages={"required": _("Choose a day.")},
    )
    tijd = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"class": TEKSTVAK, "type": "time"}
        ),
        error_messages={"required": _("Choose a time.")},
    )
    minuten = forms.IntegerField(
        label=_("How many minutes"),
        initial=60,
        min_value=5,
        max_value=600,
        widget=forms.NumberInput(attrs={"class": TEKSTVAK}),
    )
    plaats = forms.CharField(
        label=_("Where (not required)"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Put day and time together; a meeting is for later."""
        gegeven = super().clean() or {}
        if gegeven.get("dag") and gegeven.get("tijd"):
            op = datetime.combine(
                gegeven["dag"], gegeven["tijd"], tzinfo=klok.AMSTERDAM
            )
            gegeven["begint_op"] = op
            if op < klok.now() - _NOG_NET:
                self.add_error("dag", self.voorbij)
        return gegeven
