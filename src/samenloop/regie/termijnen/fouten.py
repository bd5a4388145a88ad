"""What can be refused about a term, each with what one can do."""

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class OnbekendeTermijn(SamenloopFout, LookupError):
    """No kind of term has this code here."""

    melding = _("This kind of term does not exist here.")


class ZonderEinde(SamenloopFout, ValueError):
    """The law gives no number of days, and nobody set one."""

    melding = _(
        "The law gives no number of days for this. "
        "Name the last day, or let an own norm be set."
    )


class LooptAl(SamenloopFout, ValueError):
    """One of this kind is open already for the same subject."""

    melding = _("This term is running already. Correct or stop that one first.")


class IsAlKlaar(SamenloopFout, ValueError):
    """It was stopped by somebody."""

    melding = _("This term was stopped by now. Look at the case again.")


class GrondKanNiet(SamenloopFout, ValueError):
    """The law does not let this term stand still on this ground."""

    melding = _("On this ground this term cannot stand still.")


class DagKanNiet(SamenloopFout, ValueError):
    """A day outside what the term allows; the sentence says which."""

    melding = _("This day does not fit the term.")


class VerlengenKanNiet(SamenloopFout, ValueError):
    """The law gives no extension, or it was given already."""

    melding = _("The law gives no (further) extension of this term.")


class NormTeLang(SamenloopFout, ValueError):
    """An own norm that would end after the term of the law."""

    melding = _("An own norm can only be shorter than the term of the law.")
