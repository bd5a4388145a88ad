"""The command `samenloop aanbieder`: providers that speak the standard over a folder.

For a demo and for trying out: they read what a municipality brings, and do what
providers do. No database and no server; all they know they learn from the messages.
"""

import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from samenloop.config.opties import Opties

GOED, BEVINDINGEN, NIET_GELUKT = 0, 1, 2
_DAG = timedelta(days=1)


def main(argv: list[str]) -> int:
    """Carry out `samenloop aanbieder`; the exit status.

    0: all is well; 1: the municipality left something undone or did it wrong; 2: it
    could not be done.
    """
    from samenloop.berichten.aanbieder import (
        FOUTLOOS,
        Aanbieders,
        Gedrag,
        MapPost,
        contract_uit,
    )

    gekozen = _opties().parse_args(argv)
    try:
        aanbieders = Aanbieders(
            MapPost(gekozen.map),
            gemeente=gekozen.gemeente,
            contract=contract_uit(gekozen.contract),
            gedrag=FOUTLOOS if gekozen.foutloos else Gedrag(),
            zaad=gekozen.zaad,
            journaal=gekozen.map / "journaal-van-aanbieders",
        )
        vandaag = gekozen.dag or datetime.now(ZoneInfo("Europe/Amsterdam")).date()
        for nr in range(gekozen.dagen):
            dag = vandaag + nr * _DAG
            _zeg(f"{dag}: {aanbieders.dag(dag)} berichten verzonden")
        while gekozen.elke:
            time.sleep(gekozen.elke)
            dag = max(
                aanbieders.laatste or vandaag,
                datetime.now(ZoneInfo("Europe/Amsterdam")).date(),
            )
            if verzonden := aanbieders.dag(dag):
                _zeg(f"{dag}: {verzonden} berichten verzonden")
    except (OSError, ValueError, KeyError) as fout:
        sys.stderr.write(f"samenloop: {fout}\n")
        return NIET_GELUKT
    gevonden = aanbieders.bevindingen(vandaag + (gekozen.dagen - 1) * _DAG)
    for each in gevonden:
        _zeg(each)
    return BEVINDINGEN if gevonden else GOED


def _opties() -> Opties:
    parser = Opties(
        prog="samenloop aanbieder",
        description="speelt aanbieders die met een gemeente berichten wisselen",
    )
    parser.add_argument(
        "map", type=Path, metavar="MAP", help="de map van de gemeente, met in en uit"
    )
    parser.add_argument(
        "--gemeente", required=True, metavar="CODE", help="CBS-code, vier cijfers"
    )
    parser.add_argument(
        "--contract",
        type=Path,
        required=True,
        metavar="BESTAND",
        help="JSON: per product aanbieder, wet, categorie, code, eenheid en tarief",
    )
    parser.add_argument(
        "--dag",
        type=date.fromisoformat,
        default=None,
        metavar="JJJJ-MM-DD",
        help="de eerste dag (anders: vandaag)",
    )
    parser.add_argument(
        "--dagen", type=int, default=1, metavar="N", help="zoveel dagen achter elkaar"
    )
    parser.add_argument(
        "--elke",
        type=int,
        default=0,
        metavar="N",
        help="blijft draaien en kijkt elke N seconden",
    )
    parser.add_argument(
        "--zaad", type=int, default=0, metavar="N", help="andere aanbieders, zelfde map"
    )
    parser.add_argument(
        "--foutloos", action="store_true", help="maakt geen fouten en vraagt niets"
    )
    return parser


def _zeg(tekst: str) -> None:
    sys.stdout.write(f"{tekst}\n")
    sys.stdout.flush()
