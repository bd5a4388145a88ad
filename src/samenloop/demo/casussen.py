"""Cases of the youth team: caseload, new and closed cases by type and municipality.

The stock before the last quarter follows from the published figures: caseload minus
new plus closed. In that quarter no case changes type; before it many were unassigned
(`Werkvoorraad`) first.
"""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from samenloop.demo import publicatie
from samenloop.demo.bevolking import Bevolking
from samenloop.demo.dagen import geregistreerd, naast_kwartaaleinde
from samenloop.demo.feiten import Casusperiode, Huishouden, Persoon, jaren_later
from samenloop.demo.verloop import dag_tussen, startdag

WERKVOORRAAD = "Werkvoorraad"
_VORIGE = date(2017, 9, 30)
_LAATSTE = date(2017, 12, 31)
_KWARTALEN = (
    date(2016, 3, 31),
    date(2016, 6, 30),
    date(2016, 9, 30),
    date(2016, 12, 31),
    date(2017, 3, 31),
    date(2017, 6, 30),
    _VORIGE,
)
_DUUR = {
    "Basisondersteuning": 260,
    "Lichte opvoedondersteuning": 200,
    "Casemanagement": 380,
    WERKVOORRAAD: 45,
}
_REDENEN = (
    ("hulpvraag beantwoord", 55), ("ingetrokken", 18), ("overgedragen", 12),
    ("verhuizing", 8), ("18 jaar geworden", 7),
)  # fmt: skip


class Casussen:
    """Makes the cases of one municipality after another."""

    def __init__(self, bevolking: Bevolking, rng: Random) -> None:
        self._bevolking = bevolking
        self._rng = rng
        self._volgnummer = 0
        self.perioden: list[Casusperiode] = []

    def maak(
        self, gemeente: str, jeugd: Sequence[Persoon], gezinnen: Sequence[Huishouden]
    ) -> None:
        """Make the cases of one municipality.

        `jeugd` are its clients with youth help, `gezinnen` its families: a new child
        with a case comes from such a family or from one not yet known.
        """
        cijfers = publicatie.lees("casussen-2017q4")
        rng = self._rng
        kinderen = list(jeugd)
        rng.shuffle(kinderen)
        self._kinderen = kinderen
        self._gezinnen = list(gezinnen)
        self._gemeente = gemeente
        for soort, duur in _DUUR.items():
            stand, nieuw, afgerond = (
                cijfers[tabel][soort][gemeente]
                for tabel in ("caseload", "nieuw", "afgerond")
            )
            for i in range(stand - nieuw + afgerond):
                start = self._eerder(_VORIGE, duur)
                eind = dag_tussen(rng, _VORIGE, _LAATSTE) if i < afgerond else None
                self._casus(soort, start, eind)
            for _ in range(nieuw):
                self._casus(soort, startdag(rng, _VORIGE, _LAATSTE), None)
            for na, voor in itertools.pairwise(_KWARTALEN):
                for _ in range(round((nieuw + afgerond) * rng.uniform(0.15, 0.45))):
                    self._casus(
                        soort, self._eerder(na, duur), dag_tussen(rng, na, voor)
                    )

    def _eerder(self, voor: date, duur: int) -> date:
        dagen = 6 + int(min(self._rng.expovariate(1 / duur), 900))
        return naast_kwartaaleinde(voor - timedelta(days=dagen))

    def _casus(self, soort: str, start: date, eind: date | None) -> None:
        rng = self._rng
        self._volgnummer += 1
        nummer = f"C{start.year % 100}-{self._volgnummer:05d}"
        eerste = start
        if soort != WERKVOORRAAD and start < _VORIGE and rng.random() < 0.4:
            eerste = naast_kwartaaleinde(start - timedelta(days=rng.randint(10, 50)))
        client = self._client(eerste)
        if eerste < start:
            # The last day unassigned is the day before the first day of the type.
            self.perioden.append(
                Casusperiode(
                    nummer, client, WERKVOORRAAD, eerste, start - timedelta(days=1),
                    geregistreerd(rng, eerste, eerste), "toegedeeld",
                )
            )  # fmt: skip
        reden = ""
        if eind is not None:
            redenen = [naam for naam, _ in _REDENEN]
            reden = rng.choices(redenen, [deel for _, deel in _REDENEN])[0]
        self.perioden.append(
            Casusperiode(
                nummer, client, soort, start, eind,
                geregistreerd(rng, start, start), reden,
            )
        )  # fmt: skip

    def _client(self, dag: date) -> Persoon:
        """Return a minor on that day who has no case yet."""
        rng = self._rng
        if rng.random() < 0.72:
            for i, kind in enumerate(self._kinderen):
                if kind.geboortedatum < dag and kind.is_minderjarig(dag):
                    return self._kinderen.pop(i)
        geboren = jaren_later(dag, -17) + timedelta(days=rng.randint(0, 15 * 365))
        if rng.random() < 0.6:
            huishouden = rng.choice(self._gezinnen)
            ouder = huishouden.leden[0]
            volwassen = jaren_later(ouder.geboortedatum, 18)
            if volwassen < geboren < jaren_later(volwassen, 26):
                return self._bevolking.persoon(huishouden, geboren, ouders=(ouder,))
        huishouden = self._bevolking.huishouden(self._gemeente)
        ouder = self._bevolking.ouder(huishouden, geboren)
        return self._bevolking.persoon(huishouden, geboren, ouders=(ouder,))
