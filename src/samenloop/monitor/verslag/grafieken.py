"""Charts as small drawings made on the server.

Each function takes names and values and returns a `Grafiek`: stacked bars over time,
lying bars (stacked or side by side, also below zero), small multiples on one scale, and
lines for in a row of figures. Bars start at zero, the last value stands at its mark,
and every drawing has a title that reads out what it shows. The table with the same
numbers stands beside it, so a chart may leave out what does not fit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samenloop.monitor.uitkomst import Waarde

from . import inkt
from .structuur import Grafiek, Sleutel

Schrijver = Callable[[Waarde], str]


@dataclass(frozen=True, slots=True)
class Reeks:
    """One series: its name and a value per label."""

    naam: str
    waarden: tuple[Waarde, ...]


def getal(waarde: Waarde) -> float:
    """Return a value to draw: unknown draws as nothing."""
    return float(waarde or 0)


def samenvoegen(reeksen: Sequence[Reeks], overig: str) -> list[Reeks]:
    """Keep the largest series and add up the rest, so that each keeps its own look."""
    if len(reeksen) <= inkt.MAX_REEKSEN:
        return list(reeksen)
    grootste = sorted(reeksen, key=lambda reeks: -sum(getal(w) for w in reeks.waarden))[
        : inkt.MAX_REEKSEN - 1
    ]
    rest = [reeks for reeks in reeksen if reeks not in grootste]
    som = tuple(
        sum(getal(reeks.waarden[plaats]) for reeks in rest)
        for plaats in range(len(rest[0].waarden))
    )
    return [r for r in reeksen if r in grootste] + [Reeks(overig, som)]


def _sleutel(naam: str, reeksen: Sequence[Reeks]) -> tuple[Sleutel, ...]:
    if len(reeksen) < 2:
        return ()
    blokjes = []
    for nummer, reeks in enumerate(reeksen):
        eigen = f"{naam}-s{nummer}"
        hatch = inkt.patronen(eigen, len(reeksen)) if nummer in (1, 5) else ""
        svg = inkt.element(
            "svg",
            inkt.element("title", inkt.veilig(reeks.naam))
            + hatch
            + inkt.vlak(eigen, nummer, 0.5, 0.5, 12, 12),
            xmlns="http://www.w3.org/2000/svg",
            viewBox="0 0 13 13",
            class_="sl-blokje",
            aria_hidden="true",
        )
        blokjes.append(Sleutel(svg, reeks.naam))
    return tuple(blokjes)


def staven(
    naam: str,
    bijschrift: str,
    uitleg: str,
    labels: Sequence[str],
    reeksen: Sequence[Reeks],
    schrijf: Schrijver,
    *,
    naast: bool = False,
) -> Grafiek:
    """Draw standing bars per label, series stacked or side by side (counts only)."""
    boven, onder, hoog, breed = 34.0, 262.0, 296.0, 460.0
    totalen = [
        sum(getal(reeks.waarden[i]) for reeks in reeksen) for i in range(len(labels))
    ]
    toppen = (
        [getal(w) for reeks in reeksen for w in reeks.waarden] if naast else totalen
    )
    ticks = inkt.schaal(max(toppen, default=0))
    links = 12 + inkt.breedte([schrijf(tick) for tick in ticks], 7.2)

    def y(waarde: float) -> float:
        return onder - (onder - boven) * waarde / ticks[-1]

    delen = [inkt.patronen(naam, len(reeksen))]
    for tick in ticks:
        delen.append(inkt.lijn(links, y(tick), breed, y(tick), nul=tick == 0))
        delen.append(
            inkt.tekst(
                links - 6,
                y(tick) + 4,
                schrijf(tick),
                soort="soft",
                anker="end",
                klein=True,
            )
        )
    stap = (breed - links) / max(1, len(labels))
    dik = min(64.0, stap * (0.72 if naast else 0.58))
    for i, label in enumerate(labels):
        x = links + stap * i + (stap - dik) / 2 - (0 if naast else 6)
        if naast:
            delen += _naast_staand(naam, reeksen, i, x, dik, y, onder, schrijf)
        else:
            delen += _gestapeld(naam, reeksen, i, (x, dik, stap), y, schrijf)
            delen.append(
                inkt.tekst(
                    x + dik / 2,
                    y(totalen[i]) - 7,
                    schrijf(totalen[i]),
                    soort="vet",
                    anker="middle",
                )
            )
        delen.append(
            inkt.tekst(x + dik / 2, onder + 22, label, soort="soft", anker="middle")
        )
    waarden = "; ".join(
        f"{label}: "
        + ", ".join(f"{reeks.naam} {schrijf(reeks.waarden[i])}" for reeks in reeksen)
        for i, label in enumerate(labels)
    )
    svg = inkt.tekening(
        naam, breed, hoog, f"{bijschrift}. {waarden}", "".join(delen), uitleg=uitleg
    )
    return Grafiek(bijschrift, (svg,), _sleutel(naam, reeksen))


def _gestapeld(
    naam: str,
    reeksen: Sequence[Reeks],
    i: int,
    plaats: tuple[float, float, float],
    y: Callable[[float], float],
    schrijf: Schrijver,
) -> list[str]:
    x, dik, stap = plaats
    delen, som, laatste = [], 0.0, 1e9
    for nummer, reeks in enumerate(reeksen):
        waarde = getal(reeks.waarden[i])
        if waarde <= 0:
            continue
        top, voet = y(som + waarde), y(som)
        som += waarde
        hoogte = max(voet - top - (1.0 if nummer else 0), 0.8)
        delen.append(inkt.vlak(naam, nummer, x, top, dik, hoogte))
        label, binnen = schrijf(reeks.waarden[i]), inkt.tekst_in_vlak(nummer)
        if len(reeksen) == 1:
            continue
        if binnen and hoogte >= 22 and inkt.breedte([label]) < dik:
            delen.append(
                inkt.tekst(x + dik / 2, top + 20, label, soort=binnen, anker="middle")
            )
            continue
        midden = top + hoogte / 2 + 4.5
        if inkt.breedte([label], 7.4) <= stap - dik - 5 and laatste - midden >= 15:
            delen.append(inkt.tekst(x + dik + 4, midden, label, klein=True))
            laatste = midden
    return delen


def _naast_staand(
    naam: str,
    reeksen: Sequence[Reeks],
    i: int,
    x: float,
    dik: float,
    y: Callable[[float], float],
    onder: float,
    schrijf: Schrijver,
) -> list[str]:
    delen, smal = [], dik / len(reeksen)
    for nummer, reeks in enumerate(reeksen):
        waarde = getal(reeks.waarden[i])
        links, top = x + nummer * smal, y(waarde)
        if waarde > 0:
            delen.append(inkt.vlak(naam, nummer, links, top, smal - 2, onder - top))
        delen.append(
            inkt.tekst(
                links + smal / 2 - 1,
                top - 6,
                schrijf(reeks.waarden[i]),
                anker="middle",
                klein=True,
            )
        )
    return delen


def liggend(
    naam: str,
    bijschrift: str,
    uitleg: str,
    labels: Sequence[str],
    reeksen: Sequence[Reeks],
    schrijf: Schrijver,
    *,
    naast: bool = False,
) -> Grafiek:
    """Draw lying bars per label; side by side they may also lie below zero."""
    breed = 460.0
    kort = all(len(label) <= 14 for label in labels)
    kolom = inkt.breedte(labels, 11) + 8 if kort else 0.0
    rijen = len(reeksen) if naast else 1
    dik = 15.0 if naast and rijen > 1 else 22.0
    kop = 0.0 if kort else 20.0
    stap = kop + rijen * (dik + 2) + 12
    totalen = [
        sum(getal(reeks.waarden[i]) for reeks in reeksen) for i in range(len(labels))
    ]
    alle = [getal(w) for reeks in reeksen for w in reeks.waarden] if naast else totalen
    hoogste, laagste = max([0.0, *alle]), min([0.0, *alle])
    # What lies below zero has its label right of the zero line, where there is room.
    ruimte = 12 + inkt.breedte([schrijf(w) for w in alle], 7.6 if rijen > 1 else 8.6)
    deel = (breed - kolom - ruimte) / ((hoogste - laagste) or 1)
    nul = kolom - laagste * deel
    delen = [inkt.patronen(naam, len(reeksen))]
    for i, label in enumerate(labels):
        top = 4 + i * stap
        delen.append(
            inkt.tekst(
                0,
                top + (rijen * (dik + 2) / 2 + 4 if kort else 13),
                inkt.inkorten(label, 14 if kort else 54),
            )
        )
        top += kop
        if naast:
            for nummer, reeks in enumerate(reeksen):
                waarde = getal(reeks.waarden[i])
                y = top + nummer * (dik + 2)
                begin = min(nul, nul + waarde * deel)
                if waarde:
                    lengte = max(abs(waarde) * deel, 1.0)
                    delen.append(inkt.vlak(naam, nummer, begin, y, lengte, dik))
                delen.append(
                    inkt.tekst(
                        nul + max(waarde, 0) * deel + 6,
                        y + dik / 2 + 4.5,
                        schrijf(reeks.waarden[i]),
                        soort="vet" if nummer == rijen - 1 else "",
                        klein=rijen > 1,
                    )
                )
            continue
        x = nul
        for nummer, reeks in enumerate(reeksen):
            waarde = getal(reeks.waarden[i])
            if waarde <= 0:
                continue
            lengte = max(waarde * deel - (1 if nummer else 0), 0.8)
            delen.append(inkt.vlak(naam, nummer, x, top, lengte, dik))
            binnen, tekst = inkt.tekst_in_vlak(nummer), schrijf(reeks.waarden[i])
            if binnen and len(reeksen) > 1 and lengte > inkt.breedte([tekst], 10) + 4:
                delen.append(
                    inkt.tekst(
                        x + lengte / 2,
                        top + dik / 2 + 5,
                        tekst,
                        soort=binnen,
                        anker="middle",
                        klein=True,
                    )
                )
            x += lengte + 1
        delen.append(
            inkt.tekst(x + 6, top + dik / 2 + 5, schrijf(totalen[i]), soort="vet")
        )
    if laagste < 0:
        delen.append(inkt.lijn(nul, 0, nul, 4 + len(labels) * stap - 8, nul=True))
    waarden = "; ".join(
        f"{label}: "
        + ", ".join(
            f"{reeks.naam} {schrijf(reeks.waarden[i])}".strip() for reeks in reeksen
        )
        for i, label in enumerate(labels)
    )
    svg = inkt.tekening(
        naam,
        breed,
        8 + len(labels) * stap,
        f"{bijschrift}. {waarden}",
        "".join(delen),
        uitleg=uitleg,
    )
    return Grafiek(bijschrift, (svg,), _sleutel(naam, reeksen))
