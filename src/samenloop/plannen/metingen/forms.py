"""The form by which a municipality adds an instrument of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.forms import TEKSTBLOK, TEKSTVAK
from samenloop.plannen.metingen.instrumenten import Gebied, Trede
from samenloop.plannen.metingen.models import Meetinstrument

_MEESTE_TREDEN, _MEESTE_GEBIEDEN = 10, 40


def _lines(label: Any, hulp: Any, fout: Any, rijen: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=20_000,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": rijen}),
        error_messages={"required": fout},
    )


def _split(tekst: str) -> list[tuple[str, str]]:
    """Take lines of `name: explanation` apart."""
    regels = [regel.strip() for regel in tekst.splitlines() if regel.strip()]
    return [
        (naam.strip(), uitleg.strip())
        for naam, _teken, uitleg in (regel.partition(":") for regel in regels)
    ]


class InstrumentForm(forms.Form):
    """Name, explanation, levels from low to high, and domains, one on a line."""

    naam = forms.CharField(
        label=_("Name of the instrument"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        error_messages={"required": _("Give it a name.")},
    )
    uitleg = forms.CharField(
        label=_("How does one use it? (not required)"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 3}),
    )
    treden = _lines(
        _("Levels, from low to high"),
        _("One on a line, two to ten of them. After a colon what it means."),
        _("Write at least two levels, each on its own line."),
        6,
    )
    gebieden = _lines(
        _("Areas"),
        _("One on a line, at most forty. After a colon what one asks."),
        _("Write at least one area."),
        12,
    )

    def clean_treden(self) -> list[Trede]:
        """At least two levels, each with a name that fits."""
        regels = _split(self.cleaned_data["treden"])
        if not 2 <= len(regels) <= _MEESTE_TREDEN:
            raise forms.ValidationError(_("An instrument has two to ten levels."))
        _check(regels)
        return [Trede(nr, naam, uitleg) for nr, (naam, uitleg) in enumerate(regels, 1)]

    def clean_gebieden(self) -> list[Gebied]:
        """At least one domain, none twice."""
        regels = _split(self.cleaned_data["gebieden"])
        if not 1 <= len(regels) <= _MEESTE_GEBIEDEN:
            raise forms.ValidationError(_("An instrument has one to forty areas."))
        _check(regels)
        return [Gebied(naam, vraag) for naam, vraag in regels]


def _check(regels: list[tuple[str, str]]) -> None:
    namen = [naam.casefold() for naam, _uitleg in regels]
    if not all(namen):
        raise forms.ValidationError(_("Each line begins with a name."))
    if len(set(namen)) != len(namen):
        raise forms.ValidationError(_("The same name stands there twice."))
    if any(len(naam) > 120 or len(uitleg) > 500 for naam, uitleg in regels):
        raise forms.ValidationError(
            _("A name has at most 120 characters, an explanation 500.")
        )


def initial_of(instrument: Meetinstrument) -> dict[str, str]:
    """Return the fields as an instrument at hand (`instrumenten.whole`) has them."""
    return {
        "naam": instrument.naam,
        "uitleg": instrument.uitleg,
        "treden": "\n".join(
            _line(each.naam, each.omschrijving)
            for each in instrument.niveaus.all()
            if each.domein_id is None
        ),
        "gebieden": "\n".join(
            _line(each.naam, each.vraag) for each in instrument.domeinen.all()
        ),
    }


def _line(naam: str, uitleg: str) -> str:
    return f"{naam}: {uitleg}" if uitleg else naam
