"""How a part of the report is laid out on a page."""

from django import template

from samenloop.monitor.verslag.structuur import Gegevenstabel

register = template.Library()
BREEDTE = 46  # characters that fit in half a page, with the space between columns


@register.filter
def past_naast(tabel: Gegevenstabel) -> bool:
    """Whether a table fits beside its chart; else it stands under it, at full width."""
    kop = max((len(rij.kop) for rij in tabel.rijen), default=0)
    breedte = max(kop, len(tabel.rijkop))
    for plaats, kolom in enumerate(tabel.kolommen):
        cellen = [rij.cellen[plaats] for rij in tabel.rijen if plaats < len(rij.cellen)]
        tekst = max((8 if cel.svg else len(cel.tekst) for cel in cellen), default=0)
        breedte += max(tekst, len(kolom.kop)) + 3
    return breedte <= BREEDTE
