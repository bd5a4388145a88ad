"""The forms of letting in, letting go, closing parts and looking again."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samenloop.access.forms import TEKSTBLOK, TEKSTVAK
from samenloop.core import klok
from samenloop.plannen import beperken, toegang
from samenloop.plannen.models import Beperkgrond, Deel, Deelnemersrol, Uitkomst

_KEUZE = "utrecht-select utrecht-select--html-select"
_RONDJE = "utrecht-radio-button utrecht-radio-button--html-input"
_VINKJE = "utrecht-checkbox utrecht-checkbox--html-input"
_DATUM = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %m %Y")
COLLEGA, ORGANISATIE, GEZINSLID, NAAM = "collega", "organisatie", "gezinslid", "naam"
WENS, TOESTEMMING, GEZAG, TAAK = "wens", "toestemming", "gezag", "taak"
_ROLLEN = (
    Deelnemersrol.HULPVERLENER,
    Deelnemersrol.GEZIN,
    Deelnemersrol.NETWERK,
    Deelnemersrol.VRIJWILLIGER,
)


def _select(label: Any, **velden: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=velden.pop("required", False),
        widget=forms.Select(attrs={"class": _KEUZE}),
        **velden,
    )


def _radio(label: Any, keuzes: Any, fout: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=keuzes,
        widget=forms.RadioSelect(attrs={"class": _RONDJE}),
        error_messages={"required": fout, "invalid_choice": fout},
    )


def _text(label: Any, *, required: bool = False, **velden: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        **velden,
    )


def _block(label: Any, fout: Any, **velden: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 3}),
        error_messages={"required": fout},
        **velden,
    )


def _date(label: Any, *, required: bool = False, **velden: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=_DATUM,
        widget=forms.TextInput(
            attrs={
                "class": TEKSTVAK,
                "inputmode": "numeric",
                "size": 12,
                "autocomplete": "off",
            }
        ),
        error_messages={
            "required": _("Fill in a date."),
            "invalid": _("Write the date as day-month-year, for instance 17-05-1980."),
        },
        **velden,
    )


def _parts(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=Deel,
        widget=forms.CheckboxSelectMultiple(attrs={"class": _VINKJE}),
        error_messages={"required": _("Tick at least one part.")},
    )


class ToelatenForm(forms.Form):
    """Who is let in, to what, until when, and on what ground."""

    soort = _radio(
        _("Who is let in?"),
        [
            (COLLEGA, _("A colleague of the municipality")),
            (ORGANISATIE, _("An organisation that helps")),
            (GEZINSLID, _("Somebody of the family")),
            (NAAM, _("Somebody else, by name")),
        ],
        _("Say what kind of participant it is."),
    )
    collega = _select(_("Colleague"))
    organisatie = _select(_("Organisation"))
    persoon = _select(_("Member of the family, or who has gezag"))
    naam = _text(
        _("Name"),
        max_length=200,
        help_text=_("For instance: Trijntje Bos, grandmother."),
    )
    rol = _select(
        _("As what?"),
        required=True,
        choices=[(rol.value, rol.label) for rol in _ROLLEN],
    )
    hoedanigheid = _text(
        _("In own words (not required)"),
        max_length=200,
        help_text=_("For instance: grandmother, job coach, mentor at school."),
    )
    delen = _parts(_("Which parts does this participant see?"))
    tot = _date(
        _("Until and including (not required)"),
        help_text=_("Empty: until somebody ends it."),
    )
    grondslag = _radio(
        _("On what ground?"),
        [
            (WENS, _("The family wants it")),
            (TOESTEMMING, _("Consent that was recorded")),
            (GEZAG, _("Gezag over a minor in this dossier")),
            (TAAK, _("A legal task")),
        ],
        _("Say on what ground this participant may see it."),
    )
    toestemming = _select(_("Which consent?"))
    gezag = _select(_("Gezag over whom?"))
    grond = _text(
        _("The ground in words"),
        max_length=300,
        help_text=_("Who asked it and when, or which task under which law."),
    )

    def __init__(
        self, *args: Any, keuzes: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        leeg = [("", _t("Choose"))]
        for naam, opties in keuzes.items():
            veld = self.fields[naam]
            assert isinstance(veld, forms.ChoiceField)
            veld.choices = [*leeg, *opties]

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with the kind and the ground that were chosen."""
        gegevens = super().clean() or {}
        self._need(
            gegevens.get("soort"),
            {
                COLLEGA: ("collega", _("Choose a colleague.")),
                ORGANISATIE: ("organisatie", _("Choose an organisation.")),
                GEZINSLID: ("persoon", _("Choose a person.")),
                NAAM: ("naam", _("Fill in a name.")),
            },
        )
        self._need(
            gegevens.get("grondslag"),
            {
                TOESTEMMING: ("toestemming", _("Choose the consent it rests on.")),
                GEZAG: ("gezag", _("Choose over whom this person has gezag.")),
                WENS: ("grond", _("Write who of the family asked it, and when.")),
                TAAK: ("grond", _("Write which task under which law.")),
            },
        )
        if gegevens.get("grondslag") == GEZAG and gegevens.get("soort") != GEZINSLID:
            self.add_error("grondslag", _("Only a person can have gezag."))
        tot: date | None = gegevens.get("tot")
        if tot is not None and tot < klok.today():
            self.add_error("tot", _("This date lies in the past."))
        if tot is not None and tot >= toegang.VERSTE:
            self.add_error("tot", _("Choose a day that is nearer."))
        return gegevens

    def _need(self, gekozen: str | None, nodig: dict[str, tuple[str, Any]]) -> None:
        if gekozen not in nodig:
            return
        veld, fout = nodig[gekozen]
        if veld not in self.errors and not self.cleaned_data.get(veld):
            self.add_error(veld, fout)

    @property
    def arguments(self) -> dict[str, Any]:
        """What `toegang.give` wants, after the form was found to be in order."""
        gegeven = self.cleaned_data
        soort, grondslag = gegeven["soort"], gegeven["grondslag"]
        tot: date | None = gegeven["tot"]
        gezag = gegeven["gezag"] if grondslag == GEZAG else ""
        return {
            "rol": Deelnemersrol(gegeven["rol"]),
            "account": int(gegeven["collega"]) if soort == COLLEGA else None,
            "organisatie": UUID(gegeven["organisatie"])
            if soort == ORGANISATIE
            else None,
            "persoon": UUID(gegeven["persoon"]) if soort == GEZINSLID else None,
            "naam": " ".join(gegeven["naam"].split()) if soort == NAAM else "",
            "hoedanigheid": gegeven["hoedanigheid"].strip(),
            "delen": [Deel(deel) for deel in gegeven["delen"]],
            "tot": _end_of(tot) if tot else None,
            "grond": gegeven["grond"].strip(),
            "toestemming": UUID(gegeven["toestemming"])
            if grondslag == TOESTEMMING
            else None,
            "gezag_over": UUID(gezag) if gezag else None,
        }


def _end_of(dag: date) -> datetime:
    return datetime.combine(dag + timedelta(days=1), time.min, klok.AMSTERDAM)


class EindeForm(forms.Form):
    """Why somebody no longer takes part."""

    reden = _text(
        _("Why does it end?"),
        required=True,
        max_length=300,
        error_messages={"required": _("Write why it ends.")},
    )


class BeperkForm(forms.Form):
    """What is closed to somebody, on what ground, why, and until it is reviewed."""

    delen = _parts(_("Which parts are closed?"))
    grond = _radio(
        _("On what ground?"),
        Beperkgrond.choices,
        _("Choose one of the grounds; for anything else talk with the family."),
    )
    reden = _block(
        _("Why is this needed, and why is nothing lighter enough?"),
        _("Write why it is needed."),
    )
    herzien_op = _date(
        _("Look at it again on"),
        required=True,
        help_text=_("At most three months ahead; then it ends, or you renew it."),
    )

    getoond = forms.MultipleChoiceField(
        label=_("May the family read this at their own pages? (not required)"),
        required=False,
        choices=[
            (
                "ja",
                _(
                    "Yes: that it is closed, until when and on what ground, never why. "
                    "Not where that puts somebody in danger."
                ),
            )
        ],
        widget=forms.CheckboxSelectMultiple(attrs={"class": _VINKJE}),
    )

    def clean_herzien_op(self) -> date:
        """A day in the coming three months."""
        dag: date = self.cleaned_data["herzien_op"]
        if not klok.today() < dag <= klok.today() + beperken.LANGSTE:
            raise forms.ValidationError(str(beperken.VerkeerdeHerziening.melding))
        return dag


class HerbeoordelingForm(forms.Form):
    """What came of it."""

    uitkomst = _radio(
        _("What was decided?"), Uitkomst.choices, _("Choose what was decided.")
    )
    toelichting = _block(
        _("Who decided, and how?"),
        _("Write in a few words what was decided, and by whom."),
        help_text=_("For instance: Jesse (12) said in a talk on 3 June that it stays."),
    )
