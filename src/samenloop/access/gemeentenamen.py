"""Municipalities by name, for people.

Accounts know municipalities by their CBS code. The names stand in `personen`, a floor
up, which hands over how to look them up when it is ready.
"""

from collections.abc import Callable, Iterable, Mapping

Namen = Callable[[Iterable[str]], Mapping[str, str]]

_bron: list[Namen] = []


def register(namen: Namen) -> None:
    """Tell where names are found: from codes to a name for each code that is known."""
    _bron[:] = [namen]


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return a name for each code, in the order of the names; unknown: the code."""
    gevraagd = list(dict.fromkeys(codes))
    bekend = _bron[0](gevraagd) if _bron and gevraagd else {}
    namen = {code: bekend.get(code, code) for code in gevraagd}
    return dict(sorted(namen.items(), key=lambda paar: paar[1].casefold()))


def name(code: str) -> str:
    """Return the name of one municipality."""
    return names([code])[code]
