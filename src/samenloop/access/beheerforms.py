"""The forms of the functional administrator."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access.forms import TEKSTVAK
from samenloop.access.models import Aanstelling, Gebruiker, Organisatie
from samenloop.access.rollen import Domein, Rol

KEUZELIJST = "utrecht-select utrecht-select--html-select"


def _dress(form: Any) -> None:
    """Give the fields the classes of the design system."""
    for veld in form.fields.values():
        widget = veld.widget
        if isinstance(widget, forms.Select):
            widget.attrs["class"] = KEUZELIJST
        elif not isinstance(widget, forms.CheckboxSelectMultiple):
            widget.attrs["class"] = TEKSTVAK


class Accountfilter(forms.Form):
    """Which accounts one wants to see; what is not understood is left out."""

    rol = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all")), *Rol.choices]
    )
    staat = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("open", _("open")),
            ("gesloten", _("closed")),
            ("zonder-rol", _("without a role today")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)
        self.is_valid()

    def apply(self, rijen: QuerySet[Gebruiker], gemeente: str) -> QuerySet[Gebruiker]:
        """Leave the accounts that were asked for."""
        gekozen = getattr(self, "cleaned_data", {})
        hier = Aanstelling.objects.current().filter(gemeente=gemeente)
        if gekozen.get("rol"):
            houders = hier.filter(rol=gekozen["rol"]).values("gebruiker")
            rijen = rijen.filter(pk__in=houders)
        match gekozen.get("staat"):
            case "open":
                rijen = rijen.filter(is_active=True)
            case "gesloten":
                rijen = rijen.filter(is_active=False)
            case "zonder-rol":
                rijen = rijen.filter(~Q(pk__in=hier.values("gebruiker")))
        return rijen

    def address(self) -> str:
        """Return the choice as it stands in the address."""
        gekozen = getattr(self, "cleaned_data", {})
        return urlencode({naam: waarde for naam, waarde in gekozen.items() if waarde})


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who someone is; what they may do comes after."""

    class Meta:
        model = Gebruiker
        fields = ["naam", "username", "functie", "email", "organisatie"]
        labels = {
            "naam": _("Name"),
            "username": _("Account"),
            "functie": _("Function (optional)"),
            "email": _("E-mail (optional)"),
            "organisatie": _("Other organisation (only for a partner)"),
        }
        help_texts = {"username": _("With which one signs in; not an e-mail address.")}

    def __init__(self, *args: Any, gemeente: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)
        self.fields["organisatie"].queryset = (  # type: ignore[attr-defined]
            Organisatie.objects.filter(actief=True, gemeenten__contains=[gemeente])
        )


class AanstellingForm(forms.Form):
    """A role, in which domains, by which mandate, from when until when."""

    rol = forms.ChoiceField(label=_("Role"), choices=Rol.choices)
    domeinen = forms.MultipleChoiceField(
        label=_("Domains (for caseworkers and directors)"),
        required=False,
        choices=Domein.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    mandaat = forms.CharField(
        label=_("Mandate"),
        help_text=_("The decision on which this role rests."),
        max_length=300,
        error_messages={"required": _("Name the decision on which this role rests.")},
    )
    vanaf = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    tot = forms.DateField(
        label=_("Up to and including (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        gegeven = super().clean() or {}
        vanaf, tot = gegeven.get("vanaf"), gegeven.get("tot")
        if vanaf and tot and tot < vanaf:
            self.add_error("tot", _("The last day cannot lie before the first."))
        return gegeven


class OrganisatieForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation and how to reach it."""

    class Meta:
        model = Organisatie
        fields = [
            "naam",
            "soort",
            "domein",
            "oin",
            "contactpersoon",
            "telefoon",
            "email",
            "actief",
        ]
        labels = {
            "naam": _("Name"),
            "soort": _("Kind"),
            "domein": _("Domain of life (optional)"),
            "oin": _("OIN, twenty digits (optional)"),
            "contactpersoon": _("Contact (optional)"),
            "telefoon": _("Telephone (optional)"),
            "email": _("E-mail (optional)"),
            "actief": _("Works with us now"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)
        self.fields["actief"].widget.attrs.pop("class", None)
