"""Writing an envelope; what would not be accepted is not written."""

import base64
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from samenloop.berichten.standaard.proloog import GROOTSTE

from .envelop import GGK, STUF, WORTEL, Envelop, EnvelopFout, Foutbericht, Systeem
from .lezen import lees_envelop
from .vorm import BLADEN, ruimte, tijd_naar

_VOORVOEGSEL: Final = {STUF: "StUF", GGK: "GGK"}


def _van_systeem(naam: str, systeem: Systeem) -> dict[str, str | None]:
    pad = f"stuurgegevens/{naam}"
    return {
        f"{pad}/organisatie": systeem.organisatie,
        f"{pad}/applicatie": systeem.applicatie,
        f"{pad}/administratie": systeem.administratie,
        f"{pad}/gebruiker": systeem.gebruiker,
    }


def _waarden(wat: Envelop | Foutbericht, soort: str) -> dict[str, str | None]:
    waarden: dict[str, str | None] = {
        "stuurgegevens/berichtcode": soort,
        **_van_systeem("zender", wat.zender),
        **_van_systeem("ontvanger", wat.ontvanger),
        "stuurgegevens/referentienummer": str(wat.referentie),
        "stuurgegevens/tijdstipBericht": tijd_naar(wat.tijdstip),
        "stuurgegevens/crossRefnummer": str(wat.cross) if wat.cross else None,
    }
    if isinstance(wat, Foutbericht):
        return waarden | {
            "body/code": wat.code,
            "body/plek": wat.plek,
            "body/omschrijving": wat.omschrijving,
            "body/details": wat.details,
        }
    bestand = "xmlBestand" if wat.bestandsnaam is None else "tekstBestand"
    return waarden | {
        "stuurgegevens/functie": wat.functie,
        "parameters/applicatieVersie": wat.versies.applicatie,
        "parameters/applicatieSubversie": wat.versies.sub_applicatie,
        "parameters/functieVersie": wat.versies.functie,
        "parameters/functieSubversie": wat.versies.sub_functie,
        f"parameters/bericht/{bestand}": base64.b64encode(wat.inhoud).decode("ascii"),
    }


def schrijf_envelop(wat: Envelop | Foutbericht) -> bytes:
    """The bytes of an envelope; EnvelopFout where it breaks a bound or is too big."""
    soort = "Fo01" if isinstance(wat, Foutbericht) else wat.soort
    waarden = _waarden(wat, soort)
    wortel = f"{_VOORVOEGSEL[ruimte('', soort)]}:{WORTEL[soort]}"
    uit = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{wortel} xmlns:StUF="{STUF}" xmlns:GGK="{GGK}">',
    ]
    open_: list[str] = []
    for blad in BLADEN[soort]:
        tekst = waarden.get(blad.pad)
        if tekst is None:
            continue
        *groep, naam = blad.pad.split("/")
        _wissel(uit, open_, groep, soort)
        merk = f"{_VOORVOEGSEL[ruimte(blad.pad, soort)]}:{naam}"
        bijschrift = ""
        if naam == "tekstBestand" and isinstance(wat, Envelop):
            bijschrift = f" bestandsnaam={quoteattr(wat.bestandsnaam or '')}"
        uit.append(f"<{merk}{bijschrift}>{escape(tekst)}</{merk}>")
    _wissel(uit, open_, [], soort)
    uit.append(f"</{wortel}>")
    data = "\n".join(uit).encode()
    if len(data) > GROOTSTE:
        raise EnvelopFout("De envelop is groter dan 25 MB.")
    lees_envelop(data)
    return data


def _wissel(uit: list[str], open_: list[str], naar: list[str], soort: str) -> None:
    """Close the groups that end here and open those that begin."""

    def merk() -> str:
        return f"{_VOORVOEGSEL[ruimte('/'.join(open_), soort)]}:{open_[-1]}"

    gelijk = 0
    while gelijk < min(len(open_), len(naar)) and open_[gelijk] == naar[gelijk]:
        gelijk += 1
    while len(open_) > gelijk:
        uit.append(f"</{merk()}>")
        open_.pop()
    for naam in naar[gelijk:]:
        open_.append(naam)
        uit.append(f"<{merk()}>")
