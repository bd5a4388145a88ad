"""Writing a levering from the records.

What goes in: whose records and which period. What comes out: a folder in the
documented format, the same bytes whenever the same facts were known. Everything is
read in one snapshot, streams through `COPY` from the database to the file, and appears
under its own name only when all of it is there.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import psycopg
from django.db import connection, transaction

from samenloop.core import gemeentegrens
from samenloop.core.periode import Periode
from samenloop.monitor.formaat import BESTANDEN, Bestand, Type
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.monitor.voortgang import Voortgang, stil
from samenloop.verantwoording.bronnen import BRONNEN, ONDERSCHEID, Vraag, statement
from samenloop.verantwoording.pseudoniem import Sleutel


@dataclass(frozen=True, slots=True)
class Geschreven:
    """A levering that stands on disk."""

    map: Path
    rijen: dict[str, int]  # file of the format -> number of rows


def period_for(kwartaal: Kwartaal) -> Periode:
    """Return the days a monitor of the quarter looks at.

    From the peildatum before the four quarters, because who ends on that day leaves in
    the first of them, up to the peildatum of the quarter itself.
    """
    return Periode(kwartaal.reeks(5)[0].eind, kwartaal.eind)


def write(
    gemeenten: Sequence[str],
    periode: Periode,
    map: Path,
    *,
    bekend_op: date | None = None,
    pseudoniem: Sleutel | None = None,
    onbekend: bool = False,
    regio: str | None = None,
    parquet: bool = False,
    toelichting: Path | None = None,
    voortgang: Voortgang = stil,
) -> Geschreven:
    """Write the levering of these municipalities (CBS codes) over the period.

    Args:
        bekend_op: leave out what became known later; None is all that is known now.
        pseudoniem: key of the recipient; None writes the BSN, for the own monitor.
        onbekend: also the records of clients without a municipality.
        regio: code of the region that stands in `gemeenten`.
        toelichting: folder with texts (`*.md`) to send along.

    Raises:
        LeveringFout: the period has no end, a municipality or region does not exist,
            or the folder already holds something.
    """
    if periode.einde is None:
        raise LeveringFout("Een levering gaat over een periode met een laatste dag.")
    _refuse_filled(map)
    vraag = Vraag(
        tuple(sorted(set(gemeenten))), periode.begin, periode.einde,
        bekend_op, onbekend, regio,
    )  # fmt: skip
    with _folder_or_nothing(map) as tijdelijk:
        if toelichting is not None:
            _copy_texts(toelichting, tijdelijk / "toelichting")
        with _snapshot() as cursor:
            _refuse_strangers(cursor, vraag)
            if pseudoniem is not None:
                pseudoniem.bind(cursor)
            rijen = {}
            for naam in BESTANDEN:
                voortgang(f"{naam} schrijven")
                select = statement(naam, pseudoniem=pseudoniem is not None)
                pad = tijdelijk / f"{naam}.csv"
                rijen[naam] = _copy(cursor, select, vraag, pad)
        if parquet:
            voortgang("omzetten naar Parquet")
            for bestand in BESTANDEN.values():
                _to_parquet(tijdelijk, bestand)
    return Geschreven(map, rijen)


def _copy(
    cursor: "psycopg.Cursor[tuple[object, ...]]", select: str, vraag: Vraag, pad: Path
) -> int:
    """Stream one file out of the database and return its number of rows."""
    opdracht = f"COPY ({select}) TO STDOUT WITH (FORMAT csv, HEADER, ENCODING 'UTF8')"
    with pad.open("wb") as uit, cursor.copy(opdracht, vraag.parameters()) as stroom:
        for blok in stroom:
            uit.write(blok)
    return cursor.rowcount


# Just after loading, the planner does not yet know how many records there are, and one
# loop within another over a region takes hours. Whole tables are read here anyway.
_INSTELLINGEN = {
    "DateStyle": "ISO, YMD",
    "enable_nestloop": "off",
    "work_mem": "64MB",
}


@contextmanager
def _snapshot() -> "Iterator[psycopg.Cursor[tuple[object, ...]]]":
    """Give a plain cursor that sees one moment of the records, for all files alike.

    A caller that already reads in a transaction has chosen its own moment. The
    statements choose the municipalities, and may take those without one along.
    """
    eigen = not connection.in_atomic_block
    with gemeentegrens.everywhere("levering"):
        # Before the transaction: its first statement has to be its isolation level.
        connection.cursor().close()
        with _one_moment(eigen) as cursor:
            yield cursor


@contextmanager
def _one_moment(eigen: bool) -> "Iterator[psycopg.Cursor[tuple[object, ...]]]":
    with transaction.atomic():
        if eigen:
            with connection.cursor() as django_cursor:
                django_cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
        with psycopg.Cursor(connection.connection) as cursor:
            for naam, waarde in _INSTELLINGEN.items():
                cursor.execute("SELECT set_config(%s, %s, true)", (naam, waarde))
            yield cursor


def _refuse_strangers(
    cursor: "psycopg.Cursor[tuple[object, ...]]", vraag: Vraag
) -> None:
    cursor.execute(
        "SELECT code FROM unnest(%s::text[]) AS code"
        " WHERE code NOT IN (SELECT code FROM personen_gemeente)",
        (list(vraag.gemeenten),),
    )
    onbekend = [str(code) for (code,) in cursor.fetchall()]
    if onbekend:
        raise LeveringFout(
            f"Gemeente {', '.join(onbekend)} staat niet in het systeem; "
            "een CBS-code ziet eruit als GM0005."
        )
    if not vraag.gemeenten:
        raise LeveringFout("Noem minstens één gemeente voor de levering.")
    if vraag.regio is not None:
        cursor.execute("SELECT 1 FROM personen_regio WHERE code = %s", (vraag.regio,))
        if cursor.fetchone() is None:
            raise LeveringFout(f"Regio {vraag.regio} staat niet in het systeem.")


def _refuse_filled(map: Path) -> None:
    if map.is_dir() and not any(map.iterdir()):
        return
    if map.exists() or map.is_symlink():
        raise LeveringFout(
            f"{map.name} bestaat al; kies een nieuwe map, "
            "dan gaat er geen eerdere levering verloren."
        )


@contextmanager
def _folder_or_nothing(map: Path) -> Iterator[Path]:
    """Give a folder beside `map` that takes its name when all went well.

    Personal data stand in it, so only the owner may look.
    """
    try:
        map.parent.mkdir(parents=True, exist_ok=True)
        tijdelijk = Path(tempfile.mkdtemp(prefix=f".{map.name}.", dir=map.parent))
    except OSError as fout:
        raise LeveringFout(
            f"In de map boven {map.name} kan niet worden geschreven: {fout.strerror}."
        ) from fout
    try:
        yield tijdelijk
        tijdelijk.rename(map)
    except OSError as fout:
        raise LeveringFout(
            f"De levering {map.name} kon niet worden geschreven: {fout.strerror}."
        ) from fout
    finally:
        shutil.rmtree(tijdelijk, ignore_errors=True)


def _copy_texts(van: Path, naar: Path) -> None:
    teksten = sorted(van.glob("*.md"))
    if not teksten:
        raise LeveringFout(f"In {van.name} staat geen toelichting (bestanden *.md).")
    naar.mkdir()
    for tekst in teksten:
        shutil.copyfile(tekst, naar / tekst.name)


_PARQUET_TYPE = {
    Type.TEKST: "VARCHAR",
    Type.GEHEEL: "BIGINT",
    Type.BEDRAG: "BIGINT",
    Type.DATUM: "DATE",
}


def _to_parquet(map: Path, bestand: Bestand) -> None:
    """Turn a written CSV file into Parquet with the types of the format.

    One thread, so that the row groups and with them the bytes are always the same.
    """
    csv = map / f"{bestand.naam}.csv"
    kolommen = {kolom.naam: _PARQUET_TYPE[kolom.type] for kolom in bestand.kolommen}
    if BRONNEN[bestand.naam].onderscheid:
        kolommen[ONDERSCHEID] = "BIGINT"
    with duckdb.connect(config={"threads": 1}) as con:
        rijen = con.read_csv(
            str(csv),
            header=True,
            columns=kolommen,
            delimiter=",",
            quotechar='"',
            escapechar='"',
            na_values="",
            auto_detect=False,
        )
        rijen.write_parquet(str(csv.with_suffix(".parquet")), compression="zstd")
    csv.unlink()
