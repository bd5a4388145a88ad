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
    stand.toewijzingen(wet, bericht.afzender, nummers)
    for c, client in enumerate(declaratie["Clienten"]["Client"], 1):
        for p, prestatie in enumerate(client["Prestaties"]["Prestatie"], 1):
            fout = codes.get((c, p), ())
            if (c, None) in codes:
                fout = (NIET_BEOORDEELD,)
            regels.append(_line(wet, prestatie, fout, stand))
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
    wet: str,
    prestatie: Mapping[str, Any],
    codes: tuple[str, ...],
    stand: DatabaseStand,
) -> Regel:
    referentie = prestatie["ProductReferentie"]
    periode = prestatie["ProductPeriode"]
    bedrag = prestatie["IngediendBedrag"]
    rij = stand.rijen.get((wet, prestatie["ToewijzingNummer"]))
    toewijzing: UUID | None = rij.pk if rij else None
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
        persoon=rij.persoon_id if rij else None,
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
