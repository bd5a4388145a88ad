"""What is to be done about the traffic, and how each message stands, in words.

Names of clients and providers are read for a whole list at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access.actor import Actor
from samenloop.berichten.standaard.soorten import SOORTEN
from samenloop.berichten.verkeer.models import Berichtfout, Ketenbericht
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import kalender, klok
from samenloop.core.klok import AMSTERDAM

# In the register of processing.
ACTIVITEIT = "zorgtoewijzing"
_IN_BEHANDELING = (Staat.ONTVANGEN, Staat.WACHT)
# What was set apart has a list of its own.
WACHT_OP_ONS = (
    Q(richting=Richting.IN)
    & (
        Q(beantwoord_op=None, antwoord_voor__isnull=False)
        | Q(staat__in=_IN_BEHANDELING)
    )
    & ~Q(staat=Staat.APART)
)
WACHT_OP_ANDER = Q(
    richting=Richting.UIT,
    staat=Staat.VERZONDEN,
    beantwoord_op=None,
    antwoord_voor__isnull=False,
)
AFGEKEURD = Q(staat__in=[Staat.AFGEKEURD, Staat.TEGENGEHOUDEN], afgehandeld_op=None)
APART = Q(staat=Staat.APART)
LIJSTEN = {
    "ons": WACHT_OP_ONS,
    "aanbieder": WACHT_OP_ANDER,
    "afgekeurd": AFGEKEURD,
    "apart": APART,
    "alles": Q(),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """How many messages wait, and how many of those are late."""

    ons: int
    ons_laat: int
    aanbieder: int
    mist: int
    van_ons: int
    van_hen: int
    apart: int
    klaar: int

    @property
    def afgekeurd(self) -> int:
        """Refused by either side, or held back by our own check."""
        return self.van_ons + self.van_hen


@dataclass(frozen=True, slots=True)
class Woorden:
    """A state in words, with the sign and colour that belong to it."""

    soort: str
    icoon: str
    woorden: str


@dataclass(frozen=True, slots=True)
class Rij:
    """A message as a line of a list."""

    bericht: Ketenbericht
    naam: str
    wie: str
    dag: date
    staat: Woorden
    fouten: Sequence[Berichtfout] = ()


def messages(actor: Actor) -> QuerySet[Ketenbericht]:
    """Return the messages of the municipality that somebody works for."""
    return Ketenbericht.objects.filter(gemeente=actor.gemeente)


def counts(actor: Actor) -> Stand:
    """Count what waits, in one statement."""
    laat = _laat()
    return Stand(
        **messages(actor)
        .filter(
            WACHT_OP_ONS
            | WACHT_OP_ANDER
            | AFGEKEURD
            | APART
            | Q(staat=Staat.KLAAR, richting=Richting.UIT)
        )
        .aggregate(
            ons=Count("pk", filter=WACHT_OP_ONS),
            ons_laat=Count("pk", filter=WACHT_OP_ONS & laat),
            aanbieder=Count("pk", filter=WACHT_OP_ANDER),
            mist=Count("pk", filter=WACHT_OP_ANDER & laat),
            van_ons=Count("pk", filter=AFGEKEURD & Q(richting=Richting.UIT)),
            van_hen=Count("pk", filter=AFGEKEURD & Q(richting=Richting.IN)),
            apart=Count("pk", filter=APART),
            klaar=Count("pk", filter=Q(staat=Staat.KLAAR, richting=Richting.UIT)),
        )
    )


def waiting_for(actor: Actor) -> int:
    """Return how many messages ask somebody to do something."""
    return (
        messages(actor)
        .filter(
            # What was not handled yet is the machine's work, until it is late.
            (WACHT_OP_ONS & (~Q(staat__in=_IN_BEHANDELING) | _laat()))
            | APART
            | (AFGEKEURD & Q(richting=Richting.UIT))
        )
        .count()
    )


def _laat() -> Q:
    return Q(antwoord_voor__lt=klok.today())


def rows(berichten: Iterable[Ketenbericht]) -> list[Rij]:
    """Return messages as lines, with whom they are about and their faults."""
    gevonden = list(berichten)
    prefetch_related_objects(gevonden, "persoon", "aanbieder")
    fouten: dict[object, list[Berichtfout]] = {}
    for fout in Berichtfout.objects.filter(
        bericht__in=[each.pk for each in gevonden], volgnummer__lte=3
    ):
        fouten.setdefault(fout.bericht_id, []).append(fout)
    return [row(each, fouten.get(each.pk, ())) for each in gevonden]


def row(bericht: Ketenbericht, fouten: Sequence[Berichtfout] = ()) -> Rij:
    """Return one message as a line."""
    return Rij(
        bericht,
        naam=kind(bericht),
        wie=bericht.aanbieder.naam if bericht.aanbieder else "",
        dag=bericht.vastgelegd_op.astimezone(AMSTERDAM).date(),
        staat=state(bericht),
        fouten=fouten,
    )


def kind(bericht: Ketenbericht) -> str:
    """Return what people call this kind of message."""
    soort = SOORTEN.get(bericht.soort)
    return soort.naam if soort else _("Unreadable message")


def state(bericht: Ketenbericht) -> Woorden:
    """Return where a message stands, in words and working days."""
    if bericht.staat == Staat.APART:
        return Woorden("rust", "pauze", _("set apart"))
    if bericht.staat == Staat.AFGEKEURD:
        wie = _("by us") if bericht.richting == Richting.IN else _("by the provider")
        return Woorden("gevaar", "fout", _("refused %(who)s") % {"who": wie})
    if bericht.staat == Staat.TEGENGEHOUDEN:
        return Woorden("gevaar", "fout", _("held back"))
    if bericht.antwoord_voor and not bericht.beantwoord_op:
        return _term(bericht.antwoord_voor)
    if bericht.staat in (Staat.ONTVANGEN, Staat.WACHT, Staat.KLAAR):
        return Woorden("rust", "wacht", str(Staat(bericht.staat).label))
    if bericht.staat in (Staat.DUBBEL, Staat.WEGGELEGD, Staat.VERVANGEN):
        return Woorden("rust", "concept", str(Staat(bericht.staat).label))
    return Woorden("klaar", "klaar", str(Staat(bericht.staat).label))


def _term(voor: date) -> Woorden:
    over = kalender.days_to_go(klok.today(), voor)
    if over < 0:
        te_laat = ngettext("%(n)d working day late", "%(n)d working days late", -over)
        return Woorden("gevaar", "laat", te_laat % {"n": -over})
    if over == 0:
        return Woorden("letop", "letop", _("answer today"))
    woorden = ngettext("%(n)d working day left", "%(n)d working days left", over)
    soort = ("letop", "letop") if over <= 2 else ("loopt", "loopt")
    return Woorden(*soort, woorden % {"n": over})
