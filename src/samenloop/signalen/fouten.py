"""Errors around signals that a user or a calling program can act on."""

from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class OnvolledigSignaal(SamenloopFout, ValueError):
    """Nothing says whom it concerns or who reports it."""

    melding = _(
        "A signal says at least whom it concerns and who reports it. "
        "Fill in both; a description is enough when the person is not known."
    )


class KenmerkBezet(SamenloopFout):
    """The reporter used this reference before, for another signal."""

    melding = _(
        "Your organisation already used this reference for a signal with another "
        "content. Use a new reference for a new signal."
    )


class OnbekendeSoort(SamenloopFout, ValueError):
    """There is no such kind of signal, or not any more."""

    melding = _("This kind of signal is not on the list. Choose one that is.")


class AlBesloten(SamenloopFout):
    """The melding was decided in the meantime."""

    melding = _(
        "This melding was decided in the meantime. Look at the decision; a new "
        "signal makes a new melding."
    )


class VeiligheidBlijft(SamenloopFout):
    """A signal about safety, or the only one, cannot leave its melding."""

    melding = _(
        "This signal stays in the melding: it is about safety, or it is the only one. "
        "Weigh the melding and decide."
    )
