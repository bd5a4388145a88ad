"""What is known around one signal at its own moment, and how much of it a rule may see.

A `Feitenbeeld` is made by the room of signals; here nothing is fetched. A `Blik` is one
rule's view of it. Signals of another law count only where the rule has a recorded
ground, where the people concerned agreed, or where safety is at stake. Whatever was
not looked at is not known: it is never counted as none (legal grounds G111 and G112).

So a number is a pair: at least so many, at most so many. Two signals within the law
and nothing known outside it is "at least 2": enough to say that there are 2, not enough
to say that there are fewer than 3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.signalen.regels.catalogus import (
    ALLE_LEEFGEBIEDEN,
    GEEN_WET,
    LEEFGEBIEDEN,
    Soort,
)
from samenloop.signalen.regels.knopen import Verwijzing

LEEFGEBIEDCODES = tuple(code for code, _label in LEEFGEBIEDEN)
ALLE_CODES = frozenset(LEEFGEBIEDCODES)

# Stands for "no bound"; every literal of an expression is far smaller.
ONBEGRENSD = 10**12
Bereik = tuple[int, int]
ONBEKEND: Bereik = (-ONBEGRENSD, ONBEGRENSD)


class Reden(StrEnum):
    """Why something is not known to a rule."""

    ANDERE_WET = "andere_wet"
    NIET_OPGEHAALD = "niet_opgehaald"
    NIET_BEKEND = "niet_bekend"


REDENEN: dict[Reden, Promise] = {
    Reden.ANDERE_WET: _(
        "other laws were not looked at: this rule has no recorded ground, "
        "there is no consent and no acute safety"
    ),
    Reden.NIET_OPGEHAALD: _("was not fetched when this signal was weighed"),
    Reden.NIET_BEKEND: _("is not known"),
}


@dataclass(frozen=True, slots=True)
class Eerder:
    """One person of the gezin had another signal, some days before this one.

    `eerste` marks one row per signal, so that a signal about two people counts once;
    `eigen` that the person is also subject of this signal; `toestemming` that everyone
    concerned agreed to looking at them together.
    """

    leefgebied: str
    wet: str
    dagen: int
    lid: int = 0
    eigen: bool = False
    eerste: bool = True
    toestemming: bool = False


@dataclass(frozen=True, slots=True)
class Opgehaald:
    """How far was looked: areas of life within the law, areas over laws, days back."""

    binnen: frozenset[str] = ALLE_CODES
    over: frozenset[str] = frozenset()
    dagen: int = 0
    # Facts that other rooms know; those a rule with a ground asks for may be looked at
    # for any signal.
    elders: frozenset[str] = frozenset()
    elders_over: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Feitenbeeld:
    """Everything a rule could ever see of one signal."""

    soort: str
    leefgebied: str
    wet: str
    kanaal: str
    veiligheidsrisico: bool = False
    van_organisatie: bool = False
    leeftijd: int | None = None
    jongste: int | None = None
    leden: int | None = None
    eenouder: bool | None = None
    eigen_leden: int = 1
    eerdere: tuple[Eerder, ...] = ()
    toestemming_volledig: bool = False
    opgehaald: Opgehaald = field(default_factory=Opgehaald)
    # By the name of the field; what is not in it is not known.
    elders: Mapping[str, bool] = field(default_factory=dict)
    # Under which laws the kinds of an area of life fall.
    wetten: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blik:
    """What one rule sees of it; `over_wetten` is the ground it has or has not."""

    beeld: Feitenbeeld
    over_wetten: bool = False

    @property
    def reaches_over(self) -> bool:
        """Whether everything of other laws may count."""
        beeld = self.beeld
        return self.over_wetten or beeld.veiligheidsrisico or beeld.toestemming_volledig

    def _is_visible(self, eerder: Eerder) -> bool:
        zelfde_wet = eerder.wet == self.beeld.wet and eerder.wet not in ("", GEEN_WET)
        return zelfde_wet or eerder.toestemming or self.reaches_over

    def missing(self, verwijzing: Verwijzing) -> Reden | None:
        """Why the answer to this is not complete; None when it is."""
        gegeven = verwijzing.gegeven
        if gegeven.dagen:
            return self._missing_signals(verwijzing)
        if gegeven.elders:
            if not self.reaches_over:
                return Reden.ANDERE_WET
            if verwijzing.naam not in self.beeld.opgehaald.elders:
                return Reden.NIET_OPGEHAALD
        if gegeven.soort is Soort.GETAL:
            onbekend = self.getal(verwijzing) == ONBEKEND
        elif gegeven.soort is Soort.WAARHEID:
            onbekend = self.waarheid(verwijzing) is None
        else:
            onbekend = self.keuze(verwijzing) == ""
        return Reden.NIET_BEKEND if onbekend else None

    def _missing_signals(self, verwijzing: Verwijzing) -> Reden | None:
        beeld = self.beeld
        gevraagd = areas(verwijzing)
        opgehaald = beeld.opgehaald
        if verwijzing.dagen > opgehaald.dagen or not gevraagd <= opgehaald.binnen:
            return Reden.NIET_OPGEHAALD
        van_gezin = verwijzing.naam.startswith("gezin.")
        if beeld.eigen_leden == 0 or (van_gezin and beeld.leden is None):
            return Reden.NIET_BEKEND
        buiten = {
            gebied
            for gebied in gevraagd
            if beeld.wet == GEEN_WET
            or beeld.wetten.get(gebied, frozenset([GEEN_WET])) != {beeld.wet}
        }
        if not buiten:
            return None
        if not self.reaches_over:
            return Reden.ANDERE_WET
        vrij = beeld.veiligheidsrisico or beeld.toestemming_volledig
        if not vrij and not buiten <= opgehaald.over:
            return Reden.NIET_OPGEHAALD
        return None

    def visible(self, verwijzing: Verwijzing) -> list[Eerder]:
        """The rows of earlier signals that this question counts."""
        gevraagd = areas(verwijzing)
        return [
            eerder
            for eerder in self.beeld.eerdere
            if eerder.dagen <= verwijzing.dagen
            and eerder.leefgebied in gevraagd
            and self._is_visible(eerder)
        ]

    def getal(self, verwijzing: Verwijzing) -> Bereik:
        """At least and at most."""
        beeld = self.beeld
        if not verwijzing.gegeven.dagen:
            waarde = {
                "persoon.leeftijd": beeld.leeftijd,
                "gezin.jongste": beeld.jongste,
                "gezin.leden": beeld.leden,
            }[verwijzing.naam]
            return ONBEKEND if waarde is None else (waarde, waarde)
        gezien = self.visible(verwijzing)
        if verwijzing.naam == "gezin.leefgebieden":
            aantal = len({eerder.leefgebied for eerder in gezien} | {beeld.leefgebied})
        elif verwijzing.naam == "gezin.leden_met_signaal":
            anderen = {eerder.lid for eerder in gezien if not eerder.eigen}
            aantal = beeld.eigen_leden + len(anderen)
        else:
            eigen_vereist = verwijzing.naam == "persoon.signalen"
            aantal = sum(
                eerder.eerste and (eerder.eigen or not eigen_vereist)
                for eerder in gezien
            )
        volledig = self._missing_signals(verwijzing) is None
        return (aantal, aantal if volledig else ONBEGRENSD)

    def waarheid(self, verwijzing: Verwijzing) -> bool | None:
        """Yes, no, or not known."""
        beeld = self.beeld
        if verwijzing.gegeven.elders:
            gezien = self.reaches_over and verwijzing.naam in beeld.opgehaald.elders
            return beeld.elders.get(verwijzing.naam) if gezien else None
        return {
            "signaal.veiligheidsrisico": beeld.veiligheidsrisico,
            "signaal.van_organisatie": beeld.van_organisatie,
            "gezin.eenouder": beeld.eenouder,
        }[verwijzing.naam]

    def keuze(self, verwijzing: Verwijzing) -> str:
        """The code, or empty when not known."""
        beeld = self.beeld
        return {
            "signaal.soort": beeld.soort,
            "signaal.leefgebied": beeld.leefgebied,
            "signaal.wet": beeld.wet,
            "signaal.kanaal": beeld.kanaal,
        }[verwijzing.naam]


def areas(verwijzing: Verwijzing) -> frozenset[str]:
    """The areas of life a question is about."""
    if verwijzing.leefgebied in ("", ALLE_LEEFGEBIEDEN):
        return ALLE_CODES
    return frozenset([verwijzing.leefgebied])


def reach(vragen: Iterable[tuple[Verwijzing, bool]]) -> Opgehaald:
    """How far must be looked for these questions; each says if it has a ground.

    Nothing more is fetched: an area no rule asks for stays closed, and other laws stay
    closed for an area that no rule with a ground asks for.
    """
    binnen: set[str] = set()
    over: set[str] = set()
    elders: set[str] = set()
    elders_over: set[str] = set()
    dagen = 0
    for verwijzing, heeft_grond in vragen:
        if verwijzing.gegeven.elders:
            elders.add(verwijzing.naam)
            if heeft_grond:
                elders_over.add(verwijzing.naam)
        if not verwijzing.gegeven.dagen:
            continue
        dagen = max(dagen, verwijzing.dagen)
        binnen |= areas(verwijzing)
        if heeft_grond:
            over |= areas(verwijzing)
    return Opgehaald(
        frozenset(binnen),
        frozenset(over),
        dagen,
        frozenset(elders),
        frozenset(elders_over),
    )
