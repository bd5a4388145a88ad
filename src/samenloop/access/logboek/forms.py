"""What the privacy officer fills in: what to look for, and what was made of it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.doelen import DOELEN
from samenloop.access.forms import TEKSTBLOK, TEKSTVAK
from samenloop.access.logboek.models import Afwijking
from samenloop.access.logboek.wijze import Wijze
from samenloop.access.logboek.zoeken import Filter
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn

STANDAARD = timedelta(days=30)
_KEUZE = {"class": "utrecht-select utrecht-select--html-select"}
_ALLE = ("", _("all"))


def _select(label: Any, keuzes: list[tuple[str, Any]] | None = None) -> Any:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[_ALLE, *(keuzes or [])],
        error_messages={"invalid_choice": _("Choose from the list.")},
        widget=forms.Select(attrs=_KEUZE),
    )


def _day(label: Any) -> Any:
    return forms.DateField(
        label=label,
        required=False,
        error_messages={"invalid": _("Write the day as 2026-03-25.")},
        widget=forms.DateInput(
            attrs={"class": TEKSTVAK, "type": "date"}, format="%Y-%m-%d"
        ),
    )


class ZoekForm(forms.Form):
    """What to look for in the log. Everything here is a code or a mark, no name."""

    vanaf = _day(_("From"))
    tot = _day(_("Up to and including"))
    account = _select(_("Worker"))
    rol = _select(_("Role"), list(Rol.choices))
    handeling = _select(_("Act"), list(Handeling.choices))
    doel = _select(_("Purpose"), [(d.code, d.label) for d in DOELEN.values()])
    wijze = _select(_("How"), list(Wijze.choices))
    persoon = forms.UUIDField(
        label=_("Person (mark)"),
        required=False,
        error_messages={"invalid": _("Copy the mark as it stands on the page.")},
        widget=forms.TextInput(
            attrs={"class": TEKSTVAK, "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, data: Any, *, gemeente: str) -> None:
        """Without anything chosen: the last thirty days."""
        given = data if any(name in data for name in self.base_fields) else None
        if given is None:
            today = klok.today()
            given = {
                "vanaf": f"{today - STANDAARD:%Y-%m-%d}",
                "tot": f"{today:%Y-%m-%d}",
            }
        super().__init__(given, use_required_attribute=False)
        self.gemeente = gemeente
        veld = self.fields["account"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [_ALLE, *_workers(gemeente)]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = super().clean() or self.cleaned_data
        vanaf, tot = data.get("vanaf"), data.get("tot")
        if isinstance(vanaf, date) and isinstance(tot, date) and tot < vanaf:
            self.add_error("tot", _("This day lies before the first one."))
        return data

    def filter(self) -> Filter:
        """Return what to look for; only when the form is valid."""
        keuze = {name: value for name, value in self.cleaned_data.items() if value}
        return Filter(self.gemeente, **keuze)


def _workers(gemeente: str) -> list[tuple[str, str]]:
    """Whoever had an appointment here once; who left stays in the log."""
    rows = (
        Gebruiker.objects.filter(aanstellingen__gemeente=gemeente)
        .order_by("naam", "pk")
        .distinct()
    )
    return [(str(row.pk), row.naam) for row in rows]


class BesluitForm(forms.Form):
    """What an odd look turned out to be, and why."""

    status = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (each.value, each.label)
            for each in Afwijking.Status
            if each is not Afwijking.Status.NIEUW
        ],
        error_messages={"required": _("Choose what it was.")},
        widget=forms.RadioSelect(
            attrs={"class": "utrecht-radio-button utrecht-radio-button--html-input"}
        ),
    )
    reden = forms.CharField(
        label=_("Why?"),
        help_text=_("What you asked and found. Do not name the person looked at."),
        max_length=2000,
        error_messages={"required": _("Write in one or two sentences why.")},
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 4}),
    )


def _text(label: Any, attrs: dict[str, Any], *, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        help_text=help_text,
        widget=forms.TextInput(
            attrs={"class": TEKSTVAK, "autocomplete": "off", "spellcheck": "false"}
            | attrs
        ),
    )


class KenmerkForm(forms.Form):
    """What marks are made of. Nothing of it is kept or shown again."""

    account = forms.ChoiceField(
        label=_("Worker"),
        error_messages={"required": _("Choose a worker.")},
        widget=forms.Select(attrs=_KEUZE),
    )
    bsn = _text(_("Citizen service number (not required)"), {"inputmode": "numeric"})
    achternaam = _text(
        _("Surname (not required)"), {}, help_text=_("Without a prefix such as van.")
    )
    postcode = _text(_("Postcode (not required)"), {})
    huisnummer = _text(
        _("House number (not required)"),
        {},
        help_text=_("With its letter or addition."),
    )

    def __init__(self, data: Any, *, gemeente: str) -> None:
        super().__init__(data, use_required_attribute=False)
        veld = self.fields["account"]
        assert isinstance(veld, forms.ChoiceField)
        self._workers = _workers(gemeente)
        veld.choices = [("", _("choose")), *self._workers]

    def workers(self) -> list[tuple[str, str]]:
        """Return the workers one can choose from, key and name."""
        return self._workers

    def clean_bsn(self) -> Bsn | None:
        """Return the number; an error does not repeat it."""
        text = self.cleaned_data["bsn"]
        if not text:
            return None
        try:
            return Bsn(text)
        except OngeldigBsn as fout:
            raise forms.ValidationError(str(fout)) from None

    def clean(self) -> dict[str, Any]:
        """Ask for something to compare, and for an address that is whole."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("postcode")) != bool(data.get("huisnummer")):
            self.add_error("huisnummer", _("An address is a postcode and a number."))
        if not self.errors and not any(
            data.get(name) for name in ("bsn", "achternaam", "postcode")
        ):
            self.add_error("bsn", _("Fill in at least one to compare with."))
        return data
