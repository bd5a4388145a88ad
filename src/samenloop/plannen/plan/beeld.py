"""A plan in words and signs, for pages: how it goes, when, and whose goal it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from samenloop.core import klok
from samenloop.plannen.plan.inhoud import Inhoud
from samenloop.plannen.plan.models import Activiteitstand, Doelstand

# State: kind of mark and icon of the look.
_DOEL = {
    Doelstand.GAAT_GOED: ("klaar", "klaar"),
    Doelstand.LOOPT: ("loopt", "loopt"),
    Doelstand.LOOPT_VAST: ("letop", "letop"),
    Doelstand.BEREIKT: ("klaar", "klaar"),
    Doelstand.GESTOPT: ("rust", "concept"),
}
_ACTIVITEIT = {
    Activiteitstand.TE_STARTEN: ("rust", "concept"),
    Activiteitstand.LOOPT: ("loopt", "loopt"),
    Activiteitstand.WACHT: ("rust", "wacht"),
    Activiteitstand.KLAAR: ("klaar", "klaar"),
    Activiteitstand.GESTOPT: ("rust", "concept"),
}
_AF = frozenset({Activiteitstand.KLAAR, Activiteitstand.GESTOPT})


@dataclass(frozen=True, slots=True)
class Stand:
    """How it goes, as the mark shows it."""

    soort: str
    icoon: str
    woorden: str


@dataclass(frozen=True, slots=True)
class Activiteitbeeld:
    """An activity as one row of a table."""

    wat: str
    wie: str
    wanneer: str
    stand: Stand
    oplevert: str
    resultaat: str


@dataclass(frozen=True, slots=True)
class Doelbeeld:
    """A goal with its activities."""

    id: str
    tekst: str
    van: str
    stand: Stand
    activiteiten: list[Activiteitbeeld]


def goals(inhoud: Inhoud) -> list[Doelbeeld]:
    """Return the goals of a plan or a version, ready to be shown."""
    vandaag = klok.today()
    return [
        Doelbeeld(
            doel["id"],
            doel["tekst"],
            _whose(doel),
            _state(_DOEL, Doelstand(doel["stand"])),
            [_activity(each, vandaag) for each in doel["activiteiten"]],
        )
        for doel in inhoud["doelen"]
    ]


def _state(tekens: dict[Any, tuple[str, str]], stand: Any) -> Stand:
    soort, icoon = tekens[stand]
    return Stand(soort, icoon, str(stand.label))


def _whose(doel: dict[str, Any]) -> str:
    van = (
        _("Goal of %(wie)s") % {"wie": doel["voor_naam"]}
        if doel["voor_naam"]
        else _("Goal of the family")
    )
    if doel["van_wie"]:
        woorden = _("in the words of %(wie)s") % {"wie": doel["van_wie"]}
        return f"{van} · {woorden}"
    return van


def _activity(activiteit: dict[str, Any], vandaag: date) -> Activiteitbeeld:
    stand = Activiteitstand(activiteit["stand"])
    tot = activiteit["tot"]
    getoond = _state(_ACTIVITEIT, stand)
    if tot and stand not in _AF and date.fromisoformat(tot) < vandaag:
        getoond = Stand("letop", "letop", _("past its end date"))
    return Activiteitbeeld(
        activiteit["wat"],
        activiteit["wie"],
        _when(activiteit["van"], tot),
        getoond,
        activiteit["oplevert"],
        activiteit["resultaat"],
    )


def _when(van: str, tot: str) -> str:
    begin = _day(van) if van else ""
    einde = _day(tot) if tot else ""
    if begin and einde:
        return f"{begin} – {einde}"
    if begin:
        return _("since %(dag)s") % {"dag": begin}
    return _("until %(dag)s") % {"dag": einde} if einde else ""


def _day(iso: str) -> str:
    dag = date.fromisoformat(iso)
    return formats.date_format(dag, "j b Y" if dag.year != klok.today().year else "j b")
