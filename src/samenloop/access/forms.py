"""The forms of signing in: account and password, the code, another password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import KORTSTE_REDEN

TEKSTVAK = "utrecht-textbox utrecht-textbox--html-input"
TEKSTBLOK = "utrecht-textarea utrecht-textarea--html-textarea"


class AanmeldForm(AuthenticationForm):
    """Account and password; says what is missing, never which of the two is wrong."""

    username = forms.CharField(
        label=_("Account"),
        error_messages={"required": _("Fill in your account.")},
        widget=forms.TextInput(
            attrs={
                "class": TEKSTVAK,
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "maxlength": 150,
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": _("Fill in your password.")},
        widget=forms.PasswordInput(
            attrs={
                "class": TEKSTVAK,
                "autocomplete": "current-password",
            }
        ),
    )
    error_messages = {
        "invalid_login": _(
            "This account and password do not belong together. Check both; after "
            "several wrong attempts the account is locked for a while."
        ),
        "inactive": _("This account is closed. Ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page puts the focus on the summary when something is wrong.
        self.fields["username"].widget.attrs.pop("autofocus", None)


class CodeForm(forms.Form):
    """The code of the second step: six digits, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        error_messages={"required": _("Fill in the code of six digits.")},
        widget=forms.TextInput(
            attrs={
                "class": TEKSTVAK,
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

    def refuse(self) -> None:
        """Say that the code was not right, and what else may be the matter."""
        self.add_error(
            "code",
            _(
                "This code is not right or has expired. Use the code that is on show "
                "now; after several wrong attempts you have to wait a moment."
            ),
        )


class WachtwoordForm(PasswordChangeForm):
    """The old password and twice the new one, in the look of the pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.widget.attrs["class"] = TEKSTVAK
        self.fields["old_password"].widget.attrs.pop("autofocus", None)


class NoodForm(forms.Form):
    """Why emergency access is needed: a sentence that others will judge."""

    reden = forms.CharField(
        label=_("Why can this not wait?"),
        help_text=_(
            "Say which danger there is and what you need to know. Directors, team "
            "leaders and the data protection officer read this."
        ),
        min_length=KORTSTE_REDEN,
        max_length=1000,
        error_messages={
            "required": _("Write in one or two sentences why this cannot wait."),
            "min_length": _("Write in one or two sentences why this cannot wait."),
        },
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 4}),
    )
