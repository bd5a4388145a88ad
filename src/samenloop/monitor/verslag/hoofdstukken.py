"""The chapters of a report, from whatever a monitor holds.

A chapter without tables is still there when it can say why: what is absent is named
with its reason, never left out in silence.
"""

from samenloop.monitor.formaat import Wet
from samenloop.monitor.uitkomst import Monitor

from . import (
    hoofdstuk_bijstand,
    hoofdstuk_financien,
    hoofdstuk_kort,
    hoofdstuk_kwaliteit,
    hoofdstuk_samen,
    hoofdstuk_stroom,
    hoofdstuk_wet,
)
from .lezing import Lezing
from .onderdeel_klanten import KLANTEN
from .structuur import Hoofdstuk, Kop

# In this order the report treats the laws; others a levering names come after.
_VOLGORDE = (Wet.JEUGDWET.value, Wet.WMO.value, Wet.PARTICIPATIEWET.value)


def kop(monitor: Monitor, taal: str = "nl") -> Kop:
    """Return what stands above the report."""
    lezing = Lezing(monitor, taal)
    titel = lezing.t(
        "Monitor of the social domain, {kwartaal}", kwartaal=lezing.kwartaal
    )
    if monitor.regio.strip():
        titel = lezing.t(
            "Monitor of the social domain {regio}, {kwartaal}",
            regio=monitor.regio.strip(),
            kwartaal=lezing.kwartaal,
        )
    return Kop(
        titel,
        lezing.totaal,
        lezing.kwartaal,
        lezing.op.datum(lezing.laatste),
        hoofdstuk_kwaliteit.status(lezing),
        hoofdstuk_kwaliteit.bekend_op(lezing),
        hoofdstuk_kwaliteit.dekking(lezing),
    )


def bouw(monitor: Monitor, taal: str = "nl") -> list[Hoofdstuk]:
    """Return the chapters in order.

    Raises:
        OnbekendeTaal: there are no texts in that language.
    """
    lezing = Lezing(monitor, taal)
    kort = hoofdstuk_kort.bouw(lezing)
    er_zijn = hoofdstuk_wet.wetten(lezing)
    delen: list[Hoofdstuk] = [kort]
    for wet in [*_VOLGORDE, *(wet for wet in er_zijn if wet not in _VOLGORDE)]:
        if wet == Wet.PARTICIPATIEWET:
            delen.append(_participatiewet(lezing, er_zijn))
        elif wet in er_zijn:
            delen.append(hoofdstuk_wet.bouw(lezing, wet))
        else:
            delen.append(_zonder(lezing, wet))
        if wet == Wet.JEUGDWET:
            delen.append(hoofdstuk_samen.casussen(lezing))
    delen += [
        hoofdstuk_financien.bouw(lezing),
        hoofdstuk_samen.stapeling(lezing),
        hoofdstuk_stroom.bouw(lezing),
        hoofdstuk_samen.bezwaren(lezing),
    ]
    rest = tuple(tabel for tabel in (*monitor.tabellen, *monitor.afwezig))
    delen.append(hoofdstuk_kwaliteit.bouw(lezing, rest))
    return [deel for deel in delen if _zegt_iets(deel)]


def _zegt_iets(hoofdstuk: Hoofdstuk) -> bool:
    return bool(
        hoofdstuk.inleiding
        or hoofdstuk.kerncijfers
        or hoofdstuk.onderdelen
        or hoofdstuk.afwezig
        or hoofdstuk.feiten
        or hoofdstuk.toelichting
        or hoofdstuk.opmerkingen
    )


def _zonder(lezing: Lezing, wet: str) -> Hoofdstuk:
    """Return the chapter of a law that has no provisions at all."""
    afwezig = lezing.afwezig(hoofdstuk_wet.SOORT, hoofdstuk_wet.GEMEENTE, KLANTEN)
    zin = lezing.t("The delivery holds no provisions under {wet}.", wet=lezing.wet(wet))
    return Hoofdstuk(
        wet,
        lezing.wet(wet),
        (zin,),
        afwezig=afwezig,
        toelichting=lezing.toelichting(wet, niveau=3),
    )


def _participatiewet(lezing: Lezing, er_zijn: list[str]) -> Hoofdstuk:
    """Return the chapter that holds benefits beside provisions."""
    wet = Wet.PARTICIPATIEWET.value
    bijstand = hoofdstuk_bijstand.bouw(lezing)
    afwezig = lezing.afwezig(
        hoofdstuk_bijstand.UITKERINGEN,
        hoofdstuk_bijstand.STROOM,
        hoofdstuk_bijstand.WERK,
    )
    if wet in er_zijn:
        basis = hoofdstuk_wet.bouw(lezing, wet)
    else:
        basis = Hoofdstuk(
            wet, lezing.wet(wet), toelichting=lezing.toelichting(wet, niveau=3)
        )
    return Hoofdstuk(
        wet,
        basis.titel,
        basis.inleiding,
        onderdelen=(*bijstand, *basis.onderdelen),
        afwezig=afwezig,
        toelichting=basis.toelichting,
    )
