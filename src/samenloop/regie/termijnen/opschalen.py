"""The daily walk along all open terms: what passed, what goes a level up.

Each rung is taken once per term, also when two workers walk at the same time: the
database refuses the second. A term that stands still is left alone, and one whose
agreed time of standing still is over runs again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from samenloop.core import gebeurtenissen, klok
from samenloop.regie.termijnen import ladder, lopen, rekenen, tellen
from samenloop.regie.termijnen.models import (
    OPEN,
    Escalatie,
    Gebeurd,
    Staat,
    Termijn,
    Termijngebeurtenis,
)

VERSTREKEN = "termijn-verstreken"
OPGESCHAALD = "termijn-opgeschaald"
_PER_KEER = 500


@dataclass(slots=True)
class Ronde:
    """What one walk did."""

    hervat: int = 0
    verstreken: int = 0
    opgeschaald: int = 0


def walk(gemeente: str) -> Ronde:
    """Walk along the open terms of a municipality (CBS code), as of today."""
    ronde = Ronde()
    ladders, wie = ladder.Ladders(gemeente), ladder.Wie(gemeente)
    sleutels = list(
        Termijn.objects.filter(
            gemeente=gemeente, staat__in=OPEN, begin__lte=klok.today()
        )
        .order_by("uiterlijk", "pk")
        .values_list("pk", flat=True)
    )
    for begin in range(0, len(sleutels), _PER_KEER):
        with transaction.atomic():
            _walk_some(sleutels[begin : begin + _PER_KEER], ladders, wie, ronde)
    return ronde


def _walk_some(
    groep: Sequence[UUID], ladders: ladder.Ladders, wie: ladder.Wie, ronde: Ronde
) -> None:
    vandaag = klok.today()
    termijnen = list(
        Termijn.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk__in=groep, staat__in=OPEN)
        .select_related("casus__dossier")
        .prefetch_related("opschortingen", "escalaties", "verlengingen")
    )
    regie = ladder.directors([termijn.casus_id for termijn in termijnen])
    for termijn in termijnen:
        if termijn.staat == Staat.STIL:
            if tellen.rests(termijn, vandaag):
                continue
            lopen.wake(termijn)
            ronde.hervat += 1
        if _has_passed(termijn, vandaag) and termijn.verstreken_op is None:
            _note_passed(termijn)
            ronde.verstreken += 1
        sporten = ladders.of(termijn.casus.team_id)
        for sport in _new(termijn, sporten, vandaag):
            accounts = wie.told(
                sport, termijn.casus.team_id, regie.get(termijn.casus_id)
            )
            ronde.opgeschaald += _take(termijn, sport, accounts)


def _has_passed(termijn: Termijn, vandaag: date) -> bool:
    if termijn.uiterlijk_om is not None:
        return klok.now() > termijn.uiterlijk_om
    return vandaag > termijn.uiterlijk


def _note_passed(termijn: Termijn) -> None:
    termijn.verstreken_op = termijn.uiterlijk + timedelta(days=1)
    termijn.save(update_fields=["verstreken_op"])
    _happened(termijn, Gebeurd.VERSTREKEN)
    gebeurtenissen.record(
        VERSTREKEN, onderwerp=termijn.pk, gemeente=termijn.gemeente_id
    )


def _new(
    termijn: Termijn, sporten: Iterable[ladder.Sport], vandaag: date
) -> list[ladder.Sport]:
    """Return the rungs this term has reached and was not taken to before."""
    gehad = {(each.moment, each.waarde, each.aan) for each in termijn.escalaties.all()}
    deel = rekenen.share(
        termijn.begin, termijn.grens, vandaag, tellen.stretches(termijn)
    )
    return [
        sport
        for sport in sporten
        if (sport.moment, sport.waarde, sport.aan) not in gehad
        and sport.is_reached(termijn, vandaag, deel)
    ]


def _take(termijn: Termijn, sport: ladder.Sport, accounts: list[int]) -> int:
    _rij, is_nieuw = Escalatie.objects.get_or_create(
        termijn=termijn,
        moment=sport.moment,
        waarde=sport.waarde,
        aan=sport.aan,
        defaults={"accounts": accounts},
    )
    if is_nieuw:
        _happened(termijn, Gebeurd.OPGESCHAALD)
        gebeurtenissen.record(
            OPGESCHAALD, onderwerp=termijn.pk, gemeente=termijn.gemeente_id
        )
    return int(is_nieuw)


def _happened(termijn: Termijn, wat: Gebeurd) -> None:
    Termijngebeurtenis.objects.create(
        termijn=termijn, soort=wat, op=klok.now(), uiterlijk=termijn.uiterlijk
    )
