"""Reading an envelope, as carefully as what is in it.

The content may fill most of 25 MB in one text, so the parser builds no tree: it hands
over elements one by one, and anything deeper or other than an envelope ends it.
"""

import base64
import binascii
from typing import Any, Final, Literal, cast
from uuid import UUID

from lxml import etree

from samenloop.berichten.standaard.fouten import Onleesbaar
from samenloop.berichten.standaard.proloog import STRENG, lees_bytes

from .envelop import (
    WORTEL,
    Envelop,
    EnvelopFout,
    Foutbericht,
    Systeem,
    Versies,
)
from .vorm import BESTANDSNAAM, BLADEN, ruimte, tijd_uit

_DIEPTE: Final = 8
_SOORT: Final = {
    f"{{{ruimte('', soort)}}}{naam}": soort for soort, naam in WORTEL.items()
}


class _Opbouw:
    """Gathers the values of an envelope while it is read."""

    def __init__(self) -> None:
        self.soort = ""
        self.open: list[str] = []
        self.tekst: list[str] = []
        self.bladen: dict[str, str] = {}
        self.bestandsnaam: str | None = None
        self.met_kind = False

    @property
    def pad(self) -> str:
        return "/".join(self.open[1:])

    def start(self, tag: str, attributen: Any) -> None:
        """An element opens."""
        if not self.open:
            self.soort = _SOORT.get(tag, "")
            if not self.soort:
                raise EnvelopFout("Dit is geen envelop van het GGk.")
        elif len(self.open) >= _DIEPTE and "/detailsXML" not in f"/{self.pad}":
            raise EnvelopFout("De envelop heeft meer lagen dan mag.")
        self.geen_tekst()
        naamruimte, _, naam = tag[1:].rpartition("}")
        self.open.append(naam)
        self.met_kind = False
        pad = self.pad
        if pad.startswith("body/detailsXML"):
            return
        # The two groups have the namespace of the envelope, what is in the first not.
        if len(self.open) > 1 and naamruimte != ruimte(pad, self.soort):
            raise EnvelopFout(f"{pad} staat in een andere naamruimte.")
        if pad == "parameters/bericht/tekstBestand":
            self.bestandsnaam = attributen.get("bestandsnaam")
            if self.bestandsnaam is None or len(attributen) > 1:
                raise EnvelopFout("Een tekstbestand heeft een bestandsnaam.")
        elif len(self.open) > 1 and attributen:
            raise EnvelopFout(f"{pad} heeft een attribuut dat niet mag.")

    def data(self, tekst: str) -> None:
        """Part of a text."""
        self.tekst.append(tekst)

    def end(self, _tag: str) -> None:
        """An element closes."""
        pad = self.pad
        if not self.met_kind and not pad.startswith("body/detailsXML"):
            if pad in self.bladen:
                raise EnvelopFout(f"{pad} staat er meer dan eens.")
            self.bladen[pad] = "".join(self.tekst)
            self.tekst.clear()
        self.geen_tekst()
        self.open.pop()
        self.met_kind = True

    def geen_tekst(self) -> None:
        """Between elements there is only white space."""
        los = "".join(self.tekst).strip(" \t\r\n")
        self.tekst.clear()
        if los and not self.pad.startswith("body/detailsXML"):
            raise EnvelopFout("Er staat tekst tussen de elementen.")

    def close(self) -> "_Opbouw":
        """The end of the envelope."""
        return self


def _eis_vorm(opbouw: _Opbouw) -> None:
    """Every value in its order, within its bounds, and none that does not belong."""
    verwacht = BLADEN[opbouw.soort]
    volgorde = {blad.pad: nr for nr, blad in enumerate(verwacht)}
    plekken = [volgorde.get(pad, -1) for pad in opbouw.bladen]
    if -1 in plekken:
        raise EnvelopFout("De envelop heeft een element dat er niet hoort.")
    if plekken != sorted(plekken):
        raise EnvelopFout("De elementen van de envelop staan niet op volgorde.")
    for blad in verwacht:
        tekst = opbouw.bladen.get(blad.pad)
        if tekst is None and blad.verplicht:
            raise EnvelopFout(f"{blad.pad} ontbreekt.")
        if tekst is not None and not blad.past(tekst):
            raise EnvelopFout(f"{blad.pad} heeft niet de juiste vorm.")


def _systeem(bladen: dict[str, str], naam: str) -> Systeem:
    pad = f"stuurgegevens/{naam}"
    return Systeem(
        bladen.get(f"{pad}/organisatie", ""),
        bladen[f"{pad}/applicatie"],
        bladen.get(f"{pad}/administratie"),
        bladen.get(f"{pad}/gebruiker"),
    )


def _inhoud(opbouw: _Opbouw) -> bytes:
    bestanden = [
        tekst for pad, tekst in opbouw.bladen.items() if pad.endswith("Bestand")
    ]
    if len(bestanden) != 1:
        raise EnvelopFout("De envelop heeft niet precies één bestand.")
    kaal = bestanden[0].translate({ord(wit): None for wit in " \t\r\n"})
    try:
        return base64.b64decode(kaal.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise EnvelopFout("Het bestand in de envelop is geen base64.") from None


def lees_envelop(data: bytes) -> Envelop | Foutbericht:
    """Read a Di01, Du01 or Fo01; EnvelopFout where it is none or breaks the rules."""
    try:
        lees_bytes(data)
        # The size was looked at; a single text may be larger than usual.
        lezer = etree.XMLParser(target=_Opbouw(), **{**STRENG, "huge_tree": True})
        opbouw: _Opbouw = etree.fromstring(data, lezer)
    except Onleesbaar as fout:
        raise EnvelopFout(fout.fouten[0].tekst) from None
    except etree.XMLSyntaxError:
        raise EnvelopFout("De envelop is geen welgevormde XML.") from None
    _eis_vorm(opbouw)
    bladen = opbouw.bladen
    zender, ontvanger = _systeem(bladen, "zender"), _systeem(bladen, "ontvanger")
    tijdstip = tijd_uit(bladen["stuurgegevens/tijdstipBericht"])
    referentie = bladen["stuurgegevens/referentienummer"]
    cross = bladen.get("stuurgegevens/crossRefnummer")
    if opbouw.soort == "Fo01":
        return Foutbericht(
            zender,
            ontvanger,
            referentie,
            tijdstip,
            cross or "",
            bladen["body/code"],
            cast(Literal["client", "server"], bladen["body/plek"]),
            bladen["body/omschrijving"],
            bladen.get("body/details"),
        )
    naam = opbouw.bestandsnaam
    if naam is not None and not BESTANDSNAAM.fullmatch(naam):
        raise EnvelopFout("De bestandsnaam heeft tekens die niet mogen.")
    return Envelop(
        cast(Literal["Di01", "Du01"], opbouw.soort),
        zender,
        ontvanger,
        UUID(referentie),
        tijdstip,
        bladen["stuurgegevens/functie"],
        Versies(
            bladen["parameters/applicatieVersie"],
            bladen["parameters/applicatieSubversie"],
            bladen["parameters/functieVersie"],
            bladen["parameters/functieSubversie"],
        ),
        _inhoud(opbouw),
        UUID(cross) if cross else None,
        naam,
    )
