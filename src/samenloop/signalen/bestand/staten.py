"""Where a file of signals stands, and which step may follow.

What a person may do with a file at any moment stands in this one table, and nothing
moves a file but `step`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samenloop.core.fouten import SamenloopFout


class Staat(models.TextChoices):
    """Where a file stands."""

    GELADEN = "geladen", _("columns to be chosen")
    KEUREN = "keuren", _("being checked")
    GEKEURD = "gekeurd", _("ready to read in")
    WACHT = "wacht", _("waits for a person to confirm")
    VERWERKEN = "verwerken", _("being read in")
    GESTOPT = "gestopt", _("stopped")
    KLAAR = "klaar", _("read in")
    AFGEBROKEN = "afgebroken", _("put away, not read in")


class Stap(models.TextChoices):
    """What can happen to a file."""

    KEUREN = "keuren", _("Check the file")
    GEKEURD = "is-gekeurd", _("was checked")
    AANHOUDEN = "aanhouden", _("was checked and is remarkable")
    INDELEN = "indelen", _("Choose other columns")
    VERWERKEN = "verwerken", _("Read in")
    BEVESTIGEN = "bevestigen", _("Confirm and read in")
    STOPPEN = "stoppen", _("Stop")
    HERVATTEN = "hervatten", _("Go on")
    KLAAR = "is-klaar", _("was read in")
    AFBREKEN = "afbreken", _("Put the file away")


_S, _T = Staat, Stap
OVERGANGEN: dict[tuple[Staat, Stap], Staat] = {
    (_S.GELADEN, _T.KEUREN): _S.KEUREN,
    (_S.KEUREN, _T.GEKEURD): _S.GEKEURD,
    (_S.KEUREN, _T.AANHOUDEN): _S.WACHT,
    (_S.KEUREN, _T.INDELEN): _S.GELADEN,
    (_S.GEKEURD, _T.INDELEN): _S.GELADEN,
    (_S.WACHT, _T.INDELEN): _S.GELADEN,
    (_S.GEKEURD, _T.VERWERKEN): _S.VERWERKEN,
    (_S.WACHT, _T.BEVESTIGEN): _S.VERWERKEN,
    (_S.VERWERKEN, _T.STOPPEN): _S.GESTOPT,
    (_S.GESTOPT, _T.HERVATTEN): _S.VERWERKEN,
    (_S.VERWERKEN, _T.KLAAR): _S.KLAAR,
    (_S.GELADEN, _T.AFBREKEN): _S.AFGEBROKEN,
    (_S.KEUREN, _T.AFBREKEN): _S.AFGEBROKEN,
    (_S.GEKEURD, _T.AFBREKEN): _S.AFGEBROKEN,
    (_S.WACHT, _T.AFBREKEN): _S.AFGEBROKEN,
    (_S.GESTOPT, _T.AFBREKEN): _S.AFGEBROKEN,
}
# The content of the file is kept only on the way to these.
EINDE = frozenset({_S.KLAAR, _S.AFGEBROKEN})
BEZIG = frozenset({_S.KEUREN, _S.VERWERKEN})


class OnmogelijkeStap(SamenloopFout):
    """Somebody else did something with the file first, or it runs by itself."""

    melding = _(
        "The file is further than this page shows. Look at how it stands and choose "
        "again."
    )


def step(staat: str, stap: Stap) -> Staat:
    """Return where the step leads.

    Raises:
        OnmogelijkeStap: it cannot be taken from here.
    """
    naar = OVERGANGEN.get((Staat(staat), stap))
    if naar is None:
        raise OnmogelijkeStap
    return naar


def choices(staat: str) -> frozenset[Stap]:
    """Return the steps that can be taken from here."""
    return frozenset(stap for van, stap in OVERGANGEN if van == Staat(staat))
