"""What is held, so that the right messages are right on every level."""

from datetime import date
from typing import Any

from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.stand import (
    StandContractproduct,
    StandDeclaratie,
    StandPrestatie,
    StandRegie,
    StandToewijzing,
    StandVerzoek,
)
from samenloop.berichten.standaard.soorten import Wet
from tests.berichten.goede_berichten import (
    AANBIEDER,
    ANDER_BSN,
    ANDERE_CODE,
    BSN,
    CATEGORIE,
    CODE,
)

APRIL = (date(2026, 4, 1), date(2026, 4, 30))
MAART = (date(2026, 3, 1), date(2026, 3, 31))


def toewijzing(wet: Wet, nummer: int, **anders: Any) -> StandToewijzing:
    """An allocation of 12 hours a month, from March to September 2026."""
    waarden: dict[str, Any] = {
        "nummer": nummer,
        "bsn": BSN,
        "aanbieder": AANBIEDER,
        "ingang": date(2026, 3, 1),
        "eind": date(2026, 9, 30),
        "categorie": CATEGORIE[wet],
        "code": CODE[wet],
        "volume": 12,
        "eenheid": "04",
        "frequentie": "4",
    }
    return StandToewijzing(**{**waarden, **anders})


def prestatie(wet: Wet, referentie: str, **anders: Any) -> StandPrestatie:
    """A line of 4 hours in March 2026 that was accepted."""
    waarden: dict[str, Any] = {
        "referentie": referentie,
        "nummer": 10073,
        "bsn": BSN,
        "categorie": CATEGORIE[wet],
        "code": CODE[wet],
        "begin": MAART[0],
        "eind": MAART[1],
        "volume": 4,
        "eenheid": "04",
        "bedrag": 5000,
        "tarief": 1250,
    }
    return StandPrestatie(**{**waarden, **anders})


START = {"stop": False, "nummer": 10071, "begin": date(2026, 4, 3)}
STOP = {**START, "stop": True, "eind": date(2026, 5, 1)}


def regie(wet: Wet, **wat: Any) -> StandRegie:
    """A start or stop that was accepted."""
    return StandRegie(**{"categorie": CATEGORIE[wet], "code": CODE[wet], **wat})


def stand_bij(wet: Wet, nummer: int) -> GeheugenStand:
    """What is held where the right message of this kind is right at every level."""
    stand = GeheugenStand(
        alle_toewijzingen=[toewijzing(wet, 10071)],
        contract=[
            StandContractproduct(CATEGORIE[wet], code, "04", 1250)
            for code in (CODE[wet], ANDERE_CODE[wet])
        ],
        gemeenten={"0384"},
    )
    if nummer == 307:
        stand.alle_regie[BSN] = [regie(wet, **START)]
    if nummer == 317:
        ander = toewijzing(wet, 10072, categorie="03", code="03XXX")
        stand.alle_toewijzingen.append(ander)
    if nummer == 319:
        stand.alle_verzoeken = [StandVerzoek("R1", BSN)]
    if nummer == 323:
        stand.alle_toewijzingen += [
            toewijzing(wet, 10072),
            toewijzing(wet, 10073),
            toewijzing(wet, 10074, bsn=ANDER_BSN),
        ]
        stand.alle_prestaties = [prestatie(wet, "OUD1")]
    if nummer == 325:
        eigen = prestatie(wet, "P1", nummer=10071, begin=APRIL[0], eind=APRIL[1])
        stand.declaraties["D1"] = StandDeclaratie(
            "D1", "DN001", ("1.0.0", "1.0.0"), {"P1": eigen}
        )
    return stand
