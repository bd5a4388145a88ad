"""All figures by Samenloop, on DuckDB or on Spark."""

import sys
import time
from pathlib import Path

from bench.uitslag import Cellen, schrijf
from samenloop.monitor import cijfers, motor
from samenloop.monitor.formaat import BESTANDEN
from samenloop.monitor.uitkomst import Kwartaal


def bereken(map_: Path, engine: str) -> tuple[float, dict[str, Cellen]]:
    con = motor.spark() if engine == "spark" else motor.duckdb("3GB")
    begin = time.perf_counter()
    tabellen = {
        naam: con.read_parquet(str(map_ / f"{naam}.parquet")) for naam in BESTANDEN
    }
    monitor = cijfers.bereken(tabellen, Kwartaal(2017, 4))
    seconden = time.perf_counter() - begin
    return seconden, {
        tabel.id: {rij[:-1]: rij[-1] for rij in tabel.rijen}
        for tabel in monitor.tabellen.values()
    }


if __name__ == "__main__":
    schrijf(Path(sys.argv[3]), *bereken(Path(sys.argv[1]), sys.argv[2]))
