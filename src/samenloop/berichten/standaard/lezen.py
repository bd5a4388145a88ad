"""Reading a message: from bytes that anybody may have sent to plain data.

The bytes are not trusted. Nothing is read beyond 25 MB, a document type is refused (no
entity can be declared), nothing is fetched, and reading stops at the first part that
does not hold to the schema. While libxml2 reads, it checks; a message that it refuses
is looked at again by `verklaren`, which says where and what, in the codes of the rule
list. Invoices and their answers are read client by client, so that a large one never
stands in memory as a whole.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from .bericht import Bericht, Inhoud, VerreDatum
from .fouten import Onleesbaar, SchemaFout
from .model import Knoop, model
from .officieel import keur_officieel
from .proloog import STRENG, brokken, lees_bytes, soort_van
from .schematekst import schema
from .soorten import Soort
from .verklaren import verklaar

_WIT: Final = " \t\r\n"
Omzetter = Callable[[Any], Any]


def _tekst(element: Any) -> str:
    return element.text or ""


def _getal(element: Any) -> int:
    tekst = element.text
    try:
        return int(tekst)
    except ValueError:
        # Zeros without end before a small number: allowed, too long for int().
        return int(tekst.strip(_WIT).lstrip("+-0") or "0")


def _datum(element: Any) -> date:
    tekst = element.text
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        tekst = tekst.strip(_WIT)
        try:
            return date.fromisoformat(tekst)
        except ValueError:
            return VerreDatum.van(tekst)


def _tijd(element: Any) -> str:
    tekst: str = element.text
    return tekst.strip(_WIT)


_BLAD: Final[dict[str, Omzetter]] = {
    "string": _tekst,
    "integer": _getal,
    "date": _datum,
    "time": _tijd,
}


def _klasse(knoop: Knoop, soort: Soort) -> Omzetter:
    """What makes data of an element of this class, its children included."""
    naamloos = soort.basisruimte if knoop.klasse and knoop.klasse.basis else None
    ruimte = naamloos or soort.naamruimte
    delen = {
        f"{{{ruimte}}}{kind.naam}": (
            kind.naam,
            _BLAD[kind.enkel.basis] if kind.enkel else _klasse(kind, soort),
            kind.veld.herhaalt,
        )
        for kind in knoop.kinderen
    }

    def lees_element(element: Any) -> Inhoud:
        inhoud: Inhoud = {}
        for kind in element:
            naam, zet_om, herhaalt = delen[kind.tag]
            if not herhaalt:
                inhoud[naam] = zet_om(kind)
            elif naam in inhoud:
                inhoud[naam].append(zet_om(kind))
            else:
                inhoud[naam] = [zet_om(kind)]
        return inhoud

    return lees_element


@cache
def _omzetters(soort: Soort) -> dict[str, Omzetter]:
    """The maker for each class by its place, `/Bericht/Header` and so on."""
    return {
        pad: _klasse(knoop, soort)
        for pad, knoop in model(soort).loop()
        if knoop.enkel is None
    }


class Stroom:
    """An invoice or its answer, read part by part.

    Iterating gives pairs of a name and its content: first `Header`, then the head of
    the `Declaratie` (or `DeclaratieAntwoord`) without its clients, then each `Client`
    and, for an answer, `RetourCodes` last. A fault may show only after many clients
    have been given: SchemaFout then, and what was given has to be forgotten.
    """

    def __init__(self, data: bytes, soort: Soort) -> None:
        self.soort = soort
        self._data = data

    def __iter__(self) -> Iterator[tuple[str, Inhoud]]:
        soort = self.soort
        hoofd = "DeclaratieAntwoord" if soort.is_antwoord else "Declaratie"
        maak = _omzetters(soort)
        client_pad = f"/Bericht/{hoofd}/Clienten/Client"
        ruimte = f"{{{soort.naamruimte}}}"
        kop_gegeven = False
        for element in _elementen(self._data, soort, ("Header", hoofd, "Client")):
            naam = element.tag.removeprefix(ruimte)
            if naam == "Header":
                yield naam, maak["/Bericht/Header"](element)
                continue
            if not kop_gegeven:
                ouder = element if naam == hoofd else element.getparent().getparent()
                kop_gegeven = True
                yield hoofd, _kop(ouder, maak[f"/Bericht/{hoofd}"])
            if naam == "Client":
                yield naam, maak[client_pad](element)
            elif soort.is_antwoord:
                yield "RetourCodes", maak[f"/Bericht/{hoofd}"](element)["RetourCodes"]
            _wis(element)


def _kop(element: Any, maak: Omzetter) -> Inhoud:
    """The fields of an invoice before its clients."""
    los = etree.Element(element.tag)
    for kind in element:
        if kind.tag.endswith(("}Clienten", "}RetourCodes")):
            break
        los.append(_kopie(kind))
    inhoud: Inhoud = maak(los)
    return inhoud


def _kopie(element: Any) -> Any:
    kopie = etree.Element(element.tag)
    kopie.text = element.text
    for kind in element:
        kopie.append(_kopie(kind))
    return kopie


def _wis(element: Any) -> None:
    """Forget an element that was read, and what stands before it."""
    element.clear(keep_tail=False)
    ouder = element.getparent()
    while ouder is not None and element.getprevious() is not None:
        del ouder[0]


def _elementen(data: bytes, soort: Soort, namen: tuple[str, ...]) -> Iterator[Any]:
    """The elements with these names, each when it has been read wholly and is right.

    Raises SchemaFout as soon as a part is read that is not.
    """
    ruimte = f"{{{soort.naamruimte}}}"
    wortel = f"{ruimte}Bericht"
    lezer = etree.XMLPullParser(
        events=("end",),
        tag=[wortel, *(ruimte + naam for naam in namen)],
        schema=schema(soort),
        **STRENG,
    )
    af = False
    try:
        for brok in brokken(data):
            lezer.feed(brok) if brok else lezer.close()
            # A part that holds a fault is never handed on.
            if len(lezer.feed_error_log):
                raise verklaar(data, soort)
            for _, element in lezer.read_events():
                if element.tag == wortel:
                    af = True
                else:
                    yield element
    except etree.XMLSyntaxError:
        raise verklaar(data, soort) from None
    # libxml2 takes a message that breaks off for a whole one when it checks while
    # it reads; the end of the root is the proof that all of it was there.
    if not af:
        raise verklaar(data, soort)


def lees_stroom(bron: bytes | BinaryIO, schemamap: Path | None = None) -> Stroom:
    """Read a 323 or 325 part by part, in memory that does not grow with its size.

    Raises Onleesbaar, or ValueError for a kind that is no invoice or its answer.
    """
    data = lees_bytes(bron)
    soort = soort_van(data)
    if soort.nummer not in {323, 325}:
        raise ValueError("Alleen een declaratie of het antwoord daarop is te stromen.")
    if schemamap is not None:
        for _ in Stroom(data, soort):
            pass
        keur_officieel(data, soort, schemamap)
    return Stroom(data, soort)


def lees(bron: bytes | BinaryIO, schemamap: Path | None = None) -> Bericht:
    """Read a message of any of the 28 kinds.

    `schemamap` is a folder with the official schemas; a message that holds to our
    declaration is then held to those as well. Raises SchemaFout (control level 1), or
    its kind Onleesbaar where the bytes are no message of the standard at all.
    """
    data = lees_bytes(bron)
    soort = soort_van(data)
    if soort.nummer in {323, 325}:
        inhoud = _gestroomd(data, soort)
    else:
        wortel = None
        for element in _elementen(data, soort, tuple(_onder_wortel(soort))):
            wortel = element.getparent()
        if wortel is None:
            raise Onleesbaar("Het bericht is leeg.")
        inhoud = _omzetters(soort)["/Bericht"](wortel)
    if schemamap is not None:
        keur_officieel(data, soort, schemamap)
    return Bericht(soort, inhoud)


def _onder_wortel(soort: Soort) -> Iterator[str]:
    for kind in model(soort).wortel.kinderen:
        yield kind.naam


def _gestroomd(data: bytes, soort: Soort) -> Inhoud:
    inhoud: Inhoud = {}
    hoofd: Inhoud = {}
    for naam, deel in Stroom(data, soort):
        if naam == "Header":
            inhoud["Header"] = deel
        elif naam == "Client":
            hoofd.setdefault("Clienten", {"Client": []})["Client"].append(deel)
        elif naam == "RetourCodes":
            hoofd[naam] = deel
        else:
            hoofd = deel
            inhoud[naam] = hoofd
    return inhoud


__all__ = ["SchemaFout", "Stroom", "lees", "lees_stroom"]
