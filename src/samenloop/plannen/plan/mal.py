"""A template of which only some places differ, drawn once and filled many times.

The parts of a plan are alike but for their key, their order and their fields. With two
hundred of them, drawing each from the template is most of what the editor takes.
"""

import re
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# Characters that stand for nothing, around the name of a place.
_PLEK = "\ue000{}\ue001"
_PLEKKEN = re.compile("\ue000([a-z]+)\ue001")


class Mal:
    """The mould of one kind of part.

    Args:
        template: draws one part, from `deel`.
        plekken: the attributes of `deel` that differ from part to part.
        vast: those that do not.
        context: what else the template needs.
        request: of the page.
    """

    def __init__(
        self,
        template: str,
        plekken: tuple[str, ...],
        vast: dict[str, Any],
        context: dict[str, Any],
        request: HttpRequest,
    ) -> None:
        open_ = {plek: SafeString(_PLEK.format(plek)) for plek in plekken}
        getekend = render_to_string(
            template, {**context, "deel": {**vast, **open_}}, request
        )
        # Text between the places, then the name of a place, and so on.
        self._stukken = _PLEKKEN.split(getekend)

    def fill(self, **waarden: str) -> SafeString:
        """Return a part; the values are HTML already."""
        stukken = self._stukken.copy()
        for nummer in range(1, len(stukken), 2):
            stukken[nummer] = waarden[stukken[nummer]]
        return SafeString("".join(stukken))
