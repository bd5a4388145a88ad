"""The forms by which a municipality sets norms, agreed terms and ladders."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.regie.termijnen import rekenen
from samenloop.regie.termijnen.forms import reason, short
from samenloop.regie.termijnen.ladder import Sport, leaders
from samenloop.regie.termijnen.models import Aan, Moment
from samenloop.signalen.forms import KEUZELIJST, TEKSTVAK

_MEESTE = 6
_VORM = _("Write it as P14D (days), P6W (weeks), P2M (months) or WD5 (working days).")


def _duration(duur: str) -> str:
    tekst = duur.strip().upper()
    try:
        gelezen = rekenen.parse(tekst)
    except rekenen.OngeldigeDuur:
        raise forms.ValidationError(_VORM) from None
    if gelezen.terug or gelezen.eenheid == "H":
        raise forms.ValidationError(_VORM)
    return tekst


class Normform(forms.Form):
    """An own norm; empty takes it away."""

    duur = short(_("Own norm"), _VORM, 10, required=False)
    reden = reason(
        _("In what was it agreed?"), _("For instance a decision of the college.")
    )

    def clean_duur(self) -> str:
        """Accept what can be counted with."""
        duur = str(self.cleaned_data["duur"])
        return _duration(duur) if duur.strip() else ""


class Afspraakform(forms.Form):
    """A kind of term of one's own."""

    naam = short(
        _("What has to be done?"),
        error_messages={"required": _("Say in a few words what has to be done.")},
    )
    code = short(
        _("Code"),
        _("EIGEN- and a few letters, for instance EIGEN-HUISBEZOEK."),
        36,
        error_messages={"required": _("Give it a code.")},
    )
    duur = short(
        _("How long?"), _VORM, 10, error_messages={"required": _("Say how long.")}
    )
    reden = reason(
        _("In what was it agreed?"), _("For instance a decision of the college.")
    )

    def clean_code(self) -> str:
        """Write it as codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()

    def clean_duur(self) -> str:
        """Accept what can be counted with."""
        return _duration(str(self.cleaned_data["duur"]))


class Tredeform(forms.Form):
    """One rung; left empty it is no rung."""

    moment = forms.ChoiceField(
        label=_("When"),
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    waarde = forms.IntegerField(
        label=_("How much"),
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": TEKSTVAK}),
    )
    aan = forms.ChoiceField(
        label=_("Who is told"),
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    account = forms.TypedChoiceField(
        label=_("Who in particular"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )

    def __init__(
        self, *args: Any, accounts: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for naam, keuzes in (
            ("moment", [("", _("no rung")), *Moment.choices]),
            ("aan", Aan.choices),
            ("account", [("", _("whoever leads the team")), *accounts]),
        ):
            veld = self.fields[naam]
            assert isinstance(veld, forms.ChoiceField)
            veld.choices = keuzes

    def clean(self) -> dict[str, Any]:
        """Ask a number where the moment needs one."""
        schoon = super().clean() or {}
        moment, waarde = schoon.get("moment"), schoon.get("waarde")
        if moment == Moment.DEEL and not (waarde and 1 <= waarde <= 99):
            self.add_error("waarde", _("Give a percentage from 1 to 99."))
        if moment == Moment.TE_LAAT and not (waarde and 1 <= waarde <= 60):
            self.add_error("waarde", _("Give a number of working days from 1 to 60."))
        return schoon


def rungs(gemeente: str, data: Any, nu: Sequence[Sport]) -> Any:
    """Return the forms of a ladder, filled with the rungs that hold now."""
    accounts = leaders(gemeente)
    formset = forms.formset_factory(
        Tredeform, extra=_MEESTE - len(nu), max_num=_MEESTE, absolute_max=_MEESTE
    )
    return formset(
        data,
        prefix="trede",
        form_kwargs={"accounts": accounts},
        initial=[
            {
                "moment": sport.moment.value,
                "waarde": sport.waarde or None,
                "aan": sport.aan.value,
                "account": sport.account,
            }
            for sport in nu
        ],
    )


def chosen(formset: Any) -> list[Sport]:
    """Return the rungs that were filled in."""
    return [
        Sport(
            Moment(each["moment"]),
            0 if each["moment"] == Moment.LAATSTE_DAG else each["waarde"],
            Aan(each["aan"]),
            each["account"] if each["aan"] == Aan.DOORZETTER else None,
        )
        for each in formset.cleaned_data
        if each.get("moment")
    ]
