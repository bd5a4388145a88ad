"""What a reader may ask for in the address of a page.

Every choice stands in the address, so a page can be kept, sent and printed; an address
never holds anything about a person.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MonitorKeuze(forms.Form):
    """Which release: a region, a quarter, and a revision unless the last is meant."""

    regio = forms.CharField(required=False, max_length=200)
    kwartaal = forms.RegexField(r"^[0-9]{4}Q[1-4]$", required=False)
    revisie = forms.IntegerField(required=False, min_value=1, max_value=99999)

    def keuze(self) -> dict[str, str]:
        """Return what was asked for and can be right; the rest is as if not asked."""
        self.is_valid()
        return {
            naam: str(waarde)
            for naam, waarde in self.cleaned_data.items()
            if waarde not in (None, "")
        }


class RegelKeuze(forms.Form):
    """Which refused rows of a delivery to show."""

    bestand = forms.ChoiceField(label=_("File"), required=False)
    regel = forms.ChoiceField(label=_("Rule"), required=False)

    def __init__(self, data: Any, *, bestanden: list[str], regels: list[str]) -> None:
        super().__init__(data)
        alles = [("", _("All"))]
        self.opties = {
            "bestand": alles + [(naam, naam) for naam in bestanden],
            "regel": alles + [(naam, naam) for naam in regels],
        }
        for naam, opties in self.opties.items():
            veld = self.fields[naam]
            assert isinstance(veld, forms.ChoiceField)
            veld.choices = opties

    def keuze(self) -> dict[str, str]:
        """Return what was chosen; a value that is not there counts as all."""
        self.is_valid()
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde}
