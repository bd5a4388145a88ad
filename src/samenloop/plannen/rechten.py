"""Whose right it is: by law, age and gezag, from a table that a lawyer can read.

A child of twelve, sixteen or eighteen decides about more and more itself, and each law
draws the line elsewhere. The table (`gegevens/rechten.csv`) holds which right, under
which law, in which years, who exercises it and whether all who have gezag must agree.
What a lawyer must still confirm says so. Gezag counts on the day of the question.

Sources: Wmo 2015, Jeugdwet, UAVG 5, AVG 7 and 15, Awb, as named per row.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from uuid import UUID

from samenloop.personen.gezinnen import gezag_over
from samenloop.personen.models import Persoon, Toestemming
from samenloop.personen.woonplaats import age


class Recht(StrEnum):
    """What somebody has a right to."""

    INZAGE = "inzage"
    TOESTEMMING = "toestemming"
    INTREKKEN = "intrekken"
    VERNIETIGING = "vernietiging"
    BEZWAAR = "bezwaar"


class Regime(StrEnum):
    """Under which law; `hergebruik` is using data of other laws for the Wmo."""

    ALGEMEEN = "algemeen"
    WMO = "wmo"
    JEUGDWET = "jeugdwet"
    JEUGD_COLLEGE = "jeugd_college"
    HERGEBRUIK = "hergebruik"
    VERWIJSINDEX = "verwijsindex"


class WieOefentUit(StrEnum):
    """Who of the person and those with gezag."""

    ZELF = "zelf"
    VERTEGENWOORDIGER = "vertegenwoordiger"
    SAMEN = "samen"  # both have to agree
    IEDER = "ieder"  # each for themselves


@dataclass(frozen=True, slots=True)
class Regel:
    """One row of the table; `van` and `tot` are ages in years, both included."""

    code: str
    recht: Recht
    regime: Regime
    van: int
    tot: int | None
    wie: WieOefentUit
    allen: bool
    wet: str
    artikel: str
    zekerheid: str
    uitzondering: str

    def holds_at(self, leeftijd: int) -> bool:
        """Whether the row is about somebody of this age."""
        return self.van <= leeftijd and (self.tot is None or leeftijd <= self.tot)


@dataclass(frozen=True, slots=True)
class Uitoefening:
    """Who exercises a right of somebody on a day.

    Args:
        regel: the row that says so.
        persoon: whose right it is.
        zelf: whether the person does so, alone or with others.
        houders: who have gezag and exercise it, alone or with the person.
        instelling: the institution with gezag, when one exercises it.
        leeftijd: the age; None when the birth date is not known, which is read as 18.
    """

    regel: Regel
    persoon: UUID
    zelf: bool
    houders: tuple[UUID, ...] = ()
    instelling: str = ""
    leeftijd: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether somebody is known to exercise it: of a child without gezag nobody."""
        return (self.zelf and not self._needs_holder) or bool(
            self.houders or self.instelling
        )

    @property
    def _needs_holder(self) -> bool:
        return self.regel.wie in (WieOefentUit.VERTEGENWOORDIGER, WieOefentUit.SAMEN)

    def may(self, wie: UUID) -> bool:
        """Whether this person is one of those who exercise it."""
        return wie in self.houders or (self.zelf and wie == self.persoon)

    def is_complete(self, akkoord: Iterable[UUID], instelling: bool = False) -> bool:
        """Whether who agreed are enough: the person, all with gezag, as the law asks.

        Args:
            akkoord: the people who agreed.
            instelling: whether the institution with gezag did.
        """
        wie = set(akkoord)
        zelf = self.zelf and self.persoon in wie
        aanwezig = [houder in wie for houder in self.houders]
        if self.instelling:
            aanwezig.append(instelling)
        houders = bool(aanwezig) and (all if self.regel.allen else any)(aanwezig)
        if self.regel.wie is WieOefentUit.SAMEN:
            return zelf and houders
        return zelf or houders


@cache
def table() -> tuple[Regel, ...]:
    """Return all rows."""
    bron = files("samenloop.plannen") / "gegevens" / "rechten.csv"
    with bron.open(encoding="utf-8") as bestand:
        return tuple(
            Regel(
                rij["code"],
                Recht(rij["recht"]),
                Regime(rij["regime"]),
                int(rij["van"]),
                int(rij["tot"]) if rij["tot"] else None,
                WieOefentUit(rij["wie"]),
                rij["houders"] == "allen",
                rij["wet"],
                rij["artikel"],
                rij["zekerheid"],
                rij["uitzondering"],
            )
            for rij in csv.DictReader(bestand)
        )


@cache
def _rows(recht: Recht, regime: Regime) -> Sequence[Regel]:
    rijen = [r for r in table() if r.recht is recht and r.regime is regime]
    # What a law does not say of itself follows the general one.
    return rijen or [
        r for r in table() if r.recht is recht and r.regime is Regime.ALGEMEEN
    ]


def row(recht: Recht, regime: Regime, leeftijd: int) -> Regel:
    """Return the row that holds at an age.

    Raises:
        LookupError: the table says nothing of this right, here or in general.
    """
    for regel in _rows(recht, regime):
        if regel.holds_at(leeftijd):
            return regel
    raise LookupError(f"no row of {recht} at {leeftijd}")


def who(recht: Recht, regime: Regime, persoon: Persoon, op: date) -> Uitoefening:
    """Return who exercises a right of this person on a day, as known now."""
    geboren = persoon.geboortedatum
    leeftijd = age(geboren, op) if geboren else None
    regel = row(recht, regime, 18 if leeftijd is None else max(leeftijd, 0))
    if regel.wie is WieOefentUit.ZELF:
        return Uitoefening(regel, persoon.pk, zelf=True, leeftijd=leeftijd)
    houders: list[UUID] = []
    instelling = ""
    for gezag in gezag_over(persoon, op):
        if gezag.houder_id is not None:
            houders.append(gezag.houder_id)
        else:
            instelling = gezag.instelling or gezag.soort
    return Uitoefening(
        regel,
        persoon.pk,
        zelf=regel.wie is not WieOefentUit.VERTEGENWOORDIGER,
        houders=tuple(houders),
        instelling=instelling,
        leeftijd=leeftijd,
    )


_VAN_CATEGORIE = {"jeugdhulp": Regime.JEUGDWET, "wmo_zorg": Regime.WMO}
# One plan over several laws, and looking at signals of several, use them together.
_OVER_WETTEN = frozenset(
    {
        "regie_multiproblematiek",
        "regie_gezamenlijk_plan",
        "samenloop_berekenen_over_domeinen",
    }
)


def regime_of(toestemming: Toestemming) -> Regime:
    """Return under which law consent was given: by its data, or by its purpose."""
    if toestemming.categorie in _VAN_CATEGORIE:
        return _VAN_CATEGORIE[toestemming.categorie]
    if toestemming.doel in _OVER_WETTEN:
        return Regime.HERGEBRUIK
    return Regime.ALGEMEEN


def shifts(regime: Regime, eerder: int, nu: int, recht: Recht) -> bool:
    """Whether between two ages somebody else came to exercise a right."""
    een, ander = row(recht, regime, eerder), row(recht, regime, nu)
    return (een.wie, een.allen) != (ander.wie, ander.allen)
