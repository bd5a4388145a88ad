"""Messages that hold to every rule, of every kind and both laws; a test breaks one.

Whoever they are about does not exist. `TOEN` is the day on which they were written,
and the day on which tests judge them.
"""

from copy import deepcopy
from datetime import date
from typing import Any

from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.soorten import Wet, soort

TOEN = date(2026, 5, 6)
GEMEENTE = "0384"
AANBIEDER = "65656055"
BSN = "999900006"
ANDER_BSN = "999900018"

Velden = dict[str, Any]

CATEGORIE = {"wmo": "02", "jeugdwet": "45"}
CODE = {"wmo": "02A03", "jeugdwet": "45A03"}
ANDERE_CODE = {"wmo": "02A04", "jeugdwet": "45A04"}
_EINDE = {"wmo": "19", "jeugdwet": "31"}


def product(wet: Wet, *, code: bool = True) -> Velden:
    """A product, with or without a code."""
    wat = {"Categorie": CATEGORIE[wet]}
    return {**wat, "Code": CODE[wet]} if code else wat


def omvang(frequentie: str = "4", eenheid: str = "04", volume: int = 12) -> Velden:
    """A volume: 12 hours a month."""
    return {"Volume": volume, "Eenheid": eenheid, "Frequentie": frequentie}


def _naam() -> Velden:
    return {"Geslachtsnaam": {"Achternaam": "Wit"}, "NaamGebruik": "1"}


def _kort() -> Velden:
    return {
        "Bsn": BSN,
        "Geboortedatum": {"Datum": date(2010, 2, 14)},
        "Geslacht": "1",
        "Naam": {"Geslachtsnaam": {"Achternaam": "Wit"}},
    }


def contact(soort_adres: str = "01") -> Velden:
    """A Dutch address."""
    return {
        "Soort": soort_adres,
        "Adres": {
            "Huis": {"Huisnummer": 9},
            "Postcode": "9999XX",
            "LandCode": "NL",
        },
    }


def _toegewezen(wet: Wet) -> Velden:
    relatie = {
        "Nummer": "1",
        "Soort": "10",
        "Geboortedatum": {"Datum": date(1980, 4, 7)},
        "Naam": _naam(),
        "Contact": contact(),
    }
    toegewezen = {
        "ToewijzingNummer": 10071,
        "Product": product(wet),
        "Toewijzingsdatum": date(2026, 5, 1),
        "Toewijzingstijd": "10:00:00",
        "Ingangsdatum": date(2026, 4, 1),
        "Einddatum": date(2026, 9, 30),
        "Omvang": omvang(),
    }
    return {
        "Client": {
            **_kort(),
            "Naam": _naam(),
            "Communicatie": {"Vorm": "1", "Taal": "Zweeds"},
            "Relaties": {"Relatie": [relatie]},
            "Contactgegevens": {"Contact": [contact()]},
            "ToegewezenProducten": {"ToegewezenProduct": [toegewezen]},
        }
    }


def _start(wet: Wet) -> Velden:
    start = {
        "ToewijzingNummer": 10071,
        "Product": product(wet),
        "Begindatum": date(2026, 4, 3),
        "StatusAanlevering": "1",
    }
    return {"Client": {**_kort(), "StartProducten": {"StartProduct": [start]}}}


def _stop(wet: Wet) -> Velden:
    stop = {
        "ToewijzingNummer": 10071,
        "Product": product(wet),
        "Begindatum": date(2026, 4, 3),
        "RedenBeeindiging": _EINDE[wet],
        "Einddatum": date(2026, 5, 1),
        "StatusAanlevering": "1",
    }
    return {"Client": {**_kort(), "StopProducten": {"StopProduct": [stop]}}}


def _vraag(wet: Wet) -> Velden:
    gevraagd = {
        "ReferentieAanbieder": "R1",
        "BeschikkingNummer": 123,
        "Product": product(wet),
        "BeschikkingIngangsdatum": date(2026, 3, 15),
        "ToewijzingIngangsdatum": date(2026, 6, 1),
        "ToewijzingEinddatum": date(2026, 12, 31),
        "Omvang": omvang(),
        "Verwijzer": {"Type": "02", "ZorgverlenerCode": "12345678"},
    }
    return {
        "Client": {
            **_kort(),
            "AangevraagdeProducten": {"AangevraagdProduct": [gevraagd]},
        }
    }


def _wijziging(wet: Wet) -> Velden:
    nieuw = {
        "Product": {"Categorie": CATEGORIE[wet], "Code": ANDERE_CODE[wet]},
        "GewensteIngangsdatum": date(2026, 6, 1),
        "Einddatum": date(2026, 9, 30),
        "Omvang": omvang(),
    }
    gewijzigd = {
        "ToewijzingNummer": 10072,
        "GewensteIngangsdatum": date(2026, 6, 1),
        "Einddatum": date(2026, 9, 30),
        "Omvang": omvang(),
    }
    return {
        "Client": {
            "Bsn": BSN,
            "Verzoek": {
                "ReferentieAanbieder": "R2",
                "RedenVerzoek": "1",
                "OngewijzigdeProducten": {
                    "OngewijzigdProduct": [{"ToewijzingNummer": 10071}]
                },
                "TeWijzigenProducten": {"TeWijzigenProduct": [gewijzigd]},
                "NieuweProducten": {"NieuwProduct": [nieuw]},
            },
        }
    }


def _antwoord(wet: Wet) -> Velden:
    antwoord: Velden = {
        "ReferentieAanbieder": "R1",
        "VerzoekAntwoord": "1",
        "RedenAfwijzingVerzoek": "7",
    }
    if wet == "jeugdwet":
        antwoord["RedenAfwijzingVerzoek"] = "8"
        antwoord["Woonplaatsbeginsel"] = {"Gemeente": "0014"}
    return {"Antwoord": antwoord}


def prestatie(wet: Wet, referentie: str, nummer: int = 10071, maand: int = 4) -> Velden:
    """A line: 4 hours of 12.50 in a month of 2026."""
    laatste = {3: 31, 4: 30}[maand]
    return {
        "ProductReferentie": {"ReferentieNummer": referentie},
        "ToewijzingNummer": nummer,
        "ProductCategorie": CATEGORIE[wet],
        "ProductCode": CODE[wet],
        "ProductPeriode": {
            "Begindatum": date(2026, maand, 1),
            "Einddatum": date(2026, maand, laatste),
        },
        "GeleverdVolume": 4,
        "Eenheid": "04",
        "ProductTarief": 1250,
        "IngediendBedrag": {"Bedrag": 5000, "DebetCredit": "D"},
    }


def _declaratie(wet: Wet) -> Velden:
    credit = prestatie(wet, "P3", 10073, 3)
    credit["ProductReferentie"]["VorigReferentieNummer"] = "OUD1"
    credit["IngediendBedrag"] = {"Bedrag": 5000, "DebetCredit": "C"}
    rijen = [prestatie(wet, "P1"), prestatie(wet, "P2", 10072), credit]
    return {
        "Declaratie": {
            "DeclaratieNummer": "DN001",
            "DeclaratiePeriode": {
                "Begindatum": date(2026, 4, 1),
                "Einddatum": date(2026, 4, 30),
            },
            "DeclaratieDagtekening": TOEN,
            "TotaalIngediendBedrag": {"TotaalBedrag": 10000, "DebetCredit": "D"},
            "Clienten": {
                "Client": [
                    {"Bsn": BSN, "Prestaties": {"Prestatie": rijen}},
                    {
                        "Bsn": ANDER_BSN,
                        "Prestaties": {"Prestatie": [prestatie(wet, "P4", 10074)]},
                    },
                ]
            },
        }
    }


def _declaratieantwoord(wet: Wet) -> Velden:
    """One line of 50 euros refused, of the 150 that were asked."""
    geweigerd = {
        **prestatie(wet, "P1"),
        "RetourCodes": {"RetourCode": ["9321"]},
    }
    return {
        "DeclaratieAntwoord": {
            "DeclaratieNummer": "DN001",
            "TotaalIngediendBedrag": {"TotaalBedrag": 15000, "DebetCredit": "D"},
            "TotaalToegekendBedrag": {"TotaalBedrag": 10000, "DebetCredit": "D"},
            "Clienten": {
                "Client": [
                    {
                        "Bsn": BSN,
                        "Prestaties": {"Prestatie": [geweigerd]},
                        "RetourCodes": {"RetourCode": ["0200"]},
                    }
                ]
            },
            "RetourCodes": {"RetourCode": ["0200"]},
        }
    }


_INHOUD = {
    301: _toegewezen,
    305: _start,
    307: _stop,
    315: _vraag,
    317: _wijziging,
    319: _antwoord,
    323: _declaratie,
    325: _declaratieantwoord,
}
NUMMERS = tuple(_INHOUD)


def goed(wet: Wet, nummer: int) -> Bericht:
    """A right message; each call gives one of its own, to break at will."""
    welke = soort(wet, nummer)
    afzender, ontvanger = GEMEENTE, AANBIEDER
    if welke.van == "aanbieder":
        afzender, ontvanger = ontvanger, afzender
    versie = {"BasisschemaXsdVersie": "1.0.0", "BerichtXsdVersie": "1.0.0"}
    header: Velden = {
        "BerichtCode": welke.berichtcode,
        "BerichtVersie": 3,
        "BerichtSubversie": 2,
        "Afzender": afzender,
        "Ontvanger": ontvanger,
        "BerichtIdentificatie": {"Identificatie": "B1", "Dagtekening": TOEN},
        "XsdVersie": versie,
    }
    if nummer == 325:
        header["DeclaratieIdentificatie"] = {
            "Identificatie": "D1",
            "Dagtekening": TOEN,
        }
        header["XsdVersieDeclaratie"] = dict(versie)
        header["RetourCodes"] = {"RetourCode": ["0200"]}
    inhoud = deepcopy({"Header": header, **_INHOUD[nummer](wet)})
    return Bericht(welke, inhoud)
