"""How a term stands today, in words first: "3 working days left", "2 days late"."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.core import klok
from samenloop.core.kalender import working_days_left
from samenloop.regie.termijnen import rekenen, tellen
from samenloop.regie.termijnen.models import Staat, Termijn
from samenloop.signalen import termijn as weegtermijn

# From here on a term asks for attention: working days left, or percent passed.
KRAP_DAGEN = 5
KRAP_DEEL = 80


@dataclass(frozen=True, slots=True)
class Stand:
    """A term as a status: colour role, icon, words, and how much of it has passed."""

    soort: str
    icoon: str
    woorden: str
    deel: int
    te_laat: bool = False
    is_krap: bool = False


def standing(termijn: Termijn, vandaag: date | None = None) -> Stand:
    """Return how a term stands; its suspensions are best fetched before."""
    dag = vandaag or klok.today()
    if not termijn.is_open:
        return _closed(termijn)
    if termijn.begin_om is not None and termijn.uiterlijk_om is not None:
        return _hours(termijn.begin_om, termijn.uiterlijk_om)
    deel = rekenen.share(
        termijn.begin, termijn.uiterlijk, dag, tellen.stretches(termijn)
    )
    if termijn.staat == Staat.STIL and termijn.stil_sinds is not None:
        woorden = _("stands still since %(day)s") % {"day": _day(termijn.stil_sinds)}
        return Stand("rust", "pauze", woorden, deel)
    if dag < termijn.begin:
        woorden = _("begins on %(day)s") % {"day": _day(termijn.begin)}
        return Stand("rust", "concept", woorden, 0)
    if dag > termijn.uiterlijk:
        dagen = (dag - termijn.uiterlijk).days
        woorden = ngettext("%(n)s day late", "%(n)s days late", dagen) % {"n": dagen}
        return Stand("gevaar", "laat", woorden, 100, te_laat=True, is_krap=True)
    return _running(termijn, dag, deel)


def _running(termijn: Termijn, dag: date, deel: int) -> Stand:
    if dag == termijn.uiterlijk:
        return Stand("letop", "letop", _("today is the last day"), deel, is_krap=True)
    dagen = working_days_left(dag, termijn.uiterlijk)
    woorden = ngettext("%(n)s working day left", "%(n)s working days left", dagen) % {
        "n": dagen
    }
    if termijn.streef is not None and dag > termijn.streef:
        woorden = _("own norm passed, %(left)s") % {"left": woorden}
        return Stand("letop", "letop", woorden, deel, is_krap=True)
    if dagen <= KRAP_DAGEN or deel >= KRAP_DEEL:
        return Stand("letop", "letop", woorden, deel, is_krap=True)
    return Stand("loopt", "loopt", woorden, deel)


def _hours(begin: datetime, einde: datetime) -> Stand:
    """A term of hours is read to the minute, as the weighing of a melding is."""
    nu = klok.now()
    gelezen = weegtermijn.standing(begin, einde, nu)
    return Stand(
        gelezen.soort,
        "laat" if gelezen.te_laat else gelezen.icoon,
        gelezen.woorden,
        gelezen.verstreken,
        te_laat=gelezen.te_laat,
        is_krap=gelezen.soort != "loopt",
    )


def _closed(termijn: Termijn) -> Stand:
    op = termijn.beeindigd_op or klok.today()
    dag = {"day": _day(op)}
    if termijn.staat == Staat.VERVALLEN:
        return Stand("rust", "concept", _("lapsed on %(day)s") % dag, 100)
    if op > termijn.uiterlijk:
        return Stand("letop", "laat", _("met too late, on %(day)s") % dag, 100)
    return Stand("klaar", "klaar", _("met on %(day)s") % dag, 100)


def _day(dag: date) -> str:
    return date_format(dag, "j b")
