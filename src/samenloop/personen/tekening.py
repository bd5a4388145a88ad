"""The drawing of a family: squares and circles, lines, the house dashed around it.

Made on the server as SVG that a screen reader can tell (`title`, `desc`) and that needs
no style of its own, which the page would refuse. It adds nothing to the table beside
it. Names go in through `format_html` only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenloop.personen.beeld import Gezinsbeeld, Lid
from samenloop.personen.models import Geslacht
from samenloop.personen.opstelling import (
    STRAAL,
    Plaats,
    Punt,
    Vak,
    arrange,
)

_LETTERS = 13  # of a name that fit in a column, age included
_LETTERS_KLEIN = 15


def draw(beeld: Gezinsbeeld, sleutel: str = "gezin") -> SafeString:
    """Return the drawing; `sleutel` makes its ids unique on the page."""
    opstelling = arrange(beeld)
    delen = [
        _house(opstelling.huis),
        *(_line(lijn.punten, lijn.gebroken) for lijn in opstelling.lijnen),
        *(_person(beeld, plaats) for plaats in opstelling.plaatsen.values()),
    ]
    return format_html(
        '<svg class="sl-genogram" width="{b}" height="{h}" viewBox="0 0 {b} {h}"'
        ' role="img" aria-labelledby="{s}-titel {s}-tekst"><title id="{s}-titel">'
        '{titel}</title><desc id="{s}-tekst">{tekst}</desc>{delen}</svg>',
        b=_n(opstelling.breedte),
        h=_n(opstelling.hoogte),
        s=sleutel,
        titel=_("Drawing of the family"),
        tekst=describe(beeld),
        delen=format_html_join("", "{}", ((deel,) for deel in delen)),
    )


def describe(beeld: Gezinsbeeld) -> str:
    """Return in sentences what the drawing shows."""
    zinnen = []
    for lid in beeld.leden:
        zin = f"{lid.met_leeftijd}: {beeld.rol(lid)}"
        if lid.is_minor or lid.instelling is not None:
            zin += ", " + _("gezag: %(wie)s") % {"wie": beeld.gezag(lid)}
        zinnen.append(f"{zin}.")
    thuis = [lid.roepnaam for lid in beeld.leden if lid.thuis]
    if thuis:
        waar = beeld.adres or _("one address")
        zinnen.append(
            _("On %(datum)s together at %(waar)s: %(wie)s.")
            % {
                "datum": date_format(beeld.datum, "j F Y"),
                "waar": waar,
                "wie": ", ".join(thuis),
            }
        )
    return " ".join(zinnen)


def _n(getal: float) -> str:
    return f"{getal:.1f}".removesuffix(".0")


def _path(punten: Iterable[Punt]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in punten)


def _line(punten: Sequence[Punt], gebroken: Punt | None) -> SafeString:
    pad = _path(punten)
    if gebroken is not None:
        x, y = gebroken
        pad += _path([(x - 8, y + 8), (x, y - 8)]) + _path([(x, y + 8), (x + 8, y - 8)])
    return format_html('<path class="band" d="{}"></path>', pad)


def _house(vakken: Sequence[Vak]) -> SafeString:
    if not vakken:
        return SafeString()
    pad = "".join(_path(rand) + "Z" for rand in outline(vakken))
    return format_html('<path class="huis" d="{}"></path>', pad)


def _person(beeld: Gezinsbeeld, plaats: Plaats) -> SafeString:
    lid, x, y = plaats.lid, plaats.x, plaats.y
    klein = _below(beeld, lid)
    gezag_y = y + (66 if klein else 50)
    return format_html(
        "{}{}{}{}{}",
        _sign(lid, x, y),
        format_html(
            '<text class="t-vet" x="{}" y="{}" text-anchor="middle">{}</text>',
            _n(x), _n(y + 5), lid.initialen,
        ),
        format_html(
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            _n(x), _n(y + 38), short_name(lid),
        ),
        format_html(
            '<text class="t-soft t-klein" x="{}" y="{}" text-anchor="middle">{}</text>',
            _n(x), _n(y + 55), klein,
        )
        if klein
        else "",
        _gezag(len(lid.gezag), x, gezag_y),
    )  # fmt: skip


def _sign(lid: Lid, x: float, y: float) -> SafeString:
    soort = "pers kern" if lid.kern else "pers"
    if lid.geslacht == Geslacht.VROUW:
        return format_html(
            '<circle class="{}" cx="{}" cy="{}" r="{}"></circle>',
            soort, _n(x), _n(y), STRAAL,
        )  # fmt: skip
    if lid.geslacht == Geslacht.MAN:
        return format_html(
            '<rect class="{}" x="{}" y="{}" width="38" height="38"></rect>',
            soort, _n(x - 19), _n(y - 19),
        )  # fmt: skip
    ruit = _path([(x, y - STRAAL), (x + STRAAL, y), (x, y + STRAAL), (x - STRAAL, y)])
    return format_html('<path class="{}" d="{}Z"></path>', soort, ruit)


def _gezag(houders: int, x: float, y: float) -> SafeString:
    """One line under the name for one holder, two for two or more."""
    if not houders:
        return SafeString()
    uit = format_html('<path class="gezag" d="M{} {}h28"></path>', _n(x - 14), _n(y))
    if houders > 1:
        uit += format_html(
            '<path class="gezag2" d="M{} {}h28"></path>', _n(x - 14), _n(y + 5)
        )
    return uit


def _below(beeld: Gezinsbeeld, lid: Lid) -> str:
    """The small words under a name: an institution, or where somebody lives."""
    if lid.instelling is not None:
        return _cut(_("institution"), _LETTERS_KLEIN)
    if not lid.thuis and lid.woonplaats:
        return _cut(lid.woonplaats, _LETTERS_KLEIN)
    return ""


def _cut(tekst: str, lengte: int) -> str:
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1].rstrip() + "…"


def short_name(lid: Lid) -> str:
    """Return first name and age, cut so that they fit in a column."""
    achter = "" if lid.leeftijd is None else f", {lid.leeftijd}"
    return _cut(lid.roepnaam, _LETTERS - len(achter)) + achter


def outline(vakken: Sequence[Vak]) -> list[list[Punt]]:
    """Return the edges around rectangles that touch, as closed rings of corners."""
    xs = sorted({x for vak in vakken for x in (vak.x0, vak.x1)})
    ys = sorted({y for vak in vakken for y in (vak.y0, vak.y1)})

    def inside(i: int, j: int) -> bool:
        if not (0 <= i < len(xs) - 1 and 0 <= j < len(ys) - 1):
            return False
        x, y = (xs[i] + xs[i + 1]) / 2, (ys[j] + ys[j + 1]) / 2
        return any(v.x0 < x < v.x1 and v.y0 < y < v.y1 for v in vakken)

    verder: dict[Punt, list[Punt]] = defaultdict(list)
    for i in range(len(xs) - 1):
        for j in range(len(ys) - 1):
            if not inside(i, j):
                continue
            a, b = (xs[i], ys[j]), (xs[i + 1], ys[j])
            c, d = (xs[i + 1], ys[j + 1]), (xs[i], ys[j + 1])
            # Around the cell with the clock; only where the neighbour is outside.
            for van, naar, buur in (
                (a, b, (i, j - 1)), (b, c, (i + 1, j)),
                (c, d, (i, j + 1)), (d, a, (i - 1, j)),
            ):  # fmt: skip
                if not inside(*buur):
                    verder[van].append(naar)
    ringen = []
    while verder:
        begin = punt = next(iter(verder))
        ring = []
        while punt in verder:
            ring.append(punt)
            volgende = verder[punt].pop()
            if not verder[punt]:
                del verder[punt]
            punt = volgende
            if punt == begin:
                break
        ringen.append(_corners(ring))
    return ringen


def _corners(ring: Sequence[Punt]) -> list[Punt]:
    """Leave out the points in the middle of a straight line."""
    return [
        punt
        for vorig, punt, volgend in zip(
            [ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True
        )
        if not (vorig[0] == punt[0] == volgend[0] or vorig[1] == punt[1] == volgend[1])
    ]
