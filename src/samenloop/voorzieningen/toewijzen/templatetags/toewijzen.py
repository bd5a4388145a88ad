"""A term in words: how many working days are left, or how late it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("toewijzen/_termijn.html")
def termijn(dagen: int, uiterlijk: date) -> dict[str, Any]:
    """Show working days left (below zero it is late), and the last day."""
    return {"dagen": dagen, "over": max(-dagen, 1), "uiterlijk": uiterlijk}


@register.filter
def van(bron: Mapping[Any, Any], sleutel: Any) -> Any:
    """Return what is known of one row; None when nothing is."""
    return bron.get(sleutel) if bron else None
