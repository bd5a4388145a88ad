"""The form with which a worker signs in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class AanmeldForm(AuthenticationForm):
    """Account and password; says what is missing, never which of the two is wrong."""

    username = forms.CharField(
        label=_("Account"),
        error_messages={"required": _("Fill in your account.")},
        widget=forms.TextInput(
            attrs={
                "class": "utrecht-textbox utrecht-textbox--html-input",
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
                "class": "utrecht-textbox utrecht-textbox--html-input",
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
