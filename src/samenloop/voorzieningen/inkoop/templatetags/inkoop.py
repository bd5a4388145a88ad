"""Amounts and categories as people read them."""

from django import template

from samenloop.core.geld import Geld
from samenloop.voorzieningen.inkoop.codes import category

register = template.Library()


@register.filter
def euro(cent: int | None) -> str:
    """Return eurocents as an amount; a dash where there is none."""
    return "–" if cent is None else str(Geld(cent))


@register.filter
def categorie(code: str, wet: str) -> str:
    """Return a category with its name; a dash where there is none."""
    return f"{code} {category(wet, code)}" if code else "–"
