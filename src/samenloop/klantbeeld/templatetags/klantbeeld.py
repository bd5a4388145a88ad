"""What the templates of the klantbeeld need: lines, states and pills as text.

A page holds tens of them, so they are written here and not as components: the marks
are those of the components `staat` and `diepte`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samenloop.access.rollen import Diepte
from samenloop.klantbeeld.grondslagen import Grond, by_id
from samenloop.klantbeeld.schrijven import Regel

register = template.Library()

_PIL = {
    Diepte.DAT: SafeString('<span class="sl-diepte">dat</span>'),
    Diepte.WAT: SafeString('<span class="sl-diepte sl-diepte--wat">wat</span>'),
}


@register.filter
def bij(tabel: Mapping[Any, Any], sleutel: Any) -> Any:
    """Return what stands in a table under a key; nothing when it is not there."""
    return tabel.get(sleutel, "")


@register.filter
def pil(diepte: Diepte) -> SafeString:
    """Return the pill that says how deep something goes."""
    return _PIL[Diepte(diepte)]


@register.simple_tag
def staat(soort: str, icoon: str, woord: str) -> SafeString:
    """Return a state: icon, word and colour."""
    return format_html(
        '<span class="sl-staat sl-staat--{}"><svg class="sl-icon" viewBox="0 0 20 20" '
        'aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>'
        "{}</span>",
        soort,
        static("ui/iconen.svg"),
        icoon,
        woord,
    )


@register.filter
def teken(van: Any) -> SafeString:
    """Return the state of a source."""
    return staat(*van.teken)


@cache
def _ground(grond_id: str) -> SafeString:
    """Return what a ground says; the same in every language, for the law is Dutch."""
    grond = by_id()[grond_id]
    return format_html(
        "<strong>{}, {}</strong> ({}). {}",
        grond.wet,
        grond.artikel,
        grond.id,
        grond.toelichting,
    )


@register.filter
def gronden(lijst: Sequence[Grond]) -> SafeString:
    """Return grounds as items of a list, with who confirmed the doubtful ones."""
    bevestigd = _("Confirmed by the municipality.")
    return format_html_join(
        "",
        "<li>{}{}</li>",
        (
            (_ground(grond.id), f" {bevestigd}" if grond.needs_confirmation else "")
            for grond in lijst
        ),
    )


@register.filter
def regels(lijst: Sequence[Regel], namen: Mapping[UUID, str]) -> SafeString:
    """Return lines as items of a list; each value names its field."""
    return format_html_join(
        "", "<li>{}{} {} <span class=\"sl-meta\">{}</span>{}</li>",
        (
            (
                _who(regel, namen),
                format_html_join(
                    " · ",
                    '<span data-veld="{}">{}{}</span>',
                    (
                        (
                            deel.veld.code,
                            f"{deel.veld.label} " if deel.with_label else "",
                            deel.tekst,
                        )
                        for deel in regel.gegevens
                    ),
                ),
                _PIL[regel.diepte],
                _source(regel),
                _way(regel),
            )
            for regel in lijst
        ),
    )  # fmt: skip


def _who(regel: Regel, namen: Mapping[UUID, str]) -> SafeString | str:
    naam = namen.get(regel.persoon) if regel.persoon else None
    return format_html('<b data-veld="persoon.naam">{}</b>: ', naam) if naam else ""


def _way(regel: Regel) -> SafeString | str:
    if not regel.adres:
        return ""
    return format_html(
        ' <a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
        regel.adres,
        _("To the case"),
    )


def _source(regel: Regel) -> str:
    if regel.op is None:
        return regel.herkomst
    op = localtime(regel.op) if isinstance(regel.op, datetime) else regel.op
    return f"{regel.herkomst}, {date_format(op, 'j b Y')}"
