"""The report as one HTML file that stands on its own.

Style and drawings are inside; opening it fetches nothing. The PDF is made from the same
template with another style sheet.
"""

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from samenloop.monitor.uitkomst import Kwartaal, Monitor

from . import hoofdstukken
from .opmaak import begin_groot
from .structuur import Onderdeel
from .taal import Tekst

# What fits beside a chart on a wide screen: characters across, and rows.
_BREED, _HOOG = 58.0, 18


def _lees(pad: str) -> str:
    return resources.files(__package__).joinpath(pad).read_text("utf-8")


def past_naast(onderdeel: Onderdeel) -> bool:
    """Return whether the first table of a part fits beside its chart."""
    if not onderdeel.tabellen or onderdeel.grafiek is None:
        return False
    tabel = onderdeel.tabellen[0]
    koppen = [len(rij.kop) + 2 * rij.niveau for rij in tabel.rijen]
    breed: float = min(24, max(koppen, default=0))
    for plaats, kolom in enumerate(tabel.kolommen):
        woorden = [len(woord) for woord in kolom.kop.split()]
        cellen = [
            10 if r.cellen[plaats].svg else len(r.cellen[plaats].tekst)
            for r in tabel.rijen
        ]
        # Half again as much as two characters stands between columns.
        breed += max([*woorden, *cellen], default=0) + 2.5
    return breed <= _BREED and len(tabel.rijen) <= _HOOG


def breekbaar(naam: str) -> Markup:
    """Return a name that may break after a slash, so that it fits a narrow column."""
    return Markup("/<wbr>").join(escape(deel) for deel in naam.split("/"))


@cache
def _omgeving() -> Environment:
    omgeving = Environment(
        loader=FunctionLoader(lambda naam: _lees(f"templates/{naam}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    omgeving.filters["breekbaar"] = breekbaar
    omgeving.filters["naast"] = past_naast
    omgeving.filters["hoofdletter"] = begin_groot
    return omgeving


def _css_tekst(tekst: str) -> str:
    """Write a text for inside a quoted CSS string; names are data."""
    return "".join(
        t if t.isalnum() or t in " ·-.," else f"\\{ord(t):06x}" for t in tekst
    )


def gemaakt(monitor: Monitor) -> str:
    """Return a moment that depends on the figures only, so the bytes never differ."""
    dag = monitor.bekend_op or Kwartaal.lees(monitor.kwartaal).eind.isoformat()
    return f"{dag}T00:00:00Z"


def maak(monitor: Monitor, taal: str, *, pdf: bool = False) -> str:
    """Return the whole report as HTML; with `pdf` laid out for paper."""
    stijl = _lees("stijl/basis.css") + _lees(
        "stijl/papier.css" if pdf else "stijl/pagina.css"
    )
    kop = hoofdstukken.kop(monitor, taal)
    # In the foot of each page: whose figures, how final.
    voet = " · ".join(deel for deel in (kop.regio, kop.status, kop.bekend_op) if deel)
    stijl = stijl.replace("KENMERK", _css_tekst(voet))
    inhoud: dict[str, Any] = {
        "taal": taal,
        "t": Tekst(taal),
        "kop": kop,
        "status": monitor.status.value,
        "omschrijving": f"{kop.titel}; {kop.status}; {kop.dekking}",
        "hoofdstukken": hoofdstukken.bouw(monitor, taal),
        "gemaakt": gemaakt(monitor),
        "stijl": Markup(stijl),  # noqa: S704 - our own style sheet
        "pdf": pdf,
    }
    return _omgeving().get_template("verslag.html.j2").render(inhoud)
