"""The drawing of what waits on what: boxes in columns, arrows from first to then.

Made on the server as SVG, without a style of its own. It adds nothing to the list below
it. A column is how many tasks must come before; within a column a task stands near what
it waits for. The longest path has thick lines.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenloop.regie.taken import stand
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.situatie import Situatie

BREED, HOOG = 176, 58
_KOLOM, _RIJ = BREED + 40, HOOG + 16
_LETTERS, _LETTERS_KLEIN = 21, 26
# More boxes make no picture any more; the list has them all.
MEESTE = 24

Plaatsen = dict[UUID, tuple[int, int]]


def draw(nu: Situatie, houders: dict[UUID, str]) -> SafeString | None:
    """Return the drawing, or None when nothing waits for anything."""
    plaatsen = place(nu)
    if not plaatsen:
        return None
    op_pad = set(zip(nu.pad.knopen, nu.pad.knopen[1:], strict=False))
    breed = max(kolom for kolom, _rij in plaatsen.values()) * _KOLOM + BREED
    hoog = max(rij for _kolom, rij in plaatsen.values()) * _RIJ + HOOG + 8
    pijlen = [
        _arrow(plaatsen[van], plaatsen[naar], dik=(van, naar) in op_pad)
        for van, naar in dict.fromkeys(nu.pijlen)
        if van in plaatsen and naar in plaatsen
    ]
    dozen = [
        _box(nu, nu.taken[pk], houders.get(pk, ""), plaats)
        for pk, plaats in plaatsen.items()
    ]
    return format_html(
        '<svg class="sl-wacht" width="{b}" height="{h}" viewBox="0 0 {b} {h}"'
        ' role="img" aria-labelledby="wacht-titel wacht-tekst">'
        '<title id="wacht-titel">{titel}</title><desc id="wacht-tekst">{tekst}</desc>'
        "{delen}</svg>",
        b=breed,
        h=hoog,
        titel=_("What waits on what"),
        tekst=_("The list below the drawing says the same in words."),
        delen=format_html_join("", "{}", ((deel,) for deel in [*pijlen, *dozen])),
    )


def place(nu: Situatie) -> Plaatsen:
    """Return the column and the row of each task that waits or is waited for."""
    pijlen = list(dict.fromkeys(nu.pijlen))
    mee = _chosen(nu, {pk for paar in pijlen for pk in paar})
    voor: dict[UUID, list[UUID]] = {pk: [] for pk in mee}
    for van, naar in pijlen:
        if van in voor and naar in voor:
            voor[naar].append(van)
    kolommen: dict[UUID, int] = {}
    while len(kolommen) < len(voor):
        for pk, eerder in voor.items():
            if pk not in kolommen and all(each in kolommen for each in eerder):
                kolommen[pk] = max((kolommen[e] + 1 for e in eerder), default=0)
    return _rows(mee, voor, kolommen)


def _chosen(nu: Situatie, verbonden: Collection[UUID]) -> list[UUID]:
    """Return which are drawn, in the order of the list; what runs goes first."""
    lijst = sorted(
        verbonden, key=lambda pk: (pk not in nu.lopend, pk not in nu.pad.knopen)
    )[:MEESTE]
    volgorde = {pk: nummer for nummer, pk in enumerate(nu.taken)}
    return sorted(lijst, key=lambda pk: volgorde[pk])


def _rows(
    mee: Sequence[UUID], voor: dict[UUID, list[UUID]], kolommen: dict[UUID, int]
) -> Plaatsen:
    """Put each task in its column at the height of what it waits for, or below."""
    plaatsen: Plaatsen = {}
    for kolom in range(max(kolommen.values(), default=-1) + 1):
        bezet: set[int] = set()
        hier = [pk for pk in mee if kolommen[pk] == kolom]
        for pk in sorted(hier, key=lambda pk: _height(voor[pk], plaatsen)):
            rij = round(_height(voor[pk], plaatsen))
            while rij in bezet:
                rij += 1
            bezet.add(rij)
            plaatsen[pk] = (kolom, rij)
    return plaatsen


def _height(eerder: Sequence[UUID], plaatsen: Plaatsen) -> float:
    if not eerder:
        return 0
    return sum(plaatsen[pk][1] for pk in eerder) / len(eerder)


def _arrow(van: tuple[int, int], naar: tuple[int, int], *, dik: bool) -> SafeString:
    x, y = van[0] * _KOLOM + BREED, van[1] * _RIJ + 4 + HOOG // 2
    tot_x, tot_y = naar[0] * _KOLOM, naar[1] * _RIJ + 4 + HOOG // 2
    midden = (x + tot_x) / 2
    return format_html(
        '<path class="{k}" d="M{x} {y}C{m} {y} {m} {v} {e} {v}"></path>'
        '<path class="{k} kop" d="M{p} {a}L{t} {v}L{p} {z}z"></path>',
        k="krit" if dik else "",
        x=x,
        y=y,
        m=f"{midden:.0f}",
        v=tot_y,
        e=tot_x - 7,
        p=tot_x - 9,
        t=tot_x,
        a=tot_y - 5,
        z=tot_y + 5,
    )


def _box(nu: Situatie, taak: Taak, houder: str, plaats: tuple[int, int]) -> SafeString:
    hoe = stand.of(taak, nu.vandaag)
    soort = (
        "klaar"
        if taak.staat == Taak.Staat.KLAAR
        else "laat"
        if hoe.te_laat
        else "krit"
        if taak.pk in nu.pad.knopen
        else ""
    )
    x, y = plaats[0] * _KOLOM, plaats[1] * _RIJ + 4
    return format_html(
        '<g><rect class="{k}" x="{x}" y="{y}" width="{b}" height="{h}" rx="2"></rect>'
        '<text class="t-vet" x="{t}" y="{r}">{titel}</text>'
        '<text class="t-soft t-klein" x="{t}" y="{s}">{regel}</text></g>',
        k=soort,
        x=x,
        y=y,
        b=BREED,
        h=HOOG,
        t=x + 10,
        r=y + 23,
        s=y + 43,
        titel=_short(taak.titel, _LETTERS),
        regel=_short(_line(taak, houder, hoe), _LETTERS_KLEIN),
    )


def _line(taak: Taak, houder: str, hoe: stand.Stand) -> str:
    if taak.staat == Taak.Staat.KLAAR and taak.beeindigd_op:
        return f"{hoe.woorden} {date_format(taak.beeindigd_op, 'j b')}"
    delen = [houder.split(",")[0], hoe.woorden]
    return " · ".join(deel for deel in delen if deel)


def _short(tekst: str, letters: int) -> str:
    return tekst if len(tekst) <= letters else f"{tekst[: letters - 1].rstrip()}…"
