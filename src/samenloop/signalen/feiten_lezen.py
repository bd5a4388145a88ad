"""Reading records as packed columns, and joining columns in memory.

One row of an answer holds a whole column as bytes: half a million rows one by one cost
more than everything that is done with them. Ids become numbers in the order of the ids;
a join finds all pairs with the same number by sorting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from samenloop.signalen.regels.feitenbeeld import LEEFGEBIEDCODES
from samenloop.signalen.regels.tabel import Codekolom

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
ONBEKENDE_LEEFTIJD = 10**6

_DAG = "extract(julian FROM {0})::int4"
_ONDER = "coalesce(extract(julian FROM lower({0})), 0)::int4"
_BOVEN = "coalesce(extract(julian FROM upper({0})), 2147483647)::int4"

SIGNALEN = f"""
SELECT string_agg(uuid_send(id), ''::bytea) AS id,
       string_agg(int4send(plaats), ''::bytea) AS soort,
       string_agg(int4send(coalesce(array_position(%(kanalen)s::text[], kanaal::text),
                                    0)), ''::bytea) AS kanaal,
       string_agg(int4send(veiligheidsrisico::int), ''::bytea) AS veiligheid,
       string_agg(int4send((organisatie_id IS NOT NULL)::int), ''::bytea)
           AS organisatie,
       string_agg(int4send({_DAG.format("dag")}), ''::bytea) AS dag,
       string_agg(int4send(to_char(dag, 'YYYYMMDD')::int), ''::bytea) AS ymd,
       string_agg(int4send((ontvangen_op >= %(van)s)::int), ''::bytea) AS erin,
       string_agg(nummer, E'\\n') AS nummers
  FROM (SELECT s.*, k.plaats,
               (s.ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS dag
          FROM signalen_signaal s
          JOIN unnest(%(codes)s::text[], %(gebieden)s::text[], %(plaatsen)s::int[])
               AS k (code, gebied, plaats) ON k.code = s.soort_id
         WHERE s.gemeente_id = %(gemeente)s AND s.ontvangen_op < %(tot)s
           AND (s.ontvangen_op >= %(van)s
                OR (s.ontvangen_op >= %(eerder)s
                    AND k.gebied = ANY (%(binnen)s::text[])))
         ORDER BY s.ontvangen_op, s.id) rij
"""  # noqa: S608
OVER = """
SELECT string_agg(uuid_send(s.id), ''::bytea) AS signaal,
       string_agg(uuid_send(coalesce(p.id, %(niemand)s::uuid)), ''::bytea) AS persoon,
       string_agg(int4send(coalesce(to_char(p.geboortedatum, 'YYYYMMDD')::int, 0)),
                  ''::bytea) AS geboren
  FROM signalen_signaal s
  JOIN signalen_signaalbetrokkene b ON b.signaal_id = s.id AND b.rol = 'over'
  LEFT JOIN personen_persoon p ON p.id = b.persoon_id
 WHERE s.gemeente_id = %(gemeente)s AND s.ontvangen_op < %(tot)s
   AND s.ontvangen_op >= %(eerder)s
"""
LEDEN = f"""
SELECT string_agg(uuid_send(g.gezin_id), ''::bytea) AS gezin,
       string_agg(uuid_send(p.id), ''::bytea) AS persoon,
       string_agg(int4send(CASE WHEN g.rol IN ('ouder', 'partner') THEN 1
                                WHEN g.rol = 'kind' THEN 2 ELSE 0 END),
                  ''::bytea) AS rol,
       string_agg(int4send(coalesce(to_char(p.geboortedatum, 'YYYYMMDD')::int, 0)),
                  ''::bytea) AS geboren,
       string_agg(int4send({_ONDER.format("g.geldig")}), ''::bytea) AS geldig_van,
       string_agg(int4send({_BOVEN.format("g.geldig")}), ''::bytea) AS geldig_tot,
       string_agg(int4send({_ONDER.format("g.bekend")}), ''::bytea) AS bekend_van,
       string_agg(int4send({_BOVEN.format("g.bekend")}), ''::bytea) AS bekend_tot
  FROM personen_gezinslid g
  JOIN personen_persoon p ON p.id = g.persoon_id
 WHERE NOT isempty(g.geldig) AND NOT isempty(g.bekend)
"""  # noqa: S608
INSTEMMING = f"""
SELECT string_agg(uuid_send(persoon_id), ''::bytea) AS persoon,
       string_agg(int4send({_DAG.format("gegeven_op")}), ''::bytea) AS van,
       string_agg(int4send(least({_DAG.format("tot")} + 1,
                                 {_DAG.format("ingetrokken_op")}, 2147483647)),
                  ''::bytea) AS tot
  FROM personen_toestemming
 WHERE categorie = %(categorie)s AND doel = %(doel)s AND gemeente_id = %(gemeente)s
"""  # noqa: S608
ADRESSEN = f"""
SELECT string_agg(uuid_send(persoon_id), ''::bytea) AS persoon,
       string_agg(int4send(left(postcode, 4)::int), ''::bytea) AS postcode,
       string_agg(int4send({_ONDER.format("geldig")}), ''::bytea) AS geldig_van,
       string_agg(int4send({_BOVEN.format("geldig")}), ''::bytea) AS geldig_tot,
       string_agg(int4send({_ONDER.format("bekend")}), ''::bytea) AS bekend_van,
       string_agg(int4send({_BOVEN.format("bekend")}), ''::bytea) AS bekend_tot
  FROM personen_adres
 WHERE postcode <> '' AND NOT isempty(geldig) AND NOT isempty(bekend)
   AND gemeente_id = %(gemeente)s
"""  # noqa: S608


class Pak(dict[str, Any]):
    """The answer of one statement."""

    def ints(self, naam: str) -> Ints:
        """A column of numbers."""
        return np.frombuffer(self[naam] or b"", dtype=">i4").astype(np.int64)

    def ids(self, naam: str) -> NDArray[np.uint64]:
        """Two numbers per id, high and low: in their order ids sort as text."""
        return (
            np.frombuffer(self[naam] or b"", dtype=">u8")
            .astype(np.uint64)
            .reshape(-1, 2)
        )


def read(sql: str, params: Mapping[str, Any]) -> Pak:
    """Run a statement of which the answer is one row of columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        namen = [kolom[0] for kolom in cursor.description]
        return Pak(zip(namen, cursor.fetchone(), strict=True))


def number(*ids: NDArray[np.uint64]) -> tuple[list[Ints], NDArray[np.uint64]]:
    """Number ids in their order; the same id gets the same number everywhere."""
    alles = np.concatenate(ids) if ids else np.empty((0, 2), np.uint64)
    _hoog, eerste, welke = np.unique(
        alles[:, 0], return_index=True, return_inverse=True
    )
    uniek = alles[eerste]
    if not np.array_equal(uniek[welke.reshape(-1), 1], alles[:, 1]):
        # Two ids with the same first half: rare, so the slow way will do.
        uniek, welke = np.unique(alles, axis=0, return_inverse=True)
    grenzen = np.cumsum([len(deel) for deel in ids])[:-1]
    return np.split(welke.reshape(-1).astype(np.int64), grenzen), uniek


def join(links: Ints, rechts: Ints) -> tuple[Ints, Ints]:
    """Places of every pair of which the keys are equal, in order of the left."""
    volgorde = np.argsort(rechts, kind="stable")
    gesorteerd = rechts[volgorde]
    begin = np.searchsorted(gesorteerd, links, "left")
    aantal = np.searchsorted(gesorteerd, links, "right") - begin
    van = np.repeat(np.arange(len(links)), aantal)
    start = np.repeat(begin - (np.cumsum(aantal) - aantal), aantal)
    return van, volgorde[start + np.arange(len(van))]


def least(van: Ints, waarden: Ints, aantal: int) -> Ints:
    """The lowest value per number; as large as can be where there is none."""
    laagste = np.full(aantal, ONBEKENDE_LEEFTIJD, dtype=np.int64)
    np.minimum.at(laagste, van, waarden)
    return laagste


@dataclass(frozen=True, slots=True)
class Feiten:
    """Facts with two times, to ask which hold on a day."""

    pak: Pak

    def hold(self, rijen: Ints, dag: Ints) -> Bools:
        """Whether the fact in each of these rows holds, as known, on that day."""
        pak = self.pak
        return (
            (pak.ints("geldig_van")[rijen] <= dag)
            & (dag < pak.ints("geldig_tot")[rijen])
            & (pak.ints("bekend_van")[rijen] <= dag)
            & (dag < pak.ints("bekend_tot")[rijen])
        )


def ages(ymd: Ints, geboren: Ints) -> Ints:
    """Whole years on a day; both written as year, month, day in one number."""
    jaren = np.trunc((ymd - geboren) / 10_000).astype(np.int64)
    return np.where(geboren > 0, jaren, ONBEKENDE_LEEFTIJD)


class Instemming:
    """Who agreed on a day to looking at signals of several laws together."""

    def __init__(self, persoon: Ints, van: Ints, tot: Ints) -> None:
        self._persoon, self._van, self._tot = persoon, van, tot

    def __len__(self) -> int:
        return len(self._persoon)

    def on(self, persoon: Ints, dag: Ints) -> Bools:
        """Whether each of these people had agreed on that day."""
        stemt_in = np.zeros(len(persoon), dtype=bool)
        if len(self):
            wie, welke = join(persoon, self._persoon)
            geldt = (self._van[welke] <= dag[wie]) & (dag[wie] < self._tot[welke])
            stemt_in[wie[geldt]] = True
        return stemt_in


def codes_of(nummers: NDArray[np.int16], codes: Sequence[str]) -> Codekolom:
    """A column of codes; codes that occur twice (a law of two kinds) made one."""
    naar, uniek = same(codes)
    return Codekolom(uniek, naar[nummers] if len(nummers) else nummers)


def same(codes: Sequence[str]) -> tuple[NDArray[np.int16], tuple[str, ...]]:
    """Codes made one where they occur twice: number to number, and the codes."""
    uniek = tuple(dict.fromkeys(codes))
    return np.array([uniek.index(c) for c in codes] or [0], dtype=np.int16), uniek


def places(gebieden: frozenset[str]) -> list[int]:
    """Areas of life as a column keeps them."""
    return [LEEFGEBIEDCODES.index(code) for code in gebieden]


def known(leeftijd: Ints) -> NDArray[np.int16]:
    """Ages as a column keeps them: -1 is not known."""
    bekend = (leeftijd >= 0) & (leeftijd < ONBEKENDE_LEEFTIJD)
    return np.where(bekend, leeftijd, -1).astype(np.int16)


def as_uuid(paar: NDArray[np.uint64]) -> UUID:
    """The id that two numbers stand for."""
    return UUID(int=(int(paar[0]) << 64) | int(paar[1]))


def as_bytes(paren: NDArray[np.uint64]) -> NDArray[np.void]:
    """Ids as 16 bytes each."""
    return np.ascontiguousarray(paren.astype(">u8")).view("V16").reshape(-1)
