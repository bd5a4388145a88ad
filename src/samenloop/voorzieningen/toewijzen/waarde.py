"""What an allocation is worth in money, as far as volume and price tell.

An estimate of what may be invoiced at most: the volume over the days, at the price of
the contract. It never judges an invoice. Amounts in eurocents; None where no price or
no end is known.
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from samenloop.voorzieningen.inkoop.codes import Eenheid, Frequentie
from samenloop.voorzieningen.inkoop.models import Contractproduct
from samenloop.voorzieningen.toewijzen.models import Toewijzing, Verzoekregel

_MINUTEN = {
    Eenheid.MINUUT.value: 1,
    Eenheid.UUR.value: 60,
    Eenheid.DAGDEEL.value: 240,
    Eenheid.ETMAAL.value: 1440,
}
_DAGEN_PER = {
    Frequentie.DAG.value: Decimal(1),
    Frequentie.WEEK.value: Decimal(7),
    Frequentie.MAAND.value: Decimal("30.4375"),
}


def of(
    regel: Toewijzing | Verzoekregel,
    product: Contractproduct | None,
    *,
    van: date | None = None,
    tot: date | None = None,
) -> int | None:
    """Return the most that may be invoiced, in eurocents; within days when given.

    Args:
        regel: an allocation, or a line of a request for one.
        product: what the contract says of it.
        van: first day to count, instead of its own.
        tot: last day to count, instead of its own.
    """
    if regel.ingang is None:
        return None
    eind = regel.eind or tot
    if eind is None:
        return None
    begin, laatste = max(regel.ingang, van or regel.ingang), min(eind, tot or eind)
    dagen = (laatste - begin).days + 1
    geheel = (eind - regel.ingang).days + 1
    if dagen <= 0:
        return 0
    if regel.budget is not None:
        return _cents(Decimal(regel.budget) * dagen / geheel)
    if regel.volume is None:
        return None
    if regel.frequentie == Frequentie.TOTAAL:
        volume = Decimal(regel.volume) * dagen / geheel
    else:
        volume = Decimal(regel.volume) * dagen / _DAGEN_PER[regel.frequentie]
    if regel.eenheid == Eenheid.EURO:
        return _cents(volume)
    if product is None or product.tarief is None:
        return None
    return _cents(volume * product.tarief * _per(regel.eenheid, product.tarief_eenheid))


def total(bedragen: Iterable[int | None]) -> int:
    """Add up what is known, in eurocents."""
    return sum(bedrag for bedrag in bedragen if bedrag is not None)


def _per(eenheid: str, tarief_eenheid: str) -> Decimal:
    """How many units of price go into one unit of volume."""
    if eenheid in _MINUTEN and tarief_eenheid in _MINUTEN:
        return Decimal(_MINUTEN[eenheid]) / _MINUTEN[tarief_eenheid]
    return Decimal(1)


def _cents(bedrag: Decimal) -> int:
    return int(bedrag.quantize(Decimal(1), ROUND_HALF_UP))
