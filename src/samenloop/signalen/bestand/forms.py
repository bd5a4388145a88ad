"""The form with which the back office offers a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.signalen.models import Signaalsoort

_KEUZE = {"class": "utrecht-select utrecht-select--html-select"}


class BestandForm(forms.Form):
    """From whom, about what, and the file itself."""

    organisatie = forms.ModelChoiceField(
        label=_("Who delivered the file"),
        queryset=Organisatie.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose who delivered the file.")},
        widget=forms.Select(attrs=_KEUZE),
    )
    soort = forms.ModelChoiceField(
        label=_("Kind of signal"),
        queryset=Signaalsoort.objects.none(),
        empty_label=_("Choose a kind"),
        error_messages={"required": _("Choose what kind of signals it holds.")},
        widget=forms.Select(attrs=_KEUZE),
    )
    bestand = forms.FileField(
        label=_("File"),
        help_text=_("CSV with any separator, or XLSX. At most 20 MB, 100,000 rows."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(
            attrs={
                "class": "utrecht-textbox utrecht-textbox--html-input",
                "accept": ".csv,.txt,.tsv,.xlsx",
            }
        ),
    )

    def __init__(self, *args: Any, gemeente: str, **kwargs: Any) -> None:
        """Offer the organisations of the municipality and the kinds of today.

        Safety is not for files: it waits for nobody's monthly list.
        """
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = (  # type: ignore[attr-defined]
            Organisatie.objects.filter(
                actief=True, gemeenten__contains=[gemeente]
            ).order_by("naam")
        )
        self.fields["soort"].queryset = (  # type: ignore[attr-defined]
            Signaalsoort.objects.filter(
                geldig__contains=klok.today(), is_veiligheid=False
            )
        )
