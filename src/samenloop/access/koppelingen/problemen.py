"""What a program hears when something cannot be done: problem+json (RFC 9457).

Every fault under `/api/` has this one form, so a program needs one way to read them.
The texts are Dutch, like the whole interface. No text repeats a value that was sent:
an answer ends up in other people's logs.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from django.http import HttpResponse

PROBLEEM = "application/problem+json"

TITELS = {
    400: "Het verzoek klopt niet",
    401: "Niet aangemeld",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Deze methode bestaat hier niet",
    406: "Deze vorm is er niet",
    409: "In strijd met wat er al staat",
    413: "Het bericht is te groot",
    415: "Deze soort inhoud wordt niet gelezen",
    429: "Te veel verzoeken",
    500: "Er ging hier iets mis",
    503: "Even niet beschikbaar",
}
DETAILS = {
    400: "Het verzoek is niet te begrijpen.",
    401: "Vraag een nieuw toegangsbewijs op en stuur het mee als Bearer.",
    403: "Deze koppeling mag dit niet.",
    404: "Dit adres bestaat niet, of er staat niets dat van u is.",
    405: "Kijk in de beschrijving van de interface welke methoden hier bestaan.",
    406: "Deze interface antwoordt alleen in JSON.",
    413: "Verstuur hooguit 256 kB per bericht.",
    415: "Stuur de inhoud als application/json.",
    429: "Wacht even en probeer het dan opnieuw.",
    500: "Het ligt niet aan u. Probeer het later opnieuw; noem bij vragen de instance.",
    503: "Probeer het over een minuut opnieuw.",
}


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault in what was sent: where, of which kind, and what to do."""

    naam: str
    code: str
    reden: str


class Probleem(Exception):
    """Stops an operation with an answer that says why."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        code: str = "",
        fouten: Sequence[Fout] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.detail = detail
        self.code = code
        self.fouten = tuple(fouten)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})
        super().__init__(status)

    def answer(self) -> HttpResponse:
        """Return the answer to send."""
        return answer(
            self.status,
            self.detail,
            code=self.code,
            fouten=self.fouten,
            headers=self.headers,
            extra=self.extra,
        )


def answer(
    status: int,
    detail: str = "",
    *,
    code: str = "",
    fouten: Sequence[Fout] = (),
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a problem+json answer.

    Args:
        code: short word a program can act on; by default follows from the status.
        fouten: all that is wrong with what was sent, not only the first.
        extra: members of another standard that must stand beside ours.
    """
    inhoud: dict[str, Any] = {
        "type": "about:blank",
        "title": TITELS.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": detail or DETAILS.get(status, TITELS.get(status, "")),
        "instance": f"urn:uuid:{uuid.uuid4()}",
        "code": code or _code(status),
        **(extra or {}),
    }
    if fouten:
        inhoud["invalidParams"] = [
            {"name": fout.naam, "code": fout.code, "reason": fout.reden}
            for fout in fouten
        ]
    return HttpResponse(
        json.dumps(inhoud, ensure_ascii=False),
        status=status,
        content_type=PROBLEEM,
        headers=dict(headers or {}),
    )


def not_found() -> NoReturn:
    """Stop with the one answer for what is absent and for what is not yours."""
    raise Probleem(404)


def invalid(*fouten: Fout) -> NoReturn:
    """Stop because of what was sent."""
    raise Probleem(400, WAT_KLOPT_NIET, code="ongeldig", fouten=fouten)


WAT_KLOPT_NIET = "Wat er niet klopt, staat per veld in invalidParams."

_CODES = {
    400: "onleesbaar",
    401: "niet-aangemeld",
    403: "niet-toegestaan",
    404: "niet-gevonden",
    405: "methode-onbekend",
    406: "vorm-onbekend",
    409: "strijdig",
    413: "te-groot",
    415: "soort-onbekend",
    429: "te-veel",
    500: "storing",
    503: "niet-beschikbaar",
}


def _code(status: int) -> str:
    return _CODES.get(status, "fout")
