"""A release as the pages read it, without computing one."""

import hashlib
from dataclasses import asdict, replace

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.monitor.uitkomst import Afkeur, Bestandstelling, Monitor, Status
from samenloop.personen.models import Gemeente, Regio, RegioGemeente
from samenloop.verantwoording.models import (
    AfgekeurdeRegel,
    Levering,
    Uitgave,
    Uitgavebestand,
)
from tests.access.accounts import account, appoint
from tests.monitor.voorbeeld import GEMEENTEN
from tests.monitor.voorbeeld import monitor as voorbeeld

BESTANDEN = ("nl/monitor.pdf", "en/monitor.pdf", "nl/monitor.xlsx", "nl/monitor.json")


def sha256(inhoud: bytes) -> str:
    """The hash as a release keeps it."""
    return hashlib.sha256(inhoud).hexdigest()


def regio(code: str, naam: str, gemeenten: dict[str, str]) -> Regio:
    """A region whose municipalities belong to it since 2000."""
    gemaakt = Regio.objects.create(code=code, naam=naam)
    for cbs, gemeentenaam in gemeenten.items():
        gemeente = Gemeente.objects.create(code=cbs, naam=gemeentenaam)
        RegioGemeente.objects.create(
            regio=gemaakt,
            gemeente=gemeente,
            doel="sociaal domein",
            geldig=DateRange("2000-01-01", None),
        )
    return gemaakt


def bmwe() -> Regio:
    """The region of the example."""
    return regio(
        "BMWE", "BMWE", {c: n for c, n in GEMEENTEN.items() if c.startswith("GM")}
    )


def gebruiker(naam: str, gemeenten: list[str], rol: str = "beleid") -> Gebruiker:
    """An account with one role at these municipalities."""
    gemaakt = account(naam, gemeente="")
    for gemeente in gemeenten:
        appoint(gemaakt, Rol(rol), gemeente)
    return gemaakt


def levering(code: str = "BMWE", regels: int = 3, **velden: object) -> Levering:
    """A delivery with refused rows of two rules."""
    gemaakt = Levering.objects.create(
        **{
            "afzender": "Aanleveraar",
            "regio": code,
            "kwartaal": "2017Q4",
            "status": "aanvaard",
            "tellingen": [asdict(Bestandstelling("voorzieningen", 100, 97, 3))],
            "afkeur": [
                asdict(
                    Afkeur("voorzieningen", "client", "bsn-elfproef", 2, "Geen BSN.", 2)
                ),
                asdict(
                    Afkeur("casussen", "type", "type-leeg", 1, "Het type ontbreekt.", 9)
                ),
            ],
            **velden,
        }
    )
    AfgekeurdeRegel.objects.bulk_create(
        AfgekeurdeRegel(
            levering=gemaakt,
            bestand="voorzieningen" if nummer % 3 else "casussen",
            regelnummer=nummer + 2,
            kolom="client" if nummer % 3 else "type",
            regel="bsn-elfproef" if nummer % 3 else "type-leeg",
            melding="Geen BSN." if nummer % 3 else "Het type ontbreekt.",
        )
        for nummer in range(regels)
    )
    return gemaakt


def uitgave(
    monitor: Monitor | None = None, *, code: str = "BMWE", revisie: int = 1,
    wijzigingen: list[dict] | None = None, ontvangen: Levering | None = None,
) -> Uitgave:  # fmt: skip
    """A release of the example, with small files in the place of the real ones."""
    monitor = monitor or voorbeeld()
    if revisie > 1:
        monitor = replace(monitor, status=Status.HERZIEN)
    inhoud = monitor.to_json()
    gemaakt = Uitgave.objects.create(
        regio=code,
        kwartaal=monitor.kwartaal,
        revisie=revisie,
        status=monitor.status.value,
        levering=ontvangen or levering(code),
        invoer=monitor.invoer,
        inhoud=inhoud,
        sha256=sha256(inhoud.encode()),
        reden="" if revisie == 1 else "Een gemeente leverde te laat.",
        wijzigingen=wijzigingen or [],
    )
    namen = [*BESTANDEN, *(f"nl/tabellen/{naam}.csv" for naam in monitor.tabellen)]
    for naam in namen:
        deel = f"{naam} van revisie {revisie}\n".encode()
        soort = "application/pdf" if naam.endswith(".pdf") else "text/csv"
        Uitgavebestand.objects.create(
            uitgave=gemaakt, naam=naam, soort=soort, inhoud=deel, sha256=sha256(deel)
        )
    return gemaakt
