"""`samenloop demo_leven`: let a year of signals pass in the demo region."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from samenloop.core import gemeentegrens
from samenloop.demo.inrichting import richt_in
from samenloop.demo.laden import alleen_verzonnen
from samenloop.demo.leven import leef
from samenloop.demo.organisaties import maak_organisaties
from samenloop.signalen.models import Signaal


class Command(BaseCommand):
    """Only where all people are made up, and only once."""

    help = "Doet in de verzonnen regio een jaar van signalen en meldingen na."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up the region, live the year, and say how far it is."""
        toon = options["verbosity"] > 0
        begin = time.monotonic()
        with gemeentegrens.everywhere("demo"):
            if not alleen_verzonnen():
                raise CommandError(
                    "Er staan personen in het systeem die niet verzonnen zijn; daarom "
                    "wordt er niets nagedaan."
                )
            if Signaal.objects.exists():
                raise CommandError("Er zijn al signalen; een jaar nadoen kan één keer.")
            organisaties = maak_organisaties()
        # The whole year or nothing: a start that was broken off begins it again.
        with transaction.atomic():
            richt_in()
            for gemeente, aantal in leef(organisaties):
                if toon:
                    self.stdout.write(f"  {gemeente}: {aantal} signalen")
        if toon:
            self.stdout.write(f"Nagedaan in {time.monotonic() - begin:.1f} seconden.")
