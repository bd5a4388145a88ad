"""The forms around a plan: its ground, signing, and rounds of evaluation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.plannen.plan.models import Doelstand, Grond, Tekenwijze

TEKSTVAK = "utrecht-textbox utrecht-textbox--html-input"
TEKSTBLOK = "utrecht-textarea utrecht-textarea--html-textarea"
KEUZELIJST = "utrecht-select utrecht-select--html-select"


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(
            attrs={"class": TEKSTVAK, "type": "date"}, format="%Y-%m-%d"
        ),
    )


def _block(label: Any, rows: int, langste: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=langste,
        help_text=help_text,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": rows}),
    )


def _choice(label: Any, keuzes: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=keuzes, widget=forms.Select(attrs={"class": KEUZELIJST})
    )


class GrondForm(forms.Form):
    """On what ground there is a plan."""

    grond = _choice(_("On what ground"), Grond.choices)
    reden = _block(
        _("Why a plan is needed without consent"),
        3,
        5000,
        _("Only without consent. Say what was tried to get it, and what is at stake."),
    )
    herzien_op = _day(
        _("Look at it again on"),
        required=False,
        help_text=_("Only without consent; within half a year."),
    )


class TekenForm(forms.Form):
    """Somebody signed a version."""

    wijze = _choice(
        _("How"),
        [(each.value, each.label) for each in (Tekenwijze.PAPIER, Tekenwijze.AANWEZIG)],
    )
    op = _day(_("Signed on"))

    def __init__(self, *args: Any, tekenaars: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["wie"] = _choice(_("Who signs"), tekenaars)
        self.order_fields(["wie", "wijze", "op"])
        self.fields["op"].initial = klok.today


class SluitForm(forms.Form):
    """Why a plan ends."""

    reden = forms.CharField(
        label=_("Why the plan ends"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": TEKSTVAK}),
    )


class PlanEvaluatieForm(forms.Form):
    """When the next round is."""

    gepland_op = _day(_("Evaluate on"))


class EvaluatieForm(forms.Form):
    """A round that was held: per goal one sentence and how it stands."""

    gehouden_op = _day(_("Evaluation held on"))
    verslag = _block(_("What there is to say beside the goals"), 4, 20_000)
    volgende = _day(_("Next evaluation on"), required=False)

    def __init__(self, *args: Any, doelen: list[tuple[str, str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["gehouden_op"].initial = klok.today
        self.doelen = doelen
        for sleutel, _tekst, stand in doelen:
            self.fields[f"zin-{sleutel}"] = forms.CharField(
                label=_("In one sentence"),
                required=False,
                max_length=500,
                widget=forms.TextInput(attrs={"class": TEKSTVAK}),
            )
            self.fields[f"stand-{sleutel}"] = _choice(
                _("How it goes"), Doelstand.choices
            )
            self.fields[f"stand-{sleutel}"].initial = stand

    def per_doel(self) -> list[tuple[str, Any, Any]]:
        """Each goal with its two fields, for the page."""
        return [
            (tekst, self[f"zin-{sleutel}"], self[f"stand-{sleutel}"])
            for sleutel, tekst, _stand in self.doelen
        ]
