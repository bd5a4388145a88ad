"""Checking that the logs are whole: nothing changed, gone, put in, moved or cut off.

Every line is hashed again, after the hash of the line before it, in blocks, so ten
million lines take no more memory than ten thousand. The database only computes; what is
compared with what stands here. Who rewrites a whole chain from some line on, heads and
all, is found by comparing with heads that were kept elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import DEFAULT_DB_ALIAS, connections

from samenloop.access.logboek.ketens import INHOUD, TABEL, Kop, start
from samenloop.access.logboek.models import KETENS, Log

BLOK = 20_000
_MEESTE = 1000

Voortgang = Callable[[int, int], bool]


class Soort(StrEnum):
    """What can be wrong with a chain."""

    ANDERS = "anders"
    ONTBREEKT = "ontbreekt"
    DUBBEL = "dubbel"
    STAART = "staart"
    VOORBIJ = "voorbij"
    KOP = "kop"
    GEEN_KOP = "geen-kop"
    VOOR_ANKER = "voor-anker"
    ANKER = "anker"
    BEWAARD = "bewaard"


_ZIN = {
    Soort.ANDERS: "regel {nummer} past niet bij de regel ervoor: een van beide is "
    "veranderd, ingevoegd of verplaatst",
    Soort.ONTBREEKT: "regels {nummer} tot en met {tot} ontbreken",
    Soort.DUBBEL: "regel {nummer} staat er meer dan eens",
    Soort.STAART: "het eind is afgeknipt: regels {nummer} tot en met {tot} ontbreken",
    Soort.VOORBIJ: "regel {nummer} en verder zijn buiten de keten om toegevoegd",
    Soort.KOP: "de kop van de keten past niet bij regel {nummer}",
    Soort.GEEN_KOP: "de kop van de keten is weg",
    Soort.VOOR_ANKER: "regel {nummer} staat voor het punt tot waar is opgeruimd",
    Soort.ANKER: "van het opruimen tot en met regel {nummer} staat geen bewijs in "
    "het logboek",
    Soort.BEWAARD: "regel {nummer} is niet meer de regel van de eerder bewaarde kop",
}


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault: in which chain, at which line, and what."""

    log: str
    keten: int
    nummer: int
    soort: Soort
    tot: int = 0

    def __str__(self) -> str:
        zin = _ZIN[self.soort].format(nummer=self.nummer, tot=self.tot)
        return f"{self.log}/{self.keten}: {zin}"


@dataclass(slots=True)
class Uitkomst:
    """What a check came to."""

    regels: int = 0
    totaal: int = 0
    fouten: list[Fout] = field(default_factory=list)
    aantal_fouten: int = 0
    gestopt: bool = False
    bewaarde_koppen: int = 0
    niet_te_vergelijken: int = 0

    @property
    def heel(self) -> bool:
        """Whether all lines were checked and no fault was found."""
        return not self.aantal_fouten and not self.gestopt

    def add(self, fouten: Iterable[Fout]) -> None:
        """Count faults and keep the first thousand."""
        for fout in fouten:
            self.aantal_fouten += 1
            if len(self.fouten) < _MEESTE:
                self.fouten.append(fout)


@dataclass(frozen=True, slots=True)
class _Keten:
    """A chain at one moment: its head, its last line and where it starts."""

    log: Log
    keten: int
    kop: Kop | None
    laatste: int
    laatste_hash: bytes
    eerste: int | None
    anker: Kop
    using: str


def verify(
    *,
    bewaard: Sequence[Kop] = (),
    voortgang: Voortgang | None = None,
    blok: int = BLOK,
    using: str = DEFAULT_DB_ALIAS,
) -> Uitkomst:
    """Check every chain of both logs; the work must see all municipalities.

    Args:
        bewaard: heads kept elsewhere at an earlier moment.
        voortgang: told lines done and lines in all after each block; False stops.
        blok: lines per block.
        using: the connection.
    """
    ketens = [keten for log in Log for keten in _states(log, using)]
    # A log of which no chain has a head was never written to.
    begonnen = {keten.log for keten in ketens if keten.kop or keten.laatste}
    uitkomst = Uitkomst(totaal=sum(k.laatste - k.anker.nummer for k in ketens))
    for keten in ketens:
        uitkomst.add(_ends(keten, keten.log in begonnen))
        for regels, fouten in _lines(keten, blok):
            uitkomst.regels += regels
            uitkomst.add(fouten)
            if voortgang and not voortgang(uitkomst.regels, uitkomst.totaal):
                uitkomst.gestopt = True
                return uitkomst
    uitkomst.add(_anchors_without_proof(using))
    for kop in bewaard:
        uitkomst.bewaarde_koppen += 1
        found = _hash_at(kop, ketens)
        if found is None:
            uitkomst.niet_te_vergelijken += 1
        elif found != kop.hash:
            uitkomst.add([Fout(kop.log, kop.keten, kop.nummer, Soort.BEWAARD)])
    return uitkomst


def _states(log: Log, using: str) -> Iterator[_Keten]:
    # One statement, so one moment: lines and heads become visible together.
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"""
            SELECT reeks.nr, kop.nummer, kop.hash, anker.nummer, anker.hash,
                   laatste.nummer, laatste.hash, eerste.nummer
              FROM generate_series(0, %(ketens)s - 1) reeks (nr)
              LEFT JOIN logboek_ketenkop kop
                ON kop.log = %(log)s AND kop.keten = reeks.nr
              LEFT JOIN LATERAL (
                SELECT nummer, hash FROM logboek_anker a
                 WHERE a.log = %(log)s AND a.keten = reeks.nr
                 ORDER BY nummer DESC LIMIT 1) anker ON true
              LEFT JOIN LATERAL (
                SELECT nummer, hash FROM {TABEL[log]} r WHERE r.keten = reeks.nr
                 ORDER BY nummer DESC LIMIT 1) laatste ON true
              LEFT JOIN LATERAL (
                SELECT nummer FROM {TABEL[log]} r WHERE r.keten = reeks.nr
                 ORDER BY nummer LIMIT 1) eerste ON true
             ORDER BY reeks.nr
            """,  # noqa: S608
            {"log": str(log), "ketens": KETENS},
        )
        rows = cursor.fetchall()
    for row in rows:
        keten, kop_nummer, kop_hash, tot, tot_hash, laatste, laatste_hash, eerste = row
        anker = Kop(
            str(log), keten, tot or 0, bytes(tot_hash) if tot else start(log, keten)
        )
        kop = None
        if kop_nummer is not None:
            kop = Kop(str(log), keten, kop_nummer, bytes(kop_hash))
        if laatste is None or laatste <= anker.nummer:
            laatste, laatste_hash = anker.nummer, anker.hash
        yield _Keten(
            log, keten, kop, laatste, bytes(laatste_hash), eerste, anker, using
        )


def _ends(keten: _Keten, begonnen: bool) -> Iterator[Fout]:
    def fout(nummer: int, soort: Soort, tot: int = 0) -> Fout:
        return Fout(str(keten.log), keten.keten, nummer, soort, tot)

    if keten.eerste is not None and keten.eerste <= keten.anker.nummer:
        yield fout(keten.eerste, Soort.VOOR_ANKER)
    kop = keten.kop
    if kop is None:
        if begonnen:
            yield fout(1, Soort.GEEN_KOP)
    elif kop.nummer > keten.laatste:
        yield fout(keten.laatste + 1, Soort.STAART, kop.nummer)
    elif kop.nummer < keten.laatste:
        yield fout(kop.nummer + 1, Soort.VOORBIJ)
    elif kop.hash != keten.laatste_hash:
        yield fout(kop.nummer, Soort.KOP)


def _lines(keten: _Keten, blok: int) -> Iterator[tuple[int, list[Fout]]]:
    """Hash the lines of a chain again; per block how many and which are wrong."""
    vorig, vorige_hash = keten.anker.nummer, keten.anker.hash
    for begin in range(keten.anker.nummer, keten.laatste, blok):
        with connections[keten.using].cursor() as cursor:
            cursor.execute(
                f"""
                WITH regel AS (
                    SELECT n.nummer, n.hash, {INHOUD[keten.log]} AS inhoud,
                           lag(n.nummer, 1, %(vorig)s::bigint) OVER keten AS vorig,
                           lag(n.hash, 1, %(hash)s::bytea) OVER keten AS vorige_hash
                      FROM {TABEL[keten.log]} n
                     WHERE n.keten = %(keten)s AND n.nummer > %(van)s
                       AND n.nummer <= %(tot)s
                    WINDOW keten AS (ORDER BY n.nummer))
                SELECT count(*), max(nummer),
                       array_agg(ARRAY[nummer, vorig] ORDER BY nummer) FILTER (
                           WHERE nummer <> vorig + 1 OR hash IS DISTINCT FROM
                                 pg_catalog.sha256(vorige_hash || inhoud))
                  FROM regel
                """,  # noqa: S608
                {
                    "keten": keten.keten,
                    "vorig": vorig,
                    "hash": vorige_hash,
                    "van": begin,
                    "tot": min(begin + blok, keten.laatste),
                },
            )
            aantal, hoogste, fout = cursor.fetchone()
        if aantal:
            vorig = hoogste
            vorige_hash = _stored(keten.using, keten.log, keten.keten, hoogste)
        yield aantal, [_fault(keten, *paar) for paar in fout or []]


def _fault(keten: _Keten, nummer: int, vorig: int) -> Fout:
    log = str(keten.log)
    if nummer > vorig + 1:
        return Fout(log, keten.keten, vorig + 1, Soort.ONTBREEKT, nummer - 1)
    if nummer == vorig:
        return Fout(log, keten.keten, nummer, Soort.DUBBEL)
    return Fout(log, keten.keten, nummer, Soort.ANDERS)


def _stored(using: str, log: Log, keten: int, nummer: int) -> bytes:
    """The hash that stands with a line; empty when the line is gone."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT hash FROM {TABEL[log]} WHERE keten = %s AND nummer = %s",  # noqa: S608
            [keten, nummer],
        )
        row = cursor.fetchone()
    return bytes(row[0] or b"") if row else b""


def _hash_at(kop: Kop, ketens: Sequence[_Keten]) -> bytes | None:
    """The hash that stands there now; None when that part was cleared away."""
    here = next(k for k in ketens if (str(k.log), k.keten) == (kop.log, kop.keten))
    if kop.nummer < here.anker.nummer:
        return None
    if kop.nummer == here.anker.nummer:
        return here.anker.hash
    return _stored(here.using, here.log, kop.keten, kop.nummer)


def _anchors_without_proof(using: str) -> Iterator[Fout]:
    """Find anchors whose clearing is not itself in the log.

    Proof that was cleared away in its turn is not asked for.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            SELECT log, keten, nummer FROM logboek_anker anker
             WHERE opgeruimd_op > coalesce((SELECT max(laatste_op) FROM logboek_anker
                                             WHERE log = 'audit'), '-infinity')
               AND NOT EXISTS (
                   SELECT FROM logboek_auditregel regel
                    WHERE regel.onderwerp = 'anker:' || anker.log || '/' || anker.keten
                          || '/' || anker.nummer || ':' || encode(anker.hash, 'hex')
                      AND regel.onderwerp <> '')
             ORDER BY log, keten, nummer
            """
        )
        for log, keten, nummer in cursor.fetchall():
            yield Fout(log, keten, nummer, Soort.ANKER)
