"""The forms of purchasing: a contract, a price, a ceiling, a waiting time, a remark."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import OngeldigBedrag
from samenloop.core.geld import Geld
from samenloop.voorzieningen.inkoop.codes import (
    CATEGORIEEN,
    WETTEN,
    Eenheid,
    Frequentie,
    Variant,
)
from samenloop.voorzieningen.inkoop.models import Contractsoort, Kwaliteitsoort
from samenloop.voorzieningen.models import Aanbieder, Product, Wet

TEKSTVAK = "utrecht-textbox utrecht-textbox--html-input"
TEKSTBLOK = "utrecht-textarea utrecht-textarea--html-textarea"
KEUZELIJST = "utrecht-select utrecht-select--html-select"
VINKJE = "utrecht-checkbox utrecht-checkbox--html-input"
WETKEUZES = [(wet, Wet(wet).label) for wet in WETTEN]
LEEG = ("", "–")


def text(label: Any, *, required: bool = True, **meer: Any) -> forms.CharField:
    """A line of text."""
    meer.setdefault("max_length", 200)
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        error_messages={"required": _("Fill this in.")},
        **meer,
    )


def block(label: Any, *, required: bool = True, **meer: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 4}),
        error_messages={"required": _("Fill this in.")},
        **meer,
    )


def day(label: Any, *, required: bool = True, **meer: Any) -> forms.DateField:
    """A date."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(
            attrs={"class": TEKSTVAK, "type": "date"}, format="%Y-%m-%d"
        ),
        error_messages={"required": _("Fill in a date.")},
        **meer,
    )


def choice(
    label: Any, keuzes: Any, *, required: bool = True, **meer: Any
) -> forms.ChoiceField:
    """A choice from a list."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=keuzes if required else [LEEG, *keuzes],
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": _("Choose one.")},
        **meer,
    )


def number(label: Any, *, required: bool = True, **meer: Any) -> forms.IntegerField:
    """A whole number."""
    meer.setdefault("min_value", 1)
    return forms.IntegerField(
        label=label,
        required=required,
        widget=forms.NumberInput(attrs={"class": TEKSTVAK}),
        error_messages={"required": _("Fill in a number.")},
        **meer,
    )


class EuroField(forms.CharField):
    """An amount in euros as the Dutch write it; gives eurocents."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"class": TEKSTVAK, "inputmode": "decimal"}),
        )
        kwargs.setdefault("help_text", _("In euros, such as 66,00"))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return eurocents, or None when it may be empty and is."""
        tekst = super().clean(value)
        if not tekst:
            return None
        try:
            return Geld.of_text(tekst).cent
        except OngeldigBedrag:
            raise forms.ValidationError(
                _("Write an amount in euros, such as 66,00.")
            ) from None


class Form(forms.Form):
    """A form that is judged on the page itself."""

    use_required_attribute = False


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A kind of provision of the laws under which care is allocated."""

    def __init__(self, *, wet: str = "", **kwargs: Any) -> None:
        rijen = Product.objects.filter(wet__in=[wet] if wet else WETTEN)
        kwargs.setdefault("label", _("Kind of provision"))
        super().__init__(
            rijen.order_by("wet", "naam"),
            widget=forms.Select(attrs={"class": KEUZELIJST}),
            error_messages={"required": _("Choose one.")},
            **kwargs,
        )


class ContractForm(Form):
    """A new contract."""

    aanbieder = forms.ModelChoiceField(
        Aanbieder.objects.order_by("naam"),
        label=_("Provider"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": _("Choose one.")},
    )
    wet = choice(_("Law"), WETKEUZES)
    soort = choice(_("Kind of contract"), Contractsoort.choices)
    nummer = text(_("Number of the contract"), max_length=40)
    naam = text(_("Name of the contract"))
    ingang = day(_("First day"))
    eind = day(_("Last day (not required)"), required=False)


class PrijsForm(Form):
    """A product with its price."""

    product = KindField()
    naam = text(_("Name of the product"))
    variant = choice(_("How it is allocated"), Variant.choices)
    categorie = text(_("Category"), max_length=2, required=False)
    code = text(
        _("Code (not required for a category as a whole)"), max_length=5, required=False
    )
    eenheid = choice(_("Unit of the volume"), Eenheid.choices, required=False)
    tarief = EuroField(label=_("Price"), required=False)
    tarief_eenheid = choice(_("Price per"), Eenheid.choices, required=False)
    max_volume = number(_("At most per client (not required)"), required=False)
    max_frequentie = choice(_("At most per"), Frequentie.choices, required=False)
    ingang = day(_("First day"))

    def __init__(self, *args: Any, wet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"] = KindField(wet=wet)
        self.order_fields(["product"])
        self.fields["categorie"].help_text = ", ".join(
            f"{code} {naam}" for code, naam in CATEGORIEEN[wet].items()
        )

    def clean_code(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["code"]).upper()


class PlafondForm(Form):
    """A ceiling for a year."""

    jaar = number(_("Year"), min_value=2015, max_value=2100)
    bedrag = EuroField(label=_("At most"))
    categorie = text(_("Only category (not required)"), max_length=2, required=False)
    code = text(_("Only code (not required)"), max_length=5, required=False)
    reden = text(_("Why (not required)"), required=False, max_length=500)


class WachttijdForm(Form):
    """How long one waits."""

    product = KindField()
    dagen = number(_("Days of waiting"), min_value=0, max_value=2000)
    peildatum = day(_("As stated on"))
    bron = text(_("Who stated it"))
    opnamestop = forms.BooleanField(
        label=_("Takes no new clients now"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": VINKJE}),
    )

    def __init__(self, *args: Any, wet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"] = KindField(wet=wet)
        self.order_fields(["product"])


class KwaliteitForm(Form):
    """Something worth knowing."""

    soort = choice(_("Where it comes from"), Kwaliteitsoort.choices)
    tekst = block(_("What is worth knowing; nothing about clients"), max_length=1000)
    bron = text(_("Source"))
    datum = day(_("Date"))
    geldig_tot = day(_("Holds until (not required)"), required=False)


class EindeForm(Form):
    """The last day of a contract."""

    eind = day(_("Last day"))


class BoekForm(Form):
    """A file with a book of products."""

    bestand = forms.FileField(
        label=_("File (CSV or XLSX)"),
        widget=forms.FileInput(attrs={"class": TEKSTVAK, "accept": ".csv,.xlsx"}),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_bestand(self) -> Any:
        """A book of products is no large file."""
        bestand = self.cleaned_data["bestand"]
        if bestand.size > 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 1 MB. Divide it."))
        return bestand
