"""How a task stands, in words with their colour and icon, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.core import klok
from samenloop.plannen import namen
from samenloop.regie.mijn_dag import Kleur
from samenloop.regie.taken.models import Taak

# From how many days before its day a task needs attention.
KRAP = 3


@dataclass(frozen=True, slots=True)
class Stand:
    """A status as the look draws it."""

    woorden: str
    kleur: Kleur
    icoon: str
    te_laat: bool = False


def of(taak: Taak, vandaag: date | None = None) -> Stand:
    """Return how a task stands today."""
    vandaag = vandaag or klok.today()
    if taak.staat == Taak.Staat.KLAAR:
        return Stand(_("done"), "klaar", "klaar")
    if taak.staat == Taak.Staat.VERVALLEN:
        return Stand(_("lapsed"), "rust", "concept")
    dagen = (taak.uiterlijk - vandaag).days if taak.uiterlijk else None
    if dagen is not None and dagen < 0:
        te_laat = ngettext("%(n)s day late", "%(n)s days late", -dagen) % {"n": -dagen}
        return Stand(te_laat, "gevaar", "laat", te_laat=True)
    if taak.vraagt_sinds is not None:
        return Stand(_("asks whether it may begin"), "letop", "letop")
    if taak.staat == Taak.Staat.WACHT:
        return Stand(_("waits"), "rust", "wacht")
    if dagen == 0:
        return Stand(_("today"), "letop", "letop")
    if dagen is not None and dagen <= KRAP:
        nog = ngettext("%(n)s day left", "%(n)s days left", dagen) % {"n": dagen}
        return Stand(nog, "letop", "letop")
    return Stand(_("to do"), "loopt", "loopt")


def holders(taken: Iterable[Taak]) -> dict[UUID, str]:
    """Return whose each task is, in a fixed number of statements; empty is nobody's."""
    return namen.of(taken)
