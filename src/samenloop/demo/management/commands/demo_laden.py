"""`samenloop demo_laden`: put the fictitious region into the records."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samenloop.demo import laden
from samenloop.demo.accounts import ACCOUNTS, maak_accounts
from samenloop.demo.regio import SEED, build


class Command(BaseCommand):
    """Loads the demo region and makes its accounts."""

    help = "Laadt de verzonnen regio BMWE en maakt de demo-accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--opnieuw",
            action="store_true",
            help="wis eerst wat er staat; kan alleen als alle personen verzonnen zijn",
        )
        parser.add_argument("--seed", type=int, default=SEED, help="een andere regio")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how far it is."""
        toon = options["verbosity"] > 0
        begin = time.monotonic()
        if not laden.is_leeg():
            if not options["opnieuw"]:
                raise CommandError(
                    "Er staan al gegevens in het systeem. Met --opnieuw worden zij "
                    "gewist, als het alleen verzonnen personen zijn."
                )
            try:
                laden.wis()
            except laden.NietVerzonnen as fout:
                raise CommandError(
                    "Er staan personen in het systeem die niet verzonnen zijn; "
                    "daarom wordt er niets gewist."
                ) from fout

        def meld(naam: str, aantal: int) -> None:
            if toon:
                self.stdout.write(f"  {aantal:>6} {naam}")

        laden.laad(build(options["seed"]), options["seed"], meld)
        laden.ververs_statistiek()
        maak_accounts()
        if toon:
            self.stdout.write(f"Geladen in {time.monotonic() - begin:.1f} seconden.")
            self.stdout.write("Aanmelden kan als:")
            for account in ACCOUNTS:
                self.stdout.write(
                    f"  {account.username} met wachtwoord {account.wachtwoord}"
                    f" ({account.functie})"
                )
