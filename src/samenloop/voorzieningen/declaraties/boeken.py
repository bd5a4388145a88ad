"""Putting an invoice on record, with the verdict on each line.

What was judged is written down once and never changed. A granted credit is tied to the
line that it takes back, so that line is taken back only once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from uuid import UUID, uuid4

from django.db import transaction

from samenloop.core import gebeurtenissen, klok, opdrachten
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie
from samenloop.voorzieningen.toewijzen.models import VERWIJDERD, Toewijzing

BEOORDEELD = "declaratie-beoordeeld"
_PER_KEER = 2000
_KOLOMMEN = {
    **{"id": "uuid", "declaratie_id": "uuid", "volgnummer": "int", "wet": "text"},
    **{"aanbieder_id": "bigint", "persoon_id": "uuid", "referentie": "text"},
    **{"vorige_referentie": "text", "toewijzing": "uuid", "toewijzingnummer": "int"},
    **{"categorie": "text", "code": "text", "begin": "date", "eind": "date"},
    **{"volume": "bigint", "eenheid": "text", "tarief": "bigint", "bedrag": "bigint"},
    **{"is_credit": "bool", "crediteert_id": "uuid", "oordeel": "text"},
    "retourcodes": "text",
}
# The ORM would write a place for each value: for a large invoice three quarters of all
# time. Rows of arrays take lists apart, so the codes travel as one text.
_REGELS = (
    f"INSERT INTO declaraties_prestatie (gemeente_id, {', '.join(_KOLOMMEN)}) "  # noqa: S608 (own columns)
    f"SELECT %s, {', '.join(f'v.{kolom}' for kolom in list(_KOLOMMEN)[:-1])}, "
    "string_to_array(v.retourcodes, ' ') FROM unnest("
    + ", ".join(f"%s::{soort}[]" for soort in _KOLOMMEN.values())
    + f") v ({', '.join(_KOLOMMEN)})"
)
Van = tuple[str, int, str]
"""Law, provider (id) and reference of a line."""


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
    def is_toegekend(self) -> bool:
        """Whether nothing was found."""
        return not self.retourcodes

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

    @property
    def toegekend(self) -> list[Regel]:
        """The lines that are granted."""
        return [regel for regel in self.regels if regel.is_toegekend]


class IntussenVerwijderd(Exception):
    """An allocation was removed after the lines on it were granted; judge them anew.

    No `SamenloopFout`: it is nobody's to act on, and trying again settles it.
    """


@transaction.atomic
def book_all(gemeente: str, facturen: Sequence[tuple[Invoer, UUID]]) -> list[UUID]:
    """Write invoices with their lines, each with the message it came in; their ids.

    The number of statements does not grow with the number of invoices, and grows by
    one for each `_PER_KEER` lines.

    Raises:
        django.db.IntegrityError: a number, or the reference of a granted line, was
            used before; nothing is written then.
        IntussenVerwijderd: a verdict no longer holds.
    """
    if not facturen:
        return []
    nu = klok.now()
    _hold([regel for invoer, _ in facturen for regel in invoer.toegekend])
    declaraties = [
        _invoice(gemeente, invoer, bericht, nu) for invoer, bericht in facturen
    ]
    Declaratie.objects.bulk_create(declaraties)
    invoeren = [invoer for invoer, _ in facturen]
    terug = _taken_back(declaraties, invoeren)
    prestaties = chain.from_iterable(
        _lines(declaratie, invoer, terug)
        for declaratie, invoer in zip(declaraties, invoeren, strict=True)
    )
    # In portions, so that a large invoice is not in memory as rows as well.
    while portie := list(islice(prestaties, _PER_KEER)):
        kolommen = [list(kolom) for kolom in zip(*portie, strict=True)]
        opdrachten.ask({"regels": _REGELS}, [gemeente, *kolommen])
    sleutels = [declaratie.pk for declaratie in declaraties]
    gebeurtenissen.record_all(BEOORDEELD, onderwerpen=sleutels, gemeente=gemeente)
    return sleutels


def _invoice(gemeente: str, invoer: Invoer, bericht: UUID, nu: datetime) -> Declaratie:
    geweigerd = len(invoer.regels) - len(invoer.toegekend)
    return Declaratie(
        gemeente_id=gemeente,
        wet=invoer.wet,
        aanbieder_id=invoer.aanbieder,
        nummer=invoer.nummer,
        begin=invoer.begin,
        eind=invoer.eind,
        dagtekening=invoer.dagtekening,
        ingediend=invoer.ingediend,
        toegekend=sum(regel.saldo for regel in invoer.toegekend),
        regels=len(invoer.regels),
        regels_afgewezen=geweigerd,
        staat=_state(len(invoer.toegekend), geweigerd),
        ontvangen_op=invoer.ontvangen_op or nu,
        beoordeeld_op=nu,
        bericht=bericht,
    )


def _lines(
    declaratie: Declaratie, invoer: Invoer, terug: Mapping[Van, UUID]
) -> Iterator[tuple[object, ...]]:
    """The rows of an invoice, each granted credit tied to what it takes back."""
    genummerd = list(enumerate(invoer.regels, 1))
    eigen: dict[str, UUID] = {}
    # Lines that are taken back within the same invoice must be there first.
    for nummer, regel in sorted(genummerd, key=lambda each: each[1].is_credit):
        sleutel, vorige = uuid4(), regel.vorige_referentie
        debet = None
        if regel.is_toegekend and not regel.is_credit:
            eigen[regel.referentie] = sleutel
        elif regel.is_toegekend:
            debet = terug.get(
                (declaratie.wet, declaratie.aanbieder_id, vorige), eigen.get(vorige)
            )
        yield _line(declaratie, nummer, regel, sleutel, debet)


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
    declaraties: Sequence[Declaratie], invoeren: Sequence[Invoer]
) -> dict[Van, UUID]:
    """The granted lines of earlier invoices that credits in these name."""
    vorige = {
        regel.vorige_referentie
        for invoer in invoeren
        for regel in invoer.toegekend
        if regel.is_credit
    }
    if not vorige:
        return {}
    rijen = Prestatie.objects.filter(
        gemeente=declaraties[0].gemeente_id,
        wet__in={each.wet for each in declaraties},
        aanbieder__in={each.aanbieder_id for each in declaraties},
        referentie__in=vorige,
        oordeel=Prestatie.Oordeel.TOEGEKEND,
        is_credit=False,
    ).values_list("wet", "aanbieder_id", "referentie", "pk")
    return {(wet, wie, referentie): pk for wet, wie, referentie, pk in rijen}


def _line(
    declaratie: Declaratie, nummer: int, regel: Regel, sleutel: UUID, debet: UUID | None
) -> tuple[object, ...]:
    """A line in the order of `_KOLOMMEN`."""
    oordeel = Prestatie.Oordeel
    return (
        sleutel,
        declaratie.pk,
        nummer,
        declaratie.wet,
        declaratie.aanbieder_id,
        regel.persoon,
        regel.referentie,
        regel.vorige_referentie,
        regel.toewijzing,
        regel.toewijzingnummer,
        regel.categorie,
        regel.code,
        regel.begin,
        regel.eind,
        regel.volume,
        regel.eenheid,
        regel.tarief,
        regel.bedrag,
        regel.is_credit,
        debet,
        (oordeel.TOEGEKEND if regel.is_toegekend else oordeel.AFGEWEZEN).value,
        " ".join(regel.retourcodes),
    )


def accepted_uncredited(toewijzing: Toewijzing) -> bool:
    """Whether something of this allocation was granted and not given back (TR385)."""
    return Prestatie.objects.filter(
        toewijzing=toewijzing.pk,
        oordeel=Prestatie.Oordeel.TOEGEKEND,
        is_credit=False,
        gecrediteerd_door=None,
    ).exists()
