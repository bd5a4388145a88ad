"""A small OpenID Connect provider over HTTP, for tests of signing in with it.

It speaks the code flow with PKCE as the standard asks, and can be told to get one thing
wrong, so that each check of ours is tried against the nearest fault.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, GEHEIM = "samenloop", "heel-geheim"


@dataclass
class Provider:
    """The provider: who is signed in there, and what it gets wrong."""

    claims: dict[str, Any] = field(default_factory=dict)
    # What replaces the right value in the ID token.
    fout: dict[str, Any] = field(default_factory=dict)
    vreemde_sleutel: bool = False
    bij_gegevens: dict[str, Any] = field(default_factory=dict)
    gevraagd: list[dict[str, str]] = field(default_factory=list)
    adres: str = ""

    def __post_init__(self) -> None:
        """Make its key, and one that is not its own."""
        self._sleutel = rsa.generate_private_key(65537, 2048)
        self._ander = rsa.generate_private_key(65537, 2048)
        self._codes: dict[str, dict[str, str]] = {}

    def configuration(self) -> dict[str, str]:
        """What it says of itself."""
        return {
            "issuer": self.adres,
            "authorization_endpoint": f"{self.adres}/aanmelden",
            "token_endpoint": f"{self.adres}/token",
            "userinfo_endpoint": f"{self.adres}/gegevens",
            "jwks_uri": f"{self.adres}/sleutels",
        }

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        publiek = jwt.algorithms.RSAAlgorithm.to_jwk(
            self._sleutel.public_key(), as_dict=True
        )
        return {"keys": [{**publiek, "kid": "een", "alg": "RS256", "use": "sig"}]}

    def authorize(self, vraag: dict[str, str]) -> str:
        """Sign in the one who is there, and send back with a code."""
        self.gevraagd.append(vraag)
        code = secrets.token_urlsafe(8)
        self._codes[code] = vraag
        terug = urlencode({"code": code, "state": vraag["state"]})
        return f"{vraag['redirect_uri']}?{terug}"

    def token(self, vraag: dict[str, str]) -> dict[str, str] | None:
        """Change a code for a token, once, to who can prove to have asked."""
        gevraagd = self._codes.pop(vraag.get("code", ""), None)
        if gevraagd is None or vraag.get("client_secret") != GEHEIM:
            return None
        bewijs = hashlib.sha256(vraag.get("code_verifier", "").encode()).digest()
        uitdaging = base64.urlsafe_b64encode(bewijs).rstrip(b"=").decode()
        if gevraagd.get("code_challenge") != uitdaging:
            return None
        nu = int(time.time())
        inhoud = {
            "iss": self.adres,
            "aud": CLIENT,
            "iat": nu,
            "exp": nu + 60,
            "nonce": gevraagd["nonce"],
            **self.claims,
            **self.fout,
        }
        inhoud = {naam: waarde for naam, waarde in inhoud.items() if waarde is not None}
        sleutel = self._ander if self.vreemde_sleutel else self._sleutel
        ondertekend = jwt.encode(
            inhoud, sleutel, algorithm="RS256", headers={"kid": "een"}
        )
        return {"access_token": "x", "token_type": "Bearer", "id_token": ondertekend}


def serve(provider: Provider) -> ThreadingHTTPServer:
    """Serve on a free port of this machine; the caller shuts it down."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, inhoud: Any, status: int = 200) -> None:
            deel = json.dumps(inhoud).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(deel)))
            self.end_headers()
            self.wfile.write(deel)

        def do_GET(self) -> None:
            pad = urlsplit(self.path)
            vraag = {naam: waarde[0] for naam, waarde in parse_qs(pad.query).items()}
            if pad.path == "/aanmelden":
                self.send_response(302)
                self.send_header("Location", provider.authorize(vraag))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif pad.path == "/gegevens":
                self._answer({"sub": provider.claims["sub"], **provider.bij_gegevens})
            elif pad.path == "/sleutels":
                self._answer(provider.keys())
            else:
                self._answer(provider.configuration())

        def do_POST(self) -> None:
            lengte = int(self.headers["Content-Length"])
            velden = parse_qs(self.rfile.read(lengte).decode())
            antwoord = provider.token({naam: w[0] for naam, w in velden.items()})
            self._answer(
                antwoord or {"error": "invalid_grant"}, 200 if antwoord else 400
            )

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.adres = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
