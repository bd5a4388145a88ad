"""The forms of an appointment: what, when, where, who comes; and why it changes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.regie.afspraken.maken import Wanneer
from samenloop.regie.afspraken.models import Casusafspraak
from samenloop.signalen.forms import RONDJE, TEKSTVAK, VINKJE

_TEKST = {"class": TEKSTVAK, "autocomplete": "off"}


class Wanneerform(forms.Form):
    """When, how long and where."""

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
        widget=forms.TextInput(attrs=_TEKST),
    )

    def clean(self) -> dict[str, Any]:
        """Put day and time together; an appointment is for later."""
        gegeven = super().clean() or {}
        if gegeven.get("dag") and gegeven.get("tijd"):
            op = datetime.combine(
                gegeven["dag"], gegeven["tijd"], tzinfo=klok.AMSTERDAM
            )
            gegeven["begint_op"] = op
            if op < klok.now() - timedelta(hours=12):
                self.add_error(
                    "dag",
                    _("This moment is over. Choose a later one, or note a contact."),
                )
        return gegeven

    def when(self) -> Wanneer:
        """Return what was filled in as the room wants it."""
        gegeven = self.cleaned_data
        return Wanneer(gegeven["begint_op"], gegeven["minuten"], gegeven["plaats"])


class Afspraakform(Wanneerform):
    """A new appointment."""

    soort = forms.ChoiceField(
        label=_("What kind?"),
        choices=Casusafspraak.Soort,
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={"required": _("Say what kind of appointment it is.")},
    )
    waarover = forms.CharField(
        label=_("What about? (not required)"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_TEKST),
    )
    met = forms.MultipleChoiceField(
        label=_("Who comes?"),
        help_text=_("Who takes part in this dossier. The family need not be listed."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": VINKJE}),
        error_messages={"required": _("Choose who comes.")},
    )
    field_order = ("soort", "dag", "tijd", "minuten", "plaats", "waarover", "met")

    def __init__(
        self, *args: Any, mensen: list[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        """Offer who takes part."""
        super().__init__(*args, **kwargs)
        keuze: forms.MultipleChoiceField = self.fields["met"]  # type: ignore[assignment]
        keuze.choices = [(str(wie), naam) for wie, naam in mensen]

    @property
    def who(self) -> list[UUID]:
        """The participations that were chosen."""
        return [UUID(each) for each in self.cleaned_data["met"]]


class Verzetform(Wanneerform):
    """Another moment, and why."""

    reden = forms.CharField(
        label=_("Why is it moved?"),
        max_length=300,
        widget=forms.TextInput(attrs=_TEKST),
        error_messages={"required": _("Write why: whoever counted on it can be told.")},
    )


class Afzegform(forms.Form):
    """Why it does not go on."""

    use_required_attribute = False
    reden = forms.CharField(
        label=_("Why is it called off?"),
        max_length=300,
        widget=forms.TextInput(attrs={**_TEKST, "id": "id_reden_afzeggen"}),
        error_messages={"required": _("Write why: whoever counted on it can be told.")},
    )
