"""Writing a levering from the records, and trying one out without any trace."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samenloop.monitor import keuring
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.keuring_afkeur import redenen
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.monitor.voortgang import toon
from samenloop.verantwoording import levering
from samenloop.verantwoording.pseudoniem import sleutel_voor
from samenloop.verantwoording.regio import require_area


def kwartaal(tekst: str) -> Kwartaal:
    """Read a quarter from the command line."""
    try:
        return Kwartaal.lees(tekst)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{tekst}' is geen kwartaal; schrijf het als 2017Q4"
        ) from None


def dag(tekst: str) -> date:
    """Read a day from the command line."""
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{tekst}' is geen dag; schrijf hem als 2018-01-31"
        ) from None


def deel(tekst: str) -> float:
    """Read a percentage from the command line; returns a share (`5%` is 0.05)."""
    try:
        gelezen = float(tekst.strip().removesuffix("%").replace(",", ".")) / 100
    except ValueError:
        gelezen = -1
    if not 0 <= gelezen <= 1:
        raise argparse.ArgumentTypeError(
            f"'{tekst}' is geen percentage van 0 tot en met 100; schrijf het als 10%"
        )
    return gelezen


class Command(BaseCommand):
    """`levering schrijf` and `levering keur`."""

    help = "schrijft een levering uit het systeem, of keurt geleverde bestanden"

    def add_arguments(self, parser: CommandParser) -> None:
        """The two deeds and their options."""
        daden = parser.add_subparsers(dest="daad", required=True, metavar="DAAD")
        schrijf = daden.add_parser("schrijf", help="schrijf een levering")
        wie = schrijf.add_mutually_exclusive_group(required=True)
        wie.add_argument("--regio", help="code of naam van de regio, met onbekend")
        wie.add_argument("--gemeente", nargs="+", metavar="CODE", help="CBS-codes")
        schrijf.add_argument("--kwartaal", type=kwartaal, required=True)
        schrijf.add_argument("--uit", type=Path, required=True, help="nieuwe map")
        schrijf.add_argument(
            "--pseudoniem",
            metavar="SLEUTELNAAM",
            help="pseudoniemen voor deze ontvanger in plaats van BSN",
        )
        schrijf.add_argument("--bekend-op", type=dag, help="wat toen bekend was")
        schrijf.add_argument("--parquet", action="store_true")
        schrijf.add_argument(
            "--onbekend",
            action=argparse.BooleanOptionalAction,
            help="ook cliënten zonder gemeente (bij --regio vanzelf)",
        )
        schrijf.add_argument("--toelichting", type=Path, help="map met *.md")
        keur = daden.add_parser("keur", help="keur bestanden, zonder iets te bewaren")
        keur.add_argument("paden", nargs="+", type=Path, metavar="PAD")
        keur.add_argument("--afgekeurd", type=Path, help="schrijf afgekeurd.csv hier")

    def handle(self, *args: Any, **opties: Any) -> None:
        """Do it; what cannot be used ends in one sentence and exit status 2."""
        try:
            if opties["daad"] == "schrijf":
                self._write(**opties)
            else:
                self._check(opties["paden"], opties["afgekeurd"])
        except LeveringFout as fout:
            self.stderr.write(f"samenloop: {fout}", self.style.ERROR)
            sys.exit(2)

    def _write(self, **opties: Any) -> None:
        regio = None
        gemeenten = opties["gemeente"]
        if opties["regio"]:
            gebied = require_area(opties["regio"], opties["kwartaal"].eind)
            gemeenten, regio = gebied.gemeenten, gebied.code
        onbekend = opties["onbekend"]
        naam = opties["pseudoniem"]
        with toon() as voortgang:
            geschreven = levering.write(
                gemeenten,
                levering.period_for(opties["kwartaal"]),
                opties["uit"],
                bekend_op=opties["bekend_op"],
                pseudoniem=sleutel_voor(naam) if naam else None,
                onbekend=regio is not None if onbekend is None else onbekend,
                regio=regio,
                parquet=opties["parquet"],
                toelichting=opties["toelichting"],
                voortgang=voortgang,
            )
        for bestand, rijen in geschreven.rijen.items():
            self.stdout.write(f"{bestand:<15}{rijen:>10} rijen")
        if not naam:
            self.stdout.write("Let op: in deze levering staan burgerservicenummers.")

    def _check(self, paden: list[Path], afgekeurd: Path | None) -> None:
        with (
            toon() as voortgang,
            keuring.keur(paden, drempel=1.0, voortgang=voortgang) as gekeurd,
        ):
            if afgekeurd is not None:
                gekeurd.schrijf_afgekeurd(afgekeurd)
            self.stdout.write(describe(gekeurd))


def describe(gekeurd: keuring.Keuring) -> str:
    """Return what the check found: counts per file, then the reasons of refusal."""
    regels = [f"{'':<15}{'gelezen':>10}{'aanvaard':>10}{'afgekeurd':>10}"]
    regels += [
        f"{telling.bestand:<15}{telling.gelezen:>10}"
        f"{telling.aanvaard:>10}{telling.afgekeurd:>10}"
        for telling in gekeurd.kwaliteit.tellingen
    ]
    regels += redenen(gekeurd.kwaliteit)
    regels += [f"niet gebruikt: {naam}" for naam in gekeurd.overige]
    return "\n".join(regels)
