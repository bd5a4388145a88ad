"""Rows of ours as the rules know them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from samenloop.berichten.regels.stand import (
    StandPgb,
    StandRegie,
    StandToewijzing,
    StandVerzoek,
)
from samenloop.voorzieningen.toewijzen import leveren
from samenloop.voorzieningen.toewijzen.models import (
    Pgb,
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


def clients(
    gemeente: str, agbs: Collection[str], personen: Collection[UUID]
) -> Iterable[tuple[str, str, UUID]]:
    """Return which of these people ever had an allocation, by law and provider."""
    if not personen:
        return ()
    return (
        Toewijzing.objects.filter(
            gemeente=gemeente, persoon__in=personen, aanbieder__agb__in=agbs
        )
        .order_by()
        .distinct()
        .values_list("wet", "aanbieder__agb", "persoon")
    )


def budgets(gemeente: str, personen: Collection[UUID]) -> dict[UUID, list[StandPgb]]:
    """Return the budgets that run, of each of these people."""
    uit: dict[UUID, list[StandPgb]] = {persoon: [] for persoon in personen}
    for each in Pgb.objects.filter(
        gemeente=gemeente, persoon__in=personen, beeindigd_op=None
    ):
        uit[each.persoon_id].append(
            StandPgb(each.categorie, each.ingang, each.code or None, each.eind)
        )
    return uit


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


def leaves(inhoud: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every leaf of a message by the name of its element."""
    for naam, waarde in inhoud.items():
        for each in waarde if isinstance(waarde, list) else (waarde,):
            if isinstance(each, Mapping):
                yield from leaves(each)
            else:
                yield naam, each
