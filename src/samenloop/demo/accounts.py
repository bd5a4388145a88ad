"""Accounts to look around with in the demo region.

Their passwords stand here for all to read, so they exist only where the fictitious
region was loaded.
"""

from dataclasses import dataclass

from samenloop.access.models import Gebruiker, Rol
from samenloop.demo.publicatie import gebied


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in and with what."""

    username: str
    wachtwoord: str
    naam: str
    functie: str
    rol: str


ACCOUNTS = (
    Account(
        "beleid",
        "wierden-en-maren",
        "Renske van der Laan",
        "beleidsmedewerker sociaal domein",
        Rol.BELEID,
    ),
    Account(
        "beheer",
        "dijk-en-kwelder",
        "Tjaard Nienhuis",
        "functioneel beheerder",
        Rol.BEHEER,
    ),
)


def maak_accounts() -> None:
    """Make the accounts that are absent, for all municipalities of the region."""
    for account in ACCOUNTS:
        if Gebruiker.objects.filter(username=account.username).exists():
            continue
        Gebruiker.objects.create_user(
            username=account.username,
            password=account.wachtwoord,
            naam=account.naam,
            functie=account.functie,
            rol=account.rol,
            gemeenten=list(gebied().codes),
        )
