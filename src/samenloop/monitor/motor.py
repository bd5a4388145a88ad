"""The engines that compute the figures.

The tables are declared once, as Ibis expressions; what carries them out is chosen
here. DuckDB is the default: one process, bounded memory, spilling to disk. Spark is
for who already has a cluster (extra `[spark]`, needs Java); accepted rows go there
through Parquet files.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
from ibis.util import gen_name

GEHEUGEN = "3GB"


def duckdb(
    geheugen: str = GEHEUGEN,
    *,
    bestand: Path | str = ":memory:",
    werkmap: Path | None = None,
    draden: int | None = None,
) -> Any:
    """Return a DuckDB backend of Ibis that stays within a set amount of memory.

    Args:
        geheugen: upper limit of the engine, as DuckDB writes it (`3GB`); what does
            not fit goes to `werkmap`.
        bestand: where the engine keeps its tables; in memory unless told.
        werkmap: folder to spill to (default: the temporary folder of the system).
        draden: number of threads (default: all cores).
    """
    spil = werkmap or Path(tempfile.gettempdir())
    con = ibis.duckdb.connect(str(bestand), memory_limit=geheugen)
    # A safety net only: the order of rows is made explicit by every table, so the
    # engine need not buffer rows to keep it.
    con.raw_sql("SET preserve_insertion_order = false")
    con.con.execute("SET temp_directory = ?", [str(spil / f"duckdb-{os.getpid()}")])
    con.raw_sql("SET enable_progress_bar = false")
    if draden is not None:
        con.con.execute("SET threads = ?", [draden])
    return con


def spark(geheugen: str = GEHEUGEN, *, sessie: Any = None) -> Any:
    """Return a Spark backend of Ibis.

    Args:
        geheugen: memory of the local driver; ignored when `sessie` is given.
        sessie: a running `SparkSession`, for who has a cluster.

    Raises:
        ImportError: the extra `[spark]` is not installed.
    """
    if sessie is None:
        from pyspark.sql import SparkSession

        sessie = (
            SparkSession.builder.master("local[*]")
            .appName("samenloop-monitor")
            .config("spark.driver.memory", geheugen.removesuffix("B").lower())
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", str(2 * (os.cpu_count() or 1)))
            .getOrCreate()
        )
    return ibis.pyspark.connect(sessie)


def draag_over(
    tabellen: Mapping[str, ibis.Table], naar: Any, map_: Path
) -> dict[str, ibis.Table]:
    """Hand accepted tables to another engine, through Parquet files in `map_`.

    The files must stay until the figures are made: the receiving engine reads them
    when it computes.
    """
    over = {}
    for naam, tabel in tabellen.items():
        pad = map_ / f"{naam}.parquet"
        tabel.to_parquet(pad)
        over[naam] = naar.read_parquet(str(pad))
    return over


@contextmanager
def bewaarplaats() -> Iterator[Callable[[ibis.Table], ibis.Table]]:
    """Give a function that computes a table once and keeps the outcome.

    What was kept is dropped at the end, not when Python happens to collect it.
    """
    opruimen: list[Callable[[], object]] = []

    def bewaar(tabel: ibis.Table) -> ibis.Table:
        con = ibis.get_backend(tabel)
        if con.name != "duckdb":
            opgeslagen = tabel.cache()
            opruimen.append(opgeslagen.release)
            return opgeslagen
        naam = gen_name("bewaard")
        bewaard = con.create_table(naam, tabel, temp=True)
        opruimen.append(lambda: con.raw_sql(f'DROP TABLE IF EXISTS temp."{naam}"'))
        return bewaard

    try:
        yield bewaar
    finally:
        for stap in opruimen:
            stap()
