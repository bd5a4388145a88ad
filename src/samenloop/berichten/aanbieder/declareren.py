"""What a provider invoices over a month, within what was allocated and agreed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from samenloop.berichten.regels.omvang import (
    TOTAAL,
    factor,
    maximum_periode,
    maximum_totaal,
)
from samenloop.berichten.regels.stand import (
    StandContractproduct,
    StandPrestatie,
    StandToewijzing,
)

from .gedrag import Kans
from .opstellen import laatste_dag

_EURO = "83"
#: Of an allocation without volume so much is delivered a month.
_ZONDER_VOLUME = 8


def afspraak(
    contract: Sequence[StandContractproduct], toewijzing: StandToewijzing, op: date
) -> StandContractproduct | None:
    """What was agreed about the product that is delivered on this allocation."""
    for each in contract:
        if (
            toewijzing.categorie in (None, each.categorie)
            and toewijzing.code in (None, each.code)
            and each.geldig(op)
        ):
            return each
    return None


def regel(
    toewijzing: StandToewijzing,
    maand: date,
    *,
    wet: str,
    gedaan: Sequence[StandPrestatie],
    contract: Sequence[StandContractproduct],
    kans: Kans,
) -> StandPrestatie | None:
    """The line for one allocation over one month; None where there is nothing to ask.

    `gedaan` are all lines before it, accepted or on their way.
    The period is that of the month within the allocation, also where care began later:
    so the standard wants it.
    """
    begin = max(maand, toewijzing.ingang)
    eind = min(laatste_dag(maand), toewijzing.eind or date.max)
    prijs = afspraak(contract, toewijzing, begin)
    if prijs is None or eind < begin:
        return None
    eenheid = toewijzing.eenheid or prijs.eenheid or "04"
    meest = _meest(toewijzing, wet, begin, eind, gedaan)
    gewicht = factor(eenheid, toewijzing.eenheid) or 1
    naam = ("volume", toewijzing.nummer, maand)
    meest = _ZONDER_VOLUME if meest is None else meest // gewicht
    if meest < 1:
        return None
    volume = kans.getal(max(1, meest // 2), meest, *naam)
    tarief = None if eenheid == _EURO else prijs.tarief or 6000
    bedrag = volume if tarief is None else volume * tarief
    if toewijzing.budget is not None:
        ruimte = toewijzing.budget - _bedrag(toewijzing.nummer, gedaan)
        if tarief is not None and bedrag > ruimte:
            volume = ruimte // tarief
            bedrag = volume * tarief
        if volume < 1 or bedrag > ruimte:
            return None
    return StandPrestatie(
        referentie=f"P{toewijzing.nummer}-{maand:%y%m}",
        nummer=toewijzing.nummer,
        bsn=toewijzing.bsn,
        categorie=toewijzing.categorie or prijs.categorie,
        code=toewijzing.code or prijs.code,
        begin=begin,
        eind=eind,
        volume=volume,
        eenheid=eenheid,
        bedrag=bedrag,
        tarief=tarief,
    )


def _meest(
    toewijzing: StandToewijzing,
    wet: str,
    begin: date,
    eind: date,
    gedaan: Sequence[StandPrestatie],
) -> int | None:
    """The most that may be delivered in a period, as `factor` weighs."""
    meest = maximum_periode(toewijzing, wet, begin, eind)
    totaal = maximum_totaal(toewijzing, eind)
    if meest is None or totaal is None:
        return None
    if toewijzing.frequentie == TOTAAL:
        meest = max(1, meest // 6)
    gebruikt = sum(
        (1 if each.debet else -1)
        * each.volume
        * (factor(each.eenheid, toewijzing.eenheid) or 1)
        for each in gedaan
        if each.nummer == toewijzing.nummer
    )
    return min(meest, totaal - gebruikt)


def _bedrag(nummer: int, gedaan: Sequence[StandPrestatie]) -> int:
    return sum(
        each.bedrag if each.debet else -each.bedrag
        for each in gedaan
        if each.nummer == nummer
    )


def credit(debet: StandPrestatie) -> StandPrestatie:
    """The line that takes an earlier one back."""
    return replace(
        debet, referentie=f"C{debet.referentie}", vorige=debet.referentie, debet=False
    )


def toegekend(
    regels: Sequence[StandPrestatie], geweigerd: set[str]
) -> Iterator[StandPrestatie]:
    """The lines that were accepted."""
    return (each for each in regels if each.referentie not in geweigerd)
