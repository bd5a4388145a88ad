"""The forms of a conference: when, what is shared, who comes, what is decided."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.plannen.models import Deel
from samenloop.regie.overleg.agenda import DEELBAAR
from samenloop.regie.taken.opdragen import Uitvoerder
from samenloop.regie.wanneer import Wanneerform
from samenloop.signalen.forms import KEUZELIJST, TEKSTBLOK, TEKSTVAK, VINKJE

_TEKST = {"class": TEKSTVAK, "autocomplete": "off"}


def _day(**meer: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": TEKSTVAK, "type": "date"}
        ),
        **meer,
    )


class Overlegform(Wanneerform):
    """When and where, and how long."""

    minuten = forms.IntegerField(
        label=_("How many minutes"),
        initial=60,
        min_value=10,
        max_value=480,
        help_text=_("What is shared closes at the latest one hour after that."),
        widget=forms.NumberInput(attrs={"class": TEKSTVAK}),
    )


class Agendaform(forms.Form):
    """A case on the agenda: what is asked and what is shared for it."""

    casus = forms.ChoiceField(
        label=_("Case"),
        help_text=_("The cases that you direct."),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={
            "required": _("Choose a case."),
            "invalid_choice": _("You do not direct this case (any more)."),
        },
    )
    vraag = forms.CharField(
        label=_("What do you want to decide together?"),
        max_length=500,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 2}),
        error_messages={"required": _("Write what the conference is asked.")},
    )
    delen = forms.MultipleChoiceField(
        label=_("What is shared during the conference"),
        choices=[(each.value, each.label) for each in DEELBAAR],
        help_text=_("No more than the question needs. Notes are never shared."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": VINKJE}),
        error_messages={"required": _("Choose at least one part.")},
    )
    grond = forms.CharField(
        label=_("On what ground may this be shared?"),
        max_length=300,
        help_text=_(
            "For instance: consent of both parents, of which day; or the law and the "
            "article."
        ),
        widget=forms.TextInput(attrs=_TEKST),
        error_messages={"required": _("Write why this may be shared.")},
    )

    def __init__(
        self, *args: Any, casussen: list[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        """Offer these cases."""
        super().__init__(*args, **kwargs)
        keuze: forms.ChoiceField = self.fields["casus"]  # type: ignore[assignment]
        keuze.choices = [("", _("Choose a case")), *((str(k), n) for k, n in casussen)]

    @property
    def parts(self) -> list[Deel]:
        """What was chosen to share."""
        return [Deel(each) for each in self.cleaned_data["delen"]]


class Genodigdeform(forms.Form):
    """Who comes: a colleague or partner from the list, or somebody from outside."""

    wie = forms.ChoiceField(
        label=_("Colleague or partner with an account"),
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    naam = forms.CharField(
        label=_("Or somebody from outside"),
        required=False,
        max_length=200,
        help_text=_("They come in by a link and a code, only during the conference."),
        widget=forms.TextInput(attrs=_TEKST),
    )
    email = forms.EmailField(
        label=_("Own e-mail address of who comes from outside"),
        required=False,
        widget=forms.EmailInput(attrs=_TEKST),
        error_messages={"invalid": _("This is not an e-mail address.")},
    )
    functie = forms.CharField(
        label=_("In what capacity"),
        max_length=200,
        help_text=_("For instance: youth doctor, mentor at school."),
        widget=forms.TextInput(attrs=_TEKST),
        error_messages={"required": _("Write in what capacity they come.")},
    )
    punten = forms.MultipleChoiceField(
        label=_("For which cases"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": VINKJE}),
        error_messages={"required": _("Choose for which case they come.")},
    )

    def __init__(
        self,
        *args: Any,
        wie: list[tuple[int, str]],
        punten: list[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        """Offer these accounts and these items."""
        super().__init__(*args, **kwargs)
        accounts: forms.ChoiceField = self.fields["wie"]  # type: ignore[assignment]
        accounts.choices = [("", _("nobody from the list")), *wie]
        keuze: forms.ChoiceField = self.fields["punten"]  # type: ignore[assignment]
        keuze.choices = [(str(sleutel), naam) for sleutel, naam in punten]

    def clean(self) -> dict[str, Any]:
        """See that it is one of the two, and that a guest can be reached."""
        gegeven = super().clean() or {}
        wie, naam = gegeven.get("wie"), gegeven.get("naam")
        if bool(wie) == bool(naam):
            self.add_error(
                "wie",
                _("Choose somebody from the list, or write who comes from outside."),
            )
        if naam and not gegeven.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write where the link can be sent."))
        return gegeven


class Besluitform(forms.Form):
    """A decision: what, who, before when. It becomes a task at once."""

    tekst = forms.CharField(
        label=_("What was decided"),
        max_length=200,
        widget=forms.TextInput(attrs=_TEKST),
        error_messages={"required": _("Write what was decided.")},
    )
    wie = forms.ChoiceField(
        label=_("Who does it"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": _("Choose who does it.")},
    )
    uiterlijk = _day(label=_("Before the end of (not required)"), required=False)

    def __init__(
        self, *args: Any, wie: list[tuple[str, Uitvoerder, str]], **kwargs: Any
    ) -> None:
        """Offer these people: a key, who it is, and the name."""
        super().__init__(*args, **kwargs)
        self._wie = {sleutel: uitvoerder for sleutel, uitvoerder, _naam in wie}
        keuze: forms.ChoiceField = self.fields["wie"]  # type: ignore[assignment]
        keuze.choices = [
            ("", _("Choose who does it")),
            *((sleutel, naam) for sleutel, _uitvoerder, naam in wie),
        ]

    @property
    def doer(self) -> Uitvoerder:
        """Who was chosen."""
        return self._wie[self.cleaned_data["wie"]]


class Codeform(forms.Form):
    """The code of a guest."""

    code = forms.CharField(
        label=_("Code of eight digits"),
        max_length=20,
        help_text=_("Who leads the conference tells it to you by telephone."),
        widget=forms.TextInput(
            attrs={**_TEKST, "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={"required": _("Fill in the code.")},
    )
