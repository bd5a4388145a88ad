"""Tokens of a simulated gateway before the BRP (OAuth2, client credentials).

Real gateways differ: some want a key, others a token. Told to give tokens, the
simulated BRP takes nothing else. They last briefly, and end with the simulator.
"""

import secrets
import threading
from base64 import b64decode
from urllib.parse import parse_qs, unquote_plus

from samenloop.core import klok
from samenloop.demo.bronnen.aanroep import JSON, Respons, Verzoek

PAD = "/token"
CLIENT = "demo-samenloop"
SCOPE = "brp.bevragen"
GELDIG = 300  # seconds
_ONTHOUDEN = 1000


class Bewijzen:
    """Gives tokens for a name and secret, and knows which still hold."""

    def __init__(self, geheim: str, client: str = CLIENT, geldig: int = GELDIG) -> None:
        """Take the name and secret that are good, and the seconds a token lasts."""
        self._wie = (client, geheim)
        self._geldig = geldig
        self._slot = threading.Lock()
        self._uit: dict[str, float] = {}  # token: until when, seconds since 1970
        self.gegeven = 0

    def handle(self, verzoek: Verzoek) -> Respons:
        """Answer a request for a token."""
        if verzoek.methode != "POST":
            return _refusal(405, "invalid_request")
        if _basic(verzoek.koppen.get("authorization", "")) != self._wie:
            return _refusal(401, "invalid_client")
        soort = verzoek.koppen.get("content-type", "").partition(";")[0].strip()
        vraag = parse_qs(verzoek.inhoud.decode("ascii", "replace"))
        if soort != "application/x-www-form-urlencoded" or "grant_type" not in vraag:
            return _refusal(400, "invalid_request")
        if vraag["grant_type"] != ["client_credentials"]:
            return _refusal(400, "unsupported_grant_type")
        if vraag.get("scope", [SCOPE]) != [SCOPE]:
            return _refusal(400, "invalid_scope")
        return self._give()

    def holds(self, verzoek: Verzoek) -> bool:
        """Whether a call shows a token that we gave and that has not ended."""
        soort, _leeg, token = verzoek.koppen.get("authorization", "").partition(" ")
        with self._slot:
            tot = self._uit.get(token, 0.0)
        return soort.lower() == "bearer" and klok.now().timestamp() < tot

    def withdraw(self) -> None:
        """Let every token end now, before the end that it was given."""
        with self._slot:
            self._uit.clear()

    def _give(self) -> Respons:
        token = secrets.token_urlsafe(32)
        with self._slot:
            if len(self._uit) >= _ONTHOUDEN:
                self._uit.pop(next(iter(self._uit)))
            self._uit[token] = klok.now().timestamp() + self._geldig
            self.gegeven += 1
        inhoud = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self._geldig,
            "scope": SCOPE,
        }
        return Respons(200, inhoud, {"content-type": JSON, "cache-control": "no-store"})


def _basic(kop: str) -> tuple[str, str] | None:
    soort, _leeg, rest = kop.partition(" ")
    try:
        naam, punt, geheim = b64decode(rest, validate=True).decode().partition(":")
    except ValueError:
        return None
    if soort.lower() != "basic" or not punt:
        return None
    return unquote_plus(naam), unquote_plus(geheim)


def _refusal(status: int, code: str) -> Respons:
    koppen = {"content-type": JSON, "cache-control": "no-store"}
    if status == 401:
        koppen["www-authenticate"] = 'Basic realm="token"'
    return Respons(status, {"error": code}, koppen)
