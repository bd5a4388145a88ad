"""`samenloop vernietig`: see what is due, destroy it, or repeat it after a restore."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samenloop.access.bewaren import vernietigen
from samenloop.access.bewaren.models import Grafsteen
from samenloop.access.models import Aanstelling
from samenloop.core import gemeentegrens


class Command(BaseCommand):
    """Without options it only shows what is due."""

    help = "toont wat vernietigd moet worden, en doet het met --uitvoeren"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask where, and whether to do it."""
        parser.add_argument("--gemeente", help="CBS-code, bijvoorbeeld GM1651")
        parser.add_argument(
            "--uitvoeren", action="store_true", help="vernietig wat vervallen is"
        )
        parser.add_argument(
            "--herhaal",
            action="store_true",
            help="vernietig opnieuw wat een teruggezette kopie terugbracht",
        )
        parser.add_argument(
            "--lijst", type=Path, help="de lijst van wat vernietigd is (bij --herhaal)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Show, destroy or repeat."""
        if options["herhaal"]:
            try:
                aantal = vernietigen.replay(options["lijst"])
            except vernietigen.OnleesbareLijst as fout:
                raise CommandError(
                    f"De lijst van wat vernietigd is klopt niet: {fout}. Herstel de "
                    "lijst voordat iemand met deze gegevens werkt."
                ) from fout
            self.stdout.write(f"Opnieuw vernietigd volgens de lijst: {aantal}.")
            self._warn_without_list(options["lijst"])
            return
        gemeente = options["gemeente"]
        if not gemeente:
            raise CommandError("Noem de gemeente: --gemeente GM1651.", returncode=2)
        with gemeentegrens.everywhere("who works with the system"):
            if not Aanstelling.objects.filter(gemeente=gemeente).exists():
                raise CommandError(
                    f"Voor '{gemeente}' werkt hier niemand. Geef de CBS-code van een "
                    "gemeente die met dit systeem werkt, bijvoorbeeld GM1651.",
                    returncode=2,
                )
        with gemeentegrens.within(gemeente):
            self._show(gemeente)
            if options["uitvoeren"]:
                klaar = vernietigen.run(vernietigen.begin(gemeente))
                self.stdout.write(f"Vernietigd: {klaar.gedaan}.")

    def _warn_without_list(self, lijst: Path | None) -> None:
        """A copy that knows of destroyed records, and no list of later ones."""
        with gemeentegrens.everywhere("list of what was destroyed"):
            if (lijst or vernietigen.list_path()).is_file() or not (
                Grafsteen.objects.exists()
            ):
                return
        self.stderr.write(
            f"Let op: {vernietigen.LIJST} is er niet. Wat na het maken van de kopie "
            "vernietigd is, staat nu weer in de database. Zet de lijst terug en draai: "
            "samenloop vernietig --herhaal"
        )

    def _show(self, gemeente: str) -> None:
        for zicht in vernietigen.preview(gemeente):
            termijn = zicht.geldend
            wacht = " (termijn nog niet vastgesteld)" if zicht.waits_for_setting else ""
            self.stdout.write(
                f"{zicht.familie.naam}: {len(zicht.vervallen)} vervallen, "
                f"{len(zicht.opgeschort)} opgeschort, {zicht.straks} binnen 30 dagen; "
                f"{termijn.termijn.code} {termijn.duur}{wacht}"
            )
