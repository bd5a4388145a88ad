"""The description of the API (OpenAPI 3.1), made complete in one pass.

What every operation shares cannot be said per operation: the version header on each
answer, which problems one may get, the header with the municipality, and texts in
Dutch. The pass runs over what django-ninja makes of the operations, so an operation
can never be forgotten.
"""

from collections.abc import Iterator
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from samenloop.access.koppelingen.problemen import PROBLEEM, TITELS
from samenloop.access.koppelingen.toegang import KOP

INLEIDING = """\
Voor programma's van organisaties die signalen melden of terugmeldingen lezen.

**Toegang.** Een organisatie krijgt van de functioneel beheerder een `client_id` met een
geheim. Vraag daarmee een toegangsbewijs op bij `POST /token` en stuur dat mee als
`Authorization: Bearer`. Het geldt een kwartier.

**Gemeente.** Elk verzoek gaat over één gemeente. Geldt een koppeling voor meer
gemeenten, noem er dan een: in de kop `Gemeente` of in het veld `gemeente`.

**Veilig herhalen.** Een signaal met een kenmerk dat u al gebruikte, wordt niet nog eens
vastgelegd: u krijgt hetzelfde antwoord, met status 200. Staat onder dat kenmerk iets
anders, dan is het antwoord 409.

**Persoonsgegevens** staan alleen in de inhoud van een verzoek, nooit in een adres.
Zoeken gaat daarom met POST. Wat er niet is en wat niet van u is, geven hetzelfde
antwoord: 404.

**Fouten** zijn altijd `application/problem+json` (RFC 9457); `invalidParams` noemt alle
velden die niet kloppen, met wat u kunt doen.
"""
TAGS = [
    {"name": "Toegang", "description": "Toegangsbewijzen opvragen en intrekken."},
    {"name": "Signalen", "description": "Signalen melden en horen wat ermee gebeurt."},
    {"name": "Verwijzingen", "description": "Weten wie er nog meer betrokken is."},
    {"name": "Berichten", "description": "Berichten met aanbieders brengen en halen."},
    {"name": "Codelijsten", "description": "Waarden die in een signaal kunnen staan."},
]
_VERSIEKOP = {
    "API-Version": {
        "description": "De volledige versie van de interface.",
        "schema": {"type": "string", "examples": ["1.0.0"]},
    }
}
_UITLEG = {200: "Gelukt", 201: "Vastgelegd", 204: "Gelukt, zonder inhoud"}
_ALTIJD = (400, 405, 413, 415, 429, 500, 503)
_MET_BEWIJS = (401, 403, 404)
_ONGELDIG = {
    "type": "object",
    "title": "OngeldigVeld",
    "required": ["name", "code", "reason"],
    "properties": {
        "name": {
            "type": "string",
            "description": "Het veld.",
            "examples": ["betrokkenen[0].bsn"],
        },
        "code": {"type": "string", "description": "Kort woord voor de soort fout."},
        "reason": {"type": "string", "description": "Wat er is en wat u kunt doen."},
    },
}
_PROBLEEM = {
    "type": "object",
    "title": "Probleem",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "description": "Altijd about:blank."},
        "title": {"type": "string", "description": "De soort fout in woorden."},
        "status": {"type": "integer", "description": "De HTTP-status."},
        "detail": {"type": "string", "description": "Wat er is en wat u kunt doen."},
        "instance": {
            "type": "string",
            "description": "Kenmerk van dit antwoord, om naar te vragen.",
        },
        "code": {"type": "string", "description": "Kort woord om op te sturen."},
        "invalidParams": {
            "type": "array",
            "description": "Alle velden die niet kloppen.",
            "items": {"$ref": "#/components/schemas/OngeldigVeld"},
        },
        "error": {"type": "string", "description": "Foutwoord van OAuth 2.0."},
        "error_description": {"type": "string", "description": "Uitleg bij error."},
    },
}
_KOP = {
    "name": KOP,
    "in": "header",
    "required": False,
    "description": (
        "CBS-code van de gemeente waarover het verzoek gaat. Nodig als de koppeling "
        "voor meer gemeenten geldt en de inhoud er geen noemt."
    ),
    "schema": {"type": "string", "pattern": "^GM[0-9]{4}$", "examples": ["GM1651"]},
}


def complete(beschrijving: OpenAPISchema) -> OpenAPISchema:
    """Return the description with what all operations share."""
    schemas = beschrijving["components"]["schemas"]
    schemas["OngeldigVeld"] = _ONGELDIG
    schemas["Probleem"] = _PROBLEEM
    schemes = beschrijving["components"].setdefault("securitySchemes", {})
    for scheme in schemes.values():
        scheme["description"] = "Het toegangsbewijs van `POST /token`."
    for operatie in _operations(beschrijving):
        _complete_operation(operatie)
    return beschrijving


def _operations(beschrijving: OpenAPISchema) -> Iterator[dict[str, Any]]:
    for methoden in beschrijving["paths"].values():
        yield from methoden.values()


def _complete_operation(operatie: dict[str, Any]) -> None:
    antwoorden = operatie["responses"]
    for status, antwoord in antwoorden.items():
        antwoord["description"] = _UITLEG.get(int(status), antwoord["description"])
    met_bewijs = "security" in operatie
    if met_bewijs:
        operatie["parameters"].append(_KOP)
    extra = _MET_BEWIJS if met_bewijs else (401,)
    for status in sorted({*_ALTIJD, *extra}):
        antwoorden.setdefault(status, {"description": TITELS[status]})
    for status, antwoord in antwoorden.items():
        antwoord["headers"] = _VERSIEKOP | antwoord.get("headers", {})
        if int(status) >= 400:
            antwoord["description"] = TITELS[int(status)]
            antwoord["content"] = {
                PROBLEEM: {"schema": {"$ref": "#/components/schemas/Probleem"}}
            }
    operatie["responses"] = dict(sorted(antwoorden.items()))
