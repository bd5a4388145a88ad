"""A line to one outside source over HTTP, that costs never more than its time limit.

Whatever a source does, its caller gets an answer or a `Lijnfout` within the limit: a
source can be slow, dead, broken, endless or send us elsewhere. So each call runs in a
thread of its own that is left behind when the limit has passed; their number per source
is bounded, answers have a largest size, redirects are not followed, and the certificate
is checked. Errors name the source and the kind of failure, never what was asked.
"""

import json
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx

from samenloop.core.zekering import Zekering

GROOTST = 2_000_000  # bytes of one answer
TEGELIJK = 64  # calls under way to one source
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Storing(StrEnum):
    """In what way a source failed."""

    GEEN_VERBINDING = "geen_verbinding"
    TE_LAAT = "te_laat"
    OVERGESLAGEN = "overgeslagen"  # the fuse is out, or too many calls under way
    ONLEESBAAR = "onleesbaar"  # not JSON, too large, or sent elsewhere


class Lijnfout(Exception):
    """The source gave no usable answer; says which source and how, nothing more."""

    def __init__(self, bron: str, storing: Storing, duur_ms: int = 0) -> None:
        """Name the source by its code."""
        self.bron = bron
        self.storing = storing
        self.duur_ms = duur_ms
        super().__init__(f"{bron}: {storing.value}")


class OnveiligAdres(ValueError):
    """An address of a source that would let data travel unprotected."""


@dataclass(frozen=True, slots=True)
class Beveiliging:
    """Files (PEM) for the connection: whom to trust, and who we are. May be empty."""

    vertrouw: Path | None = None
    certificaat: Path | None = None
    sleutel: Path | None = None

    def context(self) -> ssl.SSLContext:
        """Make the TLS settings; verification cannot be put off."""
        context = ssl.create_default_context(
            cafile=str(self.vertrouw) if self.vertrouw else None
        )
        if self.certificaat:
            context.load_cert_chain(self.certificaat, self.sleutel)
        return context


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What came back: HTTP status, the JSON read, headers in lower case, time taken."""

    status: int
    inhoud: Any
    koppen: Mapping[str, str]
    duur_ms: int

    def __repr__(self) -> str:
        # The content is about a person and a repr ends up in tracebacks.
        return f"Antwoord({self.status}, {self.duur_ms} ms)"


class Oproep:
    """A call under way. Ends once: with what came back, or because time was up."""

    def __init__(self, lijn: "Lijn", limiet: float) -> None:
        """Start counting the time."""
        self._lijn = lijn
        self._begin = time.monotonic()
        self.einde = self._begin + limiet
        self._slot = threading.Lock()
        self._klaar = threading.Event()
        self._uitkomst: Antwoord | Lijnfout | None = None

    @property
    def duur_ms(self) -> int:
        """Milliseconds since the start."""
        return round((time.monotonic() - self._begin) * 1000)

    def wacht(self) -> Antwoord:
        """Wait for the answer, until the limit.

        Raises:
            Lijnfout: there is no usable answer.
        """
        if not self._klaar.wait(max(0.0, self.einde - time.monotonic())):
            self.sluit(Storing.TE_LAAT)
        uitkomst = self._uitkomst
        if isinstance(uitkomst, Antwoord):
            return uitkomst
        assert uitkomst is not None
        raise uitkomst

    def sluit(self, uitkomst: Antwoord | Storing) -> None:
        """Set the outcome, unless there is one, and tell the fuse."""
        with self._slot:
            if self._uitkomst is not None:
                return
            if isinstance(uitkomst, Storing):
                self._uitkomst = Lijnfout(self._lijn.code, uitkomst, self.duur_ms)
            else:
                self._uitkomst = uitkomst
        if isinstance(uitkomst, Antwoord) and uitkomst.status < 500:
            self._lijn.zekering.gelukt()
        elif uitkomst is not Storing.OVERGESLAGEN:
            self._lijn.zekering.mislukt()
        self._klaar.set()


class Lijn:
    """The connection pool of one source, with its fuse."""

    def __init__(
        self,
        code: str,
        url: str,
        *,
        limiet: float,
        koppen: Mapping[str, str] | None = None,
        beveiliging: Beveiliging | None = None,
        zekering: Zekering | None = None,
    ) -> None:
        """Prepare; nothing is connected yet.

        Args:
            code: how errors name the source.
            url: its base address, https unless it runs on this machine.
            limiet: seconds a call may take altogether.
            koppen: headers of every call.
            beveiliging: certificates, if others than those of the system.
            zekering: a fuse with other figures.

        Raises:
            OnveiligAdres: not https, or a name and password in the address.
        """
        deel = urlsplit(url)
        plain = deel.scheme == "http" and deel.hostname in _LOOPBACK
        if (deel.scheme != "https" and not plain) or not deel.hostname:
            raise OnveiligAdres(f"{code}: the address must start with https://")
        if deel.username or deel.password:
            raise OnveiligAdres(f"{code}: no name or password in the address")
        self.code = code
        self.limiet = limiet
        self.zekering = zekering or Zekering()
        self._url = url.rstrip("/")
        self._koppen = dict(koppen or {})
        self._plaatsen = threading.BoundedSemaphore(TEGELIJK)
        self._client = httpx.Client(
            verify=(beveiliging or Beveiliging()).context(),
            timeout=limiet,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=TEGELIJK, max_keepalive_connections=16),
        )

    def close(self) -> None:
        """Close what is open."""
        self._client.close()

    def post(
        self, pad: str, inhoud: Any, *, koppen: Mapping[str, str] | None = None
    ) -> Antwoord:
        """Send JSON and wait for JSON.

        Raises:
            Lijnfout: there is no usable answer within the limit.
        """
        return self.begin(pad, inhoud, koppen=koppen).wacht()

    def get(self, pad: str, *, koppen: Mapping[str, str] | None = None) -> Antwoord:
        """Ask for JSON.

        Raises:
            Lijnfout: there is no usable answer within the limit.
        """
        return self.begin(pad, None, koppen=koppen, methode="GET").wacht()

    def begin(
        self,
        pad: str,
        inhoud: Any,
        *,
        koppen: Mapping[str, str] | None = None,
        methode: str = "POST",
        limiet: float | None = None,
    ) -> Oproep:
        """Start a call and return at once; `wacht` gives the answer.

        What is sent is made into JSON, but bytes go as they are, with a `content-type`
        among the headers.
        """
        oproep = Oproep(self, min(limiet or self.limiet, self.limiet))
        if not self._plaatsen.acquire(blocking=False):
            oproep.sluit(Storing.OVERGESLAGEN)
            return oproep
        if not self.zekering.laat_door():
            self._plaatsen.release()
            oproep.sluit(Storing.OVERGESLAGEN)
            return oproep
        request = self._client.build_request(
            methode,
            self._url + pad,
            content=inhoud if isinstance(inhoud, bytes | None) else _json(inhoud),
            headers={
                "accept": "application/json",
                # A small answer that unpacks to a huge one cannot come in.
                "accept-encoding": "identity",
                **({} if inhoud is None else {"content-type": "application/json"}),
                **self._koppen,
                **(koppen or {}),
            },
        )
        threading.Thread(
            target=self._bel, args=(oproep, request), name=self.code, daemon=True
        ).start()
        return oproep

    def _bel(self, oproep: Oproep, request: httpx.Request) -> None:
        try:
            oproep.sluit(self._antwoord(oproep, request))
        except Lijnfout as fout:
            oproep.sluit(fout.storing)
        except httpx.TimeoutException:
            oproep.sluit(Storing.TE_LAAT)
        except (httpx.HTTPError, OSError):
            oproep.sluit(Storing.GEEN_VERBINDING)
        finally:
            # Also after a fault of our own nobody waits for this call any longer.
            oproep.sluit(Storing.ONLEESBAAR)
            self._plaatsen.release()

    def _antwoord(self, oproep: Oproep, request: httpx.Request) -> Antwoord:
        try:
            return self._lees(oproep, request)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            # Nothing was sent yet, so nothing can be asked or recorded twice.
            if time.monotonic() >= oproep.einde:
                raise
            time.sleep(min(0.05, max(0.0, oproep.einde - time.monotonic())))
            return self._lees(oproep, request)

    def _lees(self, oproep: Oproep, request: httpx.Request) -> Antwoord:
        over = max(0.01, oproep.einde - time.monotonic())
        request.extensions["timeout"] = dict.fromkeys(
            ("connect", "read", "write", "pool"), over
        )
        response = self._client.send(request, stream=True)
        try:
            if response.is_redirect or response.headers.get("content-encoding"):
                self._onleesbaar()
            gelezen = bytearray()
            for deel in response.iter_raw():
                gelezen += deel
                if len(gelezen) > GROOTST:
                    self._onleesbaar()
                if time.monotonic() > oproep.einde:
                    raise Lijnfout(self.code, Storing.TE_LAAT)
        finally:
            response.close()
        return Antwoord(
            status=response.status_code,
            inhoud=self._json(bytes(gelezen), response.is_success),
            koppen={naam.lower(): waarde for naam, waarde in response.headers.items()},
            duur_ms=oproep.duur_ms,
        )

    def _json(self, tekst: bytes, is_gelukt: bool) -> Any:
        try:
            return json.loads(tekst, parse_constant=_geen_getal)
        except (ValueError, RecursionError):
            # A refusal may come from a gateway that writes a page instead.
            if not is_gelukt:
                return None
            # `from None`: the error of the parser repeats the text.
            raise Lijnfout(self.code, Storing.ONLEESBAAR) from None

    def _onleesbaar(self) -> NoReturn:
        raise Lijnfout(self.code, Storing.ONLEESBAAR)


def _json(inhoud: Any) -> bytes:
    return json.dumps(inhoud).encode()


def _geen_getal(naam: str) -> NoReturn:
    raise ValueError("not a number of JSON")
