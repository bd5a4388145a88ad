"""Statements that come again and again: planned once, and several sent as one.

Django writes the values into each statement, so the server reads and plans every one
anew; with row-level security that takes longer than carrying it out. What is asked
within `planned_once` is sent with its values apart, and kept prepared by the connection
after some times. It is for a handful of statements that are asked for each message or
page; not for those whose best plan depends on their values.

What comes in with a message is written in several tables by several rooms. Each says
what it writes with `write`; within `together` that goes to the database as one
statement, at the end. It is one transaction anyway, and nobody reads it before that.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

# Sent so many times before the server is asked to keep it, and so many kept.
THRESHOLD = 2
KEPT = 250

_planned_once: ContextVar[bool] = ContextVar("planned_once", default=False)


@contextmanager
def planned_once() -> Iterator[None]:
    """Let the statements within be planned once; also those of functions called."""
    token = _planned_once.set(True)
    try:
        yield
    finally:
        _planned_once.reset(token)


def are_planned_once() -> bool:
    """Whether the statements of now are."""
    return _planned_once.get()


class Samen:
    """Writings that wait to be sent as one statement."""

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}
        self._values: list[Any] = []

    def add(self, parts: Mapping[str, str], values: Sequence[Any]) -> None:
        """Let a writing wait; what waits under the same name is sent first."""
        if parts.keys() & self._parts.keys():
            self.send()
        self._parts |= parts
        self._values += values

    def send(self) -> None:
        """Write what waits, in one statement."""
        parts, values = self._parts, self._values
        if parts:
            self._parts, self._values = {}, []
            ask(parts, values)


_samen: ContextVar[Samen | None] = ContextVar("samen", default=None)


@contextmanager
def together() -> Iterator[Samen]:
    """Send what is written within as one statement, at the end.

    The statements of one do not see each other's rows, nor does anything else before
    the end: what has to be read within is sent before (`Samen.send`).

    Raises:
        RuntimeError: there is no transaction, so a part could be lost.
        django.db.Error: the database refuses a part; then none is written.
    """
    if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise RuntimeError("what is written together is one transaction")
    samen = Samen()
    token = _samen.set(samen)
    try:
        yield samen
        samen.send()
    finally:
        _samen.reset(token)


def write(
    parts: Mapping[str, str], values: Sequence[Any], *, using: str = DEFAULT_DB_ALIAS
) -> None:
    """Write now, or at the end of the `together` around this.

    Args:
        parts: statements by name, in order; one may read what an earlier one returns.
        values: for all their parameters, in that order.
        using: the connection; only the default one ever waits.

    Raises:
        django.db.Error: the database refuses it.
    """
    samen = _samen.get()
    if samen is not None and using == DEFAULT_DB_ALIAS:
        samen.add(parts, values)
    else:
        ask(parts, values, using=using)


def ask(
    parts: Mapping[str, str],
    values: Sequence[Any],
    answer: str = "SELECT 1",
    *,
    using: str = DEFAULT_DB_ALIAS,
) -> list[tuple[Any, ...]]:
    """Write now, after what waits, and return the rows of `answer`.

    That is a query that may read what the parts return.
    """
    samen = _samen.get()
    if samen is not None and using == DEFAULT_DB_ALIAS:
        samen.send()
    made = ", ".join(f"{name} AS ({statement})" for name, statement in parts.items())
    with planned_once(), connections[using].cursor() as cursor:
        cursor.execute(f"WITH {made} {answer}", values)
        return list(cursor.fetchall())
