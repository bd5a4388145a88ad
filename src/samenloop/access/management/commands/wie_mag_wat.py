"""`samenloop wie-mag-wat`: the decision table as a page of the manual."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from samenloop.access import wie_mag_wat


class Command(BaseCommand):
    """Prints the table, or writes it to a file."""

    help = "Drukt af wie wat mag, als bladzijde voor het handboek."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option."""
        parser.add_argument("bestand", nargs="?", type=Path, help="schrijf het hierin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it in Dutch: the manual is."""
        with translation.override("nl"):
            tekst = wie_mag_wat.markdown()
        if options["bestand"]:
            options["bestand"].write_text(tekst, "utf-8")
        else:
            self.stdout.write(tekst, ending="")
