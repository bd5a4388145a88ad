"""All simulators as one WSGI application, and the doors to steer and to check them.

`/_beheer/storingen` sets trouble, `/_beheer/aanroepen` tells which calls came in: who
asked, for what and which fields, never about whom. So a test can prove that no more was
asked than the purpose needs.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.db import close_old_connections

from samenloop.core import klok
from samenloop.demo.bronnen.aanroep import JSON, Respons, Verzoek, problem
from samenloop.demo.bronnen.bewijzen import PAD as TOKEN_PAD
from samenloop.demo.bronnen.bewijzen import Bewijzen
from samenloop.demo.bronnen.bron import GERECHTIGD, Bron, Vinder, of_region
from samenloop.demo.bronnen.brp import PAD as BRP_PAD
from samenloop.demo.bronnen.brp import Brp
from samenloop.demo.bronnen.brp_bijzonder import special_people
from samenloop.demo.bronnen.brp_register import Regio, Register, Samen, Vast
from samenloop.demo.bronnen.server import SLEUTEL
from samenloop.demo.bronnen.storingen import Storing, Storingen, disturbed, drip
from samenloop.demo.bronnen.terugmeldingen import Terugmeldingen

_BEWAARD = 1000  # calls remembered

Start = Callable[[str, list[tuple[str, str]]], Any]


def whole_register() -> Register:
    """The people of the region, and the rare cases."""
    return Samen(Vast(lambda dag: special_people(dag).values()), Regio())


class Toepassing:
    """The application; everything it knows of calls and trouble is in memory."""

    def __init__(
        self,
        *,
        register: Register | None = None,
        vind: Vinder = of_region,
        sleutel: str = SLEUTEL,
        storingen: Storingen | None = None,
        bewijzen: Bewijzen | None = None,
    ) -> None:
        """Take other people and facts than those of the demo region, for tests.

        With `bewijzen` the BRP is asked with a token, and not with the key.
        """
        self.storingen = storingen or Storingen()
        self._bewijzen = bewijzen
        self._brp = Brp(register or whole_register(), sleutel, bewijzen=bewijzen)
        self._terugmeldingen = Terugmeldingen(sleutel)
        self._bronnen = {code: Bron(code, sleutel, vind) for code in GERECHTIGD}
        self._slot = threading.Lock()
        self._aanroepen: deque[dict[str, Any]] = deque(maxlen=_BEWAARD)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        verzoek = _request(environ)
        close_old_connections()
        try:
            respons, druppel = self._respond(verzoek)
        finally:
            close_old_connections()
        return _send(respons, start, druppel)

    def _respond(self, verzoek: Verzoek) -> tuple[Respons, Storing | None]:
        if verzoek.pad.startswith("/_beheer/"):
            return self._manage(verzoek), None
        bron = self._source_of(verzoek.pad)
        if bron is None:
            return problem(404, "notFound", "Deze bron bestaat niet."), None
        storing = self.storingen.next_for(bron, verzoek.inhoud)
        respons = disturbed(storing) if storing else None
        if respons is None:
            respons = self._of_source(bron, verzoek, storing)
        self._remember(bron, verzoek, respons)
        return respons, storing if storing and storing.soort == "druppelt" else None

    def _source_of(self, pad: str) -> str | None:
        if pad == BRP_PAD:
            return "brp"
        if pad == TOKEN_PAD and self._bewijzen is not None:
            return "token"
        if pad == "/terugmeldingen" or pad.startswith("/terugmeldingen/"):
            return "terugmeldingen"
        delen = pad.strip("/").split("/")
        if delen[1:] == ["v1", "bevragingen"] and delen[0] in self._bronnen:
            return delen[0]
        return None

    def _of_source(
        self, bron: str, verzoek: Verzoek, storing: Storing | None
    ) -> Respons:
        if bron == "brp":
            return self._brp.handle(verzoek)
        if bron == "token" and self._bewijzen is not None:
            return self._bewijzen.handle(verzoek)
        if bron == "terugmeldingen":
            return self._terugmeldingen.handle(verzoek)
        soort = storing.soort if storing else ""
        return self._bronnen[bron].handle(
            verzoek, fwi=soort == "fwi", geweigerd=soort == "niet-gerechtigd"
        )

    def _remember(self, bron: str, verzoek: Verzoek, respons: Respons) -> None:
        """Keep what was asked and for what, never about whom."""
        try:
            vraag = verzoek.json() if verzoek.inhoud else {}
        except ValueError:
            vraag = {}
        vraag = vraag if isinstance(vraag, dict) else {}
        bsns = vraag.get("burgerservicenummer", [])
        koppen = verzoek.koppen
        with self._slot:
            self._aanroepen.append(
                {
                    "op": klok.now().isoformat(timespec="seconds"),
                    "bron": bron,
                    "status": respons.status,
                    "type": vraag.get("type"),
                    "fields": vraag.get("fields"),
                    "doel": vraag.get("doel"),
                    "diepte": vraag.get("diepte"),
                    "personen": len(bsns) if isinstance(bsns, list) else 1,
                    "doelbinding": koppen.get("x-doelbinding"),
                    "verwerking": koppen.get("x-verwerking"),
                    "gebruiker": koppen.get("x-gebruiker"),
                    "oin": koppen.get("x-origin-oin"),
                }
            )

    def _manage(self, verzoek: Verzoek) -> Respons:
        wat = (verzoek.methode, verzoek.pad.removeprefix("/_beheer/"))
        match wat:
            case ("GET", "aanroepen"):
                with self._slot:
                    return Respons(200, list(self._aanroepen), {"content-type": JSON})
            case ("DELETE", "aanroepen"):
                with self._slot:
                    self._aanroepen.clear()
                return Respons(204)
            case ("GET", "storingen"):
                inhoud = {"aantal": len(self.storingen)}
                return Respons(200, inhoud, {"content-type": JSON})
            case ("DELETE", "storingen"):
                self.storingen.clear()
                return Respons(204)
            case ("POST", "storingen"):
                try:
                    self.storingen.add(verzoek.json())
                except (ValueError, TypeError):
                    return problem(400, "paramsValidation", "Zo kan een storing niet.")
                return Respons(201, {}, {"content-type": JSON})
        return problem(404, "notFound", "Dit bestaat niet.")


def _request(environ: dict[str, Any]) -> Verzoek:
    lengte = int(environ.get("CONTENT_LENGTH") or 0)
    koppen = {
        naam.removeprefix("HTTP_").replace("_", "-").lower(): str(waarde)
        for naam, waarde in environ.items()
        if naam.startswith("HTTP_") or naam == "CONTENT_TYPE"
    }
    return Verzoek(
        methode=environ["REQUEST_METHOD"],
        pad=environ.get("PATH_INFO", "/"),
        koppen=koppen,
        inhoud=environ["wsgi.input"].read(lengte) if lengte else b"",
    )


def _send(respons: Respons, start: Start, druppel: Storing | None) -> Iterable[bytes]:
    body = respons.body
    regel = f"{respons.status} {HTTPStatus(respons.status).phrase}"
    koppen = dict(respons.koppen)
    if druppel:
        start(regel, list(koppen.items()))
        return drip(body, druppel.seconden)
    koppen["content-length"] = str(len(body))
    start(regel, list(koppen.items()))
    return [body]
