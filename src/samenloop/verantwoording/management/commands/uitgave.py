"""Making, listing and verifying releases of the monitor."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localtime

from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.monitor.voortgang import toon
from samenloop.verantwoording import lezen, uitgave
from samenloop.verantwoording.management.commands.levering import (
    dag,
    deel,
    describe,
    kwartaal,
)
from samenloop.verantwoording.models import Uitgave
from samenloop.verantwoording.ontvangst import DREMPEL, Keurwijze


class Command(BaseCommand):
    """`uitgave maken`, `definitief`, `lijst` and `verifieer`."""

    help = "maakt, toont en controleert uitgaven van de monitor"

    def add_arguments(self, parser: CommandParser) -> None:
        """The deeds and their options."""
        daden = parser.add_subparsers(dest="daad", required=True, metavar="DAAD")
        maken = daden.add_parser("maken", help="maak een uitgave of een herziening")
        maken.add_argument("--regio", help="code of naam van de regio")
        maken.add_argument("--kwartaal", type=kwartaal, required=True)
        maken.add_argument(
            "--van", nargs="+", type=Path, default=[], metavar="MAP",
            help="geleverde mappen of zips in plaats van de eigen gegevens",
        )  # fmt: skip
        maken.add_argument("--reden", default="", help="waarom de cijfers anders zijn")
        maken.add_argument("--bekend-op", type=dag, help="wat toen bekend was")
        maken.add_argument("--toelichting", type=Path, help="map met *.md")
        maken.add_argument(
            "--drempel", type=deel, default=DREMPEL, metavar="PROCENT",
            help="boven dit deel afgekeurde rijen pauzeert de uitgave (5%%)",
        )  # fmt: skip
        maken.add_argument(
            "--ga-door", action="store_true", help="ook boven de drempel"
        )
        maken.add_argument(
            "--proef", action="store_true", help="keur alleen, bewaar niets"
        )
        definitief = daden.add_parser("definitief", help="stel de cijfers vast")
        definitief.add_argument("--regio", required=True)
        definitief.add_argument("--kwartaal", type=kwartaal, required=True)
        definitief.add_argument("--reden", default="Definitief vastgesteld.")
        lijst = daden.add_parser("lijst", help="toon alle uitgaven")
        lijst.add_argument("--regio")
        verifieer = daden.add_parser("verifieer", help="controleer de bytes")
        verifieer.add_argument("--regio")
        verifieer.add_argument(
            "--opnieuw", action="store_true", help="maak ook het rapport opnieuw"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        """Do it; what cannot be done ends in one sentence and exit status 2."""
        try:
            match opties["daad"]:
                case "maken":
                    self._make(**opties)
                case "definitief":
                    self._finalise(**opties)
                case "lijst":
                    self._list(opties["regio"])
                case _:
                    self._verify(opties["regio"], opties["opnieuw"])
        except LeveringFout as fout:
            self.stderr.write(f"samenloop: {fout}", self.style.ERROR)
            sys.exit(2)

    def _make(self, **opties: Any) -> None:
        door = (lambda kwaliteit: True) if opties["ga_door"] else None
        verzoek = uitgave.Verzoek(
            kwartaal=opties["kwartaal"],
            regio=opties["regio"],
            van=tuple(opties["van"]),
            reden=opties["reden"],
            toelichting=opties["toelichting"],
            wijze=Keurwijze(opties["bekend_op"], opties["drempel"], door),
        )
        if opties["proef"]:
            with (
                toon() as voortgang,
                TemporaryDirectory(prefix="samenloop-") as map,
                uitgave.try_out(verzoek, Path(map), voortgang) as gekeurd,
            ):
                self.stdout.write(describe(gekeurd))
            return
        with toon() as voortgang:
            gemaakt = uitgave.make(verzoek, voortgang)
        self._tell(gemaakt)

    def _finalise(self, *, regio: str, kwartaal: Kwartaal, **opties: Any) -> None:
        with toon() as voortgang:
            gemaakt = uitgave.finalise(
                regio, kwartaal, reden=opties["reden"], voortgang=voortgang
            )
        self._tell(gemaakt)

    def _tell(self, gemaakt: uitgave.Gemaakt) -> None:
        wat = "Nieuw" if gemaakt.nieuw else "Ongewijzigd, dezelfde cijfers"
        self.stdout.write(f"{wat}: {_line(gemaakt.uitgave)}")
        for wijziging in gemaakt.uitgave.wijzigingen if gemaakt.nieuw else []:
            waar = ", ".join(wijziging["dimensies"].values())
            self.stdout.write(
                f"  {wijziging['tabel']} ({waar}): "
                f"{wijziging['was']} wordt {wijziging['wordt']}"
            )

    def _list(self, regio: str | None) -> None:
        for een in lezen.releases(regio):
            self.stdout.write(_line(een))

    def _verify(self, regio: str | None, opnieuw: bool) -> None:
        goed = True
        for nummer in lezen.releases(regio).values_list("pk", flat=True):
            een = Uitgave.objects.get(pk=nummer)
            fouten = uitgave.verify(een, opnieuw=opnieuw)
            self.stdout.write(f"{_line(een)}: {'; '.join(fouten) or 'in orde'}")
            goed = goed and not fouten
        if not goed:
            sys.exit(1)


def _line(een: Uitgave) -> str:
    return (
        f"{een.regio} {een.kwartaal} revisie {een.revisie}, {een.status}, "
        f"{localtime(een.gemaakt_op):%Y-%m-%d}, {een.sha256[:12]}"
    )
