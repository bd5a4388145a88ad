"""The forms by which one writes in a dossier; as little as is needed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.dossier import bekend
from samenloop.plannen.dossier.contacten import Contact
from samenloop.plannen.dossier.models import (
    Bereik,
    Contactmoment,
    Document,
    Uitreiking,
)
from samenloop.plannen.models import Dossier

TEKSTVAK = "utrecht-textbox utrecht-textbox--html-input"
TEKSTBLOK = "utrecht-textarea utrecht-textarea--html-textarea"
KEUZELIJST = "utrecht-select utrecht-select--html-select"
RONDJE = "utrecht-radio-button utrecht-radio-button--html-input"
_LANGSTE = 20_000
ANDERS = "anders"


def _block(label: Any, rows: int, **meer: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LANGSTE,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": rows}),
        **meer,
    )


def _day(label: Any, **meer: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": TEKSTVAK, "type": "date"}
        ),
        **meer,
    )


def _text(label: Any, *, required: bool = False, **meer: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        **meer,
    )


class Vorm(forms.Form):
    """A form that says itself what is missing, and is not red before one began."""

    use_required_attribute = False


class ContactForm(Vorm):
    """With whom, how, when, what about, and what was agreed."""

    met = forms.ChoiceField(
        label=_("With whom?"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={
            "required": _("Say with whom you had contact."),
            "invalid_choice": _("Choose somebody on the list, or somebody else."),
        },
    )
    naam = _text(
        _("Who, if not on the list"),
        max_length=200,
        help_text=_("For instance: grandmother Trijntje, the school's janitor."),
    )
    wijze = forms.ChoiceField(
        label=_("How?"),
        choices=Contactmoment.Wijze,
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={"required": _("Say how you had contact.")},
    )
    dag = _day(
        _("Which day?"),
        error_messages={"required": _("Fill in the day of the contact.")},
    )
    tijd = forms.TimeField(
        label=_("What time?"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"class": TEKSTVAK, "type": "time"}
        ),
        error_messages={"required": _("Fill in about what time it was.")},
    )
    onderwerp = _block(
        _("What was it about?"),
        4,
        error_messages={"required": _("Write in a sentence what it was about.")},
    )
    afspraak = _block(_("What was agreed? (not required)"), 2, required=False)
    reden = _text(_("Why do you set this right? (not required)"), max_length=300)

    def __init__(
        self, *args: Any, dossier: Dossier, kent: bool = True, **kwargs: Any
    ) -> None:
        """Offer the family, who helps them, and the other organisations around.

        Who does not know them all (`kent`) says in words with whom it was: a list would
        tell who else takes part.
        """
        super().__init__(*args, **kwargs)
        if not kent:
            del self.fields["met"]
            self.fields["naam"].label = _("With whom?")
            return
        helpers = set(
            toegang.running()
            .filter(dossier=dossier, organisatie__isnull=False)
            .values_list("organisatie", flat=True)
        )
        organisaties = list(
            Organisatie.objects.filter(
                Q(actief=True, gemeenten__contains=[dossier.gemeente_id])
                | Q(pk__in=helpers)
            ).order_by("naam")
        )
        groepen = [
            (
                _("The family"),
                [
                    (f"p:{persoon.pk}", persoon.volledige_naam)
                    for persoon in bekend.people(dossier)
                ],
            ),
            (
                _("Helpers"),
                [(f"o:{o.pk}", o.naam) for o in organisaties if o.pk in helpers],
            ),
            (
                _("Other organisations"),
                [(f"o:{o.pk}", o.naam) for o in organisaties if o.pk not in helpers],
            ),
        ]
        keuze = self.fields["met"]
        assert isinstance(keuze, forms.ChoiceField)
        keuze.choices = [
            ("", _("Choose with whom")),
            *((groep, opties) for groep, opties in groepen if opties),
            (ANDERS, _("Somebody else")),
        ]

    @classmethod
    def begin(cls) -> dict[str, Any]:
        """Return what stands there before one types: now."""
        nu = klok.now()
        return {"dag": nu.date(), "tijd": nu.time().replace(second=0, microsecond=0)}

    @classmethod
    def of(cls, contact: Contactmoment) -> dict[str, Any]:
        """Return what stands in a contact, to set it right."""
        op = contact.gebeurd_op.astimezone(klok.AMSTERDAM)
        return {
            "met": f"p:{contact.persoon_id}"
            if contact.persoon_id
            else f"o:{contact.organisatie_id}"
            if contact.organisatie_id
            else ANDERS,
            "naam": contact.naam,
            "wijze": contact.wijze,
            "dag": op.date(),
            "tijd": op.time(),
            "onderwerp": contact.onderwerp,
            "afspraak": contact.afspraak,
        }

    def clean(self) -> dict[str, Any]:
        """See that a name is given for who is not on the list, and that it happened."""
        gegeven = super().clean() or {}
        if "met" not in self.fields:
            gegeven["met"] = ANDERS
        if gegeven.get("met") == ANDERS and not gegeven.get("naam"):
            self.add_error("naam", _("Write who it was, as one knows them."))
        if gegeven.get("dag") and gegeven.get("tijd"):
            op = datetime.combine(
                gegeven["dag"], gegeven["tijd"], tzinfo=klok.AMSTERDAM
            )
            gegeven["gebeurd_op"] = op
            if op > klok.now():
                self.add_error(
                    "dag",
                    _("This moment has yet to come. Note a contact after it happened."),
                )
        return gegeven

    def contact(self) -> Contact:
        """Return what was filled in as the room wants it."""
        gegeven = self.cleaned_data
        soort, _punt, sleutel = gegeven["met"].partition(":")
        return Contact(
            wijze=gegeven["wijze"],
            gebeurd_op=gegeven["gebeurd_op"],
            onderwerp=gegeven["onderwerp"],
            afspraak=gegeven["afspraak"],
            persoon=UUID(sleutel) if soort == "p" else None,
            organisatie=UUID(sleutel) if soort == "o" else None,
            naam=gegeven["naam"] if soort == ANDERS else "",
        )


class NotitieForm(Vorm):
    """A note, and whom it is for."""

    tekst = _block(
        _("Note"), 4, error_messages={"required": _("Write what you want to remember.")}
    )
    bereik = forms.ChoiceField(
        label=_("Whom is it for?"),
        choices=Bereik,
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={"required": _("Say whom the note is for.")},
    )


class DocumentForm(Vorm):
    """A file, what it is called and what it is."""

    titel = _text(
        _("Title"),
        required=True,
        max_length=200,
        error_messages={"required": _("Give the document a title.")},
    )
    soort = forms.ChoiceField(
        label=_("What is it?"),
        choices=Document.Soort,
        initial=Document.Soort.ANDERS,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    bestand = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(
            attrs={
                "class": TEKSTVAK,
                "accept": ".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg,.txt",
            }
        ),
    )


class VersieForm(Vorm):
    """A next file of a document."""

    bestand = DocumentForm.base_fields["bestand"]


class UitreikingForm(Vorm):
    """When, to whom and how the family got the report."""

    gegeven_op = _day(
        _("On which day?"),
        error_messages={"required": _("Fill in on which day the family got it.")},
    )
    persoon = forms.ChoiceField(
        label=_("To whom?"),
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    wijze = forms.ChoiceField(
        label=_("How?"),
        choices=Uitreiking.Wijze,
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={"required": _("Say how the family got it.")},
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze = self.fields["persoon"]
        assert isinstance(keuze, forms.ChoiceField)
        keuze.choices = [
            ("", _("The family together")),
            *((str(p.pk), p.volledige_naam) for p in bekend.people(dossier)),
        ]
