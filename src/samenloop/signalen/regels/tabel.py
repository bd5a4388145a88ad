"""Many signals at once, in columns, and whole rules over them.

A dry run asks twenty rules of half a million signals. Row by row that takes minutes;
column by column seconds. What comes out is the same: `rij` gives any row as the
`Feitenbeeld` that the engine weighs, and a property test holds the two equal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from samenloop.signalen.regels.catalogus import GEEN_WET, Soort
from samenloop.signalen.regels.feitenbeeld import (
    LEEFGEBIEDCODES,
    ONBEGRENSD,
    Eerder,
    Feitenbeeld,
    Opgehaald,
    areas,
)
from samenloop.signalen.regels.knopen import (
    Behoort,
    Getal,
    Rekenkundig,
    Som,
    Vergelijking,
    Verwijzing,
    Waarheid,
)
from samenloop.signalen.regels.motor import Regelkern
from samenloop.signalen.regels.oordeel import surely

Waar = NDArray[np.bool_]
Getallen = NDArray[np.int64]
Bytes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Codekolom:
    """A column of codes: numbers, and which code each number stands for."""

    codes: tuple[str, ...]
    nummers: NDArray[np.int16]  # -1: not known

    @classmethod
    def of(cls, waarden: Sequence[str]) -> "Codekolom":
        """Number the codes in order of first appearance; empty is not known."""
        codes = tuple(dict.fromkeys(waarde for waarde in waarden if waarde))
        plaats = {code: nummer for nummer, code in enumerate(codes)}
        nummers = [plaats.get(waarde, -1) for waarde in waarden]
        return cls(codes, np.array(nummers, dtype=np.int16))

    def code(self, rij: int) -> str:
        """The code in this row."""
        nummer = int(self.nummers[rij])
        return self.codes[nummer] if nummer >= 0 else ""

    def is_in(self, codes: Sequence[str]) -> Waar:
        """Which rows hold one of these."""
        gezocht = [nummer for nummer, code in enumerate(self.codes) if code in codes]
        return np.isin(self.nummers, gezocht)


@dataclass(frozen=True, slots=True)
class Eerderkolommen:
    """The earlier signals of all rows under each other; `van` is the row they go with.

    Sorted by `van`. `leefgebied` is the place in LEEFGEBIEDCODES.
    """

    van: NDArray[np.int64]
    leefgebied: Bytes
    wet: Codekolom
    dagen: NDArray[np.int16]
    lid: NDArray[np.int16]
    eigen: Waar
    eerste: Waar
    toestemming: Waar


@dataclass(frozen=True, slots=True)
class Feitentabel:
    """Feitenbeelden as columns. In whole numbers and yes/no, -1 is not known."""

    soort: Codekolom
    leefgebied: Codekolom
    wet: Codekolom
    kanaal: Codekolom
    veiligheidsrisico: Waar
    van_organisatie: Waar
    leeftijd: NDArray[np.int16]
    jongste: NDArray[np.int16]
    leden: NDArray[np.int16]
    eenouder: Bytes
    eigen_leden: NDArray[np.int16]
    toestemming_volledig: Waar
    eerdere: Eerderkolommen
    opgehaald: Opgehaald
    wetten: Mapping[str, frozenset[str]] = field(default_factory=dict)
    elders: Mapping[str, Bytes] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.veiligheidsrisico)

    def rij(self, nummer: int) -> Feitenbeeld:
        """One row as the engine weighs it."""
        return Feitenbeeld(
            soort=self.soort.code(nummer),
            leefgebied=self.leefgebied.code(nummer),
            wet=self.wet.code(nummer),
            kanaal=self.kanaal.code(nummer),
            veiligheidsrisico=bool(self.veiligheidsrisico[nummer]),
            van_organisatie=bool(self.van_organisatie[nummer]),
            leeftijd=_known(self.leeftijd[nummer]),
            jongste=_known(self.jongste[nummer]),
            leden=_known(self.leden[nummer]),
            eenouder=_yes_no(self.eenouder[nummer]),
            eigen_leden=int(self.eigen_leden[nummer]),
            eerdere=self._earlier(nummer),
            toestemming_volledig=bool(self.toestemming_volledig[nummer]),
            opgehaald=self.opgehaald,
            wetten=self.wetten,
            elders={
                naam: bool(kolom[nummer])
                for naam, kolom in self.elders.items()
                if kolom[nummer] >= 0
            },
        )

    def _earlier(self, nummer: int) -> tuple[Eerder, ...]:
        e = self.eerdere
        begin, einde = np.searchsorted(e.van, [nummer, nummer + 1])
        return tuple(
            Eerder(
                leefgebied=LEEFGEBIEDCODES[e.leefgebied[i]],
                wet=e.wet.code(i),
                dagen=int(e.dagen[i]),
                lid=int(e.lid[i]),
                eigen=bool(e.eigen[i]),
                eerste=bool(e.eerste[i]),
                toestemming=bool(e.toestemming[i]),
            )
            for i in range(int(begin), int(einde))
        )


def _known(waarde: np.int16) -> int | None:
    return None if waarde < 0 else int(waarde)


def _yes_no(waarde: np.int8) -> bool | None:
    return None if waarde < 0 else bool(waarde)


class Kolommen:
    """Answers what is surely so, for all rows at once, as one kind of rule sees it."""

    def __init__(self, tabel: Feitentabel, over_wetten: bool) -> None:
        self.tabel = tabel
        self.over_wetten = over_wetten
        self._onthouden: dict[Verwijzing, tuple[Getallen, Getallen]] = {}
        vrij = tabel.veiligheidsrisico | tabel.toestemming_volledig
        self.reikt_over: Waar = np.ones_like(vrij) if over_wetten else vrij
        e = tabel.eerdere
        eigen_wet = _same_codes(tabel.wet, e.wet)[tabel.wet.nummers[e.van]]
        zelfde = (eigen_wet >= 0) & (eigen_wet == e.wet.nummers)
        self.zichtbaar: Waar = zelfde | e.toestemming | self.reikt_over[e.van]

    def compare(self, knoop: Vergelijking, teken: str) -> Waar:
        """Surely so: see `oordeel.Rekenwijze`."""
        (al, ah), (bl, bh) = self._bounds(knoop.links), self._bounds(knoop.rechts)
        antwoord: Waar
        match teken:
            case ">=":
                antwoord = al >= bh
            case ">":
                antwoord = al > bh
            case "<=":
                antwoord = ah <= bl
            case "<":
                antwoord = ah < bl
            case "==":
                antwoord = (al >= bh) & (ah <= bl)
            case _:
                antwoord = (al > bh) | (ah < bl)
        return np.broadcast_to(antwoord, (len(self.tabel),))

    def belongs(self, knoop: Behoort, lid: bool) -> Waar:
        """Surely one of the codes, or surely none of them."""
        kolom = self._codes(knoop.gegeven)
        erin = kolom.is_in(knoop.waarden)
        return erin if lid else ~erin & (kolom.nummers >= 0)

    def holds(self, knoop: Waarheid, waar: bool) -> Waar:
        """Surely yes, or surely no."""
        tabel = self.tabel
        match knoop.gegeven.naam:
            case "signaal.veiligheidsrisico":
                antwoord: Waar = tabel.veiligheidsrisico == waar
            case "signaal.van_organisatie":
                antwoord = tabel.van_organisatie == waar
            case "gezin.eenouder":
                antwoord = tabel.eenouder == int(waar)
            case naam if naam in tabel.opgehaald.elders:
                antwoord = (tabel.elders[naam] == int(waar)) & self.reikt_over
            case _:
                antwoord = np.zeros(len(tabel), dtype=bool)
        return antwoord

    def both(self, delen: list[Waar]) -> Waar:
        """All."""
        return reduce(np.logical_and, delen)

    def either(self, delen: list[Waar]) -> Waar:
        """At least one."""
        return reduce(np.logical_or, delen)

    def _codes(self, verwijzing: Verwijzing) -> Codekolom:
        tabel = self.tabel
        return {
            "signaal.soort": tabel.soort,
            "signaal.leefgebied": tabel.leefgebied,
            "signaal.wet": tabel.wet,
            "signaal.kanaal": tabel.kanaal,
        }[verwijzing.naam]

    def _bounds(self, knoop: Rekenkundig) -> tuple[Getallen, Getallen]:
        match knoop:
            case Getal():
                vast = np.array([knoop.waarde], dtype=np.int64)
                return vast, vast
            case Verwijzing():
                if knoop not in self._onthouden:
                    self._onthouden[knoop] = self._field(knoop)
                return self._onthouden[knoop]
            case Som():
                (al, ah), (bl, bh) = (
                    self._bounds(knoop.links),
                    self._bounds(knoop.rechts),
                )
                if knoop.teken == "+":
                    return al + bl, ah + bh
                return al - bh, ah - bl

    def _field(self, verwijzing: Verwijzing) -> tuple[Getallen, Getallen]:
        tabel = self.tabel
        if verwijzing.gegeven.dagen:
            aantal = self._count(verwijzing)
            volledig = self._complete(verwijzing)
            return aantal, np.where(volledig, aantal, ONBEGRENSD)
        waarde = {
            "persoon.leeftijd": tabel.leeftijd,
            "gezin.jongste": tabel.jongste,
            "gezin.leden": tabel.leden,
        }[verwijzing.naam].astype(np.int64)
        bekend = waarde >= 0
        return (
            np.where(bekend, waarde, -ONBEGRENSD),
            np.where(bekend, waarde, ONBEGRENSD),
        )

    def _count(self, verwijzing: Verwijzing) -> Getallen:
        tabel, e, n = self.tabel, self.tabel.eerdere, len(self.tabel)
        gevraagd = areas(verwijzing)
        telt = self.zichtbaar & (e.dagen <= verwijzing.dagen)
        if len(gevraagd) < len(LEEFGEBIEDCODES):
            nummers = [LEEFGEBIEDCODES.index(code) for code in gevraagd]
            telt = telt & np.isin(e.leefgebied, nummers)
        match verwijzing.naam:
            case "gezin.leefgebieden":
                gezien = np.zeros((n, len(LEEFGEBIEDCODES)), dtype=bool)
                gezien[e.van[telt], e.leefgebied[telt]] = True
                for plaats, code in enumerate(LEEFGEBIEDCODES):
                    gezien[:, plaats] |= tabel.leefgebied.is_in([code])
                gebieden: Getallen = gezien.sum(axis=1, dtype=np.int64)
                return gebieden
            case "gezin.leden_met_signaal":
                telt = telt & ~e.eigen
                paren = np.unique(e.van[telt] * 1_024 + e.lid[telt])
                anderen = np.bincount(paren // 1_024, minlength=n)
                samen: Getallen = tabel.eigen_leden.astype(np.int64) + anderen
                return samen
            case naam:
                telt = telt & e.eerste
                if naam == "persoon.signalen":
                    telt = telt & e.eigen
                los: Getallen = np.bincount(e.van[telt], minlength=n).astype(np.int64)
                return los

    def _complete(self, verwijzing: Verwijzing) -> Waar:
        """Where `Blik.missing` finds nothing missing."""
        tabel, opgehaald = self.tabel, self.tabel.opgehaald
        gevraagd = areas(verwijzing)
        if verwijzing.dagen > opgehaald.dagen or not gevraagd <= opgehaald.binnen:
            return np.zeros(len(tabel), dtype=bool)
        bekend: Waar = tabel.eigen_leden > 0
        if verwijzing.naam.startswith("gezin."):
            bekend = bekend & (tabel.leden >= 0)
        # Of each own law: whether the question stays within it, and if not, whether
        # all that lies outside was fetched for rules with a ground.
        geen_wet = frozenset([GEEN_WET])
        binnen, over = [], []
        for code in (*tabel.wet.codes, ""):
            buiten = {
                gebied
                for gebied in gevraagd
                if code == GEEN_WET or tabel.wetten.get(gebied, geen_wet) != {code}
            }
            binnen.append(not buiten)
            over.append(buiten <= opgehaald.over)
        vrij = tabel.veiligheidsrisico | tabel.toestemming_volledig
        met_grond = np.array(over)[tabel.wet.nummers] & self.over_wetten
        return bekend & (np.array(binnen)[tabel.wet.nummers] | vrij | met_grond)


def _same_codes(eigen: Codekolom, ander: Codekolom) -> NDArray[np.int16]:
    """Per number of `eigen` the number of the same law in `ander`, or -1 for none."""
    plaats = {code: nummer for nummer, code in enumerate(ander.codes)}
    return np.array(
        [*(plaats.get(c, -1) if c != GEEN_WET else -1 for c in eigen.codes), -1],
        dtype=np.int16,
    )


@dataclass(frozen=True, slots=True)
class Gewogen:
    """The weight of every row, and per rule where it hit."""

    gewicht: NDArray[np.int32]
    melding: Waar
    raak: dict[int, Waar]  # by place of the rule in the list
    mislukt: tuple[int, ...]


def weigh_all(
    tabel: Feitentabel,
    regels: Sequence[Regelkern],
    drempel: int,
    onthouden: dict[bool, Kolommen] | None = None,
) -> Gewogen:
    """Apply all rules to all rows; the same answers as `motor.weigh` row by row.

    Args:
        onthouden: keeps the columns for a second set of rules over the same table.
    """
    kolommen = {} if onthouden is None else onthouden
    gewicht = np.zeros(len(tabel), dtype=np.int32)
    raak: dict[int, Waar] = {}
    mislukt = []
    for plaats, regel in enumerate(regels):
        if regel.over_wetten not in kolommen:
            kolommen[regel.over_wetten] = Kolommen(tabel, regel.over_wetten)
        try:
            hier = surely(regel.knoop, kolommen[regel.over_wetten])
        except Exception:
            mislukt.append(plaats)
            continue
        raak[plaats] = hier
        gewicht += hier.astype(np.int32) * regel.gewicht
    melding = (gewicht >= drempel) | tabel.veiligheidsrisico
    return Gewogen(gewicht, melding, raak, tuple(mislukt))


# The kinds of answer a column can have; a new kind must be thought of here too.
assert set(Soort) == {Soort.GETAL, Soort.WAARHEID, Soort.KEUZE}
