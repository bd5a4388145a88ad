"""Teams: who belongs to them, for how many hours, and who leads."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Aanstelling
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.regie.models import Afwezigheid, Team, Teamlid

# More colleagues than this are too many to choose among in one list.
TE_KIEZEN = 200
_VOERT = (Rol.CONSULENT, Rol.REGISSEUR)
ROLLEN = (Rol.CONSULENT, Rol.REGISSEUR, Rol.TEAMLEIDER, Rol.BACKOFFICE)


class NaamBestaat(SamenloopFout, ValueError):
    """Two teams of one name in a municipality."""

    melding = _("There is a team with this name already.")


class AlLid(SamenloopFout, ValueError):
    """Somebody is in a team once."""

    melding = _("This colleague is in the team already.")


@dataclass(frozen=True, slots=True)
class Collega:
    """Somebody who works in the municipality."""

    account: int
    naam: str


def of(gemeente: str) -> QuerySet[Team]:
    """Return the teams of a municipality that get work."""
    return Team.objects.filter(gemeente=gemeente, actief=True)


def members(team: Team) -> QuerySet[Teamlid]:
    """Return who is in a team today."""
    return Teamlid.objects.filter(team=team, geldig__contains=klok.today())


def colleagues(gemeente: str) -> list[Collega]:
    """Return who works on cases in a municipality today, by name, each once."""
    wie = {
        each.gebruiker_id: each.gebruiker.naam
        for each in Aanstelling.objects.filter(
            gemeente=gemeente,
            rol__in=ROLLEN,
            geldig__contains=klok.today(),
            gebruiker__is_active=True,
        )
        .select_related("gebruiker")
        .order_by("gebruiker__naam", "gebruiker")
    }
    return [Collega(account, naam) for account, naam in wie.items()]


def choosable(
    actor: Actor, *, team: UUID | None = None, account: int | None = None
) -> tuple[list[tuple[int, str]], bool]:
    """Return among whom one chooses a colleague: account and name, and if that is all.

    All who work on cases where they are not too many to choose among; otherwise those
    of a team, or of one's own teams, and who was chosen already.
    """
    wie = (
        Aanstelling.objects.filter(
            gemeente=actor.gemeente,
            rol__in=_VOERT,
            geldig__contains=klok.today(),
            gebruiker__is_active=True,
        )
        .order_by("gebruiker__naam", "gebruiker")
        .values_list("gebruiker", "gebruiker__naam")
        .distinct()
    )
    alle = list(wie[: TE_KIEZEN + 1])
    if len(alle) <= TE_KIEZEN:
        return alle, True
    vandaag = klok.today()
    eigen = [each for each in (actor.account_id,) if each is not None]
    leden = Teamlid.objects.filter(
        team__gemeente=actor.gemeente, geldig__contains=vandaag
    )
    leden = (
        leden.filter(team=team)
        if team
        else leden.filter(team__in=leden.filter(account__in=eigen).values("team"))
    )
    accounts = {*leden.values_list("account", flat=True), account}
    return list(wie.filter(gebruiker__in=[each for each in accounts if each])), False


def make(naam: str, *, door: Actor) -> Team:
    """Make a team.

    Raises:
        GeenToegang: not for this role.
        NaamBestaat: the name is taken.
    """
    require(door)
    try:
        with transaction.atomic():
            return Team.objects.create(gemeente_id=door.gemeente, naam=naam.strip())
    except IntegrityError:
        raise NaamBestaat() from None


def add(
    team: Team, account: int, *, uren: Decimal, leidt: bool, door: Actor
) -> Teamlid:
    """Let somebody belong to a team from today.

    Raises:
        GeenToegang: not for this role.
        AlLid: they do already.
    """
    require(door)
    try:
        with transaction.atomic():
            return Teamlid.objects.create(
                team=team,
                account=account,
                uren=uren,
                leidt=leidt,
                geldig=DateRange(klok.today(), None),
            )
    except IntegrityError:
        raise AlLid() from None


def leave(lid: Teamlid, *, door: Actor) -> None:
    """End a membership today; one of today itself never was.

    Raises:
        GeenToegang: not for this role.
    """
    require(door)
    begin, morgen = lid.geldig.lower, klok.today() + timedelta(days=1)
    if lid.geldig.upper is not None and lid.geldig.upper <= morgen:
        return
    lid.geldig = (
        DateRange(begin, klok.today())
        if begin is not None and begin < klok.today()
        else DateRange(empty=True)
    )
    lid.save(update_fields=["geldig"])


def absences(gemeente: str) -> QuerySet[Afwezigheid]:
    """Return who is away today or will be, soonest first."""
    vandaag = klok.today()
    nog = Afwezigheid.objects.filter(gemeente=gemeente, geldig__isempty=False)
    return (
        nog.filter(geldig__endswith__gt=vandaag) | nog.filter(geldig__upper_inf=True)
    ).order_by("geldig__startswith", "id")


def require(door: Actor) -> None:
    """Refuse who does not manage teams.

    Raises:
        GeenToegang: with the reason.
    """
    if not besluiten.may(door, Handeling.TEAM_BEHEREN):
        raise GeenToegang(besluiten.reason(door, (Handeling.TEAM_BEHEREN,)))
