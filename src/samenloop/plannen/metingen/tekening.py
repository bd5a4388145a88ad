"""The course on one domain as a small drawing in the row of the table.

Made on the server, without style of its own. It adds nothing to the numbers beside it,
so it is not read aloud.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samenloop.plannen.metingen.verloop import Rij

BREED, HOOG, RAND = 240, 24, 16


def _x(niveau: int, hoogste: int) -> float:
    if hoogste <= 1:
        return float(BREED // 2)
    return RAND + (niveau - 1) * (BREED - 2 * RAND) / (hoogste - 1)


def _n(waarde: float) -> str:
    return f"{waarde:.1f}".rstrip("0").rstrip(".")


def scale(hoogste: int) -> SafeString:
    """Return the head of the column: the numbers of the levels."""
    cijfers = format_html_join(
        "",
        '<text class="t-soft" x="{}" y="14" text-anchor="middle">{}</text>',
        ((_n(_x(n, hoogste)), n) for n in range(1, hoogste + 1)),
    )
    return format_html(
        '<svg viewBox="0 0 {} 18" aria-hidden="true">{}</svg>', BREED, cijfers
    )


def row(rij: Rij, hoogste: int) -> SafeString:
    """Return a line from the first level (open) to the last (filled)."""
    assen = format_html_join(
        "",
        '<path class="sl-as" d="M{0} 0V{1}"></path>',
        ((_n(_x(n, hoogste)), HOOG) for n in range(1, hoogste + 1)),
    )
    midden = HOOG // 2
    if rij.verschil:
        van, naar = _n(_x(rij.eerst or 1, hoogste)), _n(_x(rij.laatst or 1, hoogste))
        teken = format_html(
            '<path class="r1 sl-l" d="M{van} {m}H{naar}"></path>'
            '<circle class="sl-m1" cx="{van}" cy="{m}" r="6.5"></circle>'
            '<circle class="sl-m3" cx="{naar}" cy="{m}" r="6.5"></circle>',
            van=van,
            naar=naar,
            m=midden,
        )
    elif rij.verschil == 0:
        teken = format_html(
            '<rect class="sl-m4" x="{}" y="{}" width="10" height="10"></rect>',
            _n(_x(rij.laatst or 1, hoogste) - 5),
            midden - 5,
        )
    else:
        soort, waar = ("sl-m3", rij.laatst) if rij.laatst else ("sl-m1", rij.eerst)
        teken = format_html(
            '<circle class="{}" cx="{}" cy="{}" r="6.5"></circle>',
            soort,
            _n(_x(waar or 1, hoogste)),
            midden,
        )
    return format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true">{}{}</svg>',
        BREED,
        HOOG,
        assen,
        teken,
    )
