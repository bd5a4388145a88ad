"""The token by which a gateway before the BRP knows us (OAuth2, client credentials).

Some gateways take a fixed key, others a token that we fetch with a name and a secret
and that lasts for minutes. One token serves the whole process until shortly before it
ends; who needs one meanwhile waits for whoever fetches it. Neither token nor secret is
in any log line, error or repr.
"""

import os
import re
import threading
import time
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.conf import settings

from samenloop.core import klok
from samenloop.core.bronlijn import Antwoord, Beveiliging, Lijn, Lijnfout, Storing

# Without a given end a token is trusted for so long; RFC 6749 leaves it open.
ZONDER_EINDE = timedelta(minutes=1)
_SPELING = timedelta(seconds=30)
_LANGST = timedelta(days=1)
_TOKEN = re.compile(r"[A-Za-z0-9._~+/\-]{1,8000}=*")
_CODE = re.compile(r"[a-z_]{1,40}")


class GeenBewijs(Exception):
    """The gateway refuses to give us a token; `code` is its word for why."""

    def __init__(self, status: int, code: str) -> None:
        """Keep the status and the code, not what was sent."""
        self.codes = tuple(deel for deel in ("token", str(status), code) if deel)
        super().__init__(" ".join(self.codes))


@dataclass(slots=True)
class Bewijsbron:
    """Where tokens come from, and the one that is kept."""

    lijn: Lijn
    client: str
    geheim: str = field(repr=False)
    scope: str = ""
    _slot: Any = field(default_factory=threading.Lock, repr=False)
    _token: str = field(default="", repr=False)
    _tot: datetime | None = None

    def token(self, einde: float) -> str:
        """Return a token that still holds, fetched if need be before `einde`.

        Args:
            einde: the moment on the clock that never jumps, in seconds.

        Raises:
            GeenBewijs: our name or secret is refused.
            Lijnfout: there is no usable answer in time.
        """
        if not self._slot.acquire(timeout=max(0.0, einde - time.monotonic())):
            raise Lijnfout(self.lijn.code, Storing.TE_LAAT)
        try:
            if self._tot is None or klok.now() >= self._tot:
                self._fetch(max(0.01, einde - time.monotonic()))
            return self._token
        finally:
            self._slot.release()

    def forget(self, token: str) -> None:
        """Drop a token that was refused, unless another has come in its place."""
        with self._slot:
            if self._token == token:
                self._token, self._tot = "", None

    def _fetch(self, limiet: float) -> None:
        vraag = {"grant_type": "client_credentials"}
        if self.scope:
            vraag["scope"] = self.scope
        wie = f"{quote_plus(self.client)}:{quote_plus(self.geheim)}"
        antwoord = self.lijn.begin(
            "",
            urlencode(vraag).encode(),
            koppen={
                "authorization": f"Basic {b64encode(wie.encode()).decode()}",
                "content-type": "application/x-www-form-urlencoded",
            },
            limiet=limiet,
        ).wacht()
        self._token, self._tot = _read(antwoord, self.lijn.code)


def _read(antwoord: Antwoord, code: str) -> tuple[str, datetime]:
    """Return the token and until when we use it."""
    inhoud = antwoord.inhoud if isinstance(antwoord.inhoud, dict) else {}
    if antwoord.status >= 500 or antwoord.status == 429:
        raise Lijnfout(code, Storing.GEEN_VERBINDING, antwoord.duur_ms)
    if antwoord.status != 200:
        waarom = inhoud.get("error")
        if not isinstance(waarom, str) or not _CODE.fullmatch(waarom):
            waarom = ""
        raise GeenBewijs(antwoord.status, waarom)
    token, soort = inhoud.get("access_token"), inhoud.get("token_type")
    if (
        not isinstance(token, str)
        or not _TOKEN.fullmatch(token)
        or not isinstance(soort, str)
        or soort.lower() != "bearer"
    ):
        raise Lijnfout(code, Storing.ONLEESBAAR, antwoord.duur_ms)
    return token, klok.now() + _lasting(inhoud.get("expires_in"))


def _lasting(seconden: Any) -> timedelta:
    """How long we use a token: not to its very end, as our clocks may differ."""
    if isinstance(seconden, bool) or not isinstance(seconden, int) or seconden <= 0:
        return ZONDER_EINDE
    geldig = min(timedelta(seconds=min(seconden, 10**6)), _LANGST)
    return max(geldig - _SPELING, geldig / 2)


_bronnen: dict[tuple[str, ...], Bewijsbron] = {}
_maken = threading.Lock()


def _begin_anew() -> None:
    """A connection, or a lock that is held, must not come along to another process."""
    global _maken
    _maken = threading.Lock()
    _bronnen.clear()


os.register_at_fork(after_in_child=_begin_anew)


def source(beveiliging: Beveiliging) -> Bewijsbron | None:
    """Return where our tokens come from; None when this place works with a key only.

    Raises:
        OnveiligAdres: the address is not one to send a secret to.
    """
    gegeven: dict[str, Any] = settings.BRP
    if not gegeven["TOKEN_URL"]:
        return None
    wat = tuple(gegeven[deel] for deel in ("TOKEN_URL", "CLIENT", "GEHEIM", "SCOPE"))
    with _maken:
        if wat not in _bronnen:
            url, client, geheim, scope = wat
            lijn = Lijn(
                "brp-token", url, limiet=gegeven["LIMIET"], beveiliging=beveiliging
            )
            _bronnen[wat] = Bewijsbron(lijn, client, geheim, scope)
        return _bronnen[wat]
