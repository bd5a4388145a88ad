"""More cases: invoices, the answers to them, and what needs no more than the date."""

from datetime import date
from typing import Any

from tests.berichten.gevallen import (
    D2021,
    DA,
    DE,
    MORGEN,
    PA,
    PR,
    TP,
    WEG,
    Geval,
    nog_een,
)


def _periode(eerste: date, laatste: date) -> dict[str, date]:
    return {"Begindatum": eerste, "Einddatum": laatste}


def _bedrag(bedrag: int, kant: str = "D") -> dict[str, Any]:
    return {"Bedrag": bedrag, "DebetCredit": kant}


def _totaal(bedrag: int, kant: str = "D") -> dict[str, Any]:
    return {"TotaalBedrag": bedrag, "DebetCredit": kant}


P4 = f"{DE}/Clienten/Client/1/Prestaties/Prestatie/0"
_DP = f"{DE}/DeclaratiePeriode"
_TOT = f"{DE}/TotaalIngediendBedrag"
_EURO = {
    f"{PR}/0/Eenheid": "83",
    f"{PR}/0/GeleverdVolume": 5000,
    f"{PR}/0/ProductTarief": WEG,
}
DECLARATIE = [
    Geval(323, {_TOT: _totaal(10001)}, "TR358"),
    Geval(323, {_TOT: _totaal(10000, "C")}, "TR358"),
    Geval(323, {f"{PR}/0/IngediendBedrag/DebetCredit": "C", _TOT: _totaal(0)}, "CD060"),
    Geval(323, {f"{PR}/0/IngediendBedrag/DebetCredit": "C"}, "CD060 TR358"),
    Geval(
        323,
        {f"{PR}/0/ProductReferentie/VorigReferentieNummer": "OUD9"},
        "CD060",
    ),
    Geval(323, {f"{PR}/0/ProductTarief": WEG}, "CD087"),
    Geval(323, {**_EURO}, ""),
    Geval(323, {**_EURO, f"{PR}/0/ProductTarief": 1}, "CD087"),
    Geval(323, {**_EURO, f"{PR}/0/GeleverdVolume": 50}, "CS339"),
    Geval(
        323,
        {
            _DP: _periode(date(2020, 12, 1), date(2020, 12, 31)),
        },
        "CS100",
    ),
    Geval(
        323,
        {
            f"{PR}/0/ProductPeriode": _periode(date(2020, 12, 1), date(2020, 12, 31)),
            f"{DE}/DeclaratieDagtekening": date(2025, 12, 31),
        },
        "CS100",
    ),
    Geval(
        323,
        {
            f"{PR}/0/ProductPeriode": _periode(D2021, date(2021, 1, 31)),
            f"{DE}/DeclaratieDagtekening": date(2026, 1, 31),
        },
        "",
    ),
    Geval(
        323,
        {
            f"{PR}/0/ProductPeriode": _periode(D2021, date(2021, 1, 31)),
            f"{DE}/DeclaratieDagtekening": date(2026, 2, 1),
        },
        "TR335",
    ),
    Geval(323, {f"{PR}/0/ProductPeriode": _periode(D2021, date(2021, 1, 31))}, "TR335"),
    Geval(323, {_DP: _periode(date(2026, 4, 2), date(2026, 4, 30))}, "CS340"),
    Geval(323, {_DP: _periode(date(2026, 4, 1), date(2026, 4, 29))}, "CS340"),
    Geval(323, {_DP: _periode(date(2026, 3, 1), date(2026, 4, 30))}, "CS340"),
    Geval(323, {_DP: _periode(date(2026, 4, 1), date(2026, 3, 31))}, "CS340 TR137"),
    Geval(323, {_DP: _periode(date(2026, 5, 1), date(2026, 5, 31))}, "TR137"),
    Geval(323, {_DP: _periode(date(2026, 6, 1), date(2026, 6, 30))}, "TR134 TR137"),
    Geval(
        323,
        {f"{PR}/0/ProductPeriode": _periode(date(2026, 3, 15), date(2026, 4, 30))},
        "CS337",
    ),
    Geval(
        323,
        {f"{PR}/0/ProductPeriode": _periode(date(2025, 4, 1), date(2026, 4, 30))},
        "CS337",
    ),
    Geval(
        323,
        {f"{PR}/0/ProductPeriode": _periode(date(2026, 4, 10), date(2026, 4, 20))},
        "",
    ),
    Geval(
        323,
        {f"{PR}/0/ProductPeriode": _periode(date(2026, 4, 20), date(2026, 4, 10))},
        "TR137",
    ),
    Geval(
        323,
        {f"{PR}/0/ProductPeriode": _periode(date(2026, 5, 1), date(2026, 5, 7))},
        "TR137",
    ),
    Geval(
        323,
        {f"{PR}/0/ProductPeriode": _periode(MORGEN, date(2026, 5, 31))},
        "TR134 TR137",
    ),
    Geval(
        323,
        {
            f"{PR}/0/IngediendBedrag": _bedrag(0, "C"),
            f"{PR}/0/GeleverdVolume": 0,
            f"{PR}/0/ProductReferentie/VorigReferentieNummer": "OUD9",
            _TOT: _totaal(5000),
        },
        "CS325",
    ),
    Geval(
        323,
        {
            f"{PR}/0/IngediendBedrag": _bedrag(0),
            f"{PR}/0/GeleverdVolume": 0,
            _TOT: _totaal(5000),
        },
        "",
    ),
    Geval(
        323,
        {
            f"{PR}/2/IngediendBedrag": _bedrag(15000, "C"),
            f"{PR}/2/GeleverdVolume": 12,
            _TOT: _totaal(0),
        },
        "",
    ),
    Geval(
        323,
        {
            f"{PR}/2/IngediendBedrag": _bedrag(15000, "C"),
            f"{PR}/2/GeleverdVolume": 12,
            _TOT: _totaal(0, "C"),
        },
        "CS325",
    ),
    Geval(
        323,
        {
            f"{PR}/2/IngediendBedrag": _bedrag(20000, "C"),
            f"{PR}/2/GeleverdVolume": 16,
            _TOT: _totaal(5000, "C"),
        },
        "",
    ),
    Geval(323, {f"{PR}/1/ProductReferentie/ReferentieNummer": "P1"}, "TR101"),
    Geval(323, {f"{DE}/Clienten/Client/1/Bsn": "999900006"}, "TR101"),
    Geval(
        323,
        {f"{PR}/2/ProductReferentie/VorigReferentieNummer": "P1"},
        "TR316",
    ),
    Geval(
        323,
        {
            f"{PR}": nog_een(
                ProductReferentie={
                    "ReferentieNummer": "P9",
                    "VorigReferentieNummer": "OUD1",
                },
                IngediendBedrag=_bedrag(5000, "C"),
            ),
            _TOT: _totaal(5000),
        },
        "TR315",
    ),
    Geval(
        323,
        {
            f"{PR}": nog_een(
                ProductReferentie={
                    "ReferentieNummer": "P9",
                    "VorigReferentieNummer": "OUD2",
                },
                IngediendBedrag=_bedrag(5000, "C"),
            ),
            _TOT: _totaal(5000),
        },
        "",
    ),
    Geval(
        323,
        {
            PR: nog_een(ProductReferentie={"ReferentieNummer": "P9"}),
            _TOT: _totaal(15000),
        },
        "TR416",
    ),
    Geval(
        323,
        {
            PR: nog_een(ProductReferentie={"ReferentieNummer": "P9"}, ProductCode="X9"),
            _TOT: _totaal(15000),
        },
        "",
    ),
]

_TI, _TT = f"{DA}/TotaalIngediendBedrag", f"{DA}/TotaalToegekendBedrag"
_NUL = {
    f"{PA}/IngediendBedrag": _bedrag(0, "C"),
    f"{PA}/ProductReferentie/VorigReferentieNummer": "O",
}
ANTWOORD = [
    Geval(325, {_TT: _totaal(15000)}, "TR342"),
    Geval(325, {_TT: _totaal(9999)}, "TR342"),
    Geval(325, {f"{DA}/Clienten": WEG}, "TR342"),
    Geval(
        325,
        {
            f"{DA}/Clienten": WEG,
            _TT: _totaal(15000),
            f"{DA}/RetourCodes": {"RetourCode": ["8001"]},
        },
        "",
    ),
    Geval(
        325,
        {
            f"{DA}/Clienten": WEG,
            _TT: _totaal(0),
            f"{DA}/RetourCodes": {"RetourCode": ["9333"]},
        },
        "",
    ),
    Geval(
        325,
        {f"{DA}/Clienten": WEG, f"{DA}/RetourCodes": {"RetourCode": ["9333"]}},
        "TR342",
    ),
    Geval(
        325,
        {
            f"{DA}/Clienten": WEG,
            _TT: _totaal(0, "C"),
            f"{DA}/RetourCodes": {"RetourCode": ["9333"]},
        },
        "CS325",
    ),
    Geval(325, {DA: WEG}, ""),
    Geval(325, {_TI: _totaal(0, "C"), _TT: _totaal(5000, "C")}, "CS325"),
    Geval(325, {_TI: _totaal(0), _TT: _totaal(5000, "C")}, ""),
    Geval(325, {**_NUL, _TT: _totaal(15000)}, "CS325"),
    Geval(
        325, {f"{PA}/IngediendBedrag/DebetCredit": "C", _TT: _totaal(20000)}, "CD060"
    ),
    Geval(325, {f"{PA}/ProductReferentie/VorigReferentieNummer": "O"}, "CD060"),
    Geval(
        325,
        {f"{PA}/ProductPeriode": _periode(MORGEN, date(2026, 5, 31))},
        "TR134 TR137",
    ),
    Geval(
        325,
        {f"{PA}/ProductPeriode": _periode(date(2026, 5, 1), date(2026, 5, 7))},
        "TR137",
    ),
    Geval(325, {PA.rpartition("/")[0]: nog_een(), _TT: _totaal(5000)}, "TR101"),
    Geval(325, {f"{DA}/Clienten/Client": nog_een(), _TT: _totaal(5000)}, "TR101"),
]

#: Level 3 and 4, as far as no one has to know more than the message and the day.
ZONDER_STAND = [
    Geval(
        323,
        {f"{P4}/ProductReferentie/ReferentieNummer": "P1"},
        "TR314",
    ),
    Geval(323, {_DP: _periode(date(2026, 3, 1), date(2026, 3, 31))}, "TR319"),
    Geval(323, {f"{PR}/0/GeleverdVolume": 5}, "TR346"),
    Geval(
        323,
        {
            f"{PR}/0/Eenheid": "01",
            f"{PR}/0/GeleverdVolume": 240,
            f"{PR}/0/ProductTarief": 21,
        },
        "",
    ),
    Geval(
        323,
        {
            f"{PR}/0/Eenheid": "01",
            f"{PR}/0/GeleverdVolume": 240,
            f"{PR}/0/ProductTarief": 22,
        },
        "TR346",
    ),
    *(
        Geval(nummer, {"Header/BerichtIdentificatie/Dagtekening": MORGEN}, "TR135")
        for nummer in (301, 305, 307, 315, 317, 319, 323, 325)
    ),
    Geval(325, {"Header/DeclaratieIdentificatie/Dagtekening": MORGEN}, "TR135"),
    *(
        Geval(nummer, {"Header/Afzender": "9998"}, "TR378")
        for nummer in (301, 319, 325)
    ),
    *(
        Geval(nummer, {"Header/Ontvanger": "9998"}, "TR378")
        for nummer in (305, 307, 315, 317, 323)
    ),
    Geval(
        319, {"Antwoord/Woonplaatsbeginsel/Gemeente": "9998"}, "TR378", ("jeugdwet",)
    ),
    # Appingedam merged at the end of 2020.
    Geval(301, {"Header/Afzender": "0003"}, "TR378"),
    Geval(
        301,
        {"Header/Afzender": "0003", f"{TP}/Ingangsdatum": date(2020, 12, 31)},
        "",
    ),
    # A start or stop may say when its allocation began, or not.
    *(
        geval
        for nummer, deel in (
            (305, "Client/StartProducten/StartProduct/0"),
            (307, "Client/StopProducten/StopProduct/0"),
        )
        for geval in (
            Geval(nummer, {"Header/Ontvanger": "0003"}, ""),
            Geval(
                nummer,
                {
                    "Header/Ontvanger": "0003",
                    f"{deel}/ToewijzingIngangsdatum": date(2020, 12, 31),
                },
                "",
            ),
            Geval(
                nummer,
                {
                    "Header/Ontvanger": "0003",
                    f"{deel}/ToewijzingIngangsdatum": date(2026, 4, 1),
                },
                "TR378",
            ),
        )
    ),
    # One allocation cannot stay as it is and change.
    Geval(
        317,
        {
            "Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct/0/"
            "ToewijzingNummer": 10072
        },
        "TR361",
    ),
    # A credit is held against what stands in the line itself.
    Geval(323, {f"{PR}/2/GeleverdVolume": 5}, "TR346"),
]
