"""The drawing of one course of messages: two lines, and an arrow for each message.

Made on the server as SVG, without a style of its own. It adds nothing to the table
beside it. A refused message has a cross on its arrow, an answer that is not there an
arrow that breaks off; colour only repeats that.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenloop.berichten.verkeer.verloop import Stap, Wat

BREED, _RIJ, _KOP = 430, 64, 46
_WIJ, _ZIJ = 104, 416
_MIDDEN = (_WIJ + _ZIJ) // 2
_LETTERS, _LETTERS_KLEIN = 36, 46
# More arrows make no picture any more; the table has them all.
MEESTE = 60


def draw(stappen: Sequence[Stap], aanbieder: str) -> SafeString | None:
    """Return the drawing of the last steps, or None when there is nothing to draw."""
    getekend = stappen[-MEESTE:]
    if not getekend:
        return None
    hoog = _KOP + len(getekend) * _RIJ + 4
    return format_html(
        '<svg viewBox="0 0 {b} {h}" role="group" aria-labelledby="baan-titel"'
        ' aria-describedby="baan-tekst"><title id="baan-titel">{titel}</title>'
        '<desc id="baan-tekst">{tekst}</desc>'
        '<rect class="fs" x="64" y="2" width="92" height="34" rx="2"></rect>'
        '<text class="t-vet" x="110" y="24" text-anchor="middle">{wij}</text>'
        '<rect class="fs" x="232" y="2" width="198" height="34" rx="2"></rect>'
        '<text class="t-vet" x="331" y="24" text-anchor="middle">{zij}</text>'
        '<path class="sl-as" d="M{x} 36V{h}M{y} 36V{h}"></path>{delen}</svg>',
        b=BREED,
        h=hoog,
        x=_WIJ,
        y=_ZIJ,
        titel=_("Messages between the municipality and the provider"),
        tekst=_("The table tells the same, message by message."),
        wij=_("Municipality"),
        zij=_short(aanbieder, 23),
        delen=format_html_join(
            "",
            "{}",
            (
                (_step(stap, _KOP + nummer * _RIJ, _day(getekend, nummer)),)
                for nummer, stap in enumerate(getekend)
            ),
        ),
    )


def _day(stappen: Sequence[Stap], nummer: int) -> str:
    """The day of a step, with its year where that is another than just before."""
    dag = stappen[nummer].dag
    if nummer and stappen[nummer - 1].dag == dag:
        return ""
    if nummer and stappen[nummer - 1].dag.year == dag.year:
        return date_format(dag, "j b")
    return date_format(dag, "j b Y")


def _step(stap: Stap, y: int, dag: str) -> SafeString:
    midden = y + 34
    van, naar = (_WIJ, _ZIJ) if stap.van_ons else (_ZIJ, _WIJ)
    woorden = ": ".join(filter(None, (stap.detail, stap.staat.woorden)))
    codes = ", ".join(
        dict.fromkeys(fout.retourcode or fout.regel for fout in stap.rij.fouten)
    )
    if codes and stap.wat == Wat.BERICHT:
        woorden = f"{woorden} ({codes})"
    return format_html(
        '<a href="{adres}" aria-label="{label}">'
        '<rect class="sl-vlak" x="1" y="{top}" width="{w}" height="{h}" rx="2"></rect>'
        '<text class="t-soft t-klein" x="4" y="{dagy}">{dag}</text>'
        '<text class="{kleur}" x="{m}" y="{boven}" text-anchor="middle">'
        '<tspan class="t-vet">{kop}</tspan> {tekst}</text>{pijl}'
        '<text class="t-soft t-klein" x="{m}" y="{onder}" text-anchor="middle">{staat}'
        "</text></a>",
        adres=reverse("verkeer-bericht", args=[stap.rij.bericht.pk]),
        label=", ".join(
            (
                date_format(stap.dag, "j F Y"),
                f"{stap.kop} {stap.tekst}",
                _("from us") if stap.van_ons else _("from a provider"),
                woorden,
            )
        ),
        top=y + 2,
        w=BREED - 2,
        h=_RIJ - 4,
        dagy=midden + 5,
        dag=dag,
        kleur="t-gevaar" if stap.gevaar else "",
        m=_MIDDEN,
        boven=midden - 9,
        kop=stap.kop,
        tekst=_short(stap.tekst, _LETTERS - len(stap.kop)),
        pijl=_arrow(stap, van, naar, midden),
        onder=midden + 20,
        staat=_short(woorden, _LETTERS_KLEIN),
    )


def _arrow(stap: Stap, van: int, naar: int, y: int) -> SafeString:
    """A line with a head: dotted when it is to come, broken off when it did not."""
    heen = 1 if naar > van else -1
    lijn = "sl-roodlijn" if stap.gevaar else "r1"
    punt = "sl-rood" if stap.gevaar else "f1"
    if stap.wat == Wat.TE_LAAT:
        # No arrow: the answer itself stands below, on the day it came.
        return format_html(
            '<path class="sl-pijl r4 sl-stippel" d="M{} {}H{}"></path>', _WIJ, y, _ZIJ
        )
    if stap.wat == Wat.ONTBREEKT:
        return format_html(
            '<path class="sl-pijl sl-roodlijn sl-stippel" d="M{} {y}H{}"></path>'
            '<path class="sl-pijl sl-roodlijn" d="M{a} {b}v14M{c} {b}v14"></path>',
            van,
            _MIDDEN - heen * 12,
            y=y,
            b=y - 7,
            a=_MIDDEN - heen * 12,
            c=_MIDDEN - heen * 6,
        )
    return format_html(
        '<path class="sl-pijl {lijn}{stip}" d="M{van} {y}H{tot}"></path>'
        '<path class="{punt}" d="M{k} {a}L{naar} {y}L{k} {z}z"></path>{kruis}',
        lijn=lijn,
        stip=" sl-stippel" if stap.wat == Wat.VERWACHT else "",
        punt=punt,
        van=van,
        y=y,
        tot=naar - heen * 8,
        k=naar - heen * 9,
        naar=naar,
        a=y - 5,
        z=y + 5,
        kruis=_cross(y) if stap.gevaar else "",
    )


def _cross(y: int) -> SafeString:
    return format_html(
        '<circle class="sl-rood" cx="{m}" cy="{y}" r="8"></circle>'
        '<path class="sl-kruis" d="M{a} {b}l6 6M{c} {b}l-6 6"></path>',
        m=_MIDDEN,
        y=y,
        a=_MIDDEN - 3,
        b=y - 3,
        c=_MIDDEN + 3,
    )


def _short(tekst: str, letters: int) -> str:
    return tekst if len(tekst) <= letters else f"{tekst[: letters - 1].rstrip()}…"
