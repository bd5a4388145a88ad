"""Asking once what the making of one page asks again and again.

A page of many parts asks of each part what the reader may see, who directs, what a
colleague is called. Within a `reading` the answer to a question marked `once` is kept
until the reading ends, so for one page and one reader and never between two. Outside a
reading, so wherever something is changed, each question goes to the database.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K")

_gelezen: ContextVar[dict[Any, Any] | None] = ContextVar("gelezen", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Keep answers until this ends; one within another shares its answers."""
    if _gelezen.get() is not None:
        yield
        return
    vorige = _gelezen.set({})
    try:
        yield
    finally:
        _gelezen.reset(vorige)


def once(vraag: Callable[P, T]) -> Callable[P, T]:
    """Let a question be asked once in a reading for the same arguments.

    These must be hashable. The answer is shared: whoever gets it changes nothing in it.
    """

    @wraps(vraag)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        gelezen = _gelezen.get()
        if gelezen is None:
            return vraag(*args, **kwargs)
        sleutel = (vraag, args, tuple(sorted(kwargs.items())))
        if sleutel not in gelezen:
            gelezen[sleutel] = vraag(*args, **kwargs)
        antwoord: T = gelezen[sleutel]
        return antwoord

    return asked


def each_once(
    vraag: Callable[[Collection[K]], Mapping[K, T]],
) -> Callable[[Collection[K]], dict[K, T]]:
    """Let a question about many be asked once in a reading for each of them.

    It answers for as many as are known; what has no answer is not asked again either.
    """

    @wraps(vraag)
    def asked(sleutels: Collection[K]) -> dict[K, T]:
        gelezen = _gelezen.get()
        bekend: dict[K, list[T]] = (
            {} if gelezen is None else gelezen.setdefault(vraag, {})
        )
        if nieuw := set(sleutels) - bekend.keys():
            antwoord = vraag(nieuw)
            bekend |= {k: [antwoord[k]] if k in antwoord else [] for k in nieuw}
        return {k: bekend[k][0] for k in sleutels if bekend[k]}

    return asked


def within() -> bool:
    """Whether a reading goes on."""
    return _gelezen.get() is not None


def forget() -> None:
    """Forget what was kept: something of it was changed."""
    if (gelezen := _gelezen.get()) is not None:
        gelezen.clear()
