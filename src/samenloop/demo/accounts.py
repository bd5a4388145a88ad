"""Accounts to look around with in the demo region: one for each role.

Their passwords stand here for all to read, so they exist only where the fictitious
region was loaded. All persons and the school are invented.
"""

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.access.models import Aanstelling, Gebruiker, Organisatie
from samenloop.access.rollen import Domein, Rol
from samenloop.demo.publicatie import gebied

EEMSMOND, DE_MARNE = "GM1651", "GM1663"
SCHOOL = "Basisschool De Zeevonk"
_VANAF = date(2016, 1, 1)


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in and with what; without municipalities for the whole region."""

    username: str
    wachtwoord: str
    naam: str
    functie: str
    rol: Rol
    gemeenten: tuple[str, ...] = ()
    domeinen: tuple[Domein, ...] = ()
    organisatie: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """CBS codes of the municipalities the account works for."""
        return self.gemeenten or gebied().codes


ACCOUNTS = (
    Account(
        "consulent", "klei-en-kweldergras", "Femke Wiersema", "consulent wijkteam",
        Rol.CONSULENT, (EEMSMOND,), (Domein.WMO, Domein.JEUGD),
    ),
    Account(
        "regisseur", "dijk-langs-het-wad", "Ineke Huizinga", "regisseur",
        Rol.REGISSEUR, (EEMSMOND, DE_MARNE), (Domein.WMO, Domein.JEUGD),
    ),
    Account(
        "teamleider", "boven-de-rivier", "Harm Bolhuis", "teamleider wijkteam",
        Rol.TEAMLEIDER, (EEMSMOND, DE_MARNE),
    ),
    Account(
        "backoffice", "post-in-de-bus", "Loes Meinardi", "medewerker backoffice",
        Rol.BACKOFFICE, (EEMSMOND, DE_MARNE),
    ),
    Account(
        "beleid", "wierden-en-maren", "Renske van der Laan",
        "beleidsmedewerker sociaal domein", Rol.BELEID,
    ),
    Account(
        "beheer", "dijk-en-kwelder", "Tjaard Nienhuis", "functioneel beheerder",
        Rol.BEHEER,
    ),
    Account(
        "fg", "wie-keek-er-mee", "Anneke Zijlstra",
        "functionaris gegevensbescherming", Rol.FG,
    ),
    Account(
        "partner", "bel-na-de-pauze", "Marga Kloosterman", "intern begeleider",
        Rol.PARTNER, (EEMSMOND,), organisatie=SCHOOL,
    ),
)  # fmt: skip


# They work beside who looks around, so that a team has more than one; nobody signs in
# as them.
COLLEGAS = tuple(
    Account(naam.split()[0].lower(), "", naam, functie, rol, (EEMSMOND,), domeinen)
    for naam, functie, rol, domeinen in (
        ("Bart Kamphuis", "regisseur", Rol.REGISSEUR, (Domein.JEUGD,)),
        ("Wieke Smit", "regisseur", Rol.REGISSEUR, (Domein.WMO,)),
        ("Jorn Havinga", "regisseur", Rol.REGISSEUR, (Domein.WMO, Domein.JEUGD)),
        ("Elske Bolt", "consulent wijkteam", Rol.CONSULENT, (Domein.SCHULD,)),
        ("Sietske Doornbos", "medewerker backoffice", Rol.BACKOFFICE, ()),
        ("Douwe Kremer", "consulent wijkteam", Rol.CONSULENT, (Domein.INKOMEN,)),
    )
)


def maak_accounts() -> None:
    """Make the accounts that are absent; one without a password cannot sign in."""
    for account in (*ACCOUNTS, *COLLEGAS):
        if Gebruiker.objects.filter(username=account.username).exists():
            continue
        gebruiker = Gebruiker.objects.create_user(
            username=account.username,
            password=account.wachtwoord or None,
            naam=account.naam,
            functie=account.functie,
            organisatie=_school() if account.organisatie else None,
            laatste_gemeente=EEMSMOND,
        )
        Aanstelling.objects.bulk_create(
            Aanstelling(
                gebruiker=gebruiker,
                gemeente=code,
                rol=account.rol,
                domeinen=list(account.domeinen),
                mandaat="Mandaatbesluit sociaal domein (verzonnen)",
                geldig=DateRange(_VANAF, None),
            )
            for code in account.codes
        )


def _school() -> Organisatie:
    gevonden, _nieuw = Organisatie.objects.get_or_create(
        naam=SCHOOL,
        defaults={
            "soort": Organisatie.Soort.SCHOOL,
            "domein": "school",
            "contactpersoon": "Marga Kloosterman",
            "telefoon": "0595 000 001",
            "email": "ib@zeevonk.example",
            "gemeenten": [EEMSMOND],
        },
    )
    return gevonden
