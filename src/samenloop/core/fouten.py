"""Errors that a user or a caller can act on.

Each says what is wrong and what to do, in English at the source and in Dutch through
gettext. None of them carries a BSN, a name or another value of a person: an error
text ends up in logs and on screens.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SamenloopFout(Exception):
    """Base of all errors of the domain; `str()` gives the sentence for the user."""

    melding: str | Promise = _("This cannot be done.")

    def __init__(self, melding: str | Promise | None = None) -> None:
        if melding is not None:
            self.melding = melding
        super().__init__()

    def __str__(self) -> str:
        return str(self.melding)


class OngeldigBsn(SamenloopFout, ValueError):
    """The text is not a BSN: not nine digits, or the 11-test fails."""

    melding = _(
        "This is not a valid citizen service number (BSN). "
        "Check the nine digits and try again."
    )


class BsnBestaatAl(SamenloopFout):
    """Another person already has this BSN."""

    melding = _(
        "This citizen service number (BSN) is already registered for somebody else. "
        "Find that person first."
    )


class BsnOntbreekt(SamenloopFout):
    """A person has neither a BSN nor a reason why it is absent."""

    melding = _(
        "A person needs a citizen service number (BSN), "
        "or a reason why there is none; not both."
    )


class OngeldigePeriode(SamenloopFout, ValueError):
    """The last day lies before the first."""

    melding = _("The last day of a period cannot lie before its first day.")


class OngeldigBedrag(SamenloopFout, ValueError):
    """The text is not an amount in euros with at most two decimals."""

    melding = _("This is not an amount in euros. Write it as 1.234,56.")


class Achterhaald(SamenloopFout):
    """The version at hand was already corrected or withdrawn by somebody else."""

    melding = _(
        "This was changed in the meantime. "
        "Look at the present version and make the change again."
    )


class CorrectieTeVroeg(SamenloopFout, ValueError):
    """A correction would be known before the thing it corrects."""

    melding = _("A correction cannot be known earlier than what it corrects.")
