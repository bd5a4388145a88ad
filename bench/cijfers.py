"""All figures of a nation's quarter, four ways, in one table.

`python -m bench.cijfers [--map FOLDER] [--rijen 5000000] [--klein 1000000]
[--zonder spark,pandas]`. Every contender runs in a process of its own and reads the
same Parquet files; its time is from opening them to the last cell in Python, without
starting Python or (for Spark) the session. The outcomes must be equal, else it fails.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import generator
from bench.uitslag import Uitslag, lees
from bench.vergelijk import verschillen

WEDSTRIJD = (
    # name, module, arguments, nation-sized, with one million rows
    ("Samenloop on DuckDB", "bench.met_samenloop", ("duckdb",), True, True),
    ("hand-written DuckDB SQL", "bench.met_sql", (), True, True),
    ("pandas", "bench.met_pandas", (), False, True),
    ("Samenloop on Spark (local)", "bench.met_samenloop", ("spark",), False, True),
)


def draai(module: str, map_: Path, opties: tuple[str, ...], uit: Path) -> Uitslag:
    """Run one contender in a fresh process."""
    opdracht = [sys.executable, "-m", module, str(map_), *opties, str(uit)]
    subprocess.run(opdracht, check=True, stdout=subprocess.DEVNULL)
    return lees(uit)


def machine() -> str:
    """Say on what this ran."""
    cpuinfo = Path("/proc/cpuinfo").read_text()
    modellen = {
        regel.split(":", 1)[1].strip()
        for regel in cpuinfo.splitlines()
        if regel.startswith("model name")
    }
    geheugen = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versies = ", ".join(
        f"{naam} {version(naam)}"
        for naam in ("duckdb", "ibis-framework", "pandas", "pyspark")
    )
    belasting = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, "
        f"{', '.join(modellen)}, {geheugen:.0f} GB, Python "
        f"{platform.python_version()}, {versies}; load at the start {belasting:.1f}"
    )


def main(argumenten: list[str]) -> int:
    lezer = argparse.ArgumentParser(prog="python -m bench.cijfers")
    lezer.add_argument("--map", type=Path)
    lezer.add_argument("--rijen", type=int, default=5_000_000)
    lezer.add_argument("--klein", type=int, default=1_000_000)
    lezer.add_argument("--zonder", default="")
    keuzes = lezer.parse_args(argumenten)
    with tempfile.TemporaryDirectory() as tijdelijk:
        return vergelijk(
            keuzes.map or Path(tijdelijk),
            keuzes.rijen,
            keuzes.klein,
            set(filter(None, keuzes.zonder.split(","))),
        )


def vergelijk(werkmap: Path, rijen: int, klein: int, zonder: set[str]) -> int:
    print(machine(), flush=True)
    print(
        "\n| contender | provisions | seconds | core-seconds | peak MB | |"
        "\n|---|--:|--:|--:|--:|---|",
        flush=True,
    )
    fouten: list[str] = []
    for aantal in (rijen, klein):
        map_ = werkmap / str(aantal)
        if not (map_ / "voorzieningen.parquet").exists():
            generator.maak(map_, aantal)
        eerste: Uitslag | None = None
        for naam, module, opties, groot, ook_klein in WEDSTRIJD:
            if not (ook_klein if aantal == klein else groot):
                continue
            if any(woord in (module + " ".join(opties)) for woord in zonder):
                continue
            uitslag = draai(module, map_, opties, werkmap / "uitslag.pickle")
            tegen = "the measure"
            if eerste is None:
                eerste = uitslag
            else:
                tegen = f"{uitslag.seconden / eerste.seconden:.1f} x Samenloop"
                anders = verschillen(eerste, uitslag)
                tegen += ", other outcome!" if anders else ", equal cells"
                fouten += [f"{naam}, {aantal}: {regel}" for regel in anders]
            print(
                f"| {naam} | {aantal:,} | {uitslag.seconden:.1f} | "
                f"{uitslag.rekentijd:.1f} | "
                f"{uitslag.megabytes:.0f} | {tegen} |",
                flush=True,
            )
    print("", *fouten, sep="\n")
    return 1 if fouten else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
