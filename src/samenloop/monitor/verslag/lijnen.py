"""Courses over time: small multiples, and lines for in a row or under a figure.

Small multiples share one scale from zero, so that they may be compared. A line in a
row of a table only shows the shape of the course; its numbers stand in the same row.
"""

from collections.abc import Sequence

from samenloop.monitor.uitkomst import Waarde

from . import inkt
from .grafieken import Reeks, Schrijver, getal
from .structuur import Grafiek


def veelvoud(
    naam: str,
    bijschrift: str,
    panelen: Sequence[Reeks],
    labels: Sequence[str],
    schrijf: Schrijver,
) -> Grafiek:
    """Draw one small line chart per series, all on the same scale from zero."""
    hoogste = max((getal(w) for paneel in panelen for w in paneel.waarden), default=0.0)
    top = inkt.schaal(hoogste, 2)[-1]
    svgs = []
    for nummer, paneel in enumerate(panelen):
        eigen = f"{naam}-{nummer}"
        svgs.append(_paneel(eigen, paneel, labels, top, schrijf))
    return Grafiek(bijschrift, tuple(svgs))


def _paneel(
    naam: str, paneel: Reeks, labels: Sequence[str], top: float, schrijf: Schrijver
) -> str:
    breed, boven, onder, links, rechts = 210.0, 44.0, 122.0, 14.0, 182.0

    def y(waarde: float) -> float:
        return onder - (onder - boven) * waarde / top

    stap = (rechts - links) / max(1, len(labels) - 1)
    punten = [
        (links + i * stap, y(getal(w)), w)
        for i, w in enumerate(paneel.waarden)
        if w is not None
    ]
    delen = [
        inkt.tekst(2, 15, inkt.inkorten(paneel.naam, 24), soort="vet"),
        inkt.lijn(0, y(top), breed, y(top)),
        inkt.lijn(0, onder, breed, onder, nul=True),
    ]
    if punten:
        delen.append(_lijn(punten))
        eerste, laatste = punten[0], punten[-1]
        for x, hoogte, _ in punten[:-1]:
            delen.append(_stip(x, hoogte, 2.5))
        delen.append(_stip(laatste[0], laatste[1], 4.5))
        if len(punten) > 1:
            delen.append(
                inkt.tekst(
                    2, eerste[1] - 9, schrijf(eerste[2]), soort="soft", klein=True
                )
            )
        delen.append(
            inkt.tekst(
                breed - 2,
                laatste[1] - 10,
                schrijf(laatste[2]),
                soort="vet",
                anker="end",
            )
        )
    if labels:
        delen.append(inkt.tekst(2, onder + 18, labels[0], soort="soft", klein=True))
    if len(labels) > 1:
        delen.append(
            inkt.tekst(
                rechts + 14,
                onder + 18,
                labels[-1],
                soort="soft",
                anker="end",
                klein=True,
            )
        )
    waarden = ", ".join(
        f"{label} {schrijf(w)}" for label, w in zip(labels, paneel.waarden, strict=True)
    )
    return inkt.tekening(
        naam, breed, onder + 26, f"{paneel.naam}: {waarden}", "".join(delen)
    )


def _lijn(punten: Sequence[tuple[float, float, Waarde]]) -> str:
    return inkt.element(
        "polyline",
        class_="sl-l r1",
        points=" ".join(f"{inkt.maat(x)},{inkt.maat(y)}" for x, y, _ in punten),
        fill="none",
        stroke=inkt.REEKS[0],
        stroke_width=2.25,
    )


def _stip(x: float, y: float, straal: float) -> str:
    return inkt.element(
        "circle", class_="f1", cx=float(x), cy=float(y), r=straal, fill=inkt.REEKS[0]
    )


def _verloop(
    waarden: Sequence[Waarde], breed: float, boven: float, onder: float, links: float
) -> list[tuple[float, float, Waarde]]:
    bekend = [getal(w) for w in waarden if w is not None]
    laag, hoog = min(bekend), max(bekend)
    stap = (breed - 2 * links) / max(1, len(waarden) - 1)
    midden = (boven + onder) / 2
    return [
        (
            links + i * stap,
            midden
            if hoog == laag
            else onder - (onder - boven) * (getal(w) - laag) / (hoog - laag),
            w,
        )
        for i, w in enumerate(waarden)
        if w is not None
    ]


def mini(waarden: Sequence[Waarde], titel: str) -> str:
    """Draw the course of a row, for in a table; empty when there is nothing to draw.

    It is hidden from assistive technology: the row holds the same numbers as text. The
    title serves the PDF, where every figure must have a description.
    """
    if sum(w is not None for w in waarden) < 2:
        return ""
    punten = _verloop(waarden, 80, 4, 18, 4)
    inhoud = _lijn(punten) + _stip(punten[-1][0], punten[-1][1], 3)
    return inkt.element(
        "svg",
        inkt.element("title", inkt.veilig(titel)) + inhoud,
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 80 22",
        class_="sl-mini",
        aria_hidden="true",
    )


def kernlijn(
    naam: str, waarden: Sequence[Waarde], titel: str, schrijf: Schrijver
) -> str:
    """Draw the course under a main figure; empty when there are fewer than two."""
    if sum(w is not None for w in waarden) < 2:
        return ""
    punten = _verloop(waarden, 162, 18, 36, 6)
    eerste, laatste = punten[0], punten[-1]
    # The first value stands where the line does not go.
    daalt = len(punten) > 1 and punten[1][1] >= eerste[1]
    delen = [_lijn(punten)]
    delen += [_stip(x, y, 2.5) for x, y, _ in punten[:-1]]
    delen += [
        _stip(laatste[0], laatste[1], 4.5),
        inkt.tekst(
            2,
            eerste[1] + (-8 if daalt else 18),
            schrijf(eerste[2]),
            soort="soft",
            klein=True,
        ),
        inkt.tekst(166, laatste[1] + 4, schrijf(laatste[2]), soort="vet", klein=True),
    ]
    waarden_in_woorden = ", ".join(schrijf(w) for w in waarden)
    return inkt.tekening(
        naam, 220, 56, f"{titel}: {waarden_in_woorden}", "".join(delen)
    )
