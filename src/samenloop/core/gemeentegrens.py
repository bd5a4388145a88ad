"""The border between municipalities: whose records this piece of work may touch.

Row-level security in the database refuses every row of another municipality. What it
goes by is said here and nowhere else: a page says the municipality its reader acts for,
a job that of the fact it handles, a command that it works for all, and why. Who says
nothing sees nothing. The connection passes it on by itself before each statement (see
`core.postgres.backend`), so no query can be made outside a border.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

SETTING = "samenloop.gemeenten"
_OVERAL = "*"


@dataclass(frozen=True, slots=True)
class Grens:
    """CBS codes within the border; `overal` is a reason to work without one."""

    gemeenten: tuple[str, ...] = ()
    overal: str = ""

    @property
    def setting(self) -> str:
        """The border as the database reads it: `GM0005,GM1663`, `*` or empty."""
        return _OVERAL if self.overal else ",".join(self.gemeenten)

    def holds(self, gemeente: str) -> bool:
        """Whether this municipality lies within."""
        return bool(self.overal) or gemeente in self.gemeenten


NERGENS = Grens()
_grens: ContextVar[Grens] = ContextVar("gemeentegrens", default=NERGENS)


def current() -> Grens:
    """Return the border of the work that is being done now."""
    return _grens.get()


@contextmanager
def within(*gemeenten: str) -> Iterator[Grens]:
    """Work for these municipalities only (CBS codes); none is nothing at all."""
    wrong = [code for code in gemeenten if not code or {",", _OVERAL} & set(code)]
    if wrong:
        raise ValueError("a municipality is named by its CBS code")
    with _set(Grens(tuple(sorted(set(gemeenten))))) as grens:
        yield grens


@contextmanager
def everywhere(reden: str) -> Iterator[Grens]:
    """Work for all municipalities: maintenance, figures of a region, a delivery.

    Args:
        reden: what for; stands in the code so that one can find all who do this.
    """
    if not reden:
        raise ValueError("working without a border takes a reason")
    with _set(Grens(overal=reden)) as grens:
        yield grens


@contextmanager
def _set(grens: Grens) -> Iterator[Grens]:
    token = _grens.set(grens)
    try:
        yield grens
    finally:
        _grens.reset(token)
