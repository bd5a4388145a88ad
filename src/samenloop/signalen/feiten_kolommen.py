"""All signals of a period at once, for a dry run: the same facts as one by one.

Live weighing lets the database find what is around a signal. For half a million that
takes minutes, so here the records are read once, as packed columns, and put together
in memory: who a signal is about, their gezin as it was known on its day, what came
before. A test holds both ways equal, row by row.

What may not be looked at together is never put together: a pair of signals of two laws
is only made where a rule with a ground asks for that area of life, where all concerned
agreed, or where safety is at stake (G111, G112).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import numpy as np

from samenloop.core import klok
from samenloop.signalen import feiten_elders
from samenloop.signalen.feiten_lezen import (
    ADRESSEN,
    INSTEMMING,
    LEDEN,
    ONBEKENDE_LEEFTIJD,
    OVER,
    SIGNALEN,
    Bools,
    Feiten,
    Instemming,
    Ints,
    Pak,
    ages,
    as_bytes,
    as_uuid,
    codes_of,
    join,
    known,
    least,
    number,
    places,
    read,
    same,
)
from samenloop.signalen.regels.bron import Signalenkolommen
from samenloop.signalen.regels.catalogus import GEEN_WET, KANALEN
from samenloop.signalen.regels.feitenbeeld import LEEFGEBIEDCODES, Opgehaald
from samenloop.signalen.regels.tabel import (
    Bytes,
    Codekolom,
    Eerderkolommen,
    Feitentabel,
)

Stap = Callable[[float], None]
_NIEMAND = UUID(int=0)


@dataclass(frozen=True, slots=True)
class _Leden:
    """Everyone around each signal: signal, person, whether it is about them."""

    signaal: Ints
    persoon: Ints
    eigen: Bools
    plaats: Ints
    leeftijd: Ints
    stemt_in: Bools


def collect(
    gemeente: str,
    van: date,
    tot: date,
    vraag: Opgehaald,
    params: Mapping[str, Any],
    stap: Stap,
) -> tuple[Feitentabel, Signalenkolommen]:
    """All signals received from `van` up to but not including `tot`.

    Args:
        params: the kinds of signal, as for the one statement of live weighing.
        stap: called with the part that is done, from 0 to 1; may raise to stop.
    """
    alle = {
        **params,
        "gemeente": gemeente,
        "van": _midnight(van),
        "tot": _midnight(tot),
        "eerder": _midnight(date.fromordinal(van.toordinal() - vraag.dagen - 1)),
        "niemand": _NIEMAND,
    }
    pakken = []
    opdrachten = (SIGNALEN, OVER, LEDEN, INSTEMMING, ADRESSEN)
    for gedaan, sql in enumerate(opdrachten, start=1):
        pakken.append(read(sql, alle))
        stap(0.6 * gedaan / len(opdrachten))
    return _Bouw(*pakken, vraag=vraag, params=params, stap=stap).build()


def _midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(), klok.AMSTERDAM)


class _Bouw:
    """Puts the columns together."""

    def __init__(
        self,
        signalen: Pak,
        over: Pak,
        leden: Pak,
        instemming: Pak,
        adressen: Pak,
        *,
        vraag: Opgehaald,
        params: Mapping[str, Any],
        stap: Stap,
    ) -> None:
        self.vraag, self.params, self.stap = vraag, params, stap
        self.signalen, self.gezinsleden, self.adressen = signalen, leden, adressen
        (persoon, self.lid_persoon, stem, self.adres_persoon), self.personen = number(
            over.ids("persoon"),
            leden.ids("persoon"),
            instemming.ids("persoon"),
            adressen.ids("persoon"),
        )
        (self.lid_gezin,), self.gezinnen = number(leden.ids("gezin"))
        self.instemming = Instemming(
            stem, instemming.ints("van"), instemming.ints("tot")
        )
        # Which signal each row of `over` is about; of the earlier ones only those read.
        self.ids = signalen.ids("id")
        (eigen, van_over), uniek = number(self.ids, over.ids("signaal"))
        plaats = np.full(len(uniek), -1, dtype=np.int64)
        plaats[eigen] = np.arange(len(eigen))
        gelezen = plaats[van_over] >= 0
        self.over_signaal = plaats[van_over][gelezen]
        self.over_persoon = persoon[gelezen]
        self.over_geboren = over.ints("geboren")[gelezen]
        niemand = np.flatnonzero((self.personen == 0).all(axis=1))
        self.niemand = int(niemand[0]) if len(niemand) else -1
        # The signals to weigh come last, because all are in order of time.
        self.dag = signalen.ints("dag")
        self.ymd = signalen.ints("ymd")
        self.soort = signalen.ints("soort")
        self.erin = np.flatnonzero(signalen.ints("erin"))
        self.eerste = int(self.erin[0]) if len(self.erin) else 0
        self.n = len(self.erin)
        self.veilig = signalen.ints("veiligheid")[self.erin] > 0

    def build(self) -> tuple[Feitentabel, Signalenkolommen]:
        """The table, and what says which signals they are."""
        gebieden, wetten = self.params["gebieden"], self.params["wetten"]
        leden, gezin_van, eenouder, naamloos = self._around()
        self.stap(0.7)
        n = self.n
        alle_in = np.bincount(leden.signaal[~leden.stemt_in], minlength=n) == 0
        eigen_in = (
            np.bincount(leden.signaal[leden.eigen & ~leden.stemt_in], minlength=n) == 0
        )
        aantal = np.bincount(leden.signaal, minlength=n)
        eigen_leden = np.bincount(leden.signaal[leden.eigen], minlength=n)
        iemand = aantal > 0
        eerdere = self._earlier(leden, eigen_in & iemand & ~naamloos)
        self.stap(0.9)
        eigen = leden.eigen
        leeftijd = least(leden.signaal[eigen], leden.leeftijd[eigen], n)
        jongste = least(leden.signaal, leden.leeftijd, n)
        in_gezin = gezin_van >= 0
        soort = self.soort[self.erin].astype(np.int16)
        per_gebied: dict[str, set[str]] = {}
        for gebied, wet in zip(gebieden, wetten, strict=True):
            per_gebied.setdefault(gebied, set()).add(wet)
        elders = self._elsewhere(leden, alle_in & iemand & ~naamloos)
        kanalen = tuple(code for code, _label in KANALEN)
        kanaal = self.signalen.ints("kanaal")[self.erin] - 1
        tabel = Feitentabel(
            soort=codes_of(soort, self.params["codes"]),
            leefgebied=codes_of(soort, gebieden),
            wet=codes_of(soort, wetten),
            kanaal=Codekolom(kanalen, kanaal.astype(np.int16)),
            veiligheidsrisico=self.veilig,
            van_organisatie=self.signalen.ints("organisatie")[self.erin] > 0,
            leeftijd=known(leeftijd),
            jongste=known(np.where(in_gezin, jongste, ONBEKENDE_LEEFTIJD)),
            leden=np.where(in_gezin, aantal, -1).astype(np.int16),
            eenouder=np.where(in_gezin, eenouder, -1).astype(np.int8),
            eigen_leden=eigen_leden.astype(np.int16),
            toestemming_volledig=alle_in & iemand & ~naamloos,
            eerdere=eerdere,
            opgehaald=Opgehaald(
                self.vraag.binnen,
                self.vraag.over,
                self.vraag.dagen,
                elders=frozenset(elders),
            ),
            elders=elders,
            wetten={gebied: frozenset(wet) for gebied, wet in per_gebied.items()},
        )
        rond = self._identity(leden, gezin_van)
        self.stap(1.0)
        return tabel, rond

    def _around(self) -> tuple[_Leden, Ints, Bools, Bools]:
        """Who is around each signal; their gezin, one parent, somebody unnamed."""
        erin = self.over_signaal >= self.eerste
        signaal = self.over_signaal[erin] - self.eerste
        persoon = self.over_persoon[erin]
        naamloos = np.zeros(self.n, dtype=bool)
        naamloos[signaal[persoon == self.niemand]] = True
        bekend = persoon != self.niemand
        signaal, persoon = signaal[bekend], persoon[bekend]
        geboren = self.over_geboren[erin][bekend]
        dag = self.dag[self.eerste :]
        feiten = Feiten(self.gezinsleden)
        # Their gezinnen on that day, each once.
        wie, lid = join(persoon, self.lid_persoon)
        geldt = feiten.hold(lid, dag[signaal[wie]])
        ng = max(1, len(self.gezinnen))
        paren = np.unique(signaal[wie[geldt]] * ng + self.lid_gezin[lid[geldt]])
        met, gezin = paren // ng, paren % ng
        # The members of those gezinnen on that day.
        welke, lid = join(gezin, self.lid_gezin)
        geldt = feiten.hold(lid, dag[met[welke]])
        welke, lid = welke[geldt], lid[geldt]
        rol = self.gezinsleden.ints("rol")[lid]
        ouders = np.bincount(welke[rol == 1], minlength=len(paren))
        kinderen = np.bincount(welke[rol == 2], minlength=len(paren))
        eenouder = np.zeros(self.n, dtype=bool)
        eenouder[met[(ouders == 1) & (kinderen > 0)]] = True
        gezin_van = np.full(self.n, -1, dtype=np.int64)
        gezin_van[met[::-1]] = gezin[::-1]  # the first by id stays
        # Everybody once, those it is about before the others.
        np_ = max(1, len(self.personen))
        sleutel = np.concatenate(
            [signaal * np_ + persoon, met[welke] * np_ + self.lid_persoon[lid]]
        )
        alle_geboren = np.concatenate([geboren, self.gezinsleden.ints("geboren")[lid]])
        uniek, eerste = np.unique(sleutel, return_index=True)
        bij, wie_dan = uniek // np_, uniek % np_
        begin = np.searchsorted(bij, bij, "left")
        plaats = np.minimum(np.arange(len(bij)) - begin + 1, 63)
        leden = _Leden(
            signaal=bij,
            persoon=wie_dan,
            eigen=eerste < len(signaal),
            plaats=plaats,
            leeftijd=ages(self.ymd[self.eerste :][bij], alle_geboren[eerste]),
            stemt_in=self.instemming.on(wie_dan, dag[bij]),
        )
        return leden, gezin_van, eenouder, naamloos

    def _earlier(self, leden: _Leden, eigen_in: Bools) -> Eerderkolommen:
        """The earlier signals of everybody around, as far as they may be seen."""
        gebied = np.array(
            [LEEFGEBIEDCODES.index(code) for code in self.params["gebieden"]] or [0]
        )
        wet, wetten = same(self.params["wetten"])
        gevraagd = np.isin(gebied, places(self.vraag.binnen))
        over_mag = np.isin(gebied, places(self.vraag.over))
        rij, b = join(leden.persoon, self.over_persoon)
        van, ander = leden.signaal[rij], self.over_signaal[b]
        zelf = van + self.eerste
        dagen = self.dag[zelf] - self.dag[ander]
        soort = self.soort[ander]
        kan = (ander < zelf) & (dagen <= self.vraag.dagen) & gevraagd[soort]
        rij, van, ander, dagen = rij[kan], van[kan], ander[kan], dagen[kan]
        soort, zelf = soort[kan], zelf[kan]
        toestemming = self._agreed(leden, eigen_in, rij, van, ander)
        eigen_wet = wet[self.soort[zelf]]
        geen = wetten.index(GEEN_WET) if GEEN_WET in wetten else -1
        mag = (
            ((wet[soort] == eigen_wet) & (eigen_wet != geen))
            | toestemming
            | self.veilig[van]
            | over_mag[soort]
        )
        rij, van, ander, dagen = rij[mag], van[mag], ander[mag], dagen[mag]
        soort, toestemming = soort[mag], toestemming[mag]
        eigen, plaats = leden.eigen[rij], leden.plaats[rij]
        paar = van * max(1, len(self.soort)) + ander
        volgorde = np.argsort((paar * 2 + ~eigen) * 64 + plaats, kind="stable")
        paar = paar[volgorde]
        eerste = np.ones(len(paar), dtype=bool)
        eerste[1:] = paar[1:] != paar[:-1]
        soort = soort[volgorde].astype(np.int16)
        return Eerderkolommen(
            van=van[volgorde],
            leefgebied=gebied[soort].astype(np.int8),
            wet=codes_of(soort, self.params["wetten"]),
            dagen=dagen[volgorde].astype(np.int16),
            lid=plaats[volgorde].astype(np.int16),
            eigen=eigen[volgorde],
            eerste=eerste,
            toestemming=toestemming[volgorde],
        )

    def _agreed(
        self, leden: _Leden, eigen_in: Bools, rij: Ints, van: Ints, ander: Ints
    ) -> Bools:
        """Whether everyone concerned by both signals agreed, on the later one's day."""
        instemming = np.zeros(len(rij), dtype=bool)
        kan = np.flatnonzero(eigen_in[van] & leden.stemt_in[rij])
        if not len(kan):
            return instemming
        paar, b = join(ander[kan], self.over_signaal)
        persoon = self.over_persoon[b]
        dag = self.dag[van[kan][paar] + self.eerste]
        stemt_in = (persoon != self.niemand) & self.instemming.on(persoon, dag)
        instemming[kan] = np.bincount(paar[~stemt_in], minlength=len(kan)) == 0
        return instemming

    def _elsewhere(self, leden: _Leden, alle_in: Bools) -> dict[str, Bytes]:
        """What other rooms know of anyone around."""
        if not feiten_elders.answered(self.vraag):
            return {}
        vrij = (self.veilig | alle_in)[leden.signaal]
        welke = np.flatnonzero(vrij | bool(self.vraag.elders_over))
        van = leden.signaal[welke]
        dagen = self.dag[self.eerste :][van] - 1_721_425
        wie = [
            (date.fromordinal(int(dag)), as_uuid(self.personen[persoon]))
            for dag, persoon in zip(dagen, leden.persoon[welke], strict=True)
        ]
        return feiten_elders.columns(self.vraag, self.n, van, vrij[welke], wie)

    def _identity(self, leden: _Leden, gezin_van: Ints) -> Signalenkolommen:
        """Which signals they are, and whom they touch."""
        n, dag = self.n, self.dag[self.eerste :]
        eerst = np.full(n, -1, dtype=np.int64)
        eigen = np.flatnonzero(leden.eigen)[::-1]
        eerst[leden.signaal[eigen]] = leden.persoon[eigen]
        postcode = np.zeros(n, dtype=np.int32)
        wie, adres = join(eerst, self.adres_persoon)
        geldt = Feiten(self.adressen).hold(adres, dag[wie])
        postcode[wie[geldt]] = self.adressen.ints("postcode")[adres[geldt]]
        personen = np.zeros((n, 2), dtype=np.uint64)
        personen[eerst >= 0] = self.personen[eerst[eerst >= 0]]
        onderwerp = personen.copy()
        in_gezin = gezin_van >= 0
        onderwerp[in_gezin] = self.gezinnen[gezin_van[in_gezin]]
        nummers = (self.signalen["nummers"] or "").split("\n")
        return Signalenkolommen(
            sleutels=as_bytes(self.ids[self.eerste :]),
            nummers=nummers[self.eerste :],
            maanden=(self.ymd[self.eerste :] // 100 % 100).astype(np.int8),
            onderwerp=as_bytes(onderwerp),
            personen=as_bytes(personen),
            postcode=postcode,
        )
