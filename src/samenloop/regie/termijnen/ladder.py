"""The ladder of a team: who hears of a term when, up to who may push through.

A team has its own rungs, or follows those of its municipality, or else the ones of
`gegevens/ladder.csv`. What was told stays told: a rung is never taken twice for a term.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.db import transaction

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.models import Aanstelling
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.regie import regisseurs
from samenloop.regie.models import Team, Teamlid
from samenloop.regie.termijnen import rekenen
from samenloop.regie.termijnen.models import Aan, Moment, Termijn, Trede


@dataclass(frozen=True, slots=True)
class Sport:
    """One rung: when it comes and whom it tells."""

    moment: Moment
    waarde: int
    aan: Aan
    account: int | None = None

    def is_reached(self, termijn: Termijn, vandaag: date, deel: int) -> bool:
        """Whether a term has come this far; `deel` is the percentage that passed."""
        grens = termijn.grens
        if self.moment is Moment.DEEL:
            return deel >= self.waarde
        if self.moment is Moment.LAATSTE_DAG:
            return vandaag >= grens
        return rekenen.late(grens, vandaag) >= self.waarde


@cache
def default() -> tuple[Sport, ...]:
    """Return the rungs of who set none."""
    bron = files("samenloop.regie.termijnen") / "gegevens" / "ladder.csv"
    with bron.open(encoding="utf-8") as bestand:
        return tuple(
            Sport(Moment(rij["moment"]), int(rij["waarde"]), Aan(rij["aan"]))
            for rij in csv.DictReader(bestand)
        )


class Ladders:
    """The ladders of one municipality, read in one statement."""

    def __init__(self, gemeente: str) -> None:
        self._per_team: dict[UUID | None, list[Sport]] = {}
        for rij in Trede.objects.filter(gemeente=gemeente):
            self._per_team.setdefault(rij.team_id, []).append(
                Sport(Moment(rij.moment), rij.waarde, Aan(rij.aan), rij.account)
            )

    def of(self, team: UUID | None) -> Sequence[Sport]:
        """Return the rungs that hold for a team."""
        return self._per_team.get(team) or self._per_team.get(None) or default()

    def is_own(self, team: UUID | None) -> bool:
        """Whether this team, or the municipality, set its own."""
        return team in self._per_team


class Wie:
    """Whom a rung tells in one municipality today."""

    def __init__(self, gemeente: str) -> None:
        self._leiders: dict[UUID, list[int]] = {}
        vandaag = klok.today()
        for team, account in Teamlid.objects.filter(
            team__gemeente=gemeente, leidt=True, geldig__contains=vandaag
        ).values_list("team", "account"):
            self._leiders.setdefault(team, []).append(account)
        self._alle = sorted(account for account, _naam in leaders(gemeente))

    def told(self, sport: Sport, team: UUID | None, regisseur: int | None) -> list[int]:
        """Return the accounts that are told; a team without a leader tells them all."""
        if sport.aan is Aan.REGISSEUR and regisseur is not None:
            return [regisseur]
        if sport.aan is Aan.DOORZETTER and sport.account is not None:
            return [sport.account]
        if team is not None and team in self._leiders:
            return sorted(self._leiders[team])
        return self._alle


def leaders(gemeente: str) -> list[tuple[int, str]]:
    """Return the team leaders of a municipality today: account and name, by name."""
    return list(
        Aanstelling.objects.filter(
            gemeente=gemeente,
            rol=Rol.TEAMLEIDER,
            geldig__contains=klok.today(),
            gebruiker__is_active=True,
        )
        .order_by("gebruiker__naam", "gebruiker")
        .values_list("gebruiker", "gebruiker__naam")
        .distinct()
    )


def directors(casussen: Sequence[UUID]) -> Mapping[UUID, int]:
    """Return the account that directs, per case, in one statement."""
    return {
        casus: account
        for casus, account in regisseurs.directing(klok.now())
        .filter(casus__in=casussen, account__isnull=False)
        .values_list("casus", "account")
        if account is not None
    }


@transaction.atomic
def replace(team: Team | None, sporten: Sequence[Sport], *, door: Actor) -> None:
    """Set the ladder of a team, or of the municipality; none falls back on the next."""
    Trede.objects.filter(gemeente=door.gemeente, team=team).delete()
    Trede.objects.bulk_create(
        Trede(
            gemeente_id=door.gemeente,
            team=team,
            moment=sport.moment,
            waarde=sport.waarde,
            aan=sport.aan,
            account=sport.account,
        )
        for sport in dict.fromkeys(sporten)
    )
    logboek.record(
        door,
        Handeling.TERMIJN_INSTELLEN,
        onderwerp=f"ladder:{team.pk if team else door.gemeente}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
