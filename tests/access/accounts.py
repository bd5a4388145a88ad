"""Accounts and actors that tests start from: one role at one municipality."""

from collections.abc import Iterable
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.models import Aanstelling, Gebruiker, Organisatie
from samenloop.access.rollen import Domein, Rol

WACHTWOORD = "wierden-en-maren"
GEMEENTE = "GM1651"


def appoint(
    gebruiker: Gebruiker,
    rol: Rol = Rol.CONSULENT,
    gemeente: str = GEMEENTE,
    domeinen: Iterable[Domein] = (),
    *,
    vanaf: str = "2000-01-01",
    tot: str | None = None,
) -> Aanstelling:
    """Give a role from a day on, up to but not including `tot`."""
    gemaakt = Aanstelling.objects.create(
        gebruiker=gebruiker, gemeente=gemeente, rol=rol, domeinen=list(domeinen),
        mandaat="Mandaatbesluit 2024", geldig=DateRange(vanaf, tot),
    )  # fmt: skip
    gebruiker.__dict__.pop("huidige_aanstellingen", None)
    return gemaakt


def account(
    username: str = "s.bakker",
    *,
    gemeente: str = GEMEENTE,
    rol: Rol = Rol.CONSULENT,
    domeinen: Iterable[Domein] = (),
    organisatie: Organisatie | None = None,
    naam: str = "",
) -> Gebruiker:
    """An account with one role; without a municipality it has none."""
    gemaakt = Gebruiker.objects.create_user(
        username=username, password=WACHTWOORD, naam=naam or username.title(),
        organisatie=organisatie,
    )  # fmt: skip
    if gemeente:
        appoint(gemaakt, rol, gemeente, domeinen)
    return gemaakt


def actor(
    *rollen: Rol,
    gemeente: str = GEMEENTE,
    domeinen: Iterable[Domein] = (),
    organisatie: UUID | None = None,
    account: Gebruiker | int = 1,
    naam: str = "Sanne Bakker",
) -> Actor:
    """An actor with these roles (caseworker when none is named)."""
    nummer = account.pk if isinstance(account, Gebruiker) else account
    return Actor(
        ActorSoort.MEDEWERKER, str(nummer), naam, gemeente,
        frozenset(rollen or (Rol.CONSULENT,)), frozenset(domeinen), organisatie,
    )  # fmt: skip


def organisatie(
    naam: str = "OBS De Terp", soort: str = "school", gemeente: str = GEMEENTE
) -> Organisatie:
    """An organisation that works in one municipality."""
    return Organisatie.objects.create(
        naam=naam, soort=soort, gemeenten=[gemeente], telefoon="0595 000 000"
    )
