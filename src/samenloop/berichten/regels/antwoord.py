"""The answer to a message: a retour, or for an invoice the 325 (IV028, IV032, IV087).

What is answered follows from the verdict alone. An answer is a message like any other,
and is valid itself: whoever writes it and reads it again finds no fault.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from samenloop.berichten.regels.keuren import Oordeel
from samenloop.berichten.standaard.bericht import Bericht, Inhoud
from samenloop.berichten.standaard.fouten import Fout
from samenloop.berichten.standaard.model import Knoop, model
from samenloop.berichten.standaard.soorten import SOORTEN, XSD_VERSIE, Soort

TECHNISCH = "0001"
GEEN_OPMERKING = "0200"
NIET_BEOORDEELD = "0233"
VOLLEDIG_TOEGEKEND = "8001"

XSLT_VERSIE = "1.0.0"
"""Of the published checks of level 2 that our functions do the work of."""

_CODES = "RetourCodes"
_HEADER = "/Bericht/Header"


def antwoord(
    bericht: Bericht, oordeel: Oordeel, *, identificatie: str, dagtekening: date
) -> Bericht:
    """The one answer to a message, of whatever kind.

    `identificatie` (at most 12 characters) and `dagtekening` are those of the answer.
    Raises `ValueError` where the standard wants no answer: at a fault against the
    schema, and to a message that is an answer itself.
    """
    if bericht.soort.nummer == 323:
        return declaratieantwoord(
            bericht, oordeel, identificatie=identificatie, dagtekening=dagtekening
        )
    return retour(
        bericht, oordeel, identificatie=identificatie, dagtekening=dagtekening
    )


def retour(
    bericht: Bericht, oordeel: Oordeel, *, identificatie: str, dagtekening: date
) -> Bericht:
    """The retour (302 to 320) to a message."""
    soort = _antwoordsoort(bericht, oordeel)
    header = {**bericht.header, "BerichtCode": soort.berichtcode}
    header["IdentificatieRetour"] = identificatie
    header["DagtekeningRetour"] = dagtekening
    if oordeel.niveau == 2:
        header["XsltVersie"] = XSLT_VERSIE
    header["XsdVersieRetour"] = _xsd_versie()
    inhoud: Inhoud = {"Header": header}
    fouten = oordeel.fouten
    if not fouten:
        return Bericht(soort, inhoud)
    if oordeel.niveau == 2:
        header[_CODES] = _codes([TECHNISCH])
        return Bericht(soort, inhoud)
    in_header = [each for each in fouten if _in(each.pad, _HEADER)]
    if in_header:
        header[_CODES] = _codes(_retourcodes(in_header))
        return Bericht(soort, inhoud)
    header[_CODES] = _codes([GEEN_OPMERKING])
    for knoop in model(soort).wortel.kinderen:
        deel = bericht.inhoud.get(knoop.naam)
        if knoop.naam != "Header" and deel is not None:
            # Below /Bericht/Client.
            plekken = [
                _Plek(tuple(each.pad.split("/")[3:]), each)
                for each in fouten
                if _in(each.pad, f"/Bericht/{knoop.naam}")
            ]
            inhoud[knoop.naam] = _echo(knoop, deel, plekken, _dragers(soort))
    return Bericht(soort, inhoud)


def declaratieantwoord(
    bericht: Bericht, oordeel: Oordeel, *, identificatie: str, dagtekening: date
) -> Bericht:
    """The 325 to an invoice: what is granted, and only the lines that are refused."""
    soort = _antwoordsoort(bericht, oordeel)
    heen = bericht.header
    header: Inhoud = {
        **heen,
        "BerichtCode": soort.berichtcode,
        "Afzender": heen["Ontvanger"],
        "Ontvanger": heen["Afzender"],
        "BerichtIdentificatie": {
            "Identificatie": identificatie,
            "Dagtekening": dagtekening,
        },
        "XsdVersie": _xsd_versie(),
        "DeclaratieIdentificatie": dict(heen["BerichtIdentificatie"]),
    }
    if oordeel.niveau == 2:
        header["XsltVersie"] = XSLT_VERSIE
    header["XsdVersieDeclaratie"] = dict(heen["XsdVersie"])
    fouten = oordeel.fouten
    in_header = [each for each in fouten if _in(each.pad, _HEADER)]
    if oordeel.niveau == 2 or in_header:
        codes = [TECHNISCH] if oordeel.niveau == 2 else _retourcodes(in_header)
        header[_CODES] = _codes(codes)
        return Bericht(soort, {"Header": header})
    header[_CODES] = _codes([GEEN_OPMERKING])
    return Bericht(
        soort,
        {"Header": header, "DeclaratieAntwoord": _toekenning(bericht, oordeel)},
    )


def _toekenning(bericht: Bericht, oordeel: Oordeel) -> Inhoud:
    """The class with the totals and, where lines are refused, those lines."""
    declaratie = bericht.inhoud["Declaratie"]
    ingediend = dict(declaratie["TotaalIngediendBedrag"])
    kop: Inhoud = {"DeclaratieNummer": declaratie["DeclaratieNummer"]}
    kop["TotaalIngediendBedrag"] = ingediend
    if not oordeel.fouten:
        kop["TotaalToegekendBedrag"] = dict(ingediend)
        return {**kop, _CODES: _codes([VOLLEDIG_TOEGEKEND])}
    if oordeel.oordeel != "deels":
        kop["TotaalToegekendBedrag"] = _totaal(0)
        return {**kop, _CODES: _codes(_retourcodes(oordeel.fouten))}
    clienten, geweigerd = _geweigerd(declaratie, oordeel.fouten)
    toegekend = _getekend(ingediend["TotaalBedrag"], ingediend) - geweigerd
    kop["TotaalToegekendBedrag"] = _totaal(toegekend)
    kop["Clienten"] = {"Client": clienten}
    return {**kop, _CODES: _codes([GEEN_OPMERKING])}


def _geweigerd(declaratie: Inhoud, fouten: Sequence[Fout]) -> tuple[list[Inhoud], int]:
    """The clients with a refused line, and the sum (debit minus credit) refused."""
    per_regel: dict[str, list[Fout]] = {}
    for each in fouten:
        delen = each.pad.split("/")
        # /Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[2]/...
        per_regel.setdefault("/".join(delen[4:7]), []).append(each)
    clienten: list[Inhoud] = []
    som = 0
    for c, client in enumerate(declaratie["Clienten"]["Client"], 1):
        van_client = [
            each
            for sleutel in (f"Client[{c}]", f"Client[{c}]/Bsn")
            for each in per_regel.get(sleutel, ())
        ]
        prestaties = []
        for p, prestatie in enumerate(client["Prestaties"]["Prestatie"], 1):
            eigen = per_regel.get(f"Client[{c}]/Prestaties/Prestatie[{p}]", [])
            if not van_client and not eigen:
                continue
            codes = [NIET_BEOORDEELD] if van_client else _retourcodes(eigen)
            prestaties.append({**prestatie, _CODES: _codes(codes)})
            bedrag = prestatie["IngediendBedrag"]
            som += _getekend(bedrag["Bedrag"], bedrag)
        if prestaties:
            codes = _retourcodes(van_client) if van_client else [GEEN_OPMERKING]
            clienten.append(
                {
                    "Bsn": client["Bsn"],
                    "Prestaties": {"Prestatie": prestaties},
                    _CODES: _codes(codes),
                }
            )
    return clienten, som


@dataclass(frozen=True, slots=True)
class _Plek:
    """A fault on its way down: the steps of its path that are still to go."""

    stappen: tuple[str, ...]
    fout: Fout


def _echo(
    knoop: Knoop,
    deel: Any,
    plekken: Sequence[_Plek],
    dragers: frozenset[int],
    *,
    over: bool = True,
) -> Any:
    """A class as it came, with on each class what became of it.

    `plekken` are the faults in it. `over` says whether it was judged: below a client
    at which a fault was found nothing is.
    """
    if id(knoop) not in dragers:
        return deel
    heeft_codes = any(each.naam == _CODES for each in knoop.kinderen)
    onder = {
        each.naam
        for each in knoop.kinderen
        if each.naam != _CODES and id(each) in dragers
    }
    eigen: list[Fout] = []
    dieper: dict[str, list[_Plek]] = {}
    for plek in plekken:
        stap = plek.stappen[0] if plek.stappen else ""
        if stap.split("[")[0] in onder:
            verder = _Plek(plek.stappen[1:], plek.fout)
            dieper.setdefault(stap, []).append(verder)
        else:
            eigen.append(plek.fout)
    gekopieerd: Inhoud = {}
    beoordeeld = over and not (eigen and knoop.naam == "Client")
    for kind in knoop.kinderen:
        onderdeel = deel.get(kind.naam)
        if onderdeel is None:
            continue
        gekopieerd[kind.naam] = (
            [
                _echo(
                    kind,
                    each,
                    dieper.get(f"{kind.naam}[{nummer}]", ()),
                    dragers,
                    over=beoordeeld,
                )
                for nummer, each in enumerate(onderdeel, 1)
            ]
            if kind.veld.herhaalt
            else _echo(
                kind, onderdeel, dieper.get(kind.naam, ()), dragers, over=beoordeeld
            )
        )
    if heeft_codes:
        stil = GEEN_OPMERKING if over else NIET_BEOORDEELD
        gekopieerd[_CODES] = _codes(_retourcodes(eigen) or [stil])
    return gekopieerd


@cache
def _dragers(soort: Soort) -> frozenset[int]:
    """The elements (by identity) of an answer on or below which codes stand."""
    dragers: set[int] = set()

    def kijk(knoop: Knoop) -> bool:
        onder = [kijk(each) for each in knoop.kinderen]
        draagt = knoop.naam == _CODES or any(onder)
        if draagt:
            dragers.add(id(knoop))
        return draagt

    kijk(model(soort).wortel)
    return frozenset(dragers)


def _in(pad: str, deel: str) -> bool:
    return pad == deel or pad.startswith((f"{deel}/", f"{deel}["))


def _antwoordsoort(bericht: Bericht, oordeel: Oordeel) -> Soort:
    code = bericht.soort.antwoord
    if code is None:
        raise ValueError(f"{bericht.soort.code} is an answer itself")
    if oordeel.niveau == 1:
        raise ValueError("a fault against the schema is not answered with a message")
    return SOORTEN[code]


def _retourcodes(fouten: Sequence[Fout]) -> list[str]:
    """The codes once each, in the order in which they were found."""
    return list(dict.fromkeys(each.retourcode for each in fouten if each.retourcode))


def _codes(codes: Sequence[str]) -> Inhoud:
    return {"RetourCode": list(codes)}


def _xsd_versie() -> Inhoud:
    return {"BasisschemaXsdVersie": XSD_VERSIE, "BerichtXsdVersie": XSD_VERSIE}


def _getekend(bedrag: int, deel: Inhoud) -> int:
    return -bedrag if deel["DebetCredit"] == "C" else bedrag


def _totaal(bedrag: int) -> Inhoud:
    return {"TotaalBedrag": abs(bedrag), "DebetCredit": "C" if bedrag < 0 else "D"}
