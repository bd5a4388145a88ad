"""The forms about people: searching, opening for a purpose, registering, consent."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.forms import TEKSTVAK
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.personen.models import Geslacht
from samenloop.personen.toestemming import CATEGORIEEN, Wijze
from samenloop.personen.zoeken import Zoekvraag

KEUZE = "utrecht-select utrecht-select--html-select"
_DATUM = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y", "%d %m %Y")
_POSTCODE = re.compile(r"\b([1-9][0-9]{3})\s?([A-Za-z]{2})\b\s*,?\s*(\d{1,5})?")
_DATUM_IN_TEKST = re.compile(r"\b(\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2})\b")
_BSN_IN_TEKST = re.compile(r"(?<!\d)(?:\d[ .]?){8}\d(?!\d)")


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(
        attrs={"class": TEKSTVAK, "autocomplete": "off", "spellcheck": "false", **attrs}
    )


def _date(label: Any, **velden: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=_DATUM,
        widget=_text(inputmode="numeric", size=12),
        error_messages={
            "required": _("Fill in a date."),
            "invalid": _("Write the date as day-month-year, for instance 17-05-1980."),
        },
        **velden,
    )


class ZoekForm(forms.Form):
    """What is known of the person; each field is optional, together they narrow."""

    naam = forms.CharField(
        label=_("Name or part of it"),
        required=False,
        max_length=200,
        help_text=_("The beginnings of words in any order, for instance: vri jan"),
        widget=_text(),
    )
    geboortedatum = _date(_("Date of birth"), required=False)
    postcode = forms.RegexField(
        label=_("Postcode"),
        required=False,
        regex=r"^[1-9][0-9]{3}\s?[A-Za-z]{2}$",
        widget=_text(size=8),
        error_messages={"invalid": _("Write the postcode as 1234 AB.")},
    )
    huisnummer = forms.IntegerField(
        label=_("House number"),
        required=False,
        min_value=1,
        max_value=99_999,
        widget=_text(inputmode="numeric", size=6),
        error_messages={"invalid": _("A house number consists of digits.")},
    )
    bsn = forms.CharField(
        label=_("Citizen service number (BSN)"),
        required=False,
        max_length=20,
        widget=_text(inputmode="numeric", size=12),
    )

    def clean_bsn(self) -> Bsn | None:
        """Return the number, checked; it is never shown again."""
        tekst = self.cleaned_data["bsn"]
        if not tekst:
            return None
        try:
            return Bsn(tekst)
        except OngeldigBsn as fout:
            raise forms.ValidationError(fout.melding) from None

    def clean(self) -> dict[str, Any] | None:
        """Say that a postcode and a house number go together."""
        gegevens = super().clean() or {}
        if {"postcode", "huisnummer"} & set(self.errors):
            return gegevens
        if bool(gegevens.get("postcode")) != (gegevens.get("huisnummer") is not None):
            mist = "huisnummer" if gegevens.get("postcode") else "postcode"
            self.add_error(mist, _("Give the postcode and the house number together."))
        return gegevens

    @property
    def vraag(self) -> Zoekvraag:
        """What to search for, after the form was found to be in order."""
        gegeven = self.cleaned_data
        return Zoekvraag(
            naam=gegeven["naam"],
            geboortedatum=gegeven["geboortedatum"],
            postcode=gegeven["postcode"].replace(" ", "").upper(),
            huisnummer=gegeven["huisnummer"],
            bsn=gegeven["bsn"],
        )


def read_line(tekst: str) -> dict[str, str]:
    """Take one line apart into the fields of the search form.

    Nine digits are a BSN, a date is a date of birth, `9981 AB 12` an address; what is
    left is a name.
    """
    velden: dict[str, str] = {}
    if gevonden := _BSN_IN_TEKST.search(tekst):
        velden["bsn"] = gevonden[0]
        tekst = tekst.replace(gevonden[0], " ", 1)
    if gevonden := _DATUM_IN_TEKST.search(tekst):
        velden["geboortedatum"] = gevonden[0]
        tekst = tekst.replace(gevonden[0], " ", 1)
    if gevonden := _POSTCODE.search(tekst):
        velden["postcode"] = gevonden[1] + gevonden[2]
        velden["huisnummer"] = gevonden[3] or ""
        tekst = tekst.replace(gevonden[0], " ", 1)
    return velden | {"naam": " ".join(tekst.replace(",", " ").split())}


class PersoonForm(forms.Form):
    """Someone without a BSN: name, as far as known the rest, and why there is none."""

    geslachtsnaam = forms.CharField(
        label=_("Surname, without prefixes"),
        max_length=200,
        widget=_text(),
        error_messages={
            "required": _("Fill in the surname; if it is not known, write a point.")
        },
    )
    voorvoegsel = forms.CharField(
        label=_("Prefixes, such as “van de” (optional)"),
        max_length=20,
        required=False,
        widget=_text(size=12),
    )
    voornamen = forms.CharField(
        label=_("First names (optional)"),
        max_length=200,
        required=False,
        widget=_text(),
    )
    geboortedatum = _date(_("Date of birth (optional)"), required=False)
    geslacht = forms.ChoiceField(
        label=_("Sex"),
        choices=[
            (Geslacht.ONBEKEND, _("unknown")),
            (Geslacht.VROUW, _("woman")),
            (Geslacht.MAN, _("man")),
            (Geslacht.NIET_GESPECIFICEERD, _("not specified")),
        ],
        widget=forms.Select(attrs={"class": KEUZE}),
    )
    reden = forms.ChoiceField(
        label=_("Why is there no BSN?"),
        choices=[
            ("", _("Choose a reason")),
            ("nog niet ingeschreven in de BRP", _("not registered in the BRP yet")),
            ("pasgeboren, nog geen BSN", _("newborn, no BSN yet")),
            ("verblijft hier zonder inschrijving", _("stays here unregistered")),
            ("identiteit nog niet vastgesteld", _("identity not established yet")),
            ("wil of kan het BSN niet geven", _("will not or cannot give the BSN")),
        ],
        error_messages={"required": _("Choose why this person has no BSN here.")},
        widget=forms.Select(attrs={"class": KEUZE}),
    )
    toch = forms.BooleanField(
        label=_("None of these people; register a new person"),
        required=False,
        widget=forms.CheckboxInput(
            attrs={"class": "utrecht-checkbox utrecht-checkbox--html-input"}
        ),
    )

    def clean_geboortedatum(self) -> date | None:
        """Nobody is born tomorrow."""
        geboren: date | None = self.cleaned_data["geboortedatum"]
        if geboren and geboren > klok.today():
            raise forms.ValidationError(_("This date lies in the future."))
        return geboren


class ToestemmingForm(forms.Form):
    """What someone agreed to, for what, how and until when."""

    categorie = forms.ChoiceField(
        label=_("Which data?"), widget=forms.Select(attrs={"class": KEUZE})
    )
    doel = forms.ChoiceField(
        label=_("For what?"), widget=forms.Select(attrs={"class": KEUZE})
    )
    gegeven_op = _date(_("Given on"))
    tot = _date(
        _("Until and including (optional)"),
        required=False,
        help_text=_("Empty: until it is withdrawn."),
    )
    wijze = forms.ChoiceField(
        label=_("How was it given?"),
        choices=[
            ("", _("Choose how")),
            (Wijze.MONDELING, _("orally")),
            (Wijze.SCHRIFTELIJK, _("in writing")),
            (Wijze.DIGITAAL, _("digitally")),
        ],
        error_messages={"required": _("Choose how consent was given.")},
        widget=forms.Select(attrs={"class": KEUZE}),
    )

    def __init__(
        self, *args: Any, doelen: list[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        leeg = [("", _("Choose"))]
        for naam, opties in (
            ("categorie", list(CATEGORIEEN.items())),
            ("doel", doelen),
        ):
            veld = self.fields[naam]
            assert isinstance(veld, forms.ChoiceField)
            veld.choices = [*leeg, *opties]
            veld.error_messages["required"] = _("Make a choice.")

    def clean(self) -> dict[str, Any] | None:
        """Consent is given before it ends, and not in the future."""
        gegevens = super().clean() or {}
        gegeven, tot = gegevens.get("gegeven_op"), gegevens.get("tot")
        if gegeven and gegeven > klok.today():
            self.add_error("gegeven_op", _("This date lies in the future."))
        if gegeven and tot and tot < gegeven:
            self.add_error("tot", _("The last day lies before the first."))
        return gegevens
