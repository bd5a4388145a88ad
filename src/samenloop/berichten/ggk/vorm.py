"""The order and bounds of what stands in an envelope, for reader and writer alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .envelop import AMSTERDAM, GGK, STUF, EnvelopFout

_UUID4: Final = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_VRIJ: Final = r"[\s\S]"


@dataclass(frozen=True, slots=True)
class Blad:
    """A value in an envelope: where, how it looks and whether it has to be there."""

    pad: str
    patroon: str
    verplicht: bool = True

    def past(self, tekst: str) -> bool:
        """Whether the value may stand there."""
        return re.fullmatch(self.patroon, tekst) is not None


def _systeem(naam: str, organisatie_verplicht: bool = True) -> list[Blad]:
    pad = f"stuurgegevens/{naam}"
    return [
        Blad(f"{pad}/organisatie", f"{_VRIJ}{{0,200}}", organisatie_verplicht),
        Blad(f"{pad}/applicatie", f"{_VRIJ}{{3,50}}"),
        Blad(f"{pad}/administratie", f"{_VRIJ}{{0,50}}", False),
        Blad(f"{pad}/gebruiker", f"{_VRIJ}{{0,100}}", False),
    ]


def _ggk(soort: str) -> list[Blad]:
    kop = [
        Blad("stuurgegevens/berichtcode", soort),
        *_systeem("zender"),
        *_systeem("ontvanger"),
        Blad("stuurgegevens/referentienummer", _UUID4),
        Blad("stuurgegevens/tijdstipBericht", "[0-9]{8,17}"),
    ]
    if soort == "Du01":
        kop.append(Blad("stuurgegevens/crossRefnummer", _UUID4))
    kop.append(Blad("stuurgegevens/functie", f"{_VRIJ}{{0,30}}"))
    versies = (
        "applicatieVersie",
        "applicatieSubversie",
        "functieVersie",
        "functieSubversie",
    )
    return [
        *kop,
        *(Blad(f"parameters/{naam}", "[0-9]{4}") for naam in versies),
        Blad("parameters/bericht/tekstBestand", _VRIJ + "*", False),
        Blad("parameters/bericht/xmlBestand", _VRIJ + "*", False),
    ]


#: What stands in each kind of envelope, in its order.
BLADEN: Final[dict[str, Sequence[Blad]]] = {
    "Di01": _ggk("Di01"),
    "Du01": _ggk("Du01"),
    "Fo01": [
        Blad("stuurgegevens/berichtcode", "Fo01"),
        *_systeem("zender", organisatie_verplicht=False),
        *_systeem("ontvanger", organisatie_verplicht=False),
        Blad("stuurgegevens/referentienummer", f"{_VRIJ}{{0,40}}"),
        Blad("stuurgegevens/tijdstipBericht", "[0-9]{8,17}"),
        Blad("stuurgegevens/crossRefnummer", f"{_VRIJ}{{0,40}}"),
        Blad("body/code", f"{_VRIJ}{{0,7}}"),
        Blad("body/plek", "client|server"),
        Blad("body/omschrijving", f"{_VRIJ}{{0,200}}"),
        Blad("body/details", f"{_VRIJ}{{0,1000}}", False),
    ],
}
BESTANDSNAAM: Final = re.compile(r"[A-Za-z0-9._-]{4,255}")


def ruimte(pad: str, soort: str) -> str:
    """The namespace of an element at this place."""
    stuf = soort == "Fo01" or pad.startswith("stuurgegevens/")
    return STUF if stuf else GGK


def tijd_uit(tekst: str) -> datetime:
    """The moment of a time in an envelope: from a day up to thousandths."""
    vol = tekst.ljust(14, "0") if len(tekst) < 14 else tekst
    try:
        moment = datetime.strptime(vol[:14], "%Y%m%d%H%M%S").replace(tzinfo=AMSTERDAM)
    except ValueError:
        raise EnvelopFout("Het tijdstip van de envelop bestaat niet.") from None
    return moment.replace(microsecond=int(vol[14:].ljust(3, "0")) * 1000)


def tijd_naar(moment: datetime) -> str:
    """The time as an envelope has it; needs an aware moment."""
    if moment.tzinfo is None:
        raise EnvelopFout("Het tijdstip van de envelop heeft een zone nodig.")
    hier = moment.astimezone(AMSTERDAM)
    return f"{hier:%Y%m%d%H%M%S}{hier.microsecond // 1000:03}"
