"""Rows of ours as the rules know them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from samenloop.berichten.regels.stand import (
    StandRegie,
    StandToewijzing,
    StandVerzoek,
)
from samenloop.voorzieningen.toewijzen import leveren
from samenloop.voorzieningen.toewijzen.models import (
    Toewijzing,
    Verzoek,
    Zorglevering,
)


class Gegeven(NamedTuple):
    """An allocation without the weight of a row: an invoice names ten thousands."""

    id: UUID
    wet: str
    nummer: int
    persoon_id: UUID
    bsn: str | None
    agb: str
    ingang: date
    eind: date | None
    categorie: str
    code: str
    volume: int | None
    eenheid: str
    frequentie: str
    budget: int | None
    reden_wijziging: str
    toegewezen_op: datetime
    referentie_aanbieder: str


_ELDERS = {"bsn": "persoon__burgerservicenummer__bsn", "agb": "aanbieder__agb"}
GEGEVEN = tuple(_ELDERS.get(naam, naam) for naam in Gegeven._fields)


def allocation(rij: Toewijzing | Gegeven, agb: str, bsn: str) -> StandToewijzing:
    """Return an allocation of a provider (AGB) to a client as it holds now."""
    return StandToewijzing(
        nummer=rij.nummer,
        bsn=bsn,
        aanbieder=agb,
        ingang=rij.ingang,
        eind=rij.eind,
        categorie=rij.categorie or None,
        code=rij.code or None,
        volume=rij.volume,
        eenheid=rij.eenheid or None,
        frequentie=rij.frequentie or None,
        budget=rij.budget,
        reden_wijziging=rij.reden_wijziging or None,
        toegewezen_op=rij.toegewezen_op,
        referentie_aanbieder=rij.referentie_aanbieder or None,
    )


def request(rij: Verzoek, *, voor_antwoord: bool) -> StandVerzoek:
    """Return a request; `voor_antwoord` takes it as it was before the last answer."""
    nummer = getattr(rij.persoon, "burgerservicenummer", None)
    onderzocht = rij.in_onderzoek_op and not (
        voor_antwoord and rij.staat == "onderzoek"
    )
    return StandVerzoek(
        referentie=rij.referentie,
        bsn=nummer.bsn if nummer else "",
        nummer=315 if rij.soort == "vot" else 317,
        antwoorden=(
            *(("2",) if onderzocht else ()),
            *(("1",) if rij.staat == "afgewezen" and not voor_antwoord else ()),
        ),
        toegewezen=rij.staat == "toegewezen" and not voor_antwoord,
        gezagsdrager_bekend=bool(rij.gezagsdrager_bekend),
    )


def deliveries(lev: Zorglevering) -> Iterator[StandRegie]:
    """What was reported of a delivery and holds; with and without its product.

    A provider may leave out the product that the allocation already says.
    """
    nummer = lev.toewijzing.nummer if lev.toewijzing else None
    sleutels = {(lev.categorie or None, lev.code or None)}
    if lev.toewijzing and lev.code == lev.toewijzing.code:
        sleutels.add((None, None))
    stops = leveren.standing_stops(lev)
    for categorie, code in sleutels:
        yield StandRegie(False, nummer, lev.begin, categorie, code)
        for each in stops:
            yield StandRegie(
                True, nummer, lev.begin, categorie, code, each.reden, each.datum
            )
