"""Addresses, families and custody of the demo region, as rows of the records.

They follow from the households: where there are children, their parents have custody
until they come of age. Some households lived elsewhere before.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.demo.feiten import Huishouden, Persoon, Regio, jaren_later
from samenloop.demo.namen import STRATEN
from samenloop.personen import models as personen

_OUDSTE_ADRES = date(1994, 10, 1)  # when addresses became one register
_VERHUISD = 0.12


def reeks(eerste: date, laatste: date | None) -> DateRange:
    """Return the range of the database: its upper bound is the day after the last."""
    return DateRange(eerste, laatste + timedelta(days=1) if laatste else None)


class Gezinslast:
    """Makes rows (unsaved) for people and households that have rows already."""

    def __init__(
        self,
        personen_: Mapping[str, personen.Persoon],
        huishoudens: Mapping[str, personen.Huishouden],
        nieuw_id: Callable[[], uuid.UUID],
        rng: Random,
    ) -> None:
        self._personen = personen_
        self._huishoudens = huishoudens
        self._nieuw_id = nieuw_id
        self._rng = rng
        self.leden: list[personen.Gezinslid] = []
        self.gezag: list[personen.Gezag] = []

    def adressen(self, regio: Regio) -> Iterator[personen.Adres]:
        """Yield the address of each person, and for some the one before."""
        gemeenten = regio.gebied.gemeenten
        for huishouden in regio.huishoudens:
            sinds = date(2000, 1, 5) + timedelta(days=self._rng.randint(0, 5000))
            vorig = None
            if huishouden.gemeente and self._rng.random() < _VERHUISD:
                gemeente = self._rng.choice(gemeenten)
                gebied = self._rng.choice(gemeente.postcodes)
                vorig = {
                    "gemeente_id": gemeente.code,
                    "postcode": gebied.postcode,
                    "woonplaats": gebied.plaats,
                    "straat": self._rng.choice(STRATEN),
                    "huisnummer": self._rng.randint(1, 180),
                }
            for lid in huishouden.leden:
                eerste = max(lid.geboortedatum, _OUDSTE_ADRES)
                begin = max(sinds, eerste) if vorig else eerste
                if vorig and begin > eerste:
                    yield self._adres(
                        lid, eerste, begin - timedelta(days=1), None, **vorig
                    )
                yield self._adres(
                    lid,
                    begin,
                    None,
                    self._huishoudens[huishouden.sleutel],
                    gemeente_id=huishouden.gemeente or None,
                    postcode=huishouden.postcode,
                    woonplaats=huishouden.plaats,
                    straat=huishouden.straat,
                    huisnummer=huishouden.huisnummer or None,
                )

    def gezinnen(self, huishoudens: Iterable[Huishouden]) -> Iterator[personen.Gezin]:
        """Yield a gezin for each household with children; fills `leden` and `gezag`."""
        for huishouden in huishoudens:
            kinderen = [lid for lid in huishouden.leden if lid.ouders]
            if not kinderen:
                continue
            naam = kinderen[0]
            gezin = personen.Gezin(
                id=self._nieuw_id(),
                naam=" ".join(
                    deel for deel in (naam.voorvoegsel, naam.geslachtsnaam) if deel
                ),
            )
            begin = min(kind.geboortedatum for kind in kinderen)
            for ouder in dict.fromkeys(o for kind in kinderen for o in kind.ouders):
                self._lid(gezin, ouder, personen.GezinsRol.OUDER, begin)
            for kind in kinderen:
                self._lid(gezin, kind, personen.GezinsRol.KIND, kind.geboortedatum)
                for ouder in kind.ouders:
                    self._houder(kind, ouder)
            yield gezin

    def _adres(
        self,
        lid: Persoon,
        eerste: date,
        laatste: date | None,
        huishouden: personen.Huishouden | None,
        **waar: object,
    ) -> personen.Adres:
        return personen.Adres(
            kenmerk=self._nieuw_id(),
            persoon=self._personen[lid.bsn],
            geldig=reeks(eerste, laatste),
            bekend=DateRange(eerste, None),
            huishouden=huishouden,
            **waar,
        )

    def _lid(self, gezin: personen.Gezin, wie: Persoon, rol: str, sinds: date) -> None:
        self.leden.append(
            personen.Gezinslid(
                kenmerk=self._nieuw_id(),
                gezin=gezin,
                persoon=self._personen[wie.bsn],
                rol=rol,
                geldig=DateRange(sinds, None),
                bekend=DateRange(sinds, None),
            )
        )

    def _houder(self, kind: Persoon, ouder: Persoon) -> None:
        meerderjarig = jaren_later(kind.geboortedatum, 18)
        self.gezag.append(
            personen.Gezag(
                kenmerk=self._nieuw_id(),
                minderjarige=self._personen[kind.bsn],
                houder=self._personen[ouder.bsn],
                geldig=DateRange(kind.geboortedatum, meerderjarig),
                bekend=DateRange(kind.geboortedatum, None),
            )
        )
