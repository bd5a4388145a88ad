"""An invoice message in the words of this house."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from samenloop.berichten.regels.antwoord import NIET_BEOORDEELD
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.fouten import Fout
from samenloop.berichten.verkeer.stand import DatabaseStand
from samenloop.voorzieningen.declaraties.boeken import Invoer, Regel

_PLEK = re.compile(r"/Client\[(\d+)\](?:/Prestaties/Prestatie\[(\d+)\])?")


def invoice(
    bericht: Bericht,
    fouten: Sequence[Fout],
    *,
    stand: DatabaseStand,
    aanbieder: int,
) -> Invoer:
    """Return the invoice with the return codes of each line.

    A fault in a client refuses all its lines, which were not judged themselves.
    """
    declaratie = bericht.inhoud["Declaratie"]
    periode = declaratie["DeclaratiePeriode"]
    codes = _codes(fouten)
    regels = []
    wet = bericht.soort.wet
    nummers = {
        prestatie["ToewijzingNummer"]
        for client in declaratie["Clienten"]["Client"]
        for prestatie in client["Prestaties"]["Prestatie"]
    }
    gegeven = stand.toewijzingen(wet, bericht.afzender, nummers)
    for c, client in enumerate(declaratie["Clienten"]["Client"], 1):
        for p, prestatie in enumerate(client["Prestaties"]["Prestatie"], 1):
            fout = codes.get((c, p), ())
            if (c, None) in codes:
                fout = (NIET_BEOORDEELD,)
            toegewezen = gegeven.get(prestatie["ToewijzingNummer"])
            # A number of somebody else's, by mistake or by design, is refused; then the
            # line is about nobody we know, and never about that other person.
            eigen = toegewezen is not None and toegewezen.bsn == client["Bsn"]
            sleutel = (wet, prestatie["ToewijzingNummer"])
            over = stand.sleutels[sleutel] if eigen else (None, None)
            regels.append(_line(prestatie, fout, *over))
    return Invoer(
        wet=wet,
        aanbieder=aanbieder,
        nummer=declaratie["DeclaratieNummer"],
        begin=periode["Begindatum"],
        eind=periode["Einddatum"],
        dagtekening=declaratie["DeclaratieDagtekening"],
        ingediend=_signed(declaratie["TotaalIngediendBedrag"], "TotaalBedrag"),
        regels=regels,
    )


def _line(
    prestatie: Mapping[str, Any],
    codes: tuple[str, ...],
    toewijzing: UUID | None,
    persoon: UUID | None,
) -> Regel:
    referentie = prestatie["ProductReferentie"]
    periode = prestatie["ProductPeriode"]
    bedrag = prestatie["IngediendBedrag"]
    return Regel(
        referentie=referentie["ReferentieNummer"],
        vorige_referentie=referentie.get("VorigReferentieNummer", ""),
        toewijzingnummer=prestatie["ToewijzingNummer"],
        categorie=prestatie["ProductCategorie"],
        code=prestatie["ProductCode"],
        begin=periode["Begindatum"],
        eind=periode["Einddatum"],
        volume=prestatie["GeleverdVolume"],
        eenheid=prestatie["Eenheid"],
        tarief=prestatie.get("ProductTarief"),
        bedrag=bedrag["Bedrag"],
        is_credit=bedrag["DebetCredit"] == "C",
        toewijzing=toewijzing,
        persoon=persoon,
        retourcodes=codes,
    )


def _codes(
    fouten: Sequence[Fout],
) -> dict[tuple[int, int | None], tuple[str, ...]]:
    uit: dict[tuple[int, int | None], tuple[str, ...]] = {}
    for fout in fouten:
        if (plek := _PLEK.search(fout.pad)) is None:
            continue
        client, regel = plek.groups()
        sleutel = (int(client), int(regel) if regel else None)
        eerder = uit.get(sleutel, ())
        if fout.retourcode and fout.retourcode not in eerder:
            uit[sleutel] = (*eerder, fout.retourcode)
    return uit


def _signed(deel: Mapping[str, Any], naam: str) -> int:
    bedrag: int = deel[naam]
    return -bedrag if deel["DebetCredit"] == "C" else bedrag
