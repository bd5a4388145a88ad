"""The forms by which signals come in, for workers and for partners.

As little as is needed: whom, who reports, what kind, what happened, and whether it is
about safety. That last question has no answer beforehand: it decides what happens.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.signalen.models import Kanaal, Signaal, Signaalsoort
from samenloop.signalen.ontvangst import Betrokkene, Invoer, Melder

TEKSTVAK = "utrecht-textbox utrecht-textbox--html-input"
TEKSTBLOK = "utrecht-textarea utrecht-textarea--html-textarea"
KEUZELIJST = "utrecht-select utrecht-select--html-select"
RONDJE = "utrecht-radio-button utrecht-radio-button--html-input"
VINKJE = "utrecht-checkbox utrecht-checkbox--html-input"

VEILIG = (
    ("ja", _("Yes, someone may be in danger")),
    ("nee", _("No, as far as the reporter knows")),
)
_KANALEN = (Kanaal.TELEFOON, Kanaal.BALIE, Kanaal.EMAIL, Kanaal.FORMULIER)


def _text(label: Any, *, required: bool = False, **meer: Any) -> forms.CharField:
    attrs = {"class": TEKSTVAK, "autocomplete": "off", **meer.pop("attrs", {})}
    return forms.CharField(
        label=label, required=required, widget=forms.TextInput(attrs=attrs), **meer
    )


def _block(
    label: Any, rows: int, *, required: bool = False, **meer: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": rows}),
        **meer,
    )


class Basisform(forms.Form):
    """What both forms ask: the kind, what happened, and whether it is about safety."""

    soort = forms.ModelChoiceField(
        label=_("Kind of signal"),
        queryset=Signaalsoort.objects.none(),
        empty_label=_("Choose a kind"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={
            "required": _(
                "Choose the kind of signal; “something else” is one of them."
            ),
            "invalid_choice": _("Choose a kind that is on the list."),
        },
    )
    aanleiding = _text(
        _("What is the matter, in one sentence?"),
        required=True,
        max_length=300,
        error_messages={
            "required": _("Write in one sentence what gave rise to this signal.")
        },
    )
    inhoud = _block(_("What did the reporter tell? (not required)"), 4)
    veiligheid = forms.ChoiceField(
        label=_("Is there a risk for anyone's safety?"),
        choices=VEILIG,
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={
            "required": _(
                "Say whether there is a risk for anyone's safety. If you are in doubt, "
                "answer yes: then a professional looks within a day."
            ),
            "invalid_choice": _("Answer yes or no."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].queryset = kinds()  # type: ignore[attr-defined]

    @property
    def is_safety(self) -> bool:
        """Whether the answer was yes."""
        return bool(self.cleaned_data["veiligheid"] == "ja")


def kinds() -> QuerySet[Signaalsoort]:
    """Return the kinds of signal that can be reported today."""
    return Signaalsoort.objects.filter(geldig__contains=klok.today())


class SignaalForm(Basisform):
    """A worker registers what is told on the telephone or at the desk."""

    persoon = forms.UUIDField(required=False, widget=forms.HiddenInput)
    omschrijving = _text(
        _("Or describe whom it is about"),
        max_length=300,
        help_text=_("For instance: woman of about 40 with two children, Kerkstraat."),
    )
    kanaal = forms.ChoiceField(
        label=_("How did it come in?"),
        choices=[(kanaal.value, kanaal.label) for kanaal in _KANALEN],
        initial=Kanaal.TELEFOON,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    organisatie = forms.ModelChoiceField(
        label=_("Organisation that reports (not required)"),
        queryset=Organisatie.objects.none(),
        required=False,
        empty_label=_("None: a person reports"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    melder_naam = _text(_("Name of the reporter"), max_length=200)
    melder_contact = _text(
        _("Telephone or e-mail of the reporter"),
        max_length=200,
        help_text=_("To let them hear what became of it."),
    )
    melder_relatie = _text(
        _("What is the reporter to them?"),
        max_length=100,
        help_text=_("For instance: neighbour, mother, teacher."),
    )
    verzoek = _text(_("What does the reporter ask for? (not required)"), max_length=500)
    terugkoppeling = forms.BooleanField(
        label=_("The reporter wants to hear what becomes of it"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": VINKJE}),
    )
    onthouden = forms.ChoiceField(
        label=_("What does the subject not get for now?"),
        choices=Signaal.Onthouden,
        initial=Signaal.Onthouden.NIET,
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    onthouden_reden = _text(_("Why? (only when something is withheld)"), max_length=500)

    def __init__(self, *args: Any, gemeente: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = Organisatie.objects.filter(  # type: ignore[attr-defined]
            actief=True, gemeenten__contains=[gemeente]
        ).order_by("naam")

    def clean(self) -> dict[str, Any]:
        """See that it says whom it is about and who reports, as the register asks."""
        gegeven = super().clean() or {}
        if not gegeven.get("persoon") and not gegeven.get("omschrijving"):
            self.add_error(
                "omschrijving",
                _("Say whom it is about: find the person, or describe them."),
            )
        if not gegeven.get("organisatie") and not gegeven.get("melder_naam"):
            self.add_error(
                "melder_naam",
                _("Say who reports: a name or an organisation. Nobody else gets it."),
            )
        self._check_withholding(gegeven)
        return gegeven

    def _check_withholding(self, gegeven: dict[str, Any]) -> None:
        soort = gegeven.get("soort")
        if gegeven.get("onthouden") in (None, "", Signaal.Onthouden.NIET):
            return
        if soort is not None and not soort.mag_onthouden:
            self.add_error(
                "onthouden",
                _("For this kind of signal nothing can be withheld from the subject."),
            )
        elif not gegeven.get("onthouden_reden"):
            self.add_error(
                "onthouden_reden",
                _("Write why it is withheld; the subject can have this reviewed."),
            )

    def invoer(self) -> Invoer:
        """Return what was filled in as the room wants it."""
        gegeven = self.cleaned_data
        organisatie = gegeven["organisatie"]
        return Invoer(
            betrokkenen=[
                Betrokkene(
                    persoon=gegeven["persoon"], omschrijving=gegeven["omschrijving"]
                )
            ],
            melder=Melder(
                naam=gegeven["melder_naam"],
                contact=gegeven["melder_contact"],
                relatie=gegeven["melder_relatie"],
                organisatie=organisatie.pk if organisatie else None,
            ),
            soort=gegeven["soort"].pk,
            veiligheidsrisico=self.is_safety,
            aanleiding=gegeven["aanleiding"],
            inhoud=gegeven["inhoud"],
            verzoek=gegeven["verzoek"],
            terugkoppeling_gewenst=gegeven["terugkoppeling"],
            onthouden=gegeven["onthouden"] or Signaal.Onthouden.NIET,
            onthouden_reden=gegeven["onthouden_reden"],
        )


class PartnerForm(Basisform):
    """Somebody of another organisation reports; they look up nobody."""

    naam = _text(
        _("Whom is it about?"),
        required=True,
        max_length=120,
        help_text=_("Name, as far as you know it."),
        error_messages={"required": _("Say whom it is about, as far as you know.")},
    )
    geboren = _text(_("Birth date (not required)"), max_length=20)
    adres = _text(_("Address (not required)"), max_length=120)
    bsn = _text(
        _("Citizen service number (BSN), if you may use it (not required)"),
        max_length=11,
        attrs={"inputmode": "numeric"},
    )
    melder_relatie = _text(
        _("What are you to them? (not required)"),
        max_length=100,
        help_text=_("For instance: teacher, general practitioner, landlord."),
    )
    kenmerk = _text(
        _("Your own reference (not required)"),
        max_length=80,
        help_text=_("The same reference is registered once."),
    )

    def clean_bsn(self) -> Bsn | None:
        """Return the number, or nothing when none was given."""
        tekst = self.cleaned_data["bsn"]
        if not tekst:
            return None
        try:
            return Bsn(tekst)
        except OngeldigBsn as fout:
            raise forms.ValidationError(str(fout)) from None

    def invoer(self, *, melder: str, contact: str, organisatie: UUID) -> Invoer:
        """Return what was filled in as the room wants it."""
        gegeven = self.cleaned_data
        wie = ", ".join(
            deel
            for deel in (gegeven["naam"], gegeven["geboren"], gegeven["adres"])
            if deel
        )
        return Invoer(
            betrokkenen=[Betrokkene(bsn=gegeven["bsn"], omschrijving=wie[:300])],
            melder=Melder(
                naam=melder,
                contact=contact,
                relatie=gegeven["melder_relatie"],
                organisatie=organisatie,
            ),
            soort=gegeven["soort"].pk,
            veiligheidsrisico=self.is_safety,
            aanleiding=gegeven["aanleiding"],
            inhoud=gegeven["inhoud"],
            kenmerk_melder=gegeven["kenmerk"],
        )
