"""The messages of a provider, out of what it knows."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from samenloop.berichten.regels.stand import StandPrestatie, StandToewijzing
from samenloop.berichten.standaard import Bericht, Inhoud, Wet, soort
from samenloop.berichten.standaard.soorten import SUBVERSIE, VERSIE, XSD_VERSIE


def kop(
    wet: Wet, nummer: int, agb: str, gemeente: str, identificatie: str, dag: date
) -> Inhoud:
    """The header of a message of a provider."""
    return {
        "BerichtCode": soort(wet, nummer).berichtcode,
        "BerichtVersie": VERSIE,
        "BerichtSubversie": SUBVERSIE,
        "Afzender": agb,
        "Ontvanger": gemeente,
        "BerichtIdentificatie": {"Identificatie": identificatie, "Dagtekening": dag},
        "XsdVersie": {
            "BasisschemaXsdVersie": XSD_VERSIE,
            "BerichtXsdVersie": XSD_VERSIE,
        },
    }


def kort(client: Mapping[str, Any]) -> Inhoud:
    """A client as provider messages name one, out of the client of a 301."""
    naam = {
        veld: waarde
        for veld, waarde in client["Naam"].items()
        if veld in {"Geslachtsnaam", "Voornamen", "Voorletters"}
    }
    velden = {veld: client[veld] for veld in ("Bsn", "Geboortedatum", "Geslacht")}
    return {**velden, "Naam": naam}


def product(toewijzing: StandToewijzing, code: str | None = None) -> Inhoud:
    """The product of an allocation, or nothing where it has none."""
    if toewijzing.categorie is None:
        return {}
    deel = {"Categorie": toewijzing.categorie}
    gekozen = toewijzing.code or code
    return {"Product": {**deel, **({"Code": gekozen} if gekozen else {})}}


def start(
    kop_: Inhoud,
    wet: Wet,
    client: Inhoud,
    toewijzing: StandToewijzing,
    begin: date,
    status: str = "1",
) -> Bericht:
    """A 305: delivery began, or (status 3) that was told wrongly."""
    return Bericht(
        soort(wet, 305),
        {
            "Header": kop_,
            "Client": {
                **client,
                "StartProducten": {
                    "StartProduct": [
                        {
                            "ToewijzingNummer": toewijzing.nummer,
                            **product(toewijzing),
                            "ToewijzingIngangsdatum": toewijzing.ingang,
                            "Begindatum": begin,
                            "StatusAanlevering": status,
                        }
                    ]
                },
            },
        },
    )


def stop(
    kop_: Inhoud,
    wet: Wet,
    client: Inhoud,
    toewijzing: StandToewijzing,
    begin: date,
    eind: date,
    reden: str,
) -> Bericht:
    """A 307: delivery ended, for good or for a while (20)."""
    return Bericht(
        soort(wet, 307),
        {
            "Header": kop_,
            "Client": {
                **client,
                "StopProducten": {
                    "StopProduct": [
                        {
                            "ToewijzingNummer": toewijzing.nummer,
                            **product(toewijzing),
                            "ToewijzingIngangsdatum": toewijzing.ingang,
                            "Begindatum": begin,
                            "RedenBeeindiging": reden,
                            "Einddatum": eind,
                            "StatusAanlevering": "1",
                        }
                    ]
                },
            },
        },
    )


def verzoek(
    kop_: Inhoud, wet: Wet, client: Inhoud, referentie: str, gevraagd: Inhoud
) -> Bericht:
    """A 315: somebody needs a product that was not allocated yet."""
    gezag = {"GezagsdragerBekend": "1"} if wet == "jeugdwet" else {}
    return Bericht(
        soort(wet, 315),
        {
            "Header": kop_,
            "Client": {
                **client,
                **gezag,
                "AangevraagdeProducten": {
                    "AangevraagdProduct": [
                        {
                            "ReferentieAanbieder": referentie,
                            **gevraagd,
                            "Verwijzer": {"Type": "06"},
                            "Raamcontract": "1",
                        }
                    ]
                },
            },
        },
    )


def wijziging(
    kop_: Inhoud,
    wet: Wet,
    bsn: str,
    referentie: str,
    ongewijzigd: Sequence[int],
    anders: Inhoud,
) -> Bericht:
    """A 317: of what was allocated, one has to be otherwise."""
    deel: Inhoud = {"ReferentieAanbieder": referentie, "RedenVerzoek": "1"}
    if ongewijzigd:
        deel["OngewijzigdeProducten"] = {
            "OngewijzigdProduct": [{"ToewijzingNummer": each} for each in ongewijzigd]
        }
    deel["TeWijzigenProducten"] = {"TeWijzigenProduct": [anders]}
    return Bericht(
        soort(wet, 317),
        {"Header": kop_, "Client": {"Bsn": bsn, "Verzoek": deel}},
    )


def laatste_dag(maand: date) -> date:
    """The last day of the month of a day."""
    return (maand.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(1)


def prestatie(regel: StandPrestatie) -> Inhoud:
    """A line of an invoice."""
    referentie = {"ReferentieNummer": regel.referentie}
    if regel.vorige:
        referentie["VorigReferentieNummer"] = regel.vorige
    tarief = {"ProductTarief": regel.tarief} if regel.tarief is not None else {}
    return {
        "ProductReferentie": referentie,
        "ToewijzingNummer": regel.nummer,
        "ProductCategorie": regel.categorie,
        "ProductCode": regel.code,
        "ProductPeriode": {"Begindatum": regel.begin, "Einddatum": regel.eind},
        "GeleverdVolume": regel.volume,
        "Eenheid": regel.eenheid,
        **tarief,
        "IngediendBedrag": {
            "Bedrag": regel.bedrag,
            "DebetCredit": "D" if regel.debet else "C",
        },
    }


def declaratie(
    kop_: Inhoud, wet: Wet, nummer: str, maand: date, regels: Sequence[StandPrestatie]
) -> Bericht:
    """A 323 over one month."""
    per_client: dict[str, list[Inhoud]] = {}
    for each in regels:
        per_client.setdefault(each.bsn, []).append(prestatie(each))
    totaal = sum(each.bedrag if each.debet else -each.bedrag for each in regels)
    return Bericht(
        soort(wet, 323),
        {
            "Header": kop_,
            "Declaratie": {
                "DeclaratieNummer": nummer,
                "DeclaratiePeriode": {
                    "Begindatum": maand,
                    "Einddatum": laatste_dag(maand),
                },
                "DeclaratieDagtekening": kop_["BerichtIdentificatie"]["Dagtekening"],
                "TotaalIngediendBedrag": {
                    "TotaalBedrag": abs(totaal),
                    "DebetCredit": "C" if totaal < 0 else "D",
                },
                "Clienten": {
                    "Client": [
                        {"Bsn": bsn, "Prestaties": {"Prestatie": rijen}}
                        for bsn, rijen in per_client.items()
                    ]
                },
            },
        },
    )
