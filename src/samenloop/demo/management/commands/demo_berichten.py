"""`samenloop demo_berichten`: a year of allocations and messages in the demo region."""

import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.demo import berichtenjaar, voorzieningenwerk
from samenloop.demo.laden import alleen_verzonnen

_JAAR = timedelta(days=364)


class Command(BaseCommand):
    """Only where all people are made up, and only once."""

    help = "Doet in de verzonnen regio een jaar van berichten met aanbieders na."

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan the year, live it with messages, and say how many there were."""
        begin = time.monotonic()
        gemeente = voorzieningenwerk.GEMEENTE
        with gemeentegrens.everywhere("demo"):
            if not alleen_verzonnen():
                raise CommandError(
                    "Er staan personen in het systeem die niet verzonnen zijn; daarom "
                    "wordt er niets nagedaan."
                )
            if berichtenjaar.lived(gemeente):
                raise CommandError("Er zijn al berichten; een jaar kan één keer.")
        berichtenjaar.empty_folder(gemeente)
        # The whole year or nothing: a start that was broken off begins it again.
        with transaction.atomic():
            with gemeentegrens.everywhere("demo"):
                jaar = voorzieningenwerk.prepare(gemeente)
                loes, collega = voorzieningenwerk.everybody(Rol.BACKOFFICE, gemeente)
            vandaag = klok.today()
            aantal = berichtenjaar.live(
                gemeente, vandaag - _JAAR, vandaag, jaar, (loes, collega)
            )
        if options["verbosity"] > 0:
            duur = time.monotonic() - begin
            self.stdout.write(f"{gemeente}: {aantal} berichten in {duur:.1f} seconden.")
