"""Wrong messages and their right neighbours, as small changes to a right message.

Each case: number of the message, what is changed, and the codes that have to come out
(none: it stays right). A change is a path and a value; `WEG` takes the element away, a
function gets what stood there.
"""

from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.soorten import Wet
from tests.berichten.goede_berichten import contact, goed, omvang


class Weg:
    """Takes an element away."""


WEG = Weg()

TP = "Client/ToegewezenProducten/ToegewezenProduct/0"
SP = "Client/StartProducten/StartProduct/0"
EP = "Client/StopProducten/StopProduct/0"
_STOPS = EP.rpartition("/")[0]
_ANDER = {"Categorie": "02"}
AP = "Client/AangevraagdeProducten/AangevraagdProduct/0"
VZ = "Client/Verzoek"
WP = f"{VZ}/TeWijzigenProducten/TeWijzigenProduct/0"
NP = f"{VZ}/NieuweProducten/NieuwProduct/0"
CC = "Client/Contactgegevens/Contact/0"
RC = "Client/Relaties/Relatie/0/Contact"
RN = "Client/Relaties/Relatie/0"
DE = "Declaratie"
PR = "Declaratie/Clienten/Client/0/Prestaties/Prestatie"
DA = "DeclaratieAntwoord"
PA = "DeclaratieAntwoord/Clienten/Client/0/Prestaties/Prestatie/0"


class Geval(NamedTuple):
    """One case."""

    nummer: int
    veranderingen: dict[str, Any]
    codes: str
    wetten: tuple[Wet, ...] = ("wmo", "jeugdwet")

    @property
    def naam(self) -> str:
        """For the list of tests."""
        eerste = "+".join(f"{pad}" for pad in self.veranderingen)
        return f"{self.nummer}-{self.codes or 'goed'}-{eerste}"[:110]


def verander(bericht: Bericht, veranderingen: dict[str, Any]) -> Bericht:
    """Apply changes in order; the message itself is changed and returned."""
    for pad, waarde in veranderingen.items():
        *stappen, laatste = pad.rstrip("'").split("/")
        plek: Any = bericht.inhoud
        for stap in stappen:
            plek = plek[int(stap)] if isinstance(plek, list) else plek[stap]
        sleutel: Any = int(laatste) if isinstance(plek, list) else laatste
        if isinstance(waarde, Weg):
            del plek[sleutel]
        elif callable(waarde):
            plek[sleutel] = waarde(plek[sleutel])
        else:
            plek[sleutel] = waarde
    return bericht


def maak(wet: Wet, geval: Geval) -> Bericht:
    """The message of a case."""
    return verander(goed(wet, geval.nummer), deepcopy(geval.veranderingen))


def nog_een(**anders: Any) -> Any:
    """Repeat the first of a row, with other values by name."""

    def erbij(rij: list[dict[str, Any]]) -> list[dict[str, Any]]:
        extra = deepcopy(rij[0])
        for naam, waarde in anders.items():
            if isinstance(waarde, Weg):
                extra.pop(naam, None)
            else:
                extra[naam] = waarde
        return [*rij, extra]

    return erbij


TELEFOON = {"Telefoon01": {"Telefoonnummer": "0612345678", "Landnummer": "0031"}}
D2020 = date(2020, 12, 31)
D2021 = date(2021, 1, 1)
MORGEN = date(2026, 5, 7)

ADRES: list[Geval] = []
for _c in (CC, RC):
    ADRES += [
        Geval(301, {f"{_c}/Adres/LandCode": WEG}, "CD005"),
        Geval(301, {f"{_c}/Soort": "02", f"{_c}/Adres/LandCode": "BE"}, ""),
        Geval(301, {f"{_c}/Periode": {"Begindatum": D2021}}, "CD009"),
        Geval(301, {f"{_c}/Adres/Huis": WEG, f"{_c}/Telefoon": TELEFOON}, "CD025"),
        Geval(
            301,
            {
                f"{_c}/Adres/Huis": WEG,
                f"{_c}/Telefoon": TELEFOON,
                f"{_c}/Adres/LandCode": "BE",
            },
            "",
        ),
        Geval(
            301,
            {
                f"{_c}/Adres/Postcode": WEG,
                f"{_c}/Adres/LandCode": WEG,
                f"{_c}/Telefoon": TELEFOON,
            },
            "CD034",
        ),
        Geval(
            301,
            {
                f"{_c}/Soort": "02",
                f"{_c}/Adres/Postcode": WEG,
                f"{_c}/Adres/LandCode": WEG,
                f"{_c}/Telefoon": TELEFOON,
            },
            "",
        ),
        Geval(301, {f"{_c}/Adres/Postcode": WEG, f"{_c}/Soort": "02"}, "CD005 TR006"),
        Geval(301, {f"{_c}/Adres/Postcode": "0999XX"}, "CS089"),
        Geval(301, {f"{_c}/Adres/Postcode": "9999 XX"}, "CS089"),
        Geval(301, {f"{_c}/Adres/Postcode": "9999xx"}, ""),
        Geval(
            301, {f"{_c}/Adres/Postcode": "B-1000", f"{_c}/Adres/LandCode": "BE"}, ""
        ),
    ]
ADRES += [
    Geval(301, {RC: {"Soort": "03", "Telefoon": TELEFOON}}, ""),
    Geval(301, {RC: {"Soort": "03", "Emailadres": "a@b.nl"}}, "TR006"),
    Geval(301, {f"{CC}/Adres/Huis": WEG, f"{CC}/Adres/LandCode": "BE"}, "TR006"),
    Geval(301, {f"{CC}/Soort": "04"}, "TR061"),
    Geval(301, {CC: {"Soort": "01", "Telefoon": TELEFOON}}, "TR061"),
    Geval(301, {f"{CC}/Soort": "02"}, ""),
    Geval(301, {f"{CC}/Soort": "03"}, ""),
    Geval(301, {"Client/Contactgegevens/Contact": nog_een()}, "TR101"),
    Geval(301, {"Client/Contactgegevens/Contact": nog_een(Soort="02")}, ""),
    Geval(
        301,
        {
            "Client/Contactgegevens/Contact": nog_een(
                Soort="04", Periode={"Begindatum": D2021, "Einddatum": D2020}
            )
        },
        "CS003",
    ),
    Geval(
        301,
        {
            "Client/Contactgegevens/Contact": nog_een(
                Soort="04", Periode={"Begindatum": D2021, "Einddatum": D2021}
            )
        },
        "",
    ),
    Geval(
        301,
        {
            "Client/Contactgegevens/Contact": nog_een(
                Soort="04", Periode={"Einddatum": D2021}
            )
        },
        "",
    ),
    Geval(
        301,
        {RC: {**contact("04"), "Periode": {"Begindatum": D2021, "Einddatum": D2020}}},
        "CS003",
    ),
    Geval(301, {"Client/Communicatie/Taal": WEG}, "CD007"),
    Geval(301, {"Client/Communicatie/Vorm": "2"}, "CD007"),
    Geval(301, {"Client/Communicatie": {"Vorm": "3"}}, ""),
    Geval(301, {"Client/Communicatie": WEG}, ""),
]

NAAM: list[Geval] = []
for _n in ("Client/Naam", f"{RN}/Naam"):
    _partner = {"Achternaam": "Vries"}
    NAAM += [
        Geval(301, {f"{_n}/NaamGebruik": "2"}, "CS050"),
        Geval(301, {f"{_n}/NaamGebruik": "5"}, "CS050"),
        Geval(301, {f"{_n}/Partnernaam": _partner}, ""),
        Geval(301, {f"{_n}/Partnernaam": _partner, f"{_n}/NaamGebruik": "4"}, ""),
        Geval(301, {f"{_n}/Partnernaam": _partner, f"{_n}/NaamGebruik": "5"}, "CS050"),
    ]
NAAM += [
    Geval(301, {f"{RN}/Naam/NaamGebruik": "6"}, ""),
    Geval(301, {"Client/Naam/NaamGebruik": "6"}, "", ("wmo",)),
    Geval(301, {"Client/Naam/NaamGebruik": "6"}, "CS318", ("jeugdwet",)),
    Geval(301, {"Client/Relaties/Relatie": nog_een()}, "TR101"),
    Geval(301, {"Client/Relaties/Relatie": nog_een(Nummer="2")}, ""),
]

PERSOON: list[Geval] = []
for _nr in (301, 305, 307, 315, 317):
    PERSOON += [
        Geval(_nr, {"Client/Bsn": "999900007"}, "CS002"),
        Geval(_nr, {"Client/Bsn": "999900018"}, ""),
        # The sum may be nought; a number of noughts alone is nobody's.
        Geval(_nr, {"Client/Bsn": "000000012"}, ""),
        Geval(_nr, {"Client/Bsn": "000000000"}, "CS002"),
    ]
PERSOON += [
    Geval(323, {"Declaratie/Clienten/Client/0/Bsn": "999900007"}, "CS002"),
    Geval(325, {f"{DA}/Clienten/Client/0/Bsn": "999900007"}, "CS002"),
]
for _nr, _g in (
    *((_nr, "Client/Geboortedatum") for _nr in (301, 305, 307, 315)),
    (301, f"{RN}/Geboortedatum"),
):

    def _geboren(dag: date, gebruik: str | None = None) -> dict[str, Any]:
        return {"Datum": dag} | ({"DatumGebruik": gebruik} if gebruik else {})

    PERSOON += [
        Geval(_nr, {_g: _geboren(date(1953, 1, 1), "2")}, ""),
        Geval(_nr, {_g: _geboren(date(1953, 2, 1), "2")}, "CS139"),
        Geval(_nr, {_g: _geboren(date(1953, 2, 1), "1")}, ""),
        Geval(_nr, {_g: _geboren(date(1953, 2, 2), "1")}, "CS139"),
        Geval(_nr, {_g: _geboren(date(1900, 1, 1), "3")}, ""),
        Geval(_nr, {_g: _geboren(date(1953, 1, 1), "3")}, "CS139"),
        Geval(_nr, {_g: _geboren(date(1906, 5, 6))}, ""),
        Geval(_nr, {_g: _geboren(date(1906, 5, 5))}, "TR002"),
        Geval(_nr, {_g: _geboren(date(1900, 1, 1))}, "TR002"),
        Geval(_nr, {_g: _geboren(date(2026, 5, 6))}, ""),
        Geval(_nr, {_g: _geboren(MORGEN)}, "TR134"),
    ]

REGIE = [
    Geval(305, {f"{SP}/Begindatum": date(2026, 5, 6)}, ""),
    Geval(305, {f"{SP}/Begindatum": MORGEN}, "TR134"),
    Geval(305, {f"{SP}/StatusAanlevering": "3"}, ""),
    Geval(305, {f"{SP}/StatusAanlevering": "2"}, "CS058"),
    Geval(305, {f"{SP}/StatusAanlevering": "9"}, "CS058"),
    Geval(305, {SP.rpartition("/")[0]: nog_een()}, "TR101"),
    Geval(305, {SP.rpartition("/")[0]: nog_een(StatusAanlevering="3")}, "TR101"),
    Geval(305, {SP.rpartition("/")[0]: nog_een(Begindatum=date(2026, 4, 4))}, ""),
    Geval(305, {SP.rpartition("/")[0]: nog_een(ToewijzingNummer=WEG)}, ""),
    Geval(305, {f"{SP}/ToewijzingNummer": WEG}, ""),
    Geval(307, {f"{EP}/Einddatum": date(2026, 4, 2)}, "TR018"),
    Geval(307, {f"{EP}/Einddatum": date(2026, 4, 3)}, ""),
    Geval(307, {f"{EP}/Einddatum": date(2026, 5, 6)}, ""),
    Geval(307, {f"{EP}/Einddatum": MORGEN}, "TR134"),
    Geval(307, {f"{EP}/StatusAanlevering": "2"}, "CS058"),
    Geval(307, {_STOPS: nog_een()}, "TR101"),
    Geval(307, {_STOPS: nog_een(RedenBeeindiging="20")}, ""),
    Geval(307, {_STOPS: nog_een(Einddatum=date(2026, 5, 2))}, "TR415"),
    Geval(
        307,
        {_STOPS: nog_een(Einddatum=date(2026, 5, 2), Product=_ANDER)},
        "",
        ("wmo",),
    ),
    Geval(307, {_STOPS: nog_een(Einddatum=date(2026, 5, 2), ToewijzingNummer=9)}, ""),
    Geval(307, {_STOPS: nog_een(Begindatum=date(2026, 4, 4))}, ""),
    Geval(
        307,
        {
            f"{EP}/StatusAanlevering": "3",
            _STOPS: nog_een(Einddatum=date(2026, 5, 2), StatusAanlevering="1"),
        },
        "",
    ),
    Geval(
        307,
        {
            f"{EP}/RedenBeeindiging": "20",
            _STOPS: nog_een(Einddatum=date(2026, 5, 2)),
        },
        "TR413",
    ),
    # A pause comes before an end, wherever it stands.
    Geval(
        307,
        {_STOPS: nog_een(RedenBeeindiging="20", Einddatum=date(2026, 5, 1))},
        "",
    ),
    Geval(
        307,
        {_STOPS: nog_een(RedenBeeindiging="20", Einddatum=date(2026, 5, 2))},
        "TR414",
    ),
]


def _producten() -> list[Geval]:
    """What holds for every product that is allocated, asked or changed."""
    gevallen = []
    for nummer, p, eind, ingang in (
        (301, TP, "Einddatum", "Ingangsdatum"),
        (315, AP, "ToewijzingEinddatum", "ToewijzingIngangsdatum"),
        (317, NP, "Einddatum", "GewensteIngangsdatum"),
        (317, WP, "Einddatum", "GewensteIngangsdatum"),
    ):
        zonder_code = {301: "CD080", 315: "CD095", 317: "CD096"}[nummer]
        dag = "CS343" if nummer == 315 else "CS338"
        begin = date(2026, 6, 1) if nummer != 301 else date(2026, 4, 1)
        voor = date(2026, 5, 31) if nummer != 301 else date(2026, 3, 31)
        gevallen += [
            Geval(nummer, {f"{p}/{eind}": begin}, ""),
            Geval(nummer, {f"{p}/{eind}": voor}, "CS003"),
            Geval(nummer, {f"{p}/{eind}": WEG}, ""),
            Geval(nummer, {f"{p}/Omvang": omvang("2"), f"{p}/{eind}": WEG}, "CD076"),
            Geval(nummer, {f"{p}/Omvang": omvang("2")}, ""),
            Geval(nummer, {f"{p}/Budget": 100000}, "CD077 CD078"),
            Geval(nummer, {f"{p}/Omvang": omvang("1")}, ""),
            Geval(nummer, {f"{p}/Omvang": omvang("1", "82")}, ""),
            *(
                Geval(nummer, {f"{p}/Omvang": omvang("1", eenheid)}, dag)
                for eenheid in ("14", "16", "83", "84")
            ),
            Geval(nummer, {f"{p}/Omvang": omvang("6", "84")}, ""),
        ]
        budget = {f"{p}/Omvang": WEG, f"{p}/Budget": 100000}
        if p == WP:
            gevallen += [
                Geval(nummer, budget, ""),
                Geval(nummer, {**budget, f"{p}/{eind}": WEG}, "CD075"),
                Geval(nummer, {f"{p}/Omvang": WEG}, ""),
            ]
            continue
        aspecifiek = {f"{p}/Product/Code": WEG, f"{p}/Omvang": WEG}
        gevallen += [
            Geval(nummer, {f"{p}/Omvang": WEG}, "CD041"),
            Geval(nummer, aspecifiek, ""),
            Geval(nummer, {f"{p}/Product/Code": WEG}, zonder_code),
            Geval(nummer, {**aspecifiek, f"{p}/Budget": 5}, ""),
            Geval(
                nummer, {**aspecifiek, f"{p}/Budget": 5, f"{p}/{eind}": WEG}, "CD075"
            ),
            Geval(nummer, {**budget, f"{p}/Product": WEG}, ""),
            Geval(nummer, {f"{p}/Omvang": WEG, f"{p}/Product": WEG}, "CD079"),
            Geval(nummer, budget, "CD041"),
        ]
        if nummer != 317:
            oud = {
                f"{p}/{ingang}": date(2020, 1, 1),
                f"{p}/{eind}": D2020,
                f"{p}/Product/Code": WEG,
            }
            gevallen += [
                Geval(nummer, oud, ""),
                Geval(nummer, {**oud, f"{p}/{eind}": D2021}, zonder_code),
                Geval(nummer, {**oud, f"{p}/Omvang": omvang("1", "16")}, ""),
            ]
    return gevallen


PRODUCT = [
    *_producten(),
    Geval(301, {f"{TP}/RedenWijziging": "13"}, "CS335"),
    Geval(301, {f"{TP}/RedenWijziging": "13", f"{TP}/Einddatum": WEG}, "CS335"),
    Geval(
        301,
        {f"{TP}/RedenWijziging": "13", f"{TP}/Einddatum": date(2026, 4, 1)},
        "",
    ),
    Geval(301, {f"{TP}/RedenWijziging": "01"}, "CS336"),
    Geval(301, {f"{TP}/RedenWijziging": "05"}, ""),
    Geval(301, {f"{TP}/Toewijzingsdatum": date(2026, 5, 6)}, ""),
    Geval(301, {f"{TP}/Toewijzingsdatum": MORGEN}, "TR134"),
]
