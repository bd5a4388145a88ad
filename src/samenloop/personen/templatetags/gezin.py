"""A family in a template: its drawing, and the words of the table beside it."""

from django import template
from django.utils.safestring import SafeString

from samenloop.personen import tekening
from samenloop.personen.beeld import Gezinsbeeld, Lid

register = template.Library()


@register.filter
def getekend(beeld: Gezinsbeeld, sleutel: str = "gezin") -> SafeString:
    """The drawing as SVG."""
    return tekening.draw(beeld, sleutel)


@register.filter
def rol_van(beeld: Gezinsbeeld, lid: Lid) -> str:
    """The role of a member in words."""
    return beeld.rol(lid)


@register.filter
def gezag_over(beeld: Gezinsbeeld, lid: Lid) -> str:
    """Who has gezag over a member, in words."""
    return beeld.gezag(lid)
