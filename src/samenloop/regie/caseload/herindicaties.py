"""The coming year of reassessments: what ends, when one looks again, and spreading it.

A decision that ends asks a new look before it does. Without planning that begins eight
weeks before the end: six for the inquiry and two for the decision (Wmo 2015, 2.3.2 and
2.3.5). Starting earlier, within a window that is chosen each time, spreads a peak such
as that of December. It never starts later, and never shortens what was granted.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.kalender import add_months, next_working_day
from samenloop.regie.caseload.models import Herindicatieplanning
from samenloop.regie.caseload.spreiden import Stuk, spread
from samenloop.regie.termijnen.models import OPEN
from samenloop.voorzieningen.models import Wet
from samenloop.voorzieningen.toewijzen import herindiceren

GEPLAND = "herindicaties-gepland"
VOORLOOP = timedelta(weeks=8)
MAANDEN = 12
VENSTERS = (4, 8, 13, 26)  # weeks earlier that one may choose
_EINDIGT = """
SELECT v.kenmerk, v.betrokkene_id, upper(v.geldig) - 1, p.wet,
       (SELECT c.id FROM regie_casus c
          JOIN plannen_dossier d ON d.id = c.dossier_id AND d.gesloten_op IS NULL
         WHERE c.betrokkene_id = v.betrokkene_id AND c.gemeente_id = v.gemeente_id
         ORDER BY d.geopend_op DESC, c.id LIMIT 1),
       h.start
  FROM voorzieningen_voorziening v
  JOIN voorzieningen_product p ON p.id = v.product_id
  LEFT JOIN caseload_herindicatieplanning h
    ON h.voorziening = v.kenmerk AND h.vervallen_op IS NULL
 WHERE v.gemeente_id = %s AND upper_inf(v.bekend)
   AND upper(v.geldig) - 1 BETWEEN %s AND %s
   AND (%s = '' OR p.wet = %s)
 ORDER BY 3, 1
"""


class Veranderd(SamenloopFout, ValueError):
    """What was confirmed is not what would be planned now."""

    melding = _("Something changed since you looked. Look at the proposal again.")


@dataclass(frozen=True, slots=True)
class Einde:
    """A decision that ends, as far as planning needs it; no content."""

    voorziening: UUID
    betrokkene: UUID
    einddatum: date
    wet: str
    casus: UUID | None
    gepland: date | None
    eerst: date


@dataclass(slots=True)
class Maand:
    """One month of the coming year."""

    begin: date
    eindigt: int = 0
    per_wet: Counter[str] = field(default_factory=Counter)
    voor: int = 0
    na: int = 0


@dataclass(frozen=True, slots=True)
class Vooruitzicht:
    """The coming year, as it would go by itself and as it is proposed."""

    maanden: list[Maand]
    starts: dict[UUID, date]
    eindes: Sequence[Einde]
    te_laat: int
    gepland: int

    @property
    def piek_voor(self) -> int:
        """The busiest month without spreading."""
        return max((each.voor for each in self.maanden), default=0)

    @property
    def piek_na(self) -> int:
        """The busiest month of the proposal."""
        return max((each.na for each in self.maanden), default=0)

    @property
    def verplaatst(self) -> int:
        """How many start in an earlier month than they would."""
        return sum(
            _month(self.starts[each.voorziening]) < _month(each.eerst)
            for each in self.eindes
            if each.voorziening in self.starts
        )

    @property
    def merk(self) -> str:
        """What a confirmation refers to: the same plan has the same mark."""
        tekst = "|".join(f"{k}:{v}" for k, v in sorted(self.starts.items(), key=str))
        return hashlib.sha256(tekst.encode()).hexdigest()[:32]


def outlook(gemeente: str, *, weken: int, wet: str = "") -> Vooruitzicht:
    """Return the coming year of a municipality and a proposal to spread it.

    Args:
        gemeente: CBS code.
        weken: how many weeks earlier than needed a reassessment may start.
        wet: one law, or empty for all.
    """
    vandaag = klok.today()
    nu = _month(vandaag)
    eindes = ending(gemeente, vandaag, wet)
    maanden = [Maand(add_months(vandaag.replace(day=1), n)) for n in range(MAANDEN)]
    vast: Counter[int] = Counter()
    stukken: list[Stuk[UUID]] = []
    for each in eindes:
        if each.gepland is not None:
            vast[_month(each.gepland)] += 1
            continue
        uiterst = _month(each.eerst)
        vroegst = max(_month(each.eerst - timedelta(weeks=weken)), nu)
        stukken.append(Stuk(each.voorziening, min(vroegst, uiterst), uiterst))
    gekozen = spread(stukken, vast)
    starts = _days(eindes, gekozen, vandaag)
    for each in eindes:
        _count(maanden, nu, each, starts.get(each.voorziening))
    return Vooruitzicht(
        maanden=maanden,
        starts=starts,
        eindes=eindes,
        te_laat=sum(
            each.gepland is None and each.einddatum - VOORLOOP < vandaag
            for each in eindes
        ),
        gepland=sum(each.gepland is not None for each in eindes),
    )


@transaction.atomic
def accept(gemeente: str, *, weken: int, wet: str, merk: str, door: Actor) -> int:
    """Plan the reassessments as somebody confirmed them; how many.

    Raises:
        GeenToegang: not theirs to divide.
        Veranderd: what would be planned now differs from what was shown.
    """
    if gemeente != door.gemeente or not besluiten.may(
        door, Handeling.CASELOAD_VERDELEN
    ):
        raise GeenToegang(besluiten.reason(door, (Handeling.CASELOAD_VERDELEN,)))
    with connection.cursor() as cursor:
        # Two leaders who confirm at once: the second sees what the first planned.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [GEPLAND + gemeente]
        )
    zicht = outlook(gemeente, weken=weken, wet=wet)
    if zicht.merk != merk or not zicht.starts:
        raise Veranderd()
    nieuw = Herindicatieplanning.objects.bulk_create(
        Herindicatieplanning(
            gemeente_id=gemeente,
            voorziening=each.voorziening,
            betrokkene_id=each.betrokkene,
            casus_id=each.casus,
            einddatum=each.einddatum,
            eerst=each.eerst,
            start=zicht.starts[each.voorziening],
            besloten_door=door.account_id,
        )
        for each in zicht.eindes
        if each.voorziening in zicht.starts
    )
    logboek.record(
        door,
        Handeling.CASELOAD_VERDELEN,
        personen=sorted({each.betrokkene_id for each in nieuw}),
        onderwerp="herindicaties",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
    gebeurtenissen.record(GEPLAND, onderwerp=nieuw[0].pk, gemeente=gemeente)
    return len(nieuw)


def waiting(gemeente: str) -> QuerySet[Herindicatieplanning]:
    """Return what was planned and stands in no case: it waits for the next one."""
    return Herindicatieplanning.objects.filter(
        ~herindiceren.decided("voorziening", "einddatum"),
        gemeente=gemeente,
        vervallen_op__isnull=True,
        termijn__isnull=True,
    )


def to_do(gemeente: str) -> QuerySet[Herindicatieplanning]:
    """Return what was planned and is not done: it waits for a case, or runs in one."""
    return Herindicatieplanning.objects.filter(
        ~herindiceren.decided("voorziening", "einddatum"),
        Q(termijn__isnull=True) | Q(termijn__staat__in=OPEN),
        gemeente=gemeente,
        vervallen_op__isnull=True,
    )


def ending(gemeente: str, vandaag: date, wet: str = "") -> list[Einde]:
    """Return what ends from today until a year of starts is over."""
    laatste = add_months(vandaag.replace(day=1), MAANDEN) + VOORLOOP
    with connection.cursor() as cursor:
        cursor.execute(_EINDIGT, [gemeente, vandaag, laatste, wet, wet])
        rijen = cursor.fetchall()
    uit = []
    for voorziening, betrokkene, einde, van_wet, casus, gepland in rijen:
        eerst = max(einde - VOORLOOP, vandaag)
        if _month(eerst) >= _month(vandaag) + MAANDEN:
            continue
        uit.append(
            Einde(voorziening, betrokkene, einde, van_wet, casus, gepland, eerst)
        )
    return uit


def _days(
    eindes: Sequence[Einde], gekozen: dict[UUID, int], vandaag: date
) -> dict[UUID, date]:
    """Turn months into days: its own day where it stays, else evenly over the month."""
    uit: dict[UUID, date] = {}
    volgnummer: Counter[int] = Counter()
    for each in eindes:
        maand = gekozen.get(each.voorziening)
        if maand is None or each.einddatum <= vandaag:
            continue
        if maand == _month(each.eerst):
            uit[each.voorziening] = each.eerst
            continue
        begin = date(maand // 12, maand % 12 + 1, 1)
        dag = begin + timedelta(days=volgnummer[maand] % 24)
        volgnummer[maand] += 1
        # A working day, in that month, not before today and never after its own day.
        werkdag = next_working_day(max(dag, vandaag))
        uit[each.voorziening] = min(werkdag, each.eerst)
    return uit


def _count(maanden: list[Maand], nu: int, einde: Einde, voorstel: date | None) -> None:
    per_einde = _month(einde.einddatum) - nu
    if 0 <= per_einde < MAANDEN:
        maanden[per_einde].eindigt += 1
        maanden[per_einde].per_wet[Wet(einde.wet).label] += 1
    voor = _month(einde.gepland or einde.eerst) - nu
    na = _month(einde.gepland or voorstel or einde.eerst) - nu
    if 0 <= voor < MAANDEN:
        maanden[voor].voor += 1
    if 0 <= na < MAANDEN:
        maanden[na].na += 1


def _month(dag: date) -> int:
    return dag.year * 12 + dag.month - 1
