"""When a file is so remarkable that a person must say it is right.

A source that suddenly sends ten times as much, or half of it twice, has probably made a
mistake, and thousands of families would be in the register for it. So above a threshold
nothing goes on by itself. Thresholds are absolute and against what this source usually
sends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEESTE_NIEUW = 2_000
MEESTE_FOUT = 0.05
MEESTE_DUBBEL = 0.50
KEER_GEWOON = 2.0
# Under this a file is too small for shares to mean anything.
_KLEIN = 20


class Reden(StrEnum):
    """Why a file was held back."""

    VEEL = "veel"
    MEER_DAN_GEWOON = "meer-dan-gewoon"
    FOUT = "fout"
    DUBBEL = "dubbel"
    ZELFDE = "zelfde"
    ONBEKEND = "onbekend"


ZINNEN: dict[Reden, str | Promise] = {
    Reden.VEEL: _("It holds more than 2,000 new signals."),
    Reden.MEER_DAN_GEWOON: _(
        "It holds more than twice as many new signals as this source usually sends."
    ),
    Reden.FOUT: _("More than one in twenty rows is faulty."),
    Reden.DUBBEL: _("More than half of the rows is known already."),
    Reden.ZELFDE: _("The very same file was offered before."),
    Reden.ONBEKEND: _("More than half of the BSNs is not known in this municipality."),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What a check counted."""

    aantal: int
    nieuw: int
    dubbel: int
    fout: int
    met_bsn: int
    onbekend: int


def reasons(
    telling: Telling, *, eerder: Sequence[int], zelfde: bool
) -> tuple[Reden, ...]:
    """Return why a person must look at it first; nothing when it is ordinary.

    Args:
        eerder: how many new signals earlier files of this source held.
        zelfde: whether these very bytes were offered before.
    """
    gewoon = sum(eerder) / len(eerder) if eerder else None
    redenen = {
        Reden.VEEL: telling.nieuw > MEESTE_NIEUW,
        Reden.MEER_DAN_GEWOON: gewoon is not None
        and telling.nieuw >= _KLEIN
        and telling.nieuw > KEER_GEWOON * gewoon,
        Reden.FOUT: _more(telling.fout, telling.aantal, MEESTE_FOUT),
        Reden.DUBBEL: _more(telling.dubbel, telling.aantal, MEESTE_DUBBEL),
        Reden.ZELFDE: zelfde,
        Reden.ONBEKEND: _more(telling.onbekend, telling.met_bsn, 0.5),
    }
    return tuple(reden for reden, geldt in redenen.items() if geldt)


def _more(deel: int, geheel: int, hooguit: float) -> bool:
    return geheel >= _KLEIN and deel > hooguit * geheel
