"""A move: the old address closed, the new one opened, and who must hear of it told.

What comes in is what the BRP says; nobody types a move. What goes out is an event in
which the rooms above hear that signals, a plan or a case may have to go along to the
next municipality (VISD 4.3.3). The former municipality keeps what it recorded; the next
has a task from the first day, and both are in the event.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.tijd import correct, withdraw
from samenloop.personen.models import Adres, Gemeente, Huishouden, Persoon, Verhuizing

GEBEURTENIS = "verhuisd"


class VerhuisdVoorBegin(SamenloopFout):
    """The new address would begin before the present one did."""

    melding = _("The new address begins before the present one.")


@dataclass(frozen=True, slots=True)
class NieuwAdres:
    """Where somebody lives from now on; no municipality is abroad or unknown."""

    gemeente: Gemeente | None
    huishouden: Huishouden | None = None
    straat: str = ""
    huisnummer: int | None = None
    huisnummertoevoeging: str = ""
    postcode: str = ""
    woonplaats: str = ""


def register_move(
    persoon: Persoon, adres: NieuwAdres, vanaf: date, *, bekend_op: date | None = None
) -> Adres:
    """Record a move from a day on, and the event with both municipalities.

    Raises:
        VerhuisdVoorBegin: the present address began on that day or later.
    """
    bekend_op = bekend_op or klok.today()
    with transaction.atomic():
        vorig = _close(persoon, vanaf, bekend_op)
        nieuw = Adres(
            persoon=persoon,
            gemeente=adres.gemeente,
            huishouden=adres.huishouden,
            straat=adres.straat,
            huisnummer=adres.huisnummer,
            huisnummertoevoeging=adres.huisnummertoevoeging,
            postcode=adres.postcode,
            woonplaats=adres.woonplaats,
            geldig=DateRange(vanaf, None),
            bekend=DateRange(bekend_op, None),
        )
        nieuw.save(force_insert=True)
        van = vorig.gemeente_id if vorig else None
        naar = adres.gemeente.code if adres.gemeente else None
        if van != naar:
            _tell(persoon, van, naar, vanaf)
    return nieuw


def register_moves(
    personen: Iterable[Persoon], adres: NieuwAdres, vanaf: date
) -> list[Adres]:
    """Record that people moved together to one huishouden."""
    with transaction.atomic():
        return [register_move(persoon, adres, vanaf) for persoon in personen]


def _close(persoon: Persoon, vanaf: date, bekend_op: date) -> Adres | None:
    """End what holds on that day, and take back what was said to begin later."""
    for later in Adres.objects.current().filter(
        persoon=persoon, geldig__startswith__gt=vanaf
    ):
        withdraw(later, bekend_op)
    vorig = Adres.objects.current().in_force(vanaf).filter(persoon=persoon).first()
    if vorig is None:
        return None
    if vorig.startdatum >= vanaf:
        raise VerhuisdVoorBegin()
    return correct(vorig, bekend_op, geldig=DateRange(vorig.startdatum, vanaf))


def _tell(persoon: Persoon, van: str | None, naar: str | None, vanaf: date) -> None:
    """One record of the move; the event is handled in the border of each side."""
    verhuizing = Verhuizing.objects.create(
        persoon=persoon, van_id=van, naar_id=naar, vanaf=vanaf
    )
    for gemeente in filter(None, (van, naar)):
        gebeurtenissen.record(GEBEURTENIS, onderwerp=verhuizing.pk, gemeente=gemeente)
