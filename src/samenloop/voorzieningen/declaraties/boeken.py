"""Putting an invoice on record, with the verdict on each line.

What was judged is written down once and never changed. A granted credit is tied to the
line that it takes back, so that line is taken back only once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samenloop.core import gebeurtenissen, klok
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie
from samenloop.voorzieningen.toewijzen.models import VERWIJDERD, Toewijzing

BEOORDEELD = "declaratie-beoordeeld"
_PER_KEER = 2000


@dataclass(frozen=True, slots=True)
class Regel:
    """A line as it came, with what was found; amounts in eurocents, never below zero.

    `retourcodes` empty is granted. `toewijzing` and `persoon` are ids of ours.
    """

    referentie: str
    toewijzingnummer: int
    categorie: str
    code: str
    begin: date
    eind: date
    volume: int
    eenheid: str
    bedrag: int
    is_credit: bool
    vorige_referentie: str = ""
    tarief: int | None = None
    toewijzing: UUID | None = None
    persoon: UUID | None = None
    retourcodes: tuple[str, ...] = ()

    @property
    def saldo(self) -> int:
        """The amount with its sign."""
        return -self.bedrag if self.is_credit else self.bedrag


@dataclass(frozen=True, slots=True)
class Invoer:
    """An invoice as it came; one that was refused as a whole counts as never sent."""

    wet: str
    aanbieder: int
    nummer: str
    begin: date
    eind: date
    dagtekening: date
    ingediend: int
    regels: Sequence[Regel]
    ontvangen_op: datetime | None = None


class IntussenVerwijderd(Exception):
    """An allocation was removed after the lines on it were granted; judge them anew.

    No `SamenloopFout`: it is nobody's to act on, and trying again settles it.
    """


@transaction.atomic
def book(gemeente: str, invoer: Invoer, *, bericht: UUID) -> Declaratie:
    """Write an invoice with its lines; `bericht` is the message it came in with.

    Raises:
        django.db.IntegrityError: the number, or the reference of a granted line, was
            used before.
        IntussenVerwijderd: the verdict no longer holds.
    """
    toegekend = [r for r in invoer.regels if not r.retourcodes]
    _hold(toegekend)
    geweigerd = len(invoer.regels) - len(toegekend)
    declaratie = Declaratie.objects.create(
        gemeente_id=gemeente,
        wet=invoer.wet,
        aanbieder_id=invoer.aanbieder,
        nummer=invoer.nummer,
        begin=invoer.begin,
        eind=invoer.eind,
        dagtekening=invoer.dagtekening,
        ingediend=invoer.ingediend,
        toegekend=sum(regel.saldo for regel in toegekend),
        regels=len(invoer.regels),
        regels_afgewezen=geweigerd,
        staat=_state(len(toegekend), geweigerd),
        ontvangen_op=invoer.ontvangen_op or klok.now(),
        beoordeeld_op=klok.now(),
        bericht=bericht,
    )
    terug = _taken_back(declaratie, toegekend)
    prestaties = [
        _line(declaratie, nummer, regel)
        for nummer, regel in enumerate(invoer.regels, 1)
    ]
    eigen = {p.referentie: p for p in prestaties if p.oordeel == "toegekend"}
    for prestatie in prestaties:
        if prestatie.is_credit and prestatie.oordeel == "toegekend":
            debet = terug.get(prestatie.vorige_referentie) or eigen.get(
                prestatie.vorige_referentie
            )
            prestatie.crediteert = debet
    # Lines that are taken back within the same invoice must be there first.
    Prestatie.objects.bulk_create(
        sorted(prestaties, key=lambda p: p.is_credit), batch_size=_PER_KEER
    )
    gebeurtenissen.record(BEOORDEELD, onderwerp=declaratie.pk, gemeente=gemeente)
    return declaratie


def _hold(toegekend: Sequence[Regel]) -> None:
    """Keep allocations from being removed while lines on them are written (TR385).

    Whoever removes one locks its row too and then asks whether anything rests on it.
    """
    gedekt = {r.toewijzing for r in toegekend if r.toewijzing and not r.is_credit}
    redenen = (
        Toewijzing.objects.select_for_update()
        .filter(pk__in=gedekt)
        .order_by("pk")
        .values_list("reden_wijziging", flat=True)
    )
    if VERWIJDERD in redenen:
        raise IntussenVerwijderd


def _state(toegekend: int, geweigerd: int) -> Declaratie.Staat:
    if not geweigerd:
        return Declaratie.Staat.TOEGEKEND
    return Declaratie.Staat.DEELS if toegekend else Declaratie.Staat.AFGEWEZEN


def _taken_back(
    declaratie: Declaratie, regels: Sequence[Regel]
) -> dict[str, Prestatie]:
    vorige = {regel.vorige_referentie for regel in regels if regel.is_credit}
    if not vorige:
        return {}
    return {
        each.referentie: each
        for each in Prestatie.objects.filter(
            gemeente=declaratie.gemeente_id,
            wet=declaratie.wet,
            aanbieder=declaratie.aanbieder_id,
            referentie__in=vorige,
            oordeel=Prestatie.Oordeel.TOEGEKEND,
            is_credit=False,
        )
    }


def _line(declaratie: Declaratie, nummer: int, regel: Regel) -> Prestatie:
    codes = list(regel.retourcodes)
    return Prestatie(
        gemeente_id=declaratie.gemeente_id,
        declaratie=declaratie,
        volgnummer=nummer,
        wet=declaratie.wet,
        aanbieder_id=declaratie.aanbieder_id,
        persoon_id=regel.persoon,
        referentie=regel.referentie,
        vorige_referentie=regel.vorige_referentie,
        toewijzing=regel.toewijzing,
        toewijzingnummer=regel.toewijzingnummer,
        categorie=regel.categorie,
        code=regel.code,
        begin=regel.begin,
        eind=regel.eind,
        volume=regel.volume,
        eenheid=regel.eenheid,
        tarief=regel.tarief,
        bedrag=regel.bedrag,
        is_credit=regel.is_credit,
        oordeel=Prestatie.Oordeel.AFGEWEZEN if codes else Prestatie.Oordeel.TOEGEKEND,
        retourcodes=codes,
    )


def accepted_uncredited(toewijzing: Toewijzing) -> bool:
    """Whether something of this allocation was granted and not given back (TR385)."""
    return Prestatie.objects.filter(
        toewijzing=toewijzing.pk,
        oordeel=Prestatie.Oordeel.TOEGEKEND,
        is_credit=False,
        gecrediteerd_door=None,
    ).exists()
