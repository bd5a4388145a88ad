"""The forms of an appointment: what, when, where, who comes; and why it changes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.regie.afspraken.maken import Wanneer
from samenloop.regie.afspraken.models import Casusafspraak
from samenloop.regie.wanneer import Wanneerform
from samenloop.signalen.forms import RONDJE, TEKSTVAK, VINKJE

_TEKST = {"class": TEKSTVAK, "autocomplete": "off"}


class Afspraakmoment(Wanneerform):
    """When, how long and where an appointment is."""

    voorbij = _("This moment is over. Choose a later one, or note a contact.")

    def when(self) -> Wanneer:
        """Return what was filled in as the room wants it."""
        gegeven = self.cleaned_data
        return Wanneer(gegeven["begint_op"], gegeven["minuten"], gegeven["plaats"])


class Afspraakform(Afspraakmoment):
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


class Verzetform(Afspraakmoment):
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
