"""Cases with a director, and terms on them, that tests start from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.core.klok import AMSTERDAM
from samenloop.regie.models import Casus, Team, Teamlid
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.models import Termijn
from tests.access.accounts import GEMEENTE, account, actor
from tests.plannen.maken import municipality
from tests.regie.maken import casus as maak_casus

DINSDAG = datetime(2026, 3, 10, 9, 0, tzinfo=AMSTERDAM)


def day(tekst: str) -> date:
    return date.fromisoformat(tekst)


def noon(tekst: str) -> datetime:
    """Noon of a day, to freeze the clock at."""
    return datetime.fromisoformat(f"{tekst}T12:00").replace(tzinfo=AMSTERDAM)


@dataclass
class Opstelling:
    """A team with a leader and a director who has one case."""

    regisseur: Gebruiker
    teamleider: Gebruiker
    team: Team
    casus: Casus

    @property
    def door(self) -> Actor:
        return actor(Rol.REGISSEUR, account=self.regisseur)

    @property
    def leider(self) -> Actor:
        return actor(Rol.TEAMLEIDER, account=self.teamleider)

    def start(
        self, code: str = "WMO-ONDERZOEK", begin: str = "", **velden: Any
    ) -> Termijn:
        """Start a term on the case, today unless told."""
        velden.setdefault("casus", self.casus)
        return lopen.start(
            code,
            begin=day(begin) if begin else klok.today(),
            door=velden.pop("door", self.door),
            **velden,
        )


def team(naam: str = "Team Noord", gemeente: str = GEMEENTE) -> Team:
    return Team.objects.create(gemeente=municipality(gemeente), naam=naam)


def member(
    van: Team, wie: Gebruiker, *, leidt: bool = False, uren: float = 36
) -> Teamlid:
    return Teamlid.objects.create(
        team=van, account=wie.pk, leidt=leidt, uren=uren,
        geldig=DateRange(date(2020, 1, 1), None),
    )  # fmt: skip


def setting(naam: str = "Postma") -> Opstelling:
    """One team, its leader, and a director with one case."""
    regisseur = account("i.huizinga", rol=Rol.REGISSEUR, naam="Ineke Huizinga")
    teamleider = account("j.mulder", rol=Rol.TEAMLEIDER, naam="Jan Mulder")
    noord = team()
    member(noord, regisseur)
    member(noord, teamleider, leidt=True)
    return Opstelling(
        regisseur, teamleider, noord, maak_casus(regisseur, naam=naam, team=noord)
    )
