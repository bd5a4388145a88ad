"""What comes first today, gathered from all rooms that know of something to do.

A room registers a source when it starts: points (`register`), a panel of its own
(`register_panel`), appointments (`register_agenda`) or what happened (`register_news`).
The page asks them all, shows the five hardest points and says how many more there are.
A source asks the database a fixed number of statements, gives only what is open to the
actor, and needs no more than its hardest twenty.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Literal
from uuid import UUID

from samenloop.access.actor import Actor

Kleur = Literal["gevaar", "letop", "loopt", "klaar", "rust"]


class Gewicht(IntEnum):
    """How hard something presses; lower comes first. A source may go in between."""

    VEILIGHEID = 0
    TERMIJN_VOORBIJ = 100
    TE_LAAT = 200
    VANDAAG = 300
    WACHT_OP_MIJ = 400
    BINNENKORT = 500
    GEWOON = 600


@dataclass(frozen=True, slots=True)
class Punt:
    """One thing to do: how it stands, what, why, and the one button.

    Args:
        gewicht: how hard it presses, see `Gewicht`.
        kleur: which status, in the words of the look.
        icoon: the name of its icon.
        staat: the word beside the icon, such as "2 days late".
        wat: what to do, for whom.
        waarom: the reason, in a sentence.
        adres: where one does it.
        knop: what stands on the button.
        tijd: the hour, when it has one.
    """

    gewicht: int
    kleur: Kleur
    icoon: str
    staat: str
    wat: str
    waarom: str
    adres: str
    knop: str
    tijd: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dagpaneel:
    """A panel of a room on this page.

    Args:
        code: its name; a second one of the same name takes its place.
        orde: lower comes first; what is done first and the work list stand before all.
        template: draws it as one `<section class="sl-panel">` named by its h2.
        vulling: makes its content, or None when there is none for this actor.
        terzijde: whether it stands in the aside.
    """

    code: str
    orde: int
    template: str
    vulling: Callable[[Actor], Mapping[str, Any] | None]
    terzijde: bool = False


@dataclass(frozen=True, slots=True)
class Afspraak:
    """Something at an hour of the day.

    Args:
        op: when it begins; of something for the whole day, midnight.
        wat: what, for whom.
        toelichting: where, with whom.
        adres: where one reads more.
        verslag: where one writes down what came of it; empty when one does not.
        heel_dag: whether it has no hour.
        minuten: how long it takes.
        kaal: the same as `wat` without the name of anybody, for what leaves us.
        over: whom it is about, for the log.
    """

    op: datetime
    wat: str
    toelichting: str = ""
    adres: str = ""
    verslag: str = ""
    heel_dag: bool = False
    minuten: int = 0
    kaal: str = ""
    over: UUID | None = None


@dataclass(frozen=True, slots=True)
class Nieuws:
    """Something that happened since yesterday in what one works on."""

    op: datetime
    tekst: str
    adres: str = ""
    gewicht: Literal["feit", "besluit", "gevaar"] = "feit"


Bron = Callable[[Actor], Iterable[Punt]]
Agendabron = Callable[[Actor, date, date], Iterable[Afspraak]]
Nieuwsbron = Callable[[Actor, datetime], Iterable[Nieuws]]

_bronnen: dict[str, Bron] = {}
_panelen: dict[str, Dagpaneel] = {}
_agenda: dict[str, Agendabron] = {}
_nieuws: dict[str, Nieuwsbron] = {}


def _name(bron: Callable[..., Any]) -> str:
    return f"{bron.__module__}.{bron.__qualname__}"


def register(bron: Bron) -> Bron:
    """Let a room add things to do; once, however often it is called."""
    _bronnen[_name(bron)] = bron
    return bron


def register_panel(paneel: Dagpaneel) -> None:
    """Let a room add a panel."""
    _panelen[paneel.code] = paneel


def register_agenda(bron: Agendabron) -> Agendabron:
    """Let a room add appointments, of the days from the one to the other."""
    _agenda[_name(bron)] = bron
    return bron


def register_news(bron: Nieuwsbron) -> Nieuwsbron:
    """Let a room add what happened since a moment."""
    _nieuws[_name(bron)] = bron
    return bron


def points(actor: Actor) -> list[Punt]:
    """Return all there is to do, hardest first."""
    alle = [punt for bron in _bronnen.values() for punt in bron(actor)]
    return sorted(alle, key=lambda punt: (punt.gewicht, punt.wat))


def panels(
    actor: Actor, *, terzijde: bool
) -> list[tuple[Dagpaneel, Mapping[str, Any]]]:
    """Return the panels of one column that hold something for this actor."""
    gevuld = []
    for paneel in sorted(_panelen.values(), key=lambda each: (each.orde, each.code)):
        if paneel.terzijde is terzijde:
            inhoud = paneel.vulling(actor)
            if inhoud is not None:
                gevuld.append((paneel, inhoud))
    return gevuld


def agenda(actor: Actor, van: date, tot: date | None = None) -> list[Afspraak]:
    """Return the appointments of a day, or up to and on another, earliest first."""
    laatste = tot or van
    alle = [each for bron in _agenda.values() for each in bron(actor, van, laatste)]
    return sorted(alle, key=lambda each: (each.op, each.wat))


def news(actor: Actor, sinds: datetime) -> list[Nieuws]:
    """Return what happened since a moment, newest first."""
    alle = [each for bron in _nieuws.values() for each in bron(actor, sinds)]
    return sorted(alle, key=lambda each: each.op, reverse=True)
