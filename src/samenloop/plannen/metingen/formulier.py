"""The form of a measurement, as the page shows it and as it comes back.

Beside each domain stands what was chosen last time; nothing is chosen beforehand, so
nobody measures by agreeing with the past. Only a correction begins with what it
corrects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samenloop.plannen.metingen.meten import Oordeel
from samenloop.plannen.metingen.models import (
    Meetdomein,
    Meetinstrument,
    Meetniveau,
    Meting,
)

_DATUM = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %m %Y")
_LANGSTE = 1000


@dataclass(frozen=True, slots=True)
class Keuze:
    """One level to choose on a domain."""

    niveau: int
    naam: str
    omschrijving: str
    gekozen: bool
    vorige: bool


@dataclass(frozen=True, slots=True)
class Vraag:
    """One domain with its levels, and what was chosen last time."""

    domein: Meetdomein
    keuzes: list[Keuze]
    toelichting: str
    vorige: str = ""

    @property
    def naam(self) -> str:
        """The name of the choice in the form."""
        return f"n-{self.domein.code}"

    @property
    def veld(self) -> str:
        """The name of the field for words in the form."""
        return f"t-{self.domein.code}"


@dataclass(slots=True)
class Ingevuld:
    """What came back: what can be used, and what is wrong by the name of its field."""

    oordelen: dict[UUID, Oordeel] = field(default_factory=dict)
    op: date | None = None
    met_wie: str = ""
    reden: str = ""
    fouten: dict[str, str] = field(default_factory=dict)


def questions(
    instrument: Meetinstrument, gegeven: Mapping[str, Any], vorige: Meting | None
) -> list[Vraag]:
    """Return the domains of an instrument at hand (`instrumenten.whole`)."""
    eerder = {s.domein_id: s for s in vorige.scores.all()} if vorige else {}
    lijst = []
    for domein in instrument.domeinen.all():
        teksten = {each.niveau: each.omschrijving for each in domein.niveaus.all()}
        score = eerder.get(domein.pk)
        gekozen = str(gegeven.get(f"n-{domein.code}", ""))
        keuzes = [
            Keuze(
                trede.niveau,
                trede.naam,
                teksten.get(trede.niveau) or trede.omschrijving,
                gekozen == str(trede.niveau),
                bool(score and score.niveau == trede.niveau),
            )
            for trede in levels(instrument)
        ]
        toen = ""
        if score:
            toen = str(score.niveau)
            if score.toelichting:
                toen += f": {score.toelichting}"
        lijst.append(
            Vraag(domein, keuzes, str(gegeven.get(f"t-{domein.code}", "")), toen)
        )
    return lijst


def levels(instrument: Meetinstrument) -> list[Meetniveau]:
    """Return the levels in general, from low to high."""
    return [each for each in instrument.niveaus.all() if each.domein_id is None]


def from_meting(meting: Meting) -> dict[str, str]:
    """Return the fields of the form as a measurement was filled in."""
    gegeven = {"op": meting.op.strftime("%d-%m-%Y"), "met_wie": meting.met_wie}
    for score in meting.scores.select_related("domein"):
        gegeven[f"n-{score.domein.code}"] = str(score.niveau)
        gegeven[f"t-{score.domein.code}"] = score.toelichting
    return gegeven


def read(instrument: Meetinstrument, gegeven: Mapping[str, Any]) -> Ingevuld:
    """Return what was filled in; unknown levels count as none."""
    uit = Ingevuld(
        met_wie=str(gegeven.get("met_wie", "")).strip()[:200],
        reden=str(gegeven.get("reden", "")).strip()[:300],
    )
    treden = {str(trede.niveau) for trede in levels(instrument)}
    for domein in instrument.domeinen.all():
        niveau = str(gegeven.get(f"n-{domein.code}", ""))
        woorden = str(gegeven.get(f"t-{domein.code}", "")).strip()[:_LANGSTE]
        if niveau in treden:
            uit.oordelen[domein.pk] = Oordeel(int(niveau), woorden)
        elif woorden:
            uit.fouten[f"n-{domein.code}"] = _(
                "You wrote something about %(wat)s: choose a level as well."
            ) % {"wat": domein.naam}
    uit.op = _day(str(gegeven.get("op", "")).strip())
    if uit.op is None:
        uit.fouten["op"] = _(
            "Write the date as day-month-year, for instance 17-05-1980."
        )
    if not uit.oordelen and not uit.fouten:
        uit.fouten["gebieden"] = _("Choose a level on at least one area.")
    return uit


def _day(tekst: str) -> date | None:
    for vorm in _DATUM:
        try:
            return datetime.strptime(tekst, vorm).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
    return None
