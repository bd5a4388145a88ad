"""Koppelingen that tests start from, with the secret or token that opens them."""

import base64
from collections.abc import Iterable
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.access.koppelingen import bewijzen, geheimen
from samenloop.access.koppelingen.models import Koppeling, Scope
from samenloop.access.models import Organisatie
from samenloop.core import klok

GEMEENTE = "GM1651"


def organisatie(
    naam: str = "Woonstichting De Marne",
    soort: str = "corporatie",
    gemeenten: Iterable[str] = (GEMEENTE,),
) -> Organisatie:
    """An organisation that works in some municipalities."""
    return Organisatie.objects.create(
        naam=naam,
        soort=soort,
        gemeenten=list(gemeenten),
        contactpersoon="Team zorg en incasso",
        telefoon="0595 000 111",
        email="zorg@corporatie.example",
    )


def koppeling(
    van: Organisatie | None = None,
    *,
    scopes: Iterable[str] = tuple(Scope.values),
    gemeenten: Iterable[str] | None = None,
    geldig: DateRange | None = None,
) -> tuple[Koppeling, str]:
    """A koppeling that works, and its secret."""
    van = van or organisatie()
    geheim, nu = geheimen.new_secret(), klok.now()
    gemaakt = Koppeling.objects.create(
        client_id=geheimen.new_client_id(),
        naam="Huursysteem",
        organisatie=van,
        geheim_hash=geheimen.fingerprint(geheim),
        scopes=list(scopes),
        gemeenten=list(van.gemeenten if gemeenten is None else gemeenten),
        geldig=geldig or DateRange(date(2020, 1, 1), None),
        gemaakt_op=nu,
        geheim_gemaakt_op=nu,
    )
    return gemaakt, geheim


def bearer(gekoppeld: Koppeling, geheim: str) -> dict[str, str]:
    """The header with a fresh token."""
    uitgifte = bewijzen.issue(gekoppeld.client_id, geheim, (), "127.0.0.1")
    return {"Authorization": f"Bearer {uitgifte.token}"}


def basic(client_id: str, geheim: str) -> dict[str, str]:
    """The header with which a program asks for a token."""
    paar = base64.b64encode(f"{client_id}:{geheim}".encode()).decode()
    return {"Authorization": f"Basic {paar}"}
