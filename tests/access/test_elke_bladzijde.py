"""Every address and operation says who may come, and keeps to it for every role.

Nothing is listed here: what the resolver knows is walked, so a new page of any room is
tried the day it is added. Who may come gets an answer, which may be that the record
asked for does not exist; who may not is refused before anything is looked up.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from samenloop.access import besluiten
from samenloop.access.rollen import VOOR_BURGERS, Handeling, Rol
from samenloop.core import gemeentegrens
from tests.access import accounts
from tests.portaal import maken as portaal

# Operations of programs prove themselves with a token; tests/koppelingen walks those.
PROGRAMMAS = "/api/"
WAARDEN: dict[str, Any] = {
    "IntConverter": "1",
    "UUIDConverter": str(uuid.UUID(int=1)),
    "SlugConverter": "iets",
    "StringConverter": "iets",
    "PathConverter": "iets",
}
# Where who has no account comes in; the guest of a conference and the family by link
# and code.
INGANG = {
    *("aanmelden", "afmelden", "taal", "oidc-begin", "oidc-terug"),
    *("gast", "gast-tafel"),
    *("uitnodiging", "mijn-begin", "mijn-aanmelden", "mijn-afmelden"),
}
ANTWOORD = {200, 301, 302, 304, 400, 404, 405, 409, 413, 415, 422, 429}


@dataclass(frozen=True)
class Bladzijde:
    """An address with what its view declares."""

    naam: str
    adres: str
    view: Any

    @property
    def handelingen(self) -> frozenset[Handeling]:
        """What one must be allowed to do, one of these."""
        return getattr(self.view, "handelingen", frozenset())

    @property
    def van_gezin(self) -> bool:
        """Whether it is a page of the family itself."""
        return self.adres.startswith("/mijn/")

    @property
    def open_omdat(self) -> str:
        """Why nothing has to be allowed."""
        return getattr(self.view, "voor_iedereen", "")


def _walk(
    patronen: list[URLPattern | URLResolver], begin: str = "/"
) -> Iterator[Bladzijde]:
    for patroon in patronen:
        deel = str(patroon.pattern)
        for naam, soort in patroon.pattern.converters.items():
            waarde = WAARDEN.get(type(soort).__name__, "iets")
            for schrijfwijze in (f"<{naam}>", *_written(deel, naam)):
                deel = deel.replace(schrijfwijze, waarde)
        if isinstance(patroon, URLResolver):
            yield from _walk(patroon.url_patterns, begin + deel)
        else:
            yield Bladzijde(patroon.name or "", begin + deel, patroon.callback)


def _written(route: str, naam: str) -> list[str]:
    return [
        f"<{stuk.split('>')[0]}>"
        for stuk in route.split("<")[1:]
        if stuk.split(">")[0].endswith(f":{naam}")
    ]


ALLES = list(_walk(get_resolver().url_patterns))
BLADZIJDEN = [b for b in ALLES if not b.adres.startswith(PROGRAMMAS)]


def test_the_walk_finds_the_pages() -> None:
    assert {"start", "overzicht", "accounts", "noodtoegang"} <= {b.naam for b in ALLES}
    assert not [b.adres for b in ALLES if "<" in b.adres]


@pytest.mark.parametrize("bladzijde", BLADZIJDEN, ids=lambda b: b.naam or b.adres)
def test_every_view_says_what_one_must_be_allowed(bladzijde: Bladzijde) -> None:
    assert bool(bladzijde.handelingen) != bool(bladzijde.open_omdat)


@pytest.mark.django_db
def test_no_address_answers_who_is_not_signed_in(client: Client) -> None:
    for bladzijde in BLADZIJDEN:
        for antwoord in (client.get(bladzijde.adres), client.post(bladzijde.adres)):
            if bladzijde.naam in INGANG:
                assert antwoord.status_code in ANTWOORD, bladzijde.adres
            else:
                deur = "/mijn/aanmelden/" if bladzijde.van_gezin else "/aanmelden/"
                assert antwoord.status_code == 302, bladzijde.adres
                assert antwoord["Location"].startswith(f"{deur}?next="), bladzijde


@pytest.mark.django_db
@pytest.mark.parametrize("rol", list(Rol))
def test_each_role_gets_what_the_table_gives_and_nothing_else(
    client: Client, rol: Rol
) -> None:
    organisatie = accounts.organisatie() if rol is Rol.PARTNER else None
    gebruiker = accounts.account(rol, rol=rol, organisatie=organisatie)
    actor = accounts.actor(rol)
    client.force_login(gebruiker)
    geweigerd = toegelaten = 0
    for bladzijde in BLADZIJDEN:
        if bladzijde.naam in {*INGANG, "sessie"}:
            continue
        mag = bool(bladzijde.open_omdat) or any(
            besluiten.may(actor, handeling) for handeling in bladzijde.handelingen
        )
        for methode in (client.get, client.post):
            antwoord = methode(bladzijde.adres)
            if antwoord.status_code == 405:
                continue
            if mag:
                toegelaten += 1
                # A page may refuse for the record at hand, and ask more for a change.
                assert antwoord.status_code in {*ANTWOORD, 403}, bladzijde.adres
                if antwoord.status_code == 403 and methode == client.get:
                    assert "Niet voor uw rol" not in antwoord.content.decode(), (
                        bladzijde.adres
                    )
            else:
                geweigerd += 1
                assert antwoord.status_code == 403, (bladzijde.adres, rol)
                assert "Niet voor uw rol" in antwoord.content.decode(), bladzijde.adres
            assert gemeentegrens.current().overal, "the border was not put back"
    assert geweigerd
    assert toegelaten


@pytest.mark.django_db
def test_who_has_no_role_is_refused_everywhere(client: Client) -> None:
    client.force_login(accounts.account("nieuw", gemeente=""))
    for bladzijde in BLADZIJDEN:
        if bladzijde.handelingen:
            antwoorden = {
                client.get(bladzijde.adres).status_code,
                client.post(bladzijde.adres).status_code,
            }
            assert antwoorden <= {403, 405}, bladzijde.adres
            assert 403 in antwoorden, bladzijde.adres


@pytest.mark.django_db
def test_somebody_of_a_family_gets_their_own_pages_and_no_other(
    settings: Any,
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    van = portaal.gezin()
    deelname = portaal.takes_part_as_family(van, van.ouder, *portaal.ALLES)
    client = portaal.signed_in(portaal.citizen(van, deelname))
    toegelaten = geweigerd = 0
    for bladzijde in BLADZIJDEN:
        if bladzijde.naam in {*INGANG, "sessie"}:
            continue
        mag = bool(bladzijde.open_omdat) or bool(bladzijde.handelingen & VOOR_BURGERS)
        for methode in (client.get, client.post):
            antwoord = methode(bladzijde.adres)
            if antwoord.status_code == 405:
                continue
            if mag:
                toegelaten += 1
                assert antwoord.status_code in {*ANTWOORD, 403}, bladzijde.adres
                if antwoord.status_code == 403 and bladzijde.handelingen:
                    assert "Niet voor uw rol" not in antwoord.content.decode()
            else:
                geweigerd += 1
                assert antwoord.status_code == 403, bladzijde.adres
                assert "Niet voor uw rol" in antwoord.content.decode(), bladzijde.adres
            assert gemeentegrens.current().overal, "the border was not put back"
    assert toegelaten > 20
    assert geweigerd > 100
