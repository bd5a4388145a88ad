"""Why a message is refused: where it breaks off from the declaration, and how.

The verdict is libxml2's. It names no place in a message that is read part by part and
knows no official codes, so a refused message is walked through once more, here, along
our own declaration. Of one fault there is one line: after a first element that is
missing or out of place, the rest of the same class is not held against it again.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from lxml import etree

from .fouten import XSD, Fout, Onleesbaar, SchemaFout
from .model import Knoop, model
from .proloog import STRENG, brokken
from .soorten import SOORTEN, Soort
from .waarden import toets

#: More lines than this help nobody.
MEESTE: Final = 100
#: So many elements begin or end after the first fault, and the walk is over: a sender
#: of millions of small elements does not keep us busy.
_GEDULD: Final = 500_000
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_MAG: Final = {
    _XSI + naam for naam in ("type", "schemaLocation", "noNamespaceSchemaLocation")
}
_WIT: Final = " \t\r\n"


@cache
def _tags(soort: Soort) -> dict[int, dict[str, int]]:
    """For each place in the tree: which child has which name."""
    dit = model(soort)
    return {
        id(knoop): {dit.tag(kind): nr for nr, kind in enumerate(knoop.kinderen)}
        for _, knoop in dit.loop()
    }


@cache
def _namen() -> frozenset[str]:
    """All names of elements that the standard has."""
    return frozenset(
        knoop.naam for soort in SOORTEN.values() for _, knoop in model(soort).loop()
    )


@dataclass(slots=True)
class _Plek:
    """An element that is open: what it should be and how far we are in it."""

    pad: str
    knoop: Knoop | None
    bij: int = 0
    kapot: bool = False
    aantal: dict[int, int] = field(default_factory=dict)


class _Wandeling:
    """One walk through a message, gathering what is wrong."""

    def __init__(self, soort: Soort) -> None:
        self.soort = soort
        self.fouten: list[Fout] = []
        self.plekken: list[_Plek] = []
        self.tags = _tags(soort)

    def fout(self, pad: str, tekst: str, regel: str = XSD) -> None:
        if len(self.fouten) < MEESTE:
            self.fouten.append(Fout(regel, 1, "", pad, tekst))

    def begin(self, element: Any) -> None:
        """An element opens."""
        self.losse_tekst(element)
        ouder = self.plekken[-1] if self.plekken else None
        if ouder is None:
            plek = _Plek("/Bericht", model(self.soort).wortel)
        elif ouder.knoop is None:
            plek = _Plek(ouder.pad, None)
        elif ouder.knoop.enkel is not None:
            self.fout(ouder.pad, "Het element hoort een waarde te hebben.")
            ouder.kapot = True
            plek = _Plek(ouder.pad, None)
        else:
            plek = self.kind(ouder, ouder.knoop, element.tag)
        if plek.knoop is not None and any(naam not in _MAG for naam in element.attrib):
            self.fout(plek.pad, "Het element heeft een attribuut dat niet mag.")
        self.plekken.append(plek)

    def kind(self, ouder: _Plek, knoop: Knoop, tag: str) -> _Plek:
        """The place of a child, held against the order of its class."""
        nr = self.tags[id(knoop)].get(tag)
        if nr is None:
            if not ouder.kapot:
                # Only a name of the standard: another may be about anybody.
                naam = tag.rpartition("}")[2]
                pad = f"{ouder.pad}/{naam}" if naam in _namen() else ouder.pad
                self.fout(pad, "Hier staat een element dat er niet hoort.")
            ouder.kapot = True
            return _Plek(ouder.pad, None)
        kind = knoop.kinderen[nr]
        aantal = ouder.aantal[nr] = ouder.aantal.get(nr, 0) + 1
        pad = f"{ouder.pad}/{kind.naam}"
        if kind.veld.herhaalt:
            pad = f"{pad}[{aantal}]"
        if not ouder.kapot:
            if nr < ouder.bij:
                self.fout(pad, "Het element staat niet op zijn plaats.")
                ouder.kapot = True
            elif aantal > 1 and not kind.veld.herhaalt:
                self.fout(pad, "Het element staat er meer dan eens.")
                ouder.kapot = True
            else:
                self.ontbreekt(ouder, knoop, nr)
                ouder.bij = nr
        return _Plek(pad, kind)

    def ontbreekt(self, plek: _Plek, knoop: Knoop, tot: int) -> None:
        """Name the first element before `tot` that has to be there and is not."""
        for nr in range(plek.bij, tot):
            kind = knoop.kinderen[nr]
            if kind.veld.min and not plek.aantal.get(nr):
                self.fout(f"{plek.pad}/{kind.naam}", "Het element ontbreekt.")
                plek.kapot = True
                return

    def losse_tekst(self, element: Any) -> None:
        """Text between elements, up to this one; what was read before is forgotten."""
        ouder, vorige = element.getparent(), element.getprevious()
        if ouder is None:
            return
        tekst = ouder.text if vorige is None else vorige.tail
        if tekst and self.plekken:
            self.tussentekst(self.plekken[-1], tekst)
        if vorige is not None:
            ouder.remove(vorige)

    def tussentekst(self, plek: _Plek, tekst: str) -> None:
        knoop = plek.knoop
        if knoop is None or knoop.enkel is not None or not tekst.strip(_WIT):
            return
        self.fout(plek.pad, "Er staat tekst tussen de elementen.")

    def eind(self, element: Any) -> None:
        """An element closes."""
        plek = self.plekken.pop()
        knoop = plek.knoop
        if knoop is None:
            return
        if knoop.enkel is not None:
            waarde = element.text or ""
            for regel, tekst in toets(knoop.veld, knoop.enkel, waarde, self.soort.wet):
                if not plek.kapot:
                    self.fout(plek.pad, tekst, regel)
            return
        self.tussentekst(
            plek, (element[-1].tail if len(element) else element.text) or ""
        )
        if not plek.kapot:
            self.ontbreekt(plek, knoop, len(knoop.kinderen))


def verklaar(data: bytes, soort: Soort) -> SchemaFout:
    """What is wrong with a message of this kind that was refused.

    Onleesbaar where it is no well-formed XML; otherwise at least one fault, also where
    the walk finds none.
    """
    wandeling, geduld = _Wandeling(soort), _GEDULD
    lezer = etree.XMLPullParser(events=("start", "end"), **STRENG)
    try:
        for brok in brokken(data):
            lezer.feed(brok) if brok else lezer.close()
            for gebeurtenis, element in lezer.read_events():
                if gebeurtenis == "start":
                    wandeling.begin(element)
                else:
                    wandeling.eind(element)
                geduld -= bool(wandeling.fouten)
            if geduld < 0:
                return SchemaFout(wandeling.fouten)
    except etree.XMLSyntaxError as fout:
        regel = f" (regel {fout.lineno})" if fout.lineno else ""
        return Onleesbaar(f"Het bestand is geen welgevormde XML{regel}.")
    if wandeling.plekken:
        return Onleesbaar("Het bestand is geen welgevormde XML: het breekt af.")
    return SchemaFout(
        wandeling.fouten
        or [Fout(XSD, 1, "", "/Bericht", "Het bericht voldoet niet aan het schema.")]
    )
