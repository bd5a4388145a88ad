"""The rules that put odd looks forward, run over what was written since last time.

1. own record: the marks of the person are those of the worker;
2. same address, 3. same surname: likewise; the closest of the three is told;
4. no task: a person was opened with whom no room says that one is involved. Recording
   a call or a new person is a task by itself, and emergency access is told already.
   One odd look per worker and day, with the number of persons;
5. leaver or idle: looking without an appointment on that day, or for the first time
   after ninety days of silence;
6. far more than colleagues: on one day at least 25 persons and more than four times
   what half of the days of colleagues with the same role stay under, over four weeks
   and at least three colleagues. The median does not move with one who looks a lot.

A rule says what was seen and compares it with what one may expect. It knows no weights.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Sum

from samenloop.access.logboek import betrokkenheid, kenmerken
from samenloop.access.logboek.kenmerken import Kenmerken
from samenloop.access.logboek.models import Afwijking, Auditregel
from samenloop.access.models import Aanstelling, Gebruiker
from samenloop.access.rollen import Handeling
from samenloop.core import klok

STIL = timedelta(days=90)
WEKEN = timedelta(days=28)
MINSTENS = 25
KEER = 4
COLLEGAS = 3

# Recording something new is a task by itself.
_TAAK_VAN_ZICHZELF = [
    str(Handeling.PERSOON_REGISTREREN),
    str(Handeling.SIGNAAL_REGISTREREN),
    str(Handeling.SIGNAAL_MELDEN),
    str(Handeling.SIGNALEN_INLEZEN),
    str(Handeling.NOODTOEGANG),
]
_NOOD = "noodtoegang"
LOOKS = ["geopend", "gewijzigd", "verstrekt"]

_LOOKS_AT_PERSONS = """
SELECT a.gemeente, a.actor_id, min(a.actor_naam), v.persoon, min(a.id), min(a.op),
       bool_or(a.doel <> %(nood)s AND a.handeling <> ALL (%(eigen)s))
  FROM logboek_auditregel a
  JOIN logboek_verwerking v
    ON v.trace_id = a.trace_id AND a.span_id IN (v.span_id, v.parent_span_id)
 WHERE a.vastgelegd_op >= %(van)s AND a.vastgelegd_op < %(tot)s
   AND a.actor_soort = 'medewerker' AND a.wijze = ANY (%(looks)s)
   AND v.persoon IS NOT NULL
 GROUP BY a.gemeente, a.actor_id, v.persoon,
          (a.op AT TIME ZONE 'Europe/Amsterdam')::date
"""
_PER_DAY = """
SELECT a.gemeente, a.actor_id, min(a.actor_naam), a.rollen,
       (a.op AT TIME ZONE 'Europe/Amsterdam')::date AS dag,
       count(DISTINCT v.persoon), max(a.op)
  FROM logboek_auditregel a
  JOIN logboek_verwerking v
    ON v.trace_id = a.trace_id AND a.span_id IN (v.span_id, v.parent_span_id)
 WHERE a.op >= %(van)s AND a.op < %(tot)s AND a.gemeente = ANY (%(gemeenten)s)
   AND (%(accounts)s::text[] IS NULL OR a.actor_id = ANY (%(accounts)s))
   AND a.actor_soort = 'medewerker' AND a.wijze = ANY (%(looks)s)
   AND v.persoon IS NOT NULL
 GROUP BY a.gemeente, a.actor_id, a.rollen, dag
"""


@dataclass(frozen=True, slots=True)
class Blik:
    """Looks of one worker at one person on one day."""

    gemeente: str
    actor_id: str
    actor_naam: str
    persoon: UUID
    regel: int
    op: datetime
    vraagt_taak: bool

    @property
    def dag(self) -> date:
        """The day in the Netherlands."""
        return self.op.astimezone(klok.AMSTERDAM).date()

    def odd(self, regel: Afwijking.Regel) -> Afwijking:
        """Return this look as put forward by a rule."""
        return Afwijking(
            gemeente=self.gemeente,
            regel=regel,
            aanleiding=f"{self.persoon}:{self.dag:%Y-%m-%d}",
            actor_id=self.actor_id,
            actor_naam=self.actor_naam,
            persoon=self.persoon,
            auditregel=self.regel,
            op=self.op,
        )


def found_between(van: datetime, tot: datetime) -> list[Afwijking]:
    """Apply all rules to what was written from a moment up to another."""
    looks = _looks(van, tot)
    return [
        *_near(looks),
        *_without_task(looks),
        *_leavers(looks),
        *_idle(van, tot),
        *_far_more(van, tot),
    ]


def _looks(van: datetime, tot: datetime) -> list[Blik]:
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOKS_AT_PERSONS,
            {
                "van": van,
                "tot": tot,
                "looks": LOOKS,
                "nood": _NOOD,
                "eigen": _TAAK_VAN_ZICHZELF,
            },
        )
        return [Blik(*row) for row in cursor.fetchall()]


def _per_worker(looks: Iterable[Blik]) -> dict[tuple[str, str], list[Blik]]:
    groups: dict[tuple[str, str], list[Blik]] = defaultdict(list)
    for look in looks:
        groups[look.actor_id, look.gemeente].append(look)
    return groups


def closest(worker: Kenmerken, person: Kenmerken) -> Afwijking.Regel | None:
    """Return how near a person is to a worker: the person, the address, the name."""
    for mine, theirs, regel in (
        (worker.bsn, person.bsn, Afwijking.Regel.EIGEN),
        (worker.adres, person.adres, Afwijking.Regel.ADRES),
        (worker.naam, person.naam, Afwijking.Regel.NAAM),
    ):
        if mine and mine == theirs:
            return regel
    return None


def _near(looks: Iterable[Blik]) -> Iterator[Afwijking]:
    for (account, gemeente), group in _per_worker(looks).items():
        worker = kenmerken.of_worker(account, gemeente)
        if worker is None:
            continue
        marks = kenmerken.of_persons({look.persoon for look in group})
        for look in group:
            regel = closest(worker, marks.get(look.persoon, Kenmerken()))
            if regel is not None:
                yield look.odd(regel)


def _without_task(looks: Iterable[Blik]) -> Iterator[Afwijking]:
    if not betrokkenheid.known():
        return
    asked = [look for look in looks if look.vraagt_taak]
    for (account, gemeente), group in _per_worker(asked).items():
        persons = {look.persoon for look in group}
        involved = betrokkenheid.involved(account, persons, gemeente)
        days: dict[date, list[Blik]] = defaultdict(list)
        for look in group:
            if look.persoon not in involved:
                days[look.dag].append(look)
        for dag, those in days.items():
            eerste = min(those, key=lambda look: (look.op, look.regel))
            yield Afwijking(
                gemeente=gemeente,
                regel=Afwijking.Regel.GEEN_TAAK,
                aanleiding=f"{dag:%Y-%m-%d}:{eerste.regel}",
                actor_id=account,
                actor_naam=eerste.actor_naam,
                persoon=eerste.persoon if len(those) == 1 else None,
                auditregel=eerste.regel,
                feiten={"aantal": len(those)},
                op=eerste.op,
            )


def _leavers(looks: Iterable[Blik]) -> Iterator[Afwijking]:
    for (account, gemeente), group in _per_worker(looks).items():
        active = Gebruiker.objects.filter(pk=account, is_active=True).exists()
        dagen = sorted({look.dag for look in group})
        for dag in dagen:
            appointed = Aanstelling.objects.filter(
                gebruiker_id=account, gemeente=gemeente, geldig__contains=dag
            ).exists()
            if active and appointed:
                continue
            eerste = min(
                (look for look in group if look.dag == dag), key=lambda look: look.op
            )
            yield Afwijking(
                gemeente=gemeente,
                regel=Afwijking.Regel.SLAPEND,
                aanleiding=f"vertrokken:{dag:%Y-%m-%d}",
                actor_id=account,
                actor_naam=eerste.actor_naam,
                auditregel=eerste.regel,
                feiten={"vertrokken": True},
                op=eerste.op,
            )


def _idle(van: datetime, tot: datetime) -> Iterator[Afwijking]:
    window = Auditregel.objects.filter(
        vastgelegd_op__gte=van, vastgelegd_op__lt=tot, actor_soort="medewerker"
    )
    for account in window.order_by().values_list("actor_id", flat=True).distinct():
        eerste = window.filter(actor_id=account).order_by("op", "id").first()
        if eerste is None:
            continue
        vorige = Auditregel.objects.filter(
            actor_id=account, op__lt=eerste.op, vastgelegd_op__lt=van
        ).aggregate(laatst=Max("op"))["laatst"]
        if vorige is not None and eerste.op - vorige > STIL:
            yield Afwijking(
                gemeente=eerste.gemeente,
                regel=Afwijking.Regel.SLAPEND,
                aanleiding=f"stil:{eerste.op.astimezone(klok.AMSTERDAM):%Y-%m-%d}",
                actor_id=account,
                actor_naam=eerste.actor_naam,
                auditregel=eerste.pk,
                feiten={"dagen": (eerste.op - vorige).days},
                op=eerste.op,
            )


@dataclass(frozen=True, slots=True)
class _Dag:
    gemeente: str
    actor_id: str
    actor_naam: str
    rollen: tuple[str, ...]
    dag: date
    personen: int
    laatste: datetime


def _far_more(van: datetime, tot: datetime) -> Iterator[Afwijking]:
    written = Auditregel.objects.filter(
        vastgelegd_op__gte=van, vastgelegd_op__lt=tot, op__gte=van - WEKEN
    )
    span = written.aggregate(eerste=Min("op"), laatste=Max("op"))
    if span["eerste"] is None:
        return
    begin = datetime.combine(
        span["eerste"].astimezone(klok.AMSTERDAM).date(), time.min, klok.AMSTERDAM
    )
    tot = span["laatste"] + timedelta(microseconds=1)
    # Who may have looked at many, without counting persons twice looked at; mostly
    # nobody, and then nothing more is read.
    perhaps = (
        Auditregel.objects.filter(
            op__gte=begin, op__lt=tot, actor_soort="medewerker", wijze__in=LOOKS
        )
        .order_by()
        .values("gemeente", "actor_id")
        .annotate(aantal=Sum("aantal_personen"))
        .filter(aantal__gte=MINSTENS)
    )
    who = {(row["gemeente"], row["actor_id"]) for row in perhaps}
    places = sorted({gemeente for gemeente, _account in who})
    accounts = [account for _gemeente, account in who]
    many = [
        day for day in _days(begin, tot, places, accounts) if day.personen >= MINSTENS
    ]
    if not many:
        return
    month = _days(begin - WEKEN, tot, places)
    for day in many:
        usual = _usual(day, month)
        if usual is not None and day.personen > KEER * usual[0]:
            mediaan, rol, collegas = usual
            yield Afwijking(
                gemeente=day.gemeente,
                regel=Afwijking.Regel.VEEL,
                aanleiding=f"{day.dag:%Y-%m-%d}",
                actor_id=day.actor_id,
                actor_naam=day.actor_naam,
                feiten={
                    "aantal": day.personen,
                    "mediaan": mediaan,
                    "rol": rol,
                    "collegas": collegas,
                },
                op=day.laatste,
            )


def _usual(day: _Dag, month: Iterable[_Dag]) -> tuple[float, str, int] | None:
    """The median day of colleagues, in the role where that is highest."""
    best: tuple[float, str, int] | None = None
    for rol in day.rollen:
        others = [
            other
            for other in month
            if rol in other.rollen
            and other.gemeente == day.gemeente
            and other.actor_id != day.actor_id
        ]
        collegas = len({other.actor_id for other in others})
        if collegas < COLLEGAS:
            continue
        mediaan = statistics.median(other.personen for other in others)
        if best is None or mediaan > best[0]:
            best = (mediaan, rol, collegas)
    return best


def _days(
    van: datetime,
    tot: datetime,
    gemeenten: list[str],
    accounts: list[str] | None = None,
) -> list[_Dag]:
    with connection.cursor() as cursor:
        cursor.execute(
            _PER_DAY,
            {
                "van": van,
                "tot": tot,
                "gemeenten": gemeenten,
                "accounts": accounts,
                "looks": LOOKS,
            },
        )
        return [
            _Dag(gemeente, wie, naam, tuple(rollen), dag, aantal, laatste)
            for gemeente, wie, naam, rollen, dag, aantal, laatste in cursor.fetchall()
        ]
