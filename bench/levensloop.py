"""How fast lives go: person-years per second, without a database.

    .venv/bin/python bench/levensloop.py [huishoudens]

Baseline: drawing as many moments from one generator and sorting them, which any
simulation with this many events has to do at least.
"""

import sys
import time
from datetime import date
from random import Random

from samenloop.demo.levensloop import JAAR, live, members

BEGIN = date(2025, 1, 1)
DAGEN = 365
DOEL = 100_000


def main() -> None:
    """Print a table."""
    huishoudens = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    mensen = sum(
        len(members(Random(f"bench/{huis}"), BEGIN)) for huis in range(huishoudens)
    )
    begin = time.perf_counter()
    voorvallen = sum(
        len(dag) for dag in live(huishoudens, begin=BEGIN, dagen=DAGEN, zaad="bench")
    )
    duur = time.perf_counter() - begin
    begin = time.perf_counter()
    rng = Random("kaal")
    sorted((rng.expovariate(1 / JAAR), nr) for nr in range(voorvallen))
    kaal = time.perf_counter() - begin
    jaren = mensen * DAGEN / JAAR
    print(f"| huishoudens | {huishoudens:,} |")
    print(f"| persoonsjaren | {jaren:,.0f} |")
    print(f"| voorvallen | {voorvallen:,} |")
    print(f"| duur | {duur:.1f} s |")
    print(f"| per 100.000 persoonsjaren | {duur * DOEL / jaren:.1f} s (doel 60 s) |")
    print(f"| alleen trekken en sorteren | {kaal:.2f} s |")


if __name__ == "__main__":
    main()
