"""The form of a message: for whom, about what, and the text."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.signalen.forms import TEKSTBLOK, TEKSTVAK, VINKJE


class Antwoordform(forms.Form):
    """An answer: all who take part in the thread get it."""

    tekst = forms.CharField(
        label=_("Your message"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 6}),
        error_messages={"required": _("Write what you want to say.")},
    )
    bijlagen = forms.MultipleChoiceField(
        label=_("Documents that go along (not required)"),
        required=False,
        help_text=_("Who gets the message can open these, also without the others."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": VINKJE}),
        error_messages={
            "invalid_choice": _(
                "A document you chose is not open to you (any more). Choose again."
            )
        },
    )

    def __init__(
        self, *args: Any, stukken: list[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        """Offer these documents, by the id of their version."""
        super().__init__(*args, **kwargs)
        if stukken:
            keuze: forms.MultipleChoiceField = self.fields["bijlagen"]  # type: ignore[assignment]
            keuze.choices = [(str(versie), titel) for versie, titel in stukken]
        else:
            del self.fields["bijlagen"]

    @property
    def attachments(self) -> list[UUID]:
        """The versions that were chosen."""
        return [UUID(each) for each in self.cleaned_data.get("bijlagen", [])]


class Berichtform(Antwoordform):
    """A first message: it needs a subject and somebody to go to."""

    onderwerp = forms.CharField(
        label=_("Subject"),
        max_length=200,
        help_text=_("Only who takes part in this dossier sees it."),
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    aan = forms.MultipleChoiceField(
        label=_("For whom"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": VINKJE}),
        error_messages={
            "required": _("Choose whom the message is for."),
            "invalid_choice": _("Somebody you chose cannot read here. Choose again."),
        },
    )
    field_order = ("aan", "onderwerp", "tekst", "bijlagen")

    def __init__(self, *args: Any, wie: list[tuple[UUID, str]], **kwargs: Any) -> None:
        """Offer these people, by the id of their participation."""
        super().__init__(*args, **kwargs)
        self.fields["aan"].choices = [  # type: ignore[attr-defined]
            (str(deelname), naam) for deelname, naam in wie
        ]
