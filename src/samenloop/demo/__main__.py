"""`python -m samenloop.demo --uit FOLDER`: write the demo levering, no database."""

import argparse
import sys
from pathlib import Path

from samenloop.demo.levering import rijen, write
from samenloop.demo.regio import SEED, build


def main(argv: list[str] | None = None) -> int:
    """Write the levering of the demo region; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m samenloop.demo",
        description="Schrijf de levering van de fictieve regio BMWE.",
    )
    parser.add_argument("--uit", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=SEED)
    keuze = parser.parse_args(argv)
    regio = build(keuze.seed)
    try:
        write(regio, keuze.uit)
    except OSError as fout:
        sys.stderr.write(f"Schrijven naar {keuze.uit} lukt niet: {fout.strerror}.\n")
        return 2
    for naam, regels in rijen(regio).items():
        sys.stdout.write(f"{naam:<14} {len(regels):>7} regels\n")
    sys.stdout.write(
        f"De levering staat in {keuze.uit}. Alle personen zijn verzonnen.\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
