"""Weighing one signal against the rules in force.

A rule can add weight, a label, or a link to other signals of the gezin. There is no
outcome that drops a signal or takes weight away: `Uitkomst` has no such value and
`weigh` only adds numbers that cannot be negative. A safety risk makes a melding before
any rule is asked, whatever the rules say and however they fail (requirement B5).

The weight orders the looking; a professional decides (AVG 22, G113).
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from samenloop.signalen.regels.feitenbeeld import (
    REDENEN,
    Blik,
    Feitenbeeld,
    Opgehaald,
    reach,
)
from samenloop.signalen.regels.knopen import Knoop
from samenloop.signalen.regels.oordeel import Gecompileerd, compile_knoop
from samenloop.signalen.regels.uitdrukking import parse
from samenloop.signalen.regels.zinnen import name, why

logger = logging.getLogger(__name__)

HOOGSTE_BIJDRAGE = 50


class Uitkomst(StrEnum):
    """What becomes of a signal. It is registered in either case."""

    MELDING = "melding"
    LOS = "los"


class Werkend(Protocol):
    """What the engine needs of a version of a rule; `Regelversie` has it."""

    @property
    def regel_id(self) -> UUID: ...
    @property
    def versie(self) -> int: ...
    @property
    def naam(self) -> str: ...
    @property
    def uitdrukking(self) -> str: ...
    @property
    def gewicht(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def koppelt(self) -> bool: ...
    @property
    def over_wetten(self) -> bool: ...
    @property
    def grond(self) -> str: ...


@dataclass(frozen=True)
class Regelkern:
    """A version of a rule without its table, ready to be applied."""

    regel_id: UUID
    versie: int
    naam: str
    uitdrukking: str
    gewicht: int = 0
    label: str = ""
    koppelt: bool = False
    over_wetten: bool = False
    grond: str = ""

    def __post_init__(self) -> None:
        # The table holds these bounds too; here they hold whatever is handed over.
        object.__setattr__(self, "gewicht", min(max(self.gewicht, 0), HOOGSTE_BIJDRAGE))
        heeft_grond = self.over_wetten and bool(self.grond.strip())
        object.__setattr__(self, "over_wetten", heeft_grond)

    @classmethod
    def of(cls, versie: Werkend) -> "Regelkern":
        """Take what counts out of a version."""
        if isinstance(versie, Regelkern):
            return versie
        return cls(
            regel_id=versie.regel_id,
            versie=versie.versie,
            naam=versie.naam,
            uitdrukking=versie.uitdrukking,
            gewicht=versie.gewicht,
            label=versie.label,
            koppelt=versie.koppelt,
            over_wetten=versie.over_wetten,
            grond=versie.grond,
        )

    @cached_property
    def conditie(self) -> Gecompileerd:
        """The condition, read and made ready once.

        Raises:
            UitdrukkingFout: the expression cannot be read (any more).
        """
        return compile_knoop(parse(self.uitdrukking, check_codes=False))

    @property
    def knoop(self) -> Knoop:
        """The tree of the condition."""
        return self.conditie.knoop


@dataclass(frozen=True, slots=True)
class Treffer:
    """A rule that hit: what it adds, and in sentences why."""

    regel: UUID
    versie: int
    naam: str
    bijdrage: int
    label: str
    koppelt: bool
    waarom: tuple[str, ...]
    over_wetten: bool = False
    grond: str = ""

    def as_json(self) -> dict[str, Any]:
        """The form in which a weighing keeps it."""
        return {
            "regel": str(self.regel),
            "versie": self.versie,
            "naam": self.naam,
            "bijdrage": self.bijdrage,
            "label": self.label,
            "koppelt": self.koppelt,
            "waarom": list(self.waarom),
            "over_wetten": self.over_wetten,
            "grond": self.grond,
        }


@dataclass(frozen=True, slots=True)
class NietGekeken:
    """Something a rule asked and did not get to know, with the reason."""

    gegeven: str
    reden: str
    zin: str
    regel: UUID

    def as_json(self) -> dict[str, str]:
        """The form in which a weighing keeps it."""
        return {
            "gegeven": self.gegeven,
            "reden": self.reden,
            "zin": self.zin,
            "regel": str(self.regel),
        }


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What the rules make of one signal."""

    gewicht: int
    uitkomst: Uitkomst
    veiligheid: bool
    treffers: tuple[Treffer, ...] = ()
    niet_gekeken: tuple[NietGekeken, ...] = ()
    # Rules that could not be applied to this signal; they count as not hit.
    mislukt: tuple[UUID, ...] = ()

    @property
    def koppelt(self) -> bool:
        """Whether a rule asks to link this signal to others of the gezin."""
        return any(treffer.koppelt for treffer in self.treffers)

    @property
    def koppelt_over_wetten(self) -> bool:
        """Whether the link may go over laws, on the ground of the rule that links."""
        return any(treffer.koppelt and treffer.over_wetten for treffer in self.treffers)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels to show, each once, in order."""
        return tuple(dict.fromkeys(t.label for t in self.treffers if t.label))


def settle(gewicht: int, drempel: int, veiligheidsrisico: bool) -> Uitkomst:
    """The one place where a weight becomes an outcome; safety first."""
    if veiligheidsrisico:
        return Uitkomst.MELDING
    return Uitkomst.MELDING if gewicht >= drempel else Uitkomst.LOS


def weigh(feiten: Feitenbeeld, regels: Sequence[Werkend], drempel: int) -> Uitslag:
    """Apply every rule to one signal.

    A rule that fails counts as not hit and is reported in `mislukt`; the others go on.
    """
    treffers: list[Treffer] = []
    niet_gekeken: list[NietGekeken] = []
    mislukt: list[UUID] = []
    for versie in regels:
        regel = Regelkern.of(versie)
        blik = Blik(feiten, regel.over_wetten)
        try:
            raak = regel.conditie.hits(blik)
            waarom = _explanation(regel, blik) if raak else ()
            gemist = _not_seen(regel, blik)
        except Exception as fout:
            # Its kind only: the text of the engine repeats values of the record.
            logger.warning(
                "regel %s v%s mislukt: %s",
                regel.regel_id,
                regel.versie,
                type(fout).__name__,
            )
            mislukt.append(regel.regel_id)
            continue
        niet_gekeken.extend(gemist)
        if raak:
            treffers.append(
                Treffer(
                    regel=regel.regel_id,
                    versie=regel.versie,
                    naam=regel.naam,
                    bijdrage=regel.gewicht,
                    label=regel.label,
                    koppelt=regel.koppelt,
                    waarom=waarom,
                    over_wetten=regel.over_wetten,
                    grond=regel.grond if regel.over_wetten else "",
                )
            )
    gewicht = sum(treffer.bijdrage for treffer in treffers)
    return Uitslag(
        gewicht=gewicht,
        uitkomst=settle(gewicht, drempel, feiten.veiligheidsrisico),
        veiligheid=feiten.veiligheidsrisico,
        treffers=tuple(treffers),
        niet_gekeken=tuple(niet_gekeken),
        mislukt=tuple(mislukt),
    )


def _explanation(regel: Regelkern, blik: Blik) -> tuple[str, ...]:
    zinnen = why(regel.knoop, blik)
    vraagt_over = any(v.gegeven.over_wetten for v in regel.conditie.verwijzingen)
    if vraagt_over and (grond := ground_used(blik, regel.grond)):
        zinnen.append(grond)
    return tuple(zinnen)


def ground_used(blik: Blik, grond: str) -> str:
    """On what ground other laws were looked at; empty if they were not."""
    if blik.over_wetten:
        return _("Looked over laws on this ground: %(ground)s") % {"ground": grond}
    if blik.beeld.veiligheidsrisico:
        return _("Looked over laws because of acute safety.")
    if blik.beeld.toestemming_volledig:
        return _("Looked over laws with the consent of all concerned.")
    if any(eerder.toestemming for eerder in blik.beeld.eerdere):
        return _("Looked over laws where those concerned consented.")
    return ""


def _not_seen(regel: Regelkern, blik: Blik) -> list[NietGekeken]:
    gemist = []
    for verwijzing in regel.conditie.verwijzingen:
        reden = blik.missing(verwijzing)
        if reden is not None:
            gemist.append(
                NietGekeken(
                    gegeven=name(verwijzing),
                    reden=reden.value,
                    zin=f"{name(verwijzing)}: {REDENEN[reden]}",
                    regel=regel.regel_id,
                )
            )
    return gemist


def needed(regels: Iterable[Werkend]) -> Opgehaald:
    """How far must be looked for these rules, and no further."""
    vragen = []
    for versie in regels:
        regel = Regelkern.of(versie)
        try:
            verwijzingen = regel.conditie.verwijzingen
        except Exception:
            # It cannot be applied; `weigh` reports it.
            logger.warning("regel %s v%s onleesbaar", regel.regel_id, regel.versie)
            continue
        vragen += [(verwijzing, regel.over_wetten) for verwijzing in verwijzingen]
    return reach(vragen)
