"""What every chart is drawn with: colours, hatches, text and safe mark-up.

Presentation attributes carry the look, because the pages forbid inline styles and the
PDF does not apply the style sheet inside a drawing. Class names stand beside them so a
page may make texts larger on a narrow screen. A hatch or outline sets each series
apart, so no chart leans on colour alone.
"""

import math
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from markupsafe import escape

LETTER = "Source Sans 3, Source Sans Pro, Noto Sans, Liberation Sans, Arial, sans-serif"
INKT, INKT_ZACHT, LIJN = "#17262c", "#43545b", "#d4dcdd"
REEKS = ("#0b5a6a", "#b96a0c", "#6d4a93", "#557079")
MAX_REEKSEN = 6


def veilig(tekst: str) -> str:
    """Escape a text and drop what XML cannot hold."""
    leesbaar = "".join(
        teken
        for teken in tekst
        if (teken >= " " or teken in "\t\n\r") and teken not in "\ufffe\uffff"
    )
    return str(escape(leesbaar))


def inkorten(tekst: str, tekens: int) -> str:
    """Shorten a text to a number of characters with an ellipsis."""
    if len(tekst) <= tekens:
        return tekst
    return tekst[: max(1, tekens - 1)].rstrip() + "…"


def maat(waarde: float) -> str:
    """Write a coordinate: one decimal at most, always a point."""
    # Adding zero turns minus zero into zero.
    return f"{round(waarde, 1) + 0:.1f}".removesuffix(".0")


def element(naam: str, inhoud: str = "", /, **kenmerken: object) -> str:
    """Write an SVG element; `_` at the end or inside a name becomes `-` or nothing."""
    delen = [naam]
    for sleutel, waarde in kenmerken.items():
        if waarde is None or waarde == "":
            continue
        tekst = maat(waarde) if isinstance(waarde, float) else str(waarde)
        kenmerk = sleutel.rstrip("_").replace("_", "-")
        delen.append(f"{kenmerk}={quoteattr(tekst)}")
    kop = " ".join(delen)
    return f"<{kop}>{inhoud}</{naam}>" if inhoud else f"<{kop}/>"


def tekst(
    x: float,
    y: float,
    inhoud: str,
    *,
    soort: str = "",
    anker: str = "",
    klein: bool = False,
) -> str:
    """Write a text; `soort` is "", "soft", "vet" or "wit"."""
    klassen = [f"t-{soort}"] if soort else []
    if klein:
        klassen.append("t-klein")
    kleur = {"soft": INKT_ZACHT, "wit": "#ffffff"}.get(soort, INKT)
    return element(
        "text",
        veilig(inhoud),
        class_=" ".join(klassen),
        x=float(x),
        y=float(y),
        text_anchor=anker,
        font_family=LETTER,
        font_size=13 if klein else 14,
        font_weight="bold" if soort == "vet" else "",
        fill=kleur,
    )


def lijn(x1: float, y1: float, x2: float, y2: float, *, nul: bool = False) -> str:
    """Write a grid line, or the zero line."""
    return element(
        "path",
        class_="sl-nul" if nul else "sl-as",
        d=f"M{maat(x1)} {maat(y1)}L{maat(x2)} {maat(y2)}",
        stroke=INKT if nul else LIJN,
        stroke_width=1,
        fill="none",
    )


def _patroon(naam: str, kleur: str, streep: str, grond: str) -> str:
    return element(
        "pattern",
        element("rect", width=8, height=8, fill=grond)
        + element("path", d=streep, stroke=kleur, stroke_width=2.75, fill="none"),
        id=naam,
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )


_OP = "M-2 2L2 -2M0 8L8 0M6 10L10 6"
_NEER = "M-2 6L2 10M0 0L8 8M6 -2L10 2"


def patronen(naam: str, reeksen: int) -> str:
    """Write the hatches a drawing with so many series needs."""
    delen = []
    if reeksen > 1:
        delen.append(_patroon(f"{naam}-op", REEKS[1], _OP, "#ffffff"))
    if reeksen > 5:
        delen.append(_patroon(f"{naam}-neer", REEKS[2], _NEER, "#ffffff"))
    return element("defs", "".join(delen)) if delen else ""


def vlak(naam: str, nummer: int, *plaats: float) -> str:
    """Write a rectangle (x, y, width, height) in the look of series `nummer`."""
    x, y, breed, hoog = plaats
    vorm: dict[str, object] = {
        "x": float(x),
        "y": float(y),
        "width": float(max(breed, 0)),
        "height": float(max(hoog, 0)),
    }
    looks: tuple[dict[str, object], ...] = (
        {"class_": "f1", "fill": REEKS[0]},
        {"fill": f"url(#{naam}-op)", "stroke": REEKS[1], "stroke_width": 1},
        {"class_": "arc3", "fill": "#e2d8ec", "stroke": REEKS[2], "stroke_width": 1},
        {"fill": REEKS[3]},
        {
            "class_": "arc0",
            "fill": "#ffffff",
            "stroke": INKT,
            "stroke_dasharray": "3 2",
        },
        {"fill": f"url(#{naam}-neer)", "stroke": REEKS[2], "stroke_width": 1},
    )
    return element("rect", **vorm, **looks[nummer % len(looks)])


def tekst_in_vlak(nummer: int) -> str | None:
    """Return how a text inside a series is written; None where it is unreadable."""
    return {0: "wit", 2: "vet", 3: "wit", 4: "vet"}.get(nummer)


def tekening(
    naam: str, breed: float, hoog: float, titel: str, inhoud: str, *, uitleg: str = ""
) -> str:
    """Write the whole drawing with its name for those who do not see it."""
    kop = element("title", veilig(titel), id=f"{naam}-t")
    genoemd = f"{naam}-t"
    if uitleg:
        kop += element("desc", veilig(uitleg), id=f"{naam}-d")
        genoemd += f" {naam}-d"
    return element(
        "svg",
        kop + inhoud,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {maat(breed)} {maat(hoog)}",
        role="img",
        aria_labelledby=genoemd,
    )


def schaal(hoogste: float, delen: int = 5) -> list[float]:
    """Return round ticks from zero up to what lies just above the highest value."""
    if hoogste <= 0:
        return [0, 1]
    ruw = hoogste / delen
    macht = 10 ** math.floor(math.log10(ruw))
    stap = next(f * macht for f in (1, 2, 2.5, 5, 10) if f * macht >= ruw - 1e-9)
    if float(hoogste).is_integer():
        stap = max(1.0, math.ceil(stap) if stap < 10 else stap)
    return [nummer * stap for nummer in range(math.floor(hoogste / stap - 1e-9) + 2)]


def breedte(regels: Sequence[str], per_teken: float = 7.6) -> float:
    """Estimate the width of the longest text, generous enough for other fonts."""
    return max((len(regel) for regel in regels), default=0) * per_teken
