"""From delivered CSV files: the check of every row, then all figures.

Prints the seconds of each of the two. The generated rows are not all flawless (some
start before birth), as in life; the check goes on and counts what it refuses.
"""

import resource
import sys
import time
from pathlib import Path

from samenloop.monitor import cijfers, keuring
from samenloop.monitor.uitkomst import Kwartaal


def main(map_: Path) -> None:
    begin = time.perf_counter()
    with keuring.keur([map_], doorgaan=lambda kwaliteit: True) as gekeurd:
        midden = time.perf_counter()
        cijfers.bereken(gekeurd.tabellen, Kwartaal(2017, 4))
        eind = time.perf_counter()
        gelezen = sum(telling.gelezen for telling in gekeurd.kwaliteit.tellingen)
        afgekeurd = sum(telling.afgekeurd for telling in gekeurd.kwaliteit.tellingen)
    gebruik = resource.getrusage(resource.RUSAGE_SELF)
    print(
        f"{gelezen:,} rows read, {afgekeurd:,} refused; check {midden - begin:.1f} s, "
        f"figures {eind - midden:.1f} s, {gebruik.ru_utime + gebruik.ru_stime:.1f} "
        f"core-seconds, peak {gebruik.ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
