"""How much time is left, first in words: "nog 3 werkdagen", "2 werkdagen te laat"."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.core.klok import AMSTERDAM
from samenloop.signalen import werkdagen

KRAP = 2


@dataclass(frozen=True, slots=True)
class Stand:
    """A term as a status: colour role, icon, words, and how much of it has passed."""

    soort: str
    icoon: str
    woorden: str
    verstreken: int
    te_laat: bool


def standing(begin: datetime, einde: datetime, nu: datetime) -> Stand:
    """Return how a term stands now."""
    duur = max((einde - begin).total_seconds(), 1)
    verstreken = round(100 * min(max((nu - begin).total_seconds() / duur, 0), 1))
    if nu > einde:
        return Stand("gevaar", "gevaar", _late(einde, nu), 100, True)
    over = einde - nu
    dagen = werkdagen.left(_day(nu), _day(einde))
    if over.total_seconds() < 24 * 3600:
        return Stand(
            "letop", "letop", _hours(int(over.total_seconds())), verstreken, False
        )
    woorden = ngettext("%(n)s working day left", "%(n)s working days left", dagen) % {
        "n": dagen
    }
    if dagen <= KRAP:
        return Stand("letop", "letop", woorden, verstreken, False)
    return Stand("loopt", "loopt", woorden, verstreken, False)


def _day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def _late(einde: datetime, nu: datetime) -> str:
    dagen = (_day(nu) - _day(einde)).days
    if dagen == 0:
        return _("term passed today")
    return ngettext("%(n)s day late", "%(n)s days late", dagen) % {"n": dagen}


def _hours(seconden: int) -> str:
    uren, minuten = seconden // 3600, seconden % 3600 // 60
    if uren == 0:
        return ngettext("%(n)s minute left", "%(n)s minutes left", minuten) % {
            "n": minuten
        }
    return _("%(uren)s hours and %(minuten)s minutes left") % {
        "uren": uren,
        "minuten": minuten,
    }
