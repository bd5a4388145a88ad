"""The panels of the page of a case, added by the rooms that know what stands in them.

The page of a case is one screen made by many: tasks, terms, the plan, messages. Each
room registers its panel when it starts; the page asks for them in order. A panel that
is not open to the reader is left out: its function then returns None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from samenloop.access.actor import Actor
from samenloop.regie.models import Casus

Vulling = Callable[[Actor, Casus], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Paneel:
    """One panel.

    Args:
        code: its name; a second panel of the same name takes its place.
        orde: lower comes first.
        template: draws it; gets what `vulling` returns, and `casus`.
        vulling: makes its content, in a fixed number of statements.
        terzijde: whether it stands in the aside instead of the main column.
    """

    code: str
    orde: int
    template: str
    vulling: Vulling
    terzijde: bool = False


_panelen: dict[str, Paneel] = {}


def register(paneel: Paneel) -> None:
    """Let a room add its panel to the page of a case."""
    _panelen[paneel.code] = paneel


def panels() -> list[Paneel]:
    """Return all panels in the order in which they stand."""
    return sorted(_panelen.values(), key=lambda paneel: (paneel.orde, paneel.code))
