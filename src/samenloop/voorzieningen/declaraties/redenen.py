"""What a return code means: the room of the messages, floors above, knows the lists."""

from collections.abc import Callable

_BETEKENIS: list[Callable[[str], str]] = []


def register_meaning(betekenis: Callable[[str], str]) -> None:
    """Let a room above say what a code means; an unknown code is its own meaning."""
    _BETEKENIS[:] = [betekenis]


def explain(code: str) -> str:
    """Return a code with what it means, or the code alone."""
    for betekenis in _BETEKENIS:
        if (woorden := betekenis(code)) != code:
            return f"{code}: {woorden}"
    return code
