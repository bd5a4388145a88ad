"""Forgetting: what a file held is not kept longer than needed to correct it.

Two weeks after a file was read in or put away its rows and the faulty ones go; a file
that nobody went on with is put away after two weeks as well. What stays says who read
in how many rows, and nothing of anyone in it.
"""

from datetime import timedelta

from django.db import transaction

from samenloop.core import klok
from samenloop.signalen.bestand import aanbieden, staten
from samenloop.signalen.bestand.models import Invoerbestand, Invoerregel
from samenloop.signalen.bestand.staten import BEZIG, EINDE, Stap

BEWAARD = timedelta(days=14)


@transaction.atomic
def forget() -> int:
    """Put away what lies still and remove rows of old files; how many files."""
    grens = klok.now() - BEWAARD
    stil = (
        Invoerbestand.objects.bare()
        .select_for_update()
        .filter(geladen_op__lt=grens)
        .exclude(staat__in=[*EINDE, *BEZIG])
    )
    aantal = 0
    for bestand in stil:
        bestand.staat = staten.step(bestand.staat, Stap.AFBREKEN)
        aanbieden.put_away(bestand)
        bestand.save()
        aantal += 1
    oud = Invoerbestand.objects.filter(staat__in=EINDE, geladen_op__lt=grens).exclude(
        klaar_op__gte=grens
    )
    Invoerregel.objects.filter(bestand__in=oud).delete()
    return aantal + oud.filter(foute_rijen__isnull=False).update(foute_rijen=None)
