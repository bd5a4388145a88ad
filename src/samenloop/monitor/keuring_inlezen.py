"""Reading the files of a levering into the engine, as text.

Every cell arrives as the text the deliverer wrote (empty is NULL), in one table per
file of the format with the rows of all leveringen in order of delivery. CSV is first
searched (`keuring_csv`), so the engine only reads rows that are certainly sound and
its row numbers can be traced back to lines. Parquet holds typed values; they become
the text a CSV would have had.
"""

# ruff: noqa: S608 -- names in the SQL are ours or quoted; a cell is never part of it

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from samenloop.monitor import keuring_csv
from samenloop.monitor.formaat import BESTANDEN, Bestand
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.keuring_csv import Posities, Rijen
from samenloop.monitor.levering import Levering

MAX_RIJEN = 500_000_000  # of one Parquet file
_GENEST = ("STRUCT", "MAP", "UNION")
_BEZET = frozenset({"rid", "rowid", "gemeente_bekend", "soort_bekend"})


def ident(naam: str) -> str:
    """Quote a name for SQL."""
    return '"' + naam.replace('"', '""') + '"'


def tekst(waarde: str) -> str:
    """Quote a text for SQL."""
    return "'" + waarde.replace("'", "''") + "'"


@dataclass(slots=True)
class Bron:
    """One file of one levering, and where its rows are in the table of the engine."""

    label: str  # how the deliverer knows it
    bestand: str
    pad: Path  # under a name of our own, without characters that mean something
    kop: list[str]
    sha256: str = ""
    rijen: Rijen | None = None  # None for Parquet
    eerste: int = 0  # rowid of its first row in the table
    aantal: int = 0  # sound rows
    kolommen: list[str] = field(default_factory=list)  # names in the table

    def regelnummers(self, rijnummers: Posities) -> Posities:
        """Return the physical lines of rows, counted from 0 among all rows."""
        if self.rijen is None:
            return rijnummers + 2
        return self.rijen.regel[rijnummers]


def zoek_bronnen(
    leveringen: list[Levering],
    werkmap: Path,
    voortgang: Callable[[str, float | None], None],
) -> list[Bron]:
    """Search all files of all leveringen; nothing is in the engine yet.

    Raises:
        LeveringFout: a file cannot be read at all, or misses columns.
    """
    bronnen = []
    for nummer, levering in enumerate(leveringen):
        for naam, bestand in BESTANDEN.items():
            pad = levering.bestanden.get(naam)
            if pad is None:
                continue
            label = pad.name
            if len(leveringen) > 1:
                label = f"{levering.naam}/{label}"
            # The engine reads signs like * in a path as a pattern.
            veilig = werkmap / f"{nummer}_{naam}{pad.suffix.lower()}"
            veilig.symlink_to(pad.resolve())
            stap = f"Doorzoeken van {label}"
            voortgang(stap, None)
            try:
                if veilig.suffix == ".csv":
                    bron = _zoek_csv(veilig, label, bestand, stap, voortgang)
                else:
                    bron = _zoek_parquet(veilig, label, bestand)
            except OSError as fout:
                raise LeveringFout(
                    f"{label} kan niet worden gelezen ({fout.strerror or 'fout'}); "
                    "controleer het bestand en de toegang."
                ) from fout
            bronnen.append(bron)
    return bronnen


def _zoek_csv(
    pad: Path,
    label: str,
    bestand: Bestand,
    stap: str,
    voortgang: Callable[[str, float | None], None],
) -> Bron:
    rijen = keuring_csv.doorzoek(pad, label, lambda deel: voortgang(stap, deel))
    if len(rijen.kop) == 1:
        for teken, naam in ((";", "puntkomma's"), ("\t", "tabs"), ("|", "strepen")):
            if teken in rijen.kop[0]:
                raise LeveringFout(
                    f"{label} is met {naam} gescheiden in plaats van met komma's; "
                    "sla het op als CSV met komma's."
                )
    bron = Bron(label, bestand.naam, pad, rijen.kop, rijen.sha256, rijen)
    bron.kolommen = _controleer_kop(label, bestand, rijen.kop)
    bron.aantal = int(np.count_nonzero(rijen.oordeel == keuring_csv.GOED))
    return bron


def _zoek_parquet(pad: Path, label: str, bestand: Bestand) -> Bron:
    try:
        with pq.ParquetFile(pad) as parquet:
            kop = list(parquet.schema_arrow.names)
            meta = parquet.metadata
            if meta.num_rows > MAX_RIJEN:
                raise LeveringFout(f"{label} heeft meer dan {MAX_RIJEN} rijen.")
            for groep in range(meta.num_row_groups):
                rijen = max(meta.row_group(groep).num_rows, 1)
                omvang = meta.row_group(groep).total_byte_size
                if omvang / rijen > keuring_csv.MAX_RIJ:
                    raise LeveringFout(_te_groot(label))
    except (pa.ArrowException, OSError) as fout:
        raise LeveringFout(
            f"{label} is geen leesbaar Parquet-bestand; maak het opnieuw en lever "
            "opnieuw."
        ) from fout
    with pad.open("rb") as stroom:
        som = hashlib.file_digest(stroom, "sha256").hexdigest()
    bron = Bron(label, bestand.naam, pad, kop, som)
    bron.kolommen = _controleer_kop(label, bestand, kop)
    return bron


def _te_groot(label: str) -> str:
    return (
        f"{label} heeft een veld of rij van meer dan "
        f"{keuring_csv.MAX_RIJ // 1024**2} MB; dat hoort niet in dit formaat, "
        "controleer het bestand en lever opnieuw."
    )


def _controleer_kop(label: str, bestand: Bestand, kop: list[str]) -> list[str]:
    """Return the names the columns get; other capitals or spaces are forgiven."""
    namen = [kolom.strip().lower() for kolom in kop]
    dubbel = sorted({naam for naam in namen if naam and namen.count(naam) > 1})
    if dubbel:
        raise LeveringFout(
            f"{label} heeft de kolom {' en '.join(dubbel)[:200]} meer dan één keer; "
            "houd er één over."
        )
    ontbreekt = [
        kolom.naam
        for kolom in bestand.kolommen
        if not kolom.facultatief and kolom.naam not in namen
    ]
    if ontbreekt:
        woord = "de kolom" if len(ontbreekt) == 1 else "de kolommen"
        raise LeveringFout(
            f"In {label} ontbreekt {woord} {', '.join(ontbreekt)}; zet in de kop alle "
            "kolommen van het formaat, gescheiden door komma's."
        )
    bekend = {kolom.naam for kolom in bestand.kolommen}
    uit = []
    for plaats, (naam, eigen) in enumerate(zip(namen, kop, strict=True), 1):
        if naam in bekend:
            uit.append(naam)
        elif not naam or naam.startswith(("_", "d_")) or naam in _BEZET:
            # Names of our own in the engine; the column is kept under another.
            uit.append(f"kolom {plaats} {eigen.strip()}".strip())
        else:
            uit.append(eigen.strip())
    return uit


def laad(con: duckdb.DuckDBPyConnection, bronnen: list[Bron], tabel: str) -> list[str]:
    """Fill the table of one file of the format; return its columns in order.

    The table gets `_bron`, the columns of the format and every other column that was
    delivered, all text.

    Raises:
        LeveringFout: the engine cannot read what was found.
    """
    formaat = [kolom.naam for kolom in BESTANDEN[bronnen[0].bestand].kolommen]
    kolommen = {naam.lower(): naam for naam in formaat}
    for bron in bronnen:
        for naam in bron.kolommen:
            kolommen.setdefault(naam.lower(), naam)
    namen = list(kolommen.values())
    velden = ", ".join(f"{ident(naam)} varchar" for naam in namen)
    con.execute(f"create or replace table {tabel} (_bron usmallint, {velden})")
    eerste = 0
    for nummer, bron in enumerate(bronnen):
        bron.eerste = eerste
        van_bron = {naam.lower(): naam for naam in bron.kolommen}
        lees: Iterable[str]
        if bron.rijen is None:
            keuze = _uit_parquet(con, bron)
            lees = [f"read_parquet({tekst(str(bron.pad))}, binary_as_string=true)"]
        else:
            keuze = {naam: ident(naam) for naam in bron.kolommen}
            lees = _uit_csv(bron)
        cellen = ", ".join(
            keuze[van_bron[naam.lower()]] if naam.lower() in van_bron else "null"
            for naam in namen
        )
        if not _voeg_in(con, tabel, nummer, cellen, lees, bron, eerste):
            raise LeveringFout(
                f"{bron.label} kan niet rij voor rij worden gelezen; controleer of "
                "het een gewone CSV of Parquet is en lever opnieuw."
            )
        eerste += bron.aantal
    return namen


def _voeg_in(
    con: duckdb.DuckDBPyConnection,
    tabel: str,
    nummer: int,
    cellen: str,
    lees: Iterable[str],
    bron: Bron,
    eerste: int,
) -> bool:
    """Insert the rows of one file; say whether every sound row came through."""
    for uit in lees:
        try:
            con.execute(f"insert into {tabel} select {nummer}, {cellen} from {uit}")
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            continue
        totaal = con.execute(f"select count(*) from {tabel}").fetchone()
        nieuw = (totaal[0] if totaal else 0) - eerste
        if bron.rijen is None:
            bron.aantal = nieuw
        if nieuw == bron.aantal:
            return True
        # Start again: a deleted row would keep its place in the numbering.
        con.execute(
            f"create or replace table {tabel} as select * from {tabel} "
            f"where _bron < {nummer}"
        )
    return False


def _uit_csv(bron: Bron) -> Iterator[str]:
    """Ways to read the sound rows, to be tried in this order.

    The engine may split a file over threads in the middle of a quoted line break, so
    a file with those is copied in parts first, as is whatever is not plain.
    """
    rijen = bron.rijen
    if rijen is None or bron.aantal == 0:
        leeg = ", ".join(f"null::varchar as {ident(k)}" for k in bron.kolommen)
        yield f"(select {leeg} where false)"
        return
    kolommen = ", ".join(f"{tekst(naam)}: 'VARCHAR'" for naam in bron.kolommen)

    def lees(paden: list[Path], kop: bool) -> str:
        lijst = ", ".join(tekst(str(pad)) for pad in paden)
        return (
            f"read_csv([{lijst}], auto_detect=false, header={kop}, "
            f"columns={{{kolommen}}}, delim=',', quote='\"', escape='\"', "
            "strict_mode=true, null_padding=false, "
            f"max_line_size={2 * keuring_csv.MAX_RIJ}, parallel={kop})"
        )

    if rijen.zuiver and not rijen.regels_in_velden:
        yield lees([bron.pad], True)
    yield lees(keuring_csv.schrijf_zuiver(bron.pad, rijen, bron.pad), False)


def _uit_parquet(con: duckdb.DuckDBPyConnection, bron: Bron) -> dict[str, str]:
    """Return per column the expression that gives the text a CSV would have."""
    try:
        beschrijving = con.execute(
            f"describe select * from read_parquet({tekst(str(bron.pad))}, "
            "binary_as_string=true)"
        ).fetchall()
    except duckdb.Error as fout:
        raise LeveringFout(
            f"{bron.label} is geen leesbaar Parquet-bestand; maak het opnieuw en "
            "lever opnieuw."
        ) from fout
    keuze = {}
    for naam, (kolom, soort, *_) in zip(bron.kolommen, beschrijving, strict=True):
        cel = ident(kolom)
        if soort.startswith(_GENEST) or soort.endswith("]"):
            keuze[naam] = f"cast({cel} as varchar)"
        elif soort.startswith("TIMESTAMP"):
            keuze[naam] = (
                f"case when {cel} = date_trunc('day', {cel}) "
                f"then cast(cast({cel} as date) as varchar) "
                f"else cast({cel} as varchar) end"
            )
        elif soort in ("FLOAT", "DOUBLE") or soort.startswith("DECIMAL"):
            keuze[naam] = (
                f"case when {cel} = trunc({cel}) and abs({cel}) < 1e15 "
                f"then cast(cast({cel} as bigint) as varchar) "
                f"else cast({cel} as varchar) end"
            )
        else:
            keuze[naam] = f"nullif(cast({cel} as varchar), '')"
    return keuze
