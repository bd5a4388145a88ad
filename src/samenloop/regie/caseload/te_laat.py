"""Applications, requests and objections past their last day, a level up.

For who leads a team. Their terms do not hang on a case, so the ladder of cases does not
reach them. What is late stands here for as long as it is: which one, what has to be
done, since when, and who has it in hand. Nothing about whom it is; that is for who
deals with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenloop.access.models import Gebruiker
from samenloop.core import klok
from samenloop.core.kalender import days_to_go
from samenloop.voorzieningen.toewijzen import dagwerk
from samenloop.voorzieningen.toewijzen.aanvragen import OPEN
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Aanvraagstaat,
    Bezwaarzaak,
)

MEESTE = 200


@dataclass(frozen=True, slots=True)
class Laat:
    """One thing that is late: what kind, its number, its last day, who has it."""

    soort: str  # onderzoek, besluit, verzoek or bezwaar
    nummer: str
    wet: str
    uiterlijk: date
    dagen: int  # working days late, at least one
    wie: str


def count(gemeente: str) -> int:
    """Return how many are late."""
    soorten = (_applications, _requests, _objections)
    return sum(int(soort(gemeente).count()) for soort in soorten)


def late(gemeente: str) -> list[Laat]:
    """Return what is late, the longest first, in a fixed number of statements."""
    vandaag = klok.today()
    rijen: list[tuple[str, str, str, date, int | None]] = [
        (
            "onderzoek" if each.staat == Aanvraagstaat.MELDING else "besluit",
            each.nummer,
            each.get_wet_display(),
            each.uiterlijk,
            each.behandelaar,
        )
        for each in _applications(gemeente).order_by("uiterlijk", "pk")[:MEESTE]
    ]
    rijen += [
        (
            "verzoek",
            each.aanbieder.naam,
            each.get_wet_display(),
            each.voor,
            each.behandelaar,
        )
        for each in _requests(gemeente)
        .select_related("aanbieder")
        .order_by("voor", "pk")[:MEESTE]
    ]
    rijen += [
        (
            "bezwaar",
            each.beschikking.nummer if each.beschikking else "",
            each.bezwaar.get_wet_display(),
            each.uiterlijk,
            each.vastgelegd_door,
        )
        for each in _objections(gemeente)
        .select_related("beschikking", "bezwaar")
        .order_by("uiterlijk", "pk")[:MEESTE]
    ]
    namen = _names(wie for *_, wie in rijen)
    return [
        Laat(
            soort,
            nummer,
            wet,
            uiterlijk,
            -days_to_go(vandaag, uiterlijk),
            namen.get(wie or 0, ""),
        )
        for soort, nummer, wet, uiterlijk, wie in sorted(rijen, key=lambda rij: rij[3])
    ]


def _applications(gemeente: str) -> Any:
    return Aanvraag.objects.filter(
        gemeente=gemeente, staat__in=OPEN, uiterlijk__lt=klok.today()
    )


def _requests(gemeente: str) -> Any:
    return dagwerk.waiting(gemeente).filter(voor__lt=klok.today())


def _objections(gemeente: str) -> Any:
    return Bezwaarzaak.objects.filter(
        gemeente=gemeente,
        bezwaar__afgehandeld_op__isnull=True,
        uiterlijk__lt=klok.today(),
    )


def _names(accounts: Iterable[int | None]) -> dict[int, str]:
    rijen = Gebruiker.objects.filter(pk__in={each for each in accounts if each})
    return {each.pk: str(each) for each in rijen}
