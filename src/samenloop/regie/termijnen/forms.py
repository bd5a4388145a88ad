"""The forms of the steps of a term."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.regie.termijnen.models import Opschortgrond, Staat, Telling, Termijn
from samenloop.regie.termijnen.soorten import Termijnsoort
from samenloop.signalen.forms import KEUZELIJST, RONDJE, TEKSTBLOK, TEKSTVAK

KORTSTE_REDEN = 10
_WAAROM = _("Write in one sentence why.")


def day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": TEKSTVAK}
        ),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day as it stands on the calendar."),
        },
    )


def reason(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """A field for why, in a sentence."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        min_length=KORTSTE_REDEN if required else 0,
        max_length=500,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 3}),
        error_messages={"required": _WAAROM, "min_length": _WAAROM},
    )


def short(label: Any, hint: Any = "", lang: int = 200, **meer: Any) -> forms.CharField:
    """A field for a few words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=lang,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        **meer,
    )


class Startform(forms.Form):
    """Let a term run: which one, from what day, and until when if that was agreed."""

    soort = forms.ChoiceField(
        label=_("Which term?"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": _("Choose which term begins.")},
    )
    begin = day(
        _("On what day did it begin?"),
        _("The day of the event itself; counting starts on the day after it."),
    )
    uiterlijk = day(_("Last day (only for what ends on an agreed day)"), required=False)
    omschrijving = short(
        _("What was agreed? (not required)"),
        _("A few words, for instance: payslips of two months."),
        required=False,
    )

    def __init__(self, *args: Any, soorten: Iterable[Termijnsoort], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._soorten = {each.code: each for each in soorten if each.in_gebruik}
        groepen: dict[str, list[tuple[str, str]]] = {}
        for each in self._soorten.values():
            duur = f" ({each.duur_in_words})" if each.duur else ""
            groepen.setdefault(each.wet, []).append((each.code, each.naam + duur))
        veld = self.fields["soort"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [("", _("Choose a term")), *groepen.items()]

    def clean(self) -> dict[str, Any]:
        """Ask the last day where no law gives one."""
        schoon = super().clean() or {}
        soort = self._soorten.get(schoon.get("soort", ""))
        begin, uiterlijk = schoon.get("begin"), schoon.get("uiterlijk")
        if soort is not None and soort.ends_by_date and not uiterlijk:
            self.add_error("uiterlijk", _("Name the last day: no law gives it."))
        if begin and uiterlijk and uiterlijk < begin:
            self.add_error("uiterlijk", _("The last day lies before the first."))
        return schoon


class Opschortform(forms.Form):
    """Let a term stand still."""

    grond = forms.ChoiceField(
        label=_("On what ground?"), widget=forms.Select(attrs={"class": KEUZELIJST})
    )
    van = day(
        _("First day that does not count"),
        _("After a request for additions: the day after the request."),
    )
    tot = day(_("Day on which it runs again (only if that was agreed)"), required=False)
    reden = reason(_("What is waited for?"))

    def __init__(
        self, *args: Any, gronden: Iterable[Opschortgrond], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["grond"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [(grond.value, grond.label) for grond in gronden]


class Hervatform(forms.Form):
    """Let a term run again."""

    op = day(_("First day that counts again"))
    reden = reason(_("What came in? (not required)"), required=False)


class Verlengform(forms.Form):
    """Make a term longer, and say when that was told."""

    naar = day(_("New last day"), required=False)
    bericht_op = day(
        _("On what day was this told?"), _("On the last day of the term at the latest.")
    )
    reden = reason(_("Why, as it was told?"))

    def __init__(self, *args: Any, termijn: Termijn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if termijn.telling != Telling.DATUM:
            del self.fields["naar"]
        else:
            self.fields["naar"].required = True


class Stopform(forms.Form):
    """Say that it is done, or that the term lapsed."""

    uitkomst = forms.ChoiceField(
        label=_("What happened?"),
        choices=(
            (Staat.GEHAALD.value, _("It was done")),
            (Staat.VERVALLEN.value, _("It is not needed any more")),
        ),
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
        error_messages={"required": _("Say what happened.")},
    )
    op = day(_("On what day?"))
    reden = reason(_("More about it (not required)"), required=False)


class Corrigeerform(forms.Form):
    """Set right what was entered."""

    begin = day(_("On what day did it begin?"))
    uiterlijk = day(_("Agreed last day"), required=False)
    reden = reason(_("What was wrong?"))

    def __init__(self, *args: Any, termijn: Termijn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if termijn.telling != Telling.DATUM:
            del self.fields["uiterlijk"]


class Doorzetform(forms.Form):
    """Decide over an organisation, so that work goes on."""

    organisatie = forms.ModelChoiceField(
        label=_("Toward which organisation?"),
        queryset=Organisatie.objects.none(),
        empty_label=_("Choose an organisation"),
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"required": _("Choose toward whom you decide.")},
    )
    termijn = forms.ChoiceField(
        label=_("About which term? (not required)"),
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    besluit = reason(
        _("What do you decide?"),
        _("What the organisation does, and when. Without names or illness."),
    )
    reden = reason(_("Why was asking not enough?"))

    def __init__(
        self,
        *args: Any,
        gemeente: str,
        termijnen: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        keuze = self.fields["organisatie"]
        assert isinstance(keuze, forms.ModelChoiceField)
        keuze.queryset = Organisatie.objects.filter(
            gemeenten__contains=[gemeente], actief=True
        ).order_by("naam")
        veld = self.fields["termijn"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [("", _("no term in particular")), *termijnen]


def tomorrow() -> Any:
    """The first day that does not count after a request of today."""
    return klok.today() + timedelta(days=1)
