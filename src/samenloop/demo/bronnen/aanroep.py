"""A request to a simulator and its answer, apart from any web server."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PROBLEEM = "application/problem+json; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(slots=True)
class Verzoek:
    """What came in; header names in lower case."""

    methode: str
    pad: str
    koppen: Mapping[str, str]
    inhoud: bytes = b""

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            ValueError: it is not.
        """
        return json.loads(self.inhoud)


@dataclass(slots=True)
class Respons:
    """What goes out."""

    status: int
    inhoud: Any = None
    koppen: dict[str, str] = field(default_factory=dict)
    rauw: bytes | None = None

    @property
    def body(self) -> bytes:
        """The bytes to send."""
        if self.rauw is not None:
            return self.rauw
        if self.inhoud is None:
            return b""
        return json.dumps(self.inhoud, ensure_ascii=False).encode()


def problem(
    status: int, code: str, titel: str, detail: str = "", **meer: Any
) -> Respons:
    """An answer that says what is wrong, in the form of RFC 7807."""
    inhoud: dict[str, Any] = {
        "type": f"https://www.rfc-editor.org/rfc/rfc9110#status.{status}",
        "title": titel,
        "status": status,
        "code": code,
        "instance": "http://127.0.0.1/",
        **meer,
    }
    if detail:
        inhoud["detail"] = detail
    return Respons(status, inhoud, {"content-type": PROBLEEM})
