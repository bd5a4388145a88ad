"""The simulators on a port of this machine, in a thread, for tests over real HTTP."""

import json
import socketserver
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from samenloop.demo.bronnen.server import BRP, CODES, SLEUTEL

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    # A test that leaves a slow answer behind does not wait for it.
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is what some tests are about."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(app: Wsgi) -> Iterator[str]:
    """The address of a WSGI application on a free port."""
    server = make_server("127.0.0.1", 0, app, _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(slots=True)
class Bronnen:
    """The simulators, their address, and the doors to steer and check them."""

    url: str

    @property
    def brp(self) -> str:
        """The address of the BRP."""
        return self.url + BRP

    def disturb(self, bron: str, soort: str, **meer: Any) -> None:
        """Make trouble."""
        self._beheer("POST", "storingen", {"bron": bron, "soort": soort, **meer})

    def calls(self, bron: str = "") -> list[dict[str, Any]]:
        """The calls that came in."""
        alle = self._beheer("GET", "aanroepen")
        return [deel for deel in alle if not bron or deel["bron"] == bron]

    def _beheer(self, methode: str, wat: str, inhoud: Any = None) -> Any:
        vraag = urllib.request.Request(
            f"{self.url}/_beheer/{wat}",
            method=methode,
            data=None if inhoud is None else json.dumps(inhoud).encode(),
        )
        with urllib.request.urlopen(vraag, timeout=10) as antwoord:
            tekst = antwoord.read()
        return json.loads(tekst) if tekst else None


def settings_for(bronnen: Bronnen) -> dict[str, Any]:
    """The settings with which Samenloop asks these simulators."""
    return {
        "URL": dict.fromkeys(CODES, bronnen.url),
        "SLEUTEL": dict.fromkeys(CODES, SLEUTEL),
    }


def brp_settings(bronnen: Bronnen, **meer: Any) -> dict[str, Any]:
    """The settings with which Samenloop asks this simulated BRP."""
    return {
        "URL": bronnen.brp,
        "SLEUTEL": SLEUTEL,
        "TOKEN_URL": "",
        "CLIENT": "",
        "GEHEIM": "",
        "SCOPE": "",
        "OIN": {"": "00000099000000001000"},
        "DOELBINDING": {},
        "LIMIET": 3.0,
        "KOPPEN": {
            "sleutel": "x-api-key",
            "oin": "x-origin-oin",
            "doelbinding": "x-doelbinding",
            "verwerking": "x-verwerking",
            "gebruiker": "x-gebruiker",
        },
        "TERUGMELDEN_URL": bronnen.url,
        "TERUGMELDEN_MAP": "",
        **meer,
    }
