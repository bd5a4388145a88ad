"""The forms of the family's own pages."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from samenloop.access.forms import TEKSTBLOK, TEKSTVAK
from samenloop.plannen.models import Deel
from samenloop.portaal import ingangen

_RONDJE = "utrecht-radio-button utrecht-radio-button--html-input"
_VINKJE = "utrecht-checkbox utrecht-checkbox--html-input"
_KEUZE = "utrecht-select utrecht-select--html-select"
_DATUM = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %m %Y")


def _line(label: Any, leeg: Any, *, help_text: Any = "", **attrs: str) -> Any:
    return forms.CharField(
        label=label,
        max_length=150,
        help_text=help_text,
        error_messages={"required": leeg},
        widget=forms.TextInput(
            attrs={
                "class": TEKSTVAK,
                "autocapitalize": "none",
                "spellcheck": "false",
                **attrs,
            }
        ),
    )


def block(label: Any, leeg: Any, *, help_text: Any = "", langste: int = 2000) -> Any:
    """Return a field for a few sentences; required when `leeg` says what is missing."""
    return forms.CharField(
        label=label,
        required=bool(leeg),
        max_length=langste,
        help_text=help_text,
        error_messages={"required": leeg} if leeg else {},
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 4}),
    )


class Klopform(forms.Form):
    """The code that was told apart from the link."""

    code = _line(
        _("Code"),
        _("Fill in the code of eight digits."),
        help_text=_("Eight digits. You got them in another way than the link."),
        inputmode="numeric",
        autocomplete="off",
    )


class Beginform(forms.Form):
    """What one signs in with from now on."""

    inlognaam = _line(
        _("Name to sign in with"),
        _("Choose a name to sign in with."),
        help_text=_("You choose it. For instance your e-mail address."),
        autocomplete="username",
    )
    wachtwoord = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters. Three or four words work well."),
        error_messages={"required": _("Choose a password.")},
        widget=forms.PasswordInput(
            attrs={"class": TEKSTVAK, "autocomplete": "new-password"}
        ),
    )
    nog_eens = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        error_messages={"required": _("Type the password once more.")},
        widget=forms.PasswordInput(
            attrs={"class": TEKSTVAK, "autocomplete": "new-password"}
        ),
    )

    def clean_inlognaam(self) -> str:
        """At least four characters, so that it can be told from others."""
        naam = str(self.cleaned_data["inlognaam"]).strip()
        if len(naam) < 4:
            raise forms.ValidationError(_("Use at least four characters."))
        return naam

    def clean_wachtwoord(self) -> str:
        """Refuse what is easily guessed."""
        wachtwoord = str(self.cleaned_data["wachtwoord"])
        if len(wachtwoord) < 10:
            raise forms.ValidationError(_("Use at least ten characters."))
        validate_password(wachtwoord)
        return wachtwoord

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same."""
        gegeven = super().clean() or {}
        een, ander = gegeven.get("wachtwoord"), gegeven.get("nog_eens")
        if een and ander and een != ander:
            self.add_error("nog_eens", _("The two passwords are not the same."))
        return gegeven


class Aanmeldform(AuthenticationForm):
    """The own name and password; says what is missing, never which one is wrong."""

    username = _line(
        _("Name to sign in with"),
        _("Fill in the name you sign in with."),
        autocomplete="username",
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": _("Fill in your password.")},
        widget=forms.PasswordInput(
            attrs={"class": TEKSTVAK, "autocomplete": "current-password"}
        ),
    )
    error_messages = {
        "invalid_login": _(
            "This name and password do not belong together. Look at both again. After "
            "several wrong ones you have to wait a while."
        ),
        "inactive": _("You cannot sign in any more. Ask your director."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean_username(self) -> str:
        """What is kept of the name: the account goes by that."""
        return ingangen.username(str(self.cleaned_data["username"]))


class Wensform(forms.Form):
    """What one wants, in own words."""

    tekst = block(
        _("What do you want?"),
        _("Write what you want."),
        help_text=_("Use your own words. For instance: I want to go to school again."),
    )
    voor = forms.ChoiceField(
        label=_("For whom is it?"),
        choices=[("mij", _("for me")), ("allen", _("for all of us"))],
        widget=forms.RadioSelect(attrs={"class": _RONDJE}),
        error_messages={"required": _("Say for whom it is.")},
    )


class Nietform(forms.Form):
    """Why a wish does not come into the plan."""

    antwoord = forms.CharField(
        label=_("Answer to the family"),
        max_length=500,
        help_text=_("Say in plain words why not, or what you agreed instead."),
        error_messages={"required": _("Write an answer to the family.")},
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
    )


class Kanform(forms.Form):
    """That a task cannot be done, and why."""

    reden = block(
        _("Why is it not possible?"),
        _("Write in one sentence why it is not possible."),
        langste=500,
    )


class Standform(forms.Form):
    """How an own activity goes."""

    def __init__(self, *args: Any, standen: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["stand"] = forms.ChoiceField(
            label=_("How does it go?"),
            choices=standen,
            widget=forms.RadioSelect(attrs={"class": _RONDJE}),
            error_messages={"required": _("Choose how it goes.")},
        )
        self.fields["resultaat"] = block(
            _("Is there something to say about it? (not required)"), ""
        )
        # What stood there when one began, and its revision: what others wrote since is
        # not overwritten, and what one left as it was is not written.
        for naam in ("stand", "resultaat"):
            self.fields[f"was-{naam}"] = forms.CharField(
                required=False, widget=forms.HiddenInput
            )
            self.fields[f"r-{naam}"] = forms.IntegerField(
                min_value=0, widget=forms.HiddenInput
            )

    @property
    def words(self) -> dict[str, tuple[str, int]]:
        """What one changed, per field: the text and on which revision."""
        nieuw = {
            naam: (
                str(self.cleaned_data[naam]).replace("\r\n", "\n"),
                int(self.cleaned_data[f"r-{naam}"]),
            )
            for naam in ("stand", "resultaat")
        }
        return {
            naam: woord
            for naam, woord in nieuw.items()
            if woord[0] != str(self.cleaned_data[f"was-{naam}"]).replace("\r\n", "\n")
        }


class Toelaatform(forms.Form):
    """Whom one lets in, to what, and until when."""

    soort = forms.ChoiceField(
        label=_("Who may read along?"),
        choices=[
            ("naam", _("Somebody I know, by name")),
            ("persoon", _("Somebody of our family")),
            ("organisatie", _("An organisation that helps us")),
        ],
        widget=forms.RadioSelect(attrs={"class": _RONDJE}),
        error_messages={"required": _("Say who may read along.")},
    )
    naam = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
    )
    hoedanigheid = forms.CharField(
        label=_("Who is that to you? (not required)"),
        required=False,
        max_length=200,
        help_text=_("For instance: my grandmother, our neighbour."),
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
    )
    persoon = forms.ChoiceField(
        label=_("Who of your family?"),
        required=False,
        widget=forms.Select(attrs={"class": _KEUZE}),
    )
    organisatie = forms.ChoiceField(
        label=_("Which organisation?"),
        required=False,
        widget=forms.Select(attrs={"class": _KEUZE}),
    )
    delen = forms.MultipleChoiceField(
        label=_("What may they read?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": _VINKJE}),
        error_messages={"required": _("Tick at least one part.")},
    )
    tot = forms.DateField(
        label=_("Until which day? (not required)"),
        required=False,
        input_formats=_DATUM,
        help_text=_("Day-month-year. Empty: until you stop it."),
        widget=forms.TextInput(
            attrs={"class": TEKSTVAK, "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={
            "invalid": _("Write the date as day-month-year, for instance 17-05-1980.")
        },
    )

    def __init__(
        self,
        *args: Any,
        delen: list[Deel],
        personen: list[tuple[str, str]],
        organisaties: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer only what this giver may give, and to whom."""
        super().__init__(*args, **kwargs)
        leeg = [("", _("Choose"))]
        keuzes: dict[str, Any] = {
            "persoon": [*leeg, *personen],
            "organisatie": [*leeg, *organisaties],
            "delen": [(deel.value, deel.label) for deel in delen],
        }
        for naam, keuze in keuzes.items():
            self.fields[naam].choices = keuze  # type: ignore[attr-defined]
        soorten = [
            (code, label)
            for code, label in self.fields["soort"].choices  # type: ignore[attr-defined]
            if not (code == "organisatie" and not organisaties)
            and not (code == "persoon" and not personen)
        ]
        self.fields["soort"].choices = soorten  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whoever was chosen is also named."""
        gegeven = super().clean() or {}
        soort = gegeven.get("soort")
        fouten = {
            "naam": _("Fill in the name."),
            "persoon": _("Choose who of your family it is."),
            "organisatie": _("Choose the organisation."),
        }
        if soort in fouten and not gegeven.get(soort):
            self.add_error(soort, fouten[soort])
        return gegeven


class Toestemmingform(forms.Form):
    """For what one says yes, for whom, and until when."""

    def __init__(
        self,
        *args: Any,
        wie: list[tuple[str, str]],
        waarvoor: list[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wie"] = forms.ChoiceField(
            label=_("Whose data is it about?"),
            choices=wie,
            widget=forms.RadioSelect(attrs={"class": _RONDJE}),
            error_messages={"required": _("Say whose data it is about.")},
        )
        self.fields["waarvoor"] = forms.ChoiceField(
            label=_("What do you agree to?"),
            choices=waarvoor,
            widget=forms.RadioSelect(attrs={"class": _RONDJE}),
            error_messages={"required": _("Say what you agree to.")},
        )


class Berichtform(forms.Form):
    """A message to people who take part."""

    aan = forms.MultipleChoiceField(
        label=_("For whom?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": _VINKJE}),
        error_messages={"required": _("Choose for whom your message is.")},
    )
    onderwerp = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        error_messages={"required": _("Say in a few words what it is about.")},
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
    )
    tekst = block(_("Your message"), _("Write what you want to say."), langste=20_000)

    def __init__(self, *args: Any, wie: list[tuple[Any, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["aan"].choices = [  # type: ignore[attr-defined]
            (str(pk), naam) for pk, naam in wie
        ]


class Antwoordform(forms.Form):
    """An answer in a conversation."""

    tekst = block(_("Your message"), _("Write what you want to say."), langste=20_000)
