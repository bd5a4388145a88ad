"""The stream drawing: signals over time, per area of life, flowing into one melding.

Made on the server as SVG with a title and a description that says the same; widths are
attributes, because the pages allow no inline style. Kind and date only: no names, no
content, so it may be shown to who sees that something is the matter and not what.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_LINKS, _RECHTS, _MOND = 170, 676, 832
_HOOG, _BOVEN = 72, 52
_MINSTE_DAGEN = 30


@dataclass(frozen=True, slots=True)
class Punt:
    """One signal in the drawing."""

    dag: date
    leefgebied: str
    soort: str
    veiligheid: bool


def draw(punten: Sequence[Punt], gewicht: int) -> SafeString:
    """Return the drawing; the same signals always give the same one."""
    rijen = sorted(punten, key=lambda punt: (punt.dag, punt.soort))
    gebieden = list(dict.fromkeys(punt.leefgebied for punt in rijen))
    eerste, laatste = rijen[0].dag, rijen[-1].dag
    span = max((laatste - eerste).days, _MINSTE_DAGEN)
    begin = laatste - timedelta(days=span)

    def x(dag: date) -> int:
        return round(_LINKS + (dag - begin).days / span * (_RECHTS - 24 - _LINKS) + 12)

    hoogte = _BOVEN + _HOOG * (len(gebieden) - 1) + 66
    midden = _BOVEN + _HOOG * (len(gebieden) - 1) // 2
    delen = [_axis(begin, laatste, x, hoogte)]
    for rij, gebied in enumerate(gebieden):
        y = _BOVEN + _HOOG * rij
        delen.append(
            format_html(
                '<path class="sl-l sl-stroom" d="M{} {}H{}C736 {} 732 {} 792 {}">'
                "</path>"
                '<text class="t-vet" x="0" y="{}">{}</text>',
                *(_LINKS, y, _RECHTS, y, midden, midden, y + 5, gebied),
            )
        )
        delen += _marks([p for p in rijen if p.leefgebied == gebied], x, y)
    delen.append(
        format_html(
            '<circle class="sl-mond" cx="{}" cy="{}" r="40"></circle>'
            '<text class="t-wit t-groot" x="{}" y="{}" text-anchor="middle">{}</text>'
            '<text class="t-wit t-klein" x="{}" y="{}" text-anchor="middle">{}</text>',
            *(_MOND, midden, _MOND, midden + 4, gewicht, _MOND, midden + 22),
            _("weight"),
        )
    )
    return mark_safe(  # noqa: S308 (every part was escaped)
        f'<svg viewBox="0 0 900 {hoogte}" role="img" aria-labelledby="loop-t loop-d">'
        f'<title id="loop-t">{escape(_title(len(rijen)))}</title>'
        f'<desc id="loop-d">{escape(described(rijen, gewicht))}</desc>'
        f"{''.join(delen)}</svg>"
    )


def described(punten: Sequence[Punt], gewicht: int) -> str:
    """Return the drawing in words."""
    regels = [
        f"{punt.leefgebied}: {punt.soort}, {_in_full(punt.dag)}" for punt in punten
    ]
    return "; ".join([*regels, _("together: weight %(n)s") % {"n": gewicht}])


def sentence(punten: Sequence[Punt], *, veiligheid: bool) -> str:
    """Return in one or two sentences why the melding stands where it stands."""
    dagen = (max(p.dag for p in punten) - min(p.dag for p in punten)).days + 1
    gebieden = len({punt.leefgebied for punt in punten})
    if len(punten) == 1:
        zin = _("One signal came in.")
    elif dagen == 1:
        zin = ngettext(
            "On one day %(n)s signals came in, in %(g)s area of life.",
            "On one day %(n)s signals came in, in %(g)s areas of life.",
            gebieden,
        ) % {"n": len(punten), "g": gebieden}
    else:
        zin = ngettext(
            "Within %(d)s days %(n)s signals came in, in %(g)s area of life.",
            "Within %(d)s days %(n)s signals came in, in %(g)s areas of life.",
            gebieden,
        ) % {"d": dagen, "n": len(punten), "g": gebieden}
    if veiligheid:
        zin += " " + _("It is about safety and therefore always goes through.")
    return zin


def _title(aantal: int) -> str:
    return ngettext(
        "%(n)s signal leads to one melding",
        "%(n)s signals come together in one melding",
        aantal,
    ) % {"n": aantal}


def _short(dag: date) -> str:
    return formats.date_format(dag, "j b")


def _in_full(dag: date) -> str:
    return formats.date_format(dag, "j F Y")


def _axis(begin: date, laatste: date, x: Callable[[date], int], hoogte: int) -> str:
    dagen = [begin]
    maand = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
    while maand <= laatste:
        if x(maand) - x(dagen[-1]) > 70:
            dagen.append(maand)
        maand = (maand + timedelta(days=32)).replace(day=1)
    return "".join(
        format_html(
            '<path class="sl-as" d="M{} 22V{}"></path>'
            '<text class="t-soft t-klein" x="{}" y="{}" text-anchor="middle">{}</text>',
            *(x(dag), hoogte - 30, x(dag), hoogte - 12, _short(dag)),
        )
        for dag in dagen
    )


def _marks(punten: Sequence[Punt], x: Callable[[date], int], y: int) -> list[str]:
    delen: list[str] = []
    vrij_tot = {-16: 0, 30: 0}  # above and below the line: where the last label ends
    for punt in punten:
        links = x(punt.dag)
        if punt.veiligheid:
            delen.append(
                format_html(
                    '<rect class="sl-ruit" x="{}" y="{}" width="16" height="16" '
                    'transform="rotate(45 {} {})"></rect>',
                    *(links - 8, y - 8, links, y),
                )
            )
        else:
            delen.append(
                format_html(
                    '<circle class="sl-stip" cx="{}" cy="{}" r="7"></circle>', links, y
                )
            )
        label = f"{_short(punt.dag)} · {punt.soort.lower()}"
        breed = len(label) * 7
        eind = min(links + breed, _RECHTS + 20)
        plek = next((dy for dy in vrij_tot if vrij_tot[dy] < eind - breed), None)
        if plek is None:
            continue  # it stands in the list and in the description
        vrij_tot[plek] = eind
        delen.append(
            format_html(
                '<text class="{}" x="{}" y="{}">{}</text>',
                *("t-gevaar" if punt.veiligheid else "", eind - breed, y + plek, label),
            )
        )
    return delen
