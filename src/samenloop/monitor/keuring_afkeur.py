"""Keeping account of what was refused, and why.

Every rule a row breaks is one row in the table `afkeur`; from it come, per refused
row, the line of `afgekeurd.csv` (the row as it came, on the line where it stands in
the delivered file) and, per rule, the counts in the report. The report names rules
and counts, never cells.
"""

# ruff: noqa: S608 -- names in the SQL are ours or quoted; a cell is never part of it

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from samenloop.monitor import keuring_csv, regels, regels_algemeen
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.keuring_csv import Posities
from samenloop.monitor.keuring_inlezen import Bron, ident, tekst
from samenloop.monitor.uitkomst import Afkeur, Kwaliteit

KOP = ("bestand", "regelnummer", "kolom", "regel", "melding", "rij")
_STAP = 200_000  # refused rows handled at a time
_LEESREGELS = {
    keuring_csv.TE_WEINIG: regels_algemeen.TE_WEINIG,
    keuring_csv.TE_VEEL: regels_algemeen.TE_VEEL,
    keuring_csv.LOSSE_AANHALING: regels_algemeen.LOSSE_AANHALING,
    keuring_csv.LOS_EINDE: regels_algemeen.LOS_EINDE,
}


def begin(con: duckdb.DuckDBPyConnection) -> None:
    """Make the empty account.

    `toon` makes a delivered value fit to show in a sentence: short, on one line, and
    without a run of digits that could be a BSN in the wrong column.
    """
    con.execute(
        "create or replace macro toon(x) as left(regexp_replace(regexp_replace("
        "coalesce(x, ''), '[[:cntrl:]]', ' ', 'g'), '[0-9]{9,}', '…', 'g'), 40)"
    )
    con.execute(
        "create or replace table afkeur "
        "(bestand varchar, rid bigint, plaats integer, melding varchar)"
    )
    con.execute(
        "create or replace table afgekeurd (bestand varchar, label varchar, "
        "bron integer, regelnummer bigint, plaats integer, melding varchar, "
        "rij varchar)"
    )


def leg_vast(
    con: duckdb.DuckDBPyConnection, bronnen: list[Bron], kolommen: list[str]
) -> tuple[int, int]:
    """Write the refused rows of one file of the format to `afgekeurd`.

    Return how many rows were read and how many refused.
    """
    naam = bronnen[0].bestand
    con.execute(
        "create or replace table fouten as select rid, min(plaats) as plaats, "
        "string_agg(melding, ' ' order by plaats) as melding from afkeur "
        f"where bestand = {tekst(naam)} group by rid"
    )
    gelezen = 0
    for nummer, bron in enumerate(bronnen):
        gelezen += bron.aantal
        if bron.rijen is not None:
            gelezen += _onleesbaar(con, bron, nummer)
        if bron.rijen is None:
            _uit_cellen(con, bron, nummer)
        else:
            _uit_bestand(con, bron, nummer)
    telling = con.execute(
        "select count(*) from afgekeurd where bestand = ?", [naam]
    ).fetchone()
    con.execute("drop table fouten")
    return gelezen, int(telling[0]) if telling else 0


def _onleesbaar(con: duckdb.DuckDBPyConnection, bron: Bron, nummer: int) -> int:
    """Refuse the rows the reader could not take apart; return how many."""
    assert bron.rijen is not None
    oordeel = bron.rijen.oordeel
    aantal = 0
    for code, regel in _LEESREGELS.items():
        welke = np.flatnonzero(oordeel == code)
        aantal += len(welke)
        for deel in _delen(welke):
            plaats = regels.REGELS.index(regel)
            _voeg_toe(con, bron, nummer, deel, f"{plaats}, {tekst(regel.melding)}")
    return aantal


def _uit_bestand(con: duckdb.DuckDBPyConnection, bron: Bron, nummer: int) -> None:
    """Refuse rows that broke a rule, with their text from the file itself."""
    assert bron.rijen is not None
    rid = con.execute(
        f"select rid from fouten where rid >= {bron.eerste} "
        f"and rid < {bron.eerste + bron.aantal} order by rid"
    ).fetchnumpy()["rid"]
    if not len(rid):
        return
    goed = np.flatnonzero(bron.rijen.oordeel == keuring_csv.GOED)
    for deel in _delen(np.asarray(rid, np.int64)):
        _voeg_toe(
            con,
            bron,
            nummer,
            goed[deel - bron.eerste],
            "f.plaats, f.melding",
            rid=deel,
        )


def _voeg_toe(
    con: duckdb.DuckDBPyConnection,
    bron: Bron,
    nummer: int,
    welke: Posities,
    oordeel: str,
    rid: Posities | None = None,
) -> None:
    assert bron.rijen is not None
    rijen = pa.table(
        {
            "rid": pa.array(welke if rid is None else rid),
            "regelnummer": pa.array(bron.regelnummers(welke)),
            "rij": keuring_csv.teksten(bron.pad, bron.rijen, welke),
        }
    )
    con.register("deze_rijen", rijen)
    koppel = "" if rid is None else " join fouten as f using (rid)"
    con.execute(
        f"insert into afgekeurd select {tekst(bron.bestand)}, {tekst(bron.label)}, "
        f"{nummer}, d.regelnummer, {oordeel}, d.rij from deze_rijen as d{koppel}"
    )
    con.unregister("deze_rijen")


def _uit_cellen(con: duckdb.DuckDBPyConnection, bron: Bron, nummer: int) -> None:
    """Refuse rows of a Parquet file: their cells, written as CSV."""
    cellen = " || ',' || ".join(
        f"case when regexp_matches({ident(naam)}, '[\",\\r\\n]') then '\"' || "
        f"replace({ident(naam)}, '\"', '\"\"') || '\"' "
        f"else coalesce({ident(naam)}, '') end"
        for naam in bron.kolommen
    )
    con.execute(
        f"insert into afgekeurd select {tekst(bron.bestand)}, {tekst(bron.label)}, "
        f"{nummer}, f.rid - {bron.eerste} + 2, f.plaats, f.melding, {cellen} "
        f"from fouten as f join ruw_{bron.bestand} as r on r.rowid = f.rid "
        f"where f.rid >= {bron.eerste} and f.rid < {bron.eerste + bron.aantal}"
    )


def _delen(welke: Posities) -> Iterator[Posities]:
    for vanaf in range(0, len(welke), _STAP):
        yield welke[vanaf : vanaf + _STAP]


def tel(con: duckdb.DuckDBPyConnection) -> list[Afkeur]:
    """Count the refused rows per file and first broken rule, most first."""
    uit = []
    for bestand, plaats, aantal, eerste in con.execute(
        "select bestand, plaats, count(*), arg_min(regelnummer, (bron, regelnummer)) "
        "from afgekeurd group by bestand, plaats "
        "order by count(*) desc, plaats, bestand"
    ).fetchall():
        regel = regels.REGELS[plaats]
        uit.append(Afkeur(bestand, regel.kolom, regel.code, aantal, regel.eis, eerste))
    return uit


def schrijf(con: duckdb.DuckDBPyConnection, pad: Path, werkmap: Path) -> None:
    """Write the account of refused rows as CSV.

    Raises:
        LeveringFout: the file cannot be written.
    """
    con.execute(
        "create or replace table regelnamen (plaats integer, k varchar, r varchar)"
    )
    con.executemany(
        "insert into regelnamen values (?, ?, ?)",
        [(nr, regel.kolom, regel.code) for nr, regel in enumerate(regels.REGELS)],
    )
    klaar = werkmap / "afgekeurd.csv"
    con.execute(
        "copy (select label as bestand, regelnummer, nullif(k, '') as kolom, "
        "r as regel, melding, rij from afgekeurd join regelnamen using (plaats) "
        f"order by bron, label, regelnummer) to {tekst(str(klaar))} "
        "(format csv, header, delimiter ',', quote '\"', escape '\"')"
    )
    try:
        shutil.copyfile(klaar, pad)
    except OSError as fout:
        raise LeveringFout(
            f"{pad.name} kan niet worden geschreven ({fout.strerror}); controleer de "
            "map en de ruimte op de schijf."
        ) from fout


def redenen(kwaliteit: Kwaliteit, aantal: int | None = None) -> list[str]:
    """Say the reasons for refusal in lines, most frequent first."""
    return [
        f"{regel.aantal} × {regel.regel} in {regel.bestand}"
        f"{f', kolom {regel.kolom}' if regel.kolom else ''} "
        f"(eerste op regel {regel.eerste_regelnummer}): {regel.melding}"
        for regel in kwaliteit.afkeur[:aantal]
    ]


def te_veel(kwaliteit: Kwaliteit, drempel: float) -> str:
    """Say that more rows were refused than the set share, and why."""
    gelezen = sum(telling.gelezen for telling in kwaliteit.tellingen)
    afgekeurd = sum(telling.afgekeurd for telling in kwaliteit.tellingen)
    deel = f"{100 * afgekeurd / max(gelezen, 1):.1f}".replace(".", ",")
    grens = f"{100 * drempel:g}".replace(".", ",")
    waarom = "; ".join(
        f"{regel.aantal} × {regel.regel} {regel.kolom}".rstrip()
        + f" (eerste op regel {regel.eerste_regelnummer} van {regel.bestand})"
        for regel in kwaliteit.afkeur[:5]
    )
    return (
        f"{afgekeurd} van de {gelezen} rijen ({deel}%) zijn afgekeurd en dat is meer "
        f"dan {grens}%, vooral {waarom}; bekijk alles met --proef en herstel de "
        "levering, of ga toch door met --ga-door."
    )
