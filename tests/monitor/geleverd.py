"""Small leveringen to judge: every row is sound until a test spoils one cell."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from samenloop.monitor.formaat import BESTANDEN

Rij = Mapping[str, str]

# Fictitious: 999900006 and 999900018 pass the 11-test and were issued to nobody.
BSN, ANDER_BSN, GEEN_BSN = "999900006", "999900018", "999900007"

GOED: dict[str, dict[str, str]] = {
    "voorzieningen": {
        "gemeente": "GM0005",
        "client": "P1",
        "gezaghebbende": "P2",
        "huishouden": "H1",
        "postcode": "9781AB",
        "geboortedatum": "2008-05-01",
        "geslacht": "2",
        "herkomst": "NL",
        "wet": "jeugdwet",
        "soort": "J1",
        "vorm": "zin",
        "aanbieder": "01234567",
        "verwijzer": "huisarts",
        "aanvraagdatum": "2017-01-10",
        "startdatum": "2017-02-01",
        "einddatum": "",
        "geregistreerd_op": "2017-01-12",
    },
    "soorten": {"wet": "wmo", "soort": "W9", "naam": "Anders", "ouder": ""},
    "casussen": {
        "gemeente": "GM0005",
        "casus": "C1",
        "client": "P1",
        "huishouden": "H1",
        "type": "regie",
        "startdatum": "2017-02-01",
        "einddatum": "2017-03-31",
        "geregistreerd_op": "2017-02-02",
        "reden_einde": "",
    },
    "uitkeringen": {
        "gemeente": "GM0005",
        "client": "P1",
        "huishouden": "H1",
        "spoor": "1",
        "startdatum": "2017-02-01",
        "einddatum": "",
        "reden_einde": "",
        "geregistreerd_op": "",
    },
    "trajecten": {
        "gemeente": "GM0005",
        "client": "P1",
        "spoor": "1",
        "datum": "2017-02-01",
        "trajectkosten": "125000",
        "loonkostensubsidie": "",
    },
    "begroting": {
        "gemeente": "GM0005",
        "jaar": "2017",
        "post": "BUIG",
        "versie": "primitief",
        "bedrag": "-1250",
    },
    "bezwaren": {
        "gemeente": "GM0005",
        "wet": "wmo",
        "soort": "bezwaar",
        "ingediend_op": "2017-02-01",
        "afgehandeld_op": "2017-03-01",
        "uitkomst": "gegrond",
    },
    "gemeenten": {
        "gemeente": "GM0007",
        "naam": "Zuiderdorp",
        "regio": "Verzonnen",
        "huishoudens": "2000",
        "peildatum": "2017-12-31",
    },
}
_ACHTERGROND: dict[str, list[dict[str, str]]] = {
    "soorten": [
        {"wet": "jeugdwet", "soort": "J", "naam": "Jeugdhulp", "ouder": ""},
        {"wet": "jeugdwet", "soort": "J1", "naam": "Wijkteam", "ouder": "J"},
        {"wet": "wmo", "soort": "W1", "naam": "Begeleiding", "ouder": ""},
    ],
    "gemeenten": [
        {
            "gemeente": "GM0005",
            "naam": "Noorderdorp",
            "regio": "Verzonnen",
            "huishoudens": "4000",
            "peildatum": "2017-12-31",
        }
    ],
}


def rij(bestand: str, **anders: str) -> dict[str, str]:
    """Return a sound row of a file with some cells changed."""
    return {**GOED[bestand], **anders}


def schrijf_csv(pad: Path, rijen: Sequence[Rij], kop: Sequence[str] = ()) -> None:
    """Write rows as a CSV file would be delivered."""
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, kop or list(rijen[0]), lineterminator="\n")
        schrijver.writeheader()
        schrijver.writerows(rijen)


def schrijf_levering(
    map_: Path, bestanden: Mapping[str, Sequence[Rij]] | None = None
) -> Path:
    """Write a levering: the rows given, after the little every levering needs."""
    map_.mkdir(parents=True, exist_ok=True)
    gevraagd = bestanden or {}
    for naam, bestand in BESTANDEN.items():
        rijen = [*_ACHTERGROND.get(naam, []), *gevraagd.get(naam, [])]
        if naam == "voorzieningen" and naam not in gevraagd:
            rijen = [rij("voorzieningen")]
        if rijen:
            kop = [k.naam for k in bestand.kolommen if not k.facultatief]
            kop += [extra for extra in rijen[-1] if extra not in kop]
            schrijf_csv(map_ / f"{naam}.csv", rijen, kop)
    return map_


def afgekeurd(pad: Path) -> list[dict[str, str]]:
    """Read an account of refused rows."""
    with pad.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))
