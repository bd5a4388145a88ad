"""`samenloop bronnen`: the simulators of the sources outside."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samenloop.demo.bronnen import server


class Command(BaseCommand):
    """Serves the simulated BRP and the sources of the klantbeeld."""

    help = "Draait de nagebootste bronnen (BRP, werk en inkomen, zorg, school ...)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--poort",
            type=int,
            default=server.POORT,
            help=f"poort op dit apparaat (standaard {server.POORT})",
        )
        parser.add_argument(
            "--met-token",
            action="store_true",
            help="de BRP vraagt een token (OAuth2) in plaats van een sleutel",
        )
        parser.add_argument(
            "--toon-instellingen",
            action="store_true",
            help="toon de instellingen waarmee Samenloop deze bronnen vindt, en stop",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve, or say how to be found."""
        poort = options["poort"]
        if not 0 < poort < 65536:
            raise CommandError(f"{poort} is geen poortnummer (1 tot 65535).")
        if options["toon_instellingen"]:
            for naam, waarde in server.addresses(
                poort, token=options["met_token"]
            ).items():
                self.stdout.write(f"{naam}={waarde}")
            return
        if options["met_token"]:
            os.environ[server.MET_TOKEN] = "1"
        server.serve(poort)
