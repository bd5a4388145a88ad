"""Checking the logs, keeping their heads elsewhere, and clearing what is past term."""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from samenloop.access.logboek import controle, opruimen
from samenloop.access.logboek.ketens import Kop, heads
from samenloop.access.logboek.toezicht import keep_outcome
from samenloop.core import gemeentegrens


def kept(text: str) -> list[Kop]:
    """Read a file with heads that `log koppen` wrote."""
    try:
        lines = Path(text).read_text(encoding="ascii").splitlines()
        return [Kop.read(each) for each in lines if each and each[0] != "#"]
    except OSError as fout:
        raise argparse.ArgumentTypeError(
            f"'{text}' is niet te lezen: {fout.strerror}"
        ) from None
    except (ValueError, KeyError):
        raise argparse.ArgumentTypeError(
            f"'{text}' is geen bestand van 'samenloop log koppen'"
        ) from None


class Command(BaseCommand):
    """`log verify`, `log koppen` and `log opruimen`."""

    help = "controleert of het logboek heel is, bewaart de koppen, ruimt op"

    def add_arguments(self, parser: CommandParser) -> None:
        """The three deeds and their options."""
        daden = parser.add_subparsers(dest="daad", required=True, metavar="DAAD")
        verify = daden.add_parser("verify", help="controleer alle ketens")
        verify.add_argument(
            "--koppen",
            type=kept,
            default=[],
            metavar="BESTAND",
            help="vergelijk ook met koppen die eerder elders zijn bewaard",
        )
        daden.add_parser("koppen", help="toon de koppen, om elders te bewaren")
        daden.add_parser("opruimen", help="vernietig regels ouder dan vijf jaar")

    def handle(self, *args: Any, **opties: Any) -> None:
        """Do it; a log that is not whole gives exit status 1."""
        with gemeentegrens.everywhere("checking and keeping the log"):
            if opties["daad"] == "verify":
                self._verify(opties["koppen"])
            elif opties["daad"] == "koppen":
                self._heads()
            else:
                self._clear()

    def _verify(self, bewaard: list[Kop]) -> None:
        begin, moment = time.monotonic(), timezone.now()
        shown = [begin]

        def progress(done: int, total: int) -> bool:
            now = time.monotonic()
            if now - shown[0] >= 1:
                shown[0] = now
                rate = done / (now - begin)
                self.stderr.write(f"{done:>12} van {total} regels, {rate:.0f} per s")
            return True

        uitkomst = controle.verify(bewaard=bewaard, voortgang=progress)
        keep_outcome(uitkomst, moment)
        seconds = max(time.monotonic() - begin, 0.001)
        for fout in uitkomst.fouten:
            self.stdout.write(str(fout))
        if uitkomst.aantal_fouten > len(uitkomst.fouten):
            self.stdout.write("...")
        self.stdout.write(
            f"{uitkomst.regels} regels in {seconds:.1f} s "
            f"({uitkomst.regels / seconds:.0f} per s)"
        )
        if bewaard:
            self.stdout.write(
                f"{uitkomst.bewaarde_koppen} bewaarde koppen vergeleken, waarvan "
                f"{uitkomst.niet_te_vergelijken} in een deel dat is opgeruimd"
            )
        if uitkomst.heel:
            self.stdout.write("Het logboek is heel.")
            return
        self.stdout.write(f"Het logboek is niet heel: {uitkomst.aantal_fouten} fouten.")
        sys.exit(1)

    def _heads(self) -> None:
        self.stdout.write(
            f"# Koppen van het logboek op {timezone.localtime():%Y-%m-%d %H:%M:%S}"
        )
        for kop in heads():
            self.stdout.write(str(kop))

    def _clear(self) -> None:
        cleared = opruimen.clear()
        self.stdout.write(
            f"{sum(each.regels for each in cleared)} regels vernietigd van voor "
            f"{opruimen.cutoff():%Y-%m-%d}"
        )
