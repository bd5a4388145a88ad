"""The board of a team: who carries how much, what waits, and what nobody has.

What comes in is a team, what goes out are numbers: cases by weight, points against the
room that somebody's hours and presence leave, cases in which something waits, and terms
at risk. Never whom a case is about. The number of statements is fixed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from samenloop.access.models import Aanstelling
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.core.kalender import is_working_day
from samenloop.regie.caseload.models import Caseloadnorm, Zwaarte
from samenloop.regie.models import Afwezigheid, Team, Teamlid
from samenloop.regie.soort import ENKELVOUDIG
from samenloop.signalen import collegas

# Presence counts over the coming four weeks; terms at risk end within one.
VOORUIT = timedelta(days=28)
KRAP = timedelta(days=7)
VOLLE_WEEK = 36.0
MEESTE = 25
# Sub-selects with a limit, never EXISTS: that the planner may answer by reading a whole
# table once, which for three million tasks is no bargain.
_ZWAARTE = f"""coalesce(z.zwaarte, CASE (
    SELECT p.type FROM regie_casusperiode p
     WHERE p.casus_id = c.id AND upper_inf(p.bekend) AND p.geldig @> %(dag)s LIMIT 1)
    WHEN '{ENKELVOUDIG}' THEN '{Zwaarte.LICHT}' ELSE '{Zwaarte.GEWOON}' END)"""  # noqa: S608 (ours)
_LAST = f"""
WITH lopend AS MATERIALIZED (
    SELECT r.account, c.id, {_ZWAARTE} AS zwaarte
      FROM regie_regie r
      JOIN regie_casus c ON c.id = r.casus_id
      JOIN plannen_dossier d ON d.id = c.dossier_id
      LEFT JOIN caseload_casuszwaarte z ON z.casus_id = c.id
     WHERE r.account = ANY(%(wie)s) AND r.geldig @> %(nu)s
       AND c.gemeente_id = %(gemeente)s AND d.gesloten_op IS NULL
)
SELECT account,
       count(*) FILTER (WHERE zwaarte = 'licht'),
       count(*) FILTER (WHERE zwaarte = 'gewoon'),
       count(*) FILTER (WHERE zwaarte = 'zwaar'),
       count((SELECT true FROM taken_taak k
               WHERE k.casus_id = lopend.id AND k.staat = 'wacht' LIMIT 1)),
       sum((SELECT count(*) FROM termijnen_termijn t
             WHERE t.casus_id = lopend.id AND t.staat = 'loopt'
               AND t.uiterlijk <= %(krap)s))
  FROM lopend GROUP BY account
"""  # noqa: S608 (ours)
_ZAKEN = f"""
SELECT c.id, c.nummer, d.geopend_op, {_ZWAARTE}, r.account, lower(r.geldig),
       (SELECT count(*) FROM termijnen_termijn t
         WHERE t.casus_id = c.id AND t.staat = 'loopt' AND t.uiterlijk <= %(krap)s),
       (SELECT p.type FROM regie_casusperiode p WHERE p.casus_id = c.id
           AND upper_inf(p.bekend) AND p.geldig @> %(dag)s LIMIT 1)
  FROM regie_casus c
  JOIN plannen_dossier d ON d.id = c.dossier_id AND d.gesloten_op IS NULL
  LEFT JOIN regie_regie r ON r.casus_id = c.id AND r.geldig @> %(nu)s
  LEFT JOIN caseload_casuszwaarte z ON z.casus_id = c.id
 WHERE c.gemeente_id = %(gemeente)s
"""  # noqa: S608 (ours)


@dataclass(frozen=True, slots=True)
class Norm:
    """Points per weight, and how many a full week holds."""

    licht: int = 1
    gewoon: int = 2
    zwaar: int = 4
    ruimte: int = 40

    def points(self, licht: int, gewoon: int, zwaar: int) -> int:
        """Return what so many cases of each weight ask."""
        return licht * self.licht + gewoon * self.gewoon + zwaar * self.zwaar

    def of(self, zwaarte: str) -> int:
        """Return what one case of a weight asks."""
        return {"licht": self.licht, "gewoon": self.gewoon, "zwaar": self.zwaar}[
            zwaarte
        ]


@dataclass(frozen=True, slots=True)
class Werker:
    """Somebody of the team, and what they carry. `ruimte` is in points."""

    account: int
    naam: str
    uren: float
    licht: int
    gewoon: int
    zwaar: int
    punten: int
    ruimte: float
    wacht: int
    krap: int
    directs: bool
    afwezig_tot: date | None = None

    @property
    def casussen(self) -> int:
        """How many cases they direct."""
        return self.licht + self.gewoon + self.zwaar

    @property
    def deel(self) -> int:
        """How full their room is, in percent; without room any work is too much."""
        if self.ruimte <= 0:
            return 100 if not self.punten else 999
        return round(100 * self.punten / self.ruimte)

    @property
    def is_vol(self) -> bool:
        """Whether they carry more than they have room for."""
        return self.punten > self.ruimte


@dataclass(frozen=True, slots=True)
class Zaak:
    """A case as work: its number, weight and dates; not whom it is about."""

    casus: UUID
    nummer: str
    geopend_op: date
    zwaarte: str
    account: int | None
    sinds: date | None
    krap: int
    soort: str

    @property
    def kort(self) -> str:
        """The number without its municipality."""
        return self.nummer.partition("-")[2] or self.nummer


def norm_of(gemeente: str) -> Norm:
    """Return the weights that a municipality set, or the usual ones."""
    rij = Caseloadnorm.objects.filter(gemeente=gemeente).first()
    if rij is None:
        return Norm()
    return Norm(rij.licht, rij.gewoon, rij.zwaar, rij.ruimte)


def workers(team: Team, norm: Norm) -> list[Werker]:
    """Return who works in a team today with what they carry, fullest first."""
    vandaag = klok.today()
    leden = {
        account: float(uren)
        for account, uren in Teamlid.objects.filter(
            team=team, geldig__contains=vandaag
        ).values_list("account", "uren")
    }
    namen = collegas.names(leden)
    weg = _absent(team.gemeente_id, leden)
    mag = set(
        Aanstelling.objects.filter(
            gemeente=team.gemeente_id,
            gebruiker__in=leden,
            rol__in=(Rol.REGISSEUR, Rol.CONSULENT),
            geldig__contains=vandaag,
            gebruiker__is_active=True,
        ).values_list("gebruiker", flat=True)
    )
    last = _loads(team.gemeente_id, leden)
    uit = []
    for account, uren in leden.items():
        licht, gewoon, zwaar, wacht, krap = last.get(account, (0, 0, 0, 0, 0))
        aanwezig, tot = weg.get(account, (1.0, None))
        directs = account in mag
        if not directs and not (licht or gewoon or zwaar):
            continue  # who leads the team and carries nothing
        ruimte = norm.ruimte * uren / VOLLE_WEEK * aanwezig if directs else 0.0
        uit.append(
            Werker(
                account=account,
                naam=namen.get(account, "–"),
                uren=uren,
                licht=licht,
                gewoon=gewoon,
                zwaar=zwaar,
                punten=norm.points(licht, gewoon, zwaar),
                ruimte=round(ruimte, 1),
                wacht=wacht,
                krap=krap,
                directs=directs,
                afwezig_tot=tot,
            )
        )
    return sorted(uit, key=lambda each: (-each.deel, each.naam, each.account))


def unassigned(
    gemeente: str, team: Team | None, aantal: int = MEESTE
) -> tuple[list[Zaak], int]:
    """Return what nobody directs, longest waiting first, and how much there is."""
    waar = " AND r.id IS NULL AND c.team_id " + (
        "IS NULL" if team is None else "= %(team)s"
    )
    rijen = _cases(
        gemeente, waar + " ORDER BY d.geopend_op, c.id", {"team": team and team.pk}
    )
    return rijen[:aantal], len(rijen)


def cases_of(gemeente: str, account: int) -> list[Zaak]:
    """Return what somebody directs, what is tight first and then the oldest."""
    rijen = _cases(gemeente, " AND r.account = %(account)s", {"account": account})
    return sorted(rijen, key=lambda each: (-each.krap, each.geopend_op, each.nummer))


def chosen(gemeente: str, casussen: Iterable[UUID]) -> list[Zaak]:
    """Return these cases as work, as they are now."""
    return _cases(gemeente, " AND c.id = ANY(%(ids)s)", {"ids": list(casussen)})


def _absent(
    gemeente: str, leden: Iterable[int]
) -> dict[int, tuple[float, date | None]]:
    """Return which part of the coming weeks somebody is here, and until when away."""
    vandaag = klok.today()
    dagen = [
        dag
        for n in range(VOORUIT.days)
        if is_working_day(dag := vandaag + timedelta(days=n))
    ]
    weg: dict[int, set[date]] = {}
    tot: dict[int, date | None] = {}
    rijen = Afwezigheid.objects.filter(
        Q(geldig__endswith__isnull=True) | Q(geldig__endswith__gt=vandaag),
        gemeente=gemeente,
        account__in=list(leden),
        geldig__startswith__lt=vandaag + VOORUIT,
    )
    for rij in rijen:
        weg.setdefault(rij.account, set()).update(
            dag for dag in dagen if dag in rij.geldig
        )
        if vandaag in rij.geldig:
            tot[rij.account] = rij.geldig.upper
    return {
        account: (1 - len(dagen_weg) / max(len(dagen), 1), tot.get(account))
        for account, dagen_weg in weg.items()
    }


def _times(gemeente: str) -> dict[str, Any]:
    vandaag = klok.today()
    return {
        "gemeente": gemeente,
        "nu": klok.now(),
        "dag": vandaag,
        "krap": vandaag + KRAP,
    }


def _loads(
    gemeente: str, accounts: Iterable[int]
) -> dict[int, tuple[int, int, int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {**_times(gemeente), "wie": list(accounts)})
        return {
            account: (licht, gewoon, zwaar, wacht, int(krap or 0))
            for account, licht, gewoon, zwaar, wacht, krap in cursor.fetchall()
        }


def _cases(gemeente: str, waar: str, waarden: dict[str, Any]) -> list[Zaak]:
    with connection.cursor() as cursor:
        cursor.execute(_ZAKEN + waar, {**_times(gemeente), **waarden})
        return [
            Zaak(
                casus=casus,
                nummer=nummer,
                geopend_op=geopend,
                zwaarte=zwaarte,
                account=account,
                sinds=sinds.astimezone(klok.AMSTERDAM).date() if sinds else None,
                krap=krap,
                soort=soort or "",
            )
            for casus, nummer, geopend, zwaarte, account, sinds, krap, soort in (
                cursor.fetchall()
            )
        ]
