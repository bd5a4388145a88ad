"""What follows in this room from what was decided elsewhere: a case is opened."""

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core import klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.personen.models import Adres
from samenloop.regie.models import Casus, Casusperiode
from samenloop.signalen.models import Weging
from samenloop.signalen.wegen import BESLOTEN

MEERVOUDIG = "meervoudig"


@handles(BESLOTEN)
def open_case(gebeurtenis: Gebeurtenis) -> None:
    """Open a case where that was decided.

    A melding that names nobody on record opens none: a case is about somebody, so the
    director first finds out who it is.
    """
    weging = Weging.objects.select_related("melding").get(pk=gebeurtenis.onderwerp)
    melding = weging.melding
    if weging.besluit != Weging.Besluit.CASUS or melding.betrokkene_id is None:
        return
    adres = (
        Adres.objects.current()
        .in_force(klok.today())
        .filter(persoon=melding.betrokkene_id)
        .first()
    )
    casus, is_nieuw = Casus.objects.get_or_create(
        nummer=_number(melding.nummer, melding.gemeente_id),
        defaults={
            "gemeente_id": melding.gemeente_id,
            "betrokkene_id": melding.betrokkene_id,
            "huishouden_id": adres.huishouden_id if adres else None,
        },
    )
    if is_nieuw:
        Casusperiode.objects.create(
            casus=casus, type=MEERVOUDIG, geldig=DateRange(klok.today(), None)
        )


def _number(melding: str, gemeente: str) -> str:
    """Return the number of the case: that of its melding, unique over all."""
    assert connection.in_atomic_block
    return f"{gemeente}-{melding.replace('M-', 'C-')}"
