"""The thread through systems: W3C Trace Context, in and out.

Rows of one request share a trace. A caller that works with the same standard sends its
own in the header `traceparent`; then ours continues it, so that a processing can be
followed over organisations. A header that is not exactly right counts as absent.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse

_HEADER = re.compile(
    r"^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$"
)


@dataclass(frozen=True, slots=True)
class Spoor:
    """A trace and, when another system called us, the span that did."""

    trace_id: UUID
    roeper: str = ""

    def header(self, span_id: str) -> str:
        """Return the `traceparent` for a call that this span makes."""
        return f"00-{self.trace_id.hex}-{span_id}-01"


_spoor: ContextVar[Spoor | None] = ContextVar("spoor", default=None)


def current() -> Spoor | None:
    """Return the trace that came from outside, if one did."""
    return _spoor.get()


def new_span() -> str:
    """Return a span id: 8 random bytes as hexadecimal."""
    while (span := secrets.token_hex(8)) == "0" * 16:
        continue
    return span


def parse(header: str) -> Spoor | None:
    """Read a `traceparent`; None unless it is valid (W3C Trace Context, 3.2)."""
    found = _HEADER.match(header.strip())
    if found is None:
        return None
    version, trace, span, _flags, more = found.groups()
    if version == "ff" or (version == "00" and more):
        return None
    if trace == "0" * 32 or span == "0" * 16:
        return None
    return Spoor(UUID(hex=trace), span)


@contextmanager
def within(spoor: Spoor | None) -> Iterator[None]:
    """Let what is recorded here belong to a trace of another system."""
    token = _spoor.set(spoor)
    try:
        yield
    finally:
        _spoor.reset(token)


class SpoorMiddleware:
    """Takes up the trace of whoever calls."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the caller's trace when it sent a valid one."""
        with within(parse(request.headers.get("traceparent", ""))):
            return self.get_response(request)
