"""What one fills in about the traffic."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.koppelingen.models import Koppeling
from samenloop.berichten.verkeer.models import Aansluiting
from samenloop.voorzieningen.models import Wet

_TEKST = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_KEUZE = {"class": "utrecht-select utrecht-select--html-select"}


class VolgForm(forms.Form):
    """Which allocation to follow."""

    wet = forms.ChoiceField(
        label=_("Law"),
        choices=[(Wet.JEUGDWET, "Jeugdwet"), (Wet.WMO, "Wmo 2015")],
        widget=forms.Select(attrs=_KEUZE),
    )
    nummer = forms.IntegerField(
        label=_("Number of the allocation"),
        min_value=1,
        max_value=999_999_999,
        widget=forms.TextInput(attrs={**_TEKST, "inputmode": "numeric"}),
    )


class AansluitingForm(forms.ModelForm):  # type: ignore[type-arg]
    """How messages travel for a municipality."""

    class Meta:
        model = Aansluiting
        fields = ("soort", "map", "koppeling", "envelop", "aan")
        labels = {
            "soort": _("Way"),
            "map": _("Name of the folder"),
            "koppeling": _("Connection of the program that fetches and brings"),
            "envelop": _("Envelope"),
            "aan": _("In use"),
        }
        help_texts = {
            "map": _(
                "Small letters, digits and dashes. It stands below the folder for "
                "messages of this installation. Only for the way by folder."
            ),
            "koppeling": _("Only for the way by API."),
        }
        widgets = {
            "soort": forms.Select(attrs=_KEUZE),
            "map": forms.TextInput(attrs=_TEKST),
            "koppeling": forms.Select(attrs=_KEUZE),
            "envelop": forms.Select(attrs=_KEUZE),
            "aan": forms.CheckboxInput(
                attrs={"class": "utrecht-checkbox utrecht-checkbox--html-input"}
            ),
        }

    def __init__(self, *args: Any, gemeente: str, **kwargs: Any) -> None:
        """Offer the connections of this municipality."""
        super().__init__(*args, **kwargs)
        veld = self.fields["koppeling"]
        assert isinstance(veld, forms.ModelChoiceField)
        veld.queryset = Koppeling.objects.filter(
            gemeenten__contains=[gemeente], beeindigd_op=None
        )

    def clean(self) -> dict[str, Any]:
        """Ask what belongs to the way that was chosen, and drop the rest."""
        gegevens: dict[str, Any] = super().clean() or {}
        if gegevens.get("soort") == Aansluiting.Soort.MAP:
            gegevens["koppeling"] = None
            if not gegevens.get("map"):
                self.add_error("map", _("Name the folder."))
        elif gegevens.get("soort") == Aansluiting.Soort.HTTP:
            gegevens["map"] = ""
            if not gegevens.get("koppeling"):
                self.add_error("koppeling", _("Choose the connection."))
        return gegevens
