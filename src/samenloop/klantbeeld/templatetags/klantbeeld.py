"""What the templates of the klantbeeld need: a name by id, a value by key."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def bij(tabel: Mapping[Any, Any], sleutel: Any) -> Any:
    """Return what stands in a table under a key; nothing when it is not there."""
    return tabel.get(sleutel, "")
