"""Cases for the rules that ask what we hold: a change in that, or in the message."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from samenloop.berichten.regels.stand import (
    StandPrestatie,
    StandVerzoek,
)
from samenloop.berichten.standaard.soorten import Wet
from tests.berichten.gevallen import AP, EP, NP, PR, SP, TP, VZ, WEG, WP
from tests.berichten.goede_berichten import (
    AANBIEDER,
    ANDER_BSN,
    BSN,
    NUMMERS,
    omvang,
)
from tests.berichten.stand_maken import (
    APRIL,
    MAART,
    START,
    STOP,
    prestatie,
    regie,
    toewijzing,
)


class Geval(NamedTuple):
    """What is changed in what we hold and in the message, and what comes out."""

    nummer: int
    codes: str
    stand: dict[str, Any] = {}
    bericht: dict[str, Any] = {}


def _erbij(*wat: Any) -> Any:
    return lambda rij, wet: [*rij, *(each(wet) for each in wat)]


def _alle(**anders: Any) -> Any:
    """Change every allocation that is held."""
    return lambda rij, wet: [replace(each, **anders) for each in rij]


def _regies(*rijen: dict[str, Any]) -> Any:
    return lambda was, wet: {BSN: [regie(wet, **each) for each in rijen]}


def _debet(**anders: Any) -> Any:
    return _erbij(lambda wet: prestatie(wet, **{"referentie": "OUD5", **anders}))


def _credit(wet: Wet) -> StandPrestatie:
    return prestatie(wet, "OUD2", debet=False, vorige="OUD1")


T, R, V, P = "alle_toewijzingen", "alle_regie", "alle_verzoeken", "alle_prestaties"
_OPEN = StandVerzoek("R5", BSN)
_KLAAR = StandVerzoek("R5", BSN, antwoorden=("2", "1"))
DAARNA = datetime(2026, 5, 7, 9, tzinfo=UTC)
_ONGEWIJZIGD = f"{VZ}/OngewijzigdeProducten/OngewijzigdProduct/0"
_IN_ONDERZOEK = {"Antwoord": {"ReferentieAanbieder": "R1", "VerzoekAntwoord": "2"}}
_TWEEDE = {
    f"{PR}/1/ToewijzingNummer": 10073,
    f"{PR}/2/IngediendBedrag/DebetCredit": "D",
    f"{PR}/2/ProductReferentie": {"ReferentieNummer": "P3"},
    f"{PR}/2/ProductPeriode": {"Begindatum": APRIL[0], "Einddatum": APRIL[1]},
    f"{PR}/2/ToewijzingNummer": 10071,
    f"{PR}/0/ToewijzingNummer": 10072,
    "Declaratie/TotaalIngediendBedrag/TotaalBedrag": 20000,
}
"""Four debits; the second on the allocation of which 4 hours were invoiced before."""


def _een(nummer: int, **anders: Any) -> Any:
    """Change one allocation that is held."""
    return lambda rij, wet: [
        replace(each, **anders) if each.nummer == nummer else each for each in rij
    ]


def _alle_van(van: str, **anders: Any) -> Any:
    return lambda rij, wet: [
        replace(each, **anders) if each.bsn == van else each for each in rij
    ]


def _tarief(tarief: int | None) -> Any:
    return lambda rij, wet: [replace(each, tarief=tarief) for each in rij]


def _declaratie(**anders: Any) -> Any:
    return lambda was, wet: {"D1": replace(was["D1"], **anders)}


def _prestatie_in_declaratie(**anders: Any) -> Any:
    return lambda was, wet: {
        "D1": replace(
            was["D1"],
            prestaties={"P1": replace(was["D1"].prestaties["P1"], **anders)},
        )
    }


def _onder_naam(naam: str) -> Any:
    return lambda was, wet: {
        "D1": replace(was["D1"], prestaties={naam: was["D1"].prestaties["P1"]})
    }


VERWIJDERD = {"eind": date(2026, 3, 1), "reden_wijziging": "13"}
_VAN_P1 = {"nummer": 10071, "begin": APRIL[0], "eind": APRIL[1]}

GEVALLEN = [
    *(
        Geval(nummer, "TR056", {"identificaties": {(nummer, afzender, "B1")}})
        for nummer in NUMMERS
        for afzender in ["0384" if nummer in (301, 319, 325) else AANBIEDER]
    ),
    Geval(305, "", {"identificaties": {(307, AANBIEDER, "B1")}}),
    # 301
    Geval(301, "", {T: []}),
    Geval(301, "TR332", {T: _alle(bsn=ANDER_BSN)}),
    Geval(301, "TR332", {T: _alle(code="XXX")}),
    Geval(301, "TR379", {}, {f"{TP}/ReferentieAanbieder": "R1"}),
    Geval(301, "", {V: [StandVerzoek("R1", BSN)]}, {f"{TP}/ReferentieAanbieder": "R1"}),
    Geval(
        301,
        "TR379",
        {V: [StandVerzoek("R1", ANDER_BSN)]},
        {f"{TP}/ReferentieAanbieder": "R1"},
    ),
    Geval(
        301,
        "TR385",
        {P: _debet(nummer=10071)},
        {f"{TP}/RedenWijziging": "13", f"{TP}/Einddatum": date(2026, 4, 1)},
    ),
    Geval(
        301,
        "",
        {P: _debet(nummer=10072)},
        {f"{TP}/RedenWijziging": "13", f"{TP}/Einddatum": date(2026, 4, 1)},
    ),
    Geval(301, "TR381", {T: []}, {f"{TP}/Product/Code": "ZZ"}),
    # 305
    Geval(305, "TR019", {T: []}),
    Geval(305, "TR019", {T: _alle(bsn=ANDER_BSN)}),
    Geval(305, "TR019", {T: _alle(**VERWIJDERD)}),
    Geval(305, "", {T: []}, {f"{SP}/ToewijzingNummer": WEG}),
    Geval(305, "TR063", {}, {f"{SP}/StatusAanlevering": "3"}),
    Geval(305, "", {R: _regies(START)}, {f"{SP}/StatusAanlevering": "3"}),
    Geval(305, "TR071", {R: _regies(START, STOP)}, {f"{SP}/StatusAanlevering": "3"}),
    Geval(305, "TR074", {R: _regies(START)}),
    Geval(305, "TR326", {R: _regies({**START, "begin": date(2026, 4, 2)})}),
    Geval(
        305,
        "",
        {
            R: _regies(
                {**START, "begin": date(2026, 4, 2)},
                {**STOP, "begin": date(2026, 4, 2), "reden": "20"},
            )
        },
    ),
    Geval(305, "TR381", {}, {f"{SP}/Product/Code": "ZZ"}),
    # 307
    Geval(307, "TR019", {T: []}),
    Geval(307, "TR063", {}, {f"{EP}/StatusAanlevering": "3"}),
    Geval(307, "TR382", {R: {}}),
    Geval(307, "TR382", {R: _regies({**START, "begin": date(2026, 4, 2)})}),
    Geval(
        307,
        "TR074",
        {R: _regies(START, {**STOP, "reden": "36"})},
        {f"{EP}/RedenBeeindiging": "36"},
    ),
    Geval(307, "TR415", {R: _regies(START, {**STOP, "reden": "34"})}),
    Geval(307, "", {R: _regies(START, {**STOP, "reden": "20"})}),
    Geval(
        307,
        "TR414",
        {R: _regies(START, {**STOP, "reden": "20", "eind": date(2026, 5, 2)})},
    ),
    Geval(
        307,
        "TR413",
        {R: _regies(START, {**STOP, "reden": "20", "eind": date(2026, 4, 30)})},
        {f"{EP}/RedenBeeindiging": "20"},
    ),
    Geval(
        307,
        "TR381",
        {R: _regies({**START, "code": "ZZ"})},
        {f"{EP}/Product/Code": "ZZ"},
    ),
    # 315
    Geval(315, "TR347", {V: [replace(_KLAAR, referentie="R1")]}),
    Geval(315, "TR374", {V: [_OPEN]}),
    Geval(315, "", {V: [_KLAAR]}),
    Geval(315, "", {V: [replace(_OPEN, toegewezen=True)]}),
    Geval(315, "TR374", {V: [replace(_OPEN, antwoorden=("2",))]}),
    Geval(315, "TR381", {}, {f"{AP}/Product/Code": "ZZ"}),
    # 317
    Geval(317, "TR304", {T: []}),
    Geval(317, "TR347", {V: [replace(_KLAAR, referentie="R2")]}),
    Geval(317, "TR374", {V: [_OPEN]}),
    Geval(317, "TR349", {T: _erbij(lambda wet: toewijzing(wet, 5, code="A"))}),
    Geval(
        317,
        "",
        {T: _erbij(lambda w: toewijzing(w, 5, code="A", eind=date(2026, 5, 5)))},
    ),
    Geval(317, "", {T: _erbij(lambda wet: toewijzing(wet, 5, **VERWIJDERD))}),
    # What went out after the request was signed the provider could not know.
    Geval(
        317,
        "",
        {
            T: _erbij(
                lambda w: toewijzing(w, 5, code="A", verzonden_op=date(2026, 5, 7))
            )
        },
    ),
    Geval(
        317,
        "",
        {T: _erbij(lambda w: toewijzing(w, 5, code="A", toegewezen_op=DAARNA))},
    ),
    Geval(317, "TR349 TR350", {}, {f"{_ONGEWIJZIGD}/ToewijzingNummer": 5}),
    Geval(317, "TR349 TR351", {}, {f"{WP}/ToewijzingNummer": 5}),
    Geval(317, "TR357", {}, {f"{WP}/GewensteIngangsdatum": date(2026, 5, 1)}),
    Geval(317, "", {}, {f"{WP}/GewensteIngangsdatum": date(2026, 3, 1)}),
    Geval(317, "TR373", {}, {f"{WP}/Omvang": omvang("6")}),
    Geval(
        317,
        "",
        {},
        {
            f"{WP}/Omvang": omvang("6"),
            f"{WP}/GewensteIngangsdatum": date(2026, 3, 1),
        },
    ),
    Geval(317, "TR361", {}, {f"{NP}/Product": {"Categorie": "03", "Code": "03XXX"}}),
    Geval(
        317,
        "",
        {},
        {
            f"{NP}/Product": {"Categorie": "03", "Code": "03XXX"},
            f"{WP}/Einddatum": date(2026, 7, 31),
            f"{NP}/GewensteIngangsdatum": date(2026, 8, 1),
        },
    )._replace(codes="TR381"),
    Geval(317, "TR411", {}, {f"{WP}/Omvang": WEG}),
    Geval(317, "TR412", {T: _alle(code=None)}, {f"{VZ}/NieuweProducten": WEG}),
    Geval(
        317,
        "",
        {T: _alle(code=None)},
        {f"{VZ}/NieuweProducten": WEG, f"{WP}/Omvang": WEG},
    ),
    Geval(
        317,
        "TR375",
        {
            T: lambda rij, wet: [
                replace(rij[0], eind=date(2026, 5, 5)),
                replace(rij[1], code=None, categorie=None),
            ]
        },
        {f"{VZ}/NieuweProducten": WEG, f"{VZ}/OngewijzigdeProducten": WEG},
    ),
    Geval(317, "TR381", {}, {f"{NP}/Product/Code": "ZZ"}),
    # 319
    Geval(319, "TR355", {V: []}),
    Geval(319, "TR359", {V: [StandVerzoek("R1", BSN, toegewezen=True)]}),
    Geval(319, "", {V: [StandVerzoek("R1", BSN, antwoorden=("2",))]}),
    Geval(319, "TR365", {V: [StandVerzoek("R1", BSN, antwoorden=("1",))]}),
    Geval(
        319, "TR360", {V: [StandVerzoek("R1", BSN, antwoorden=("2",))]}, _IN_ONDERZOEK
    ),
    Geval(
        319, "TR365", {V: [StandVerzoek("R1", BSN, antwoorden=("1",))]}, _IN_ONDERZOEK
    ),
    Geval(319, "", {}, _IN_ONDERZOEK),
    # 323: the invoice itself
    Geval(323, "TR333", {"declaratienummers": {"DN001"}}),
    Geval(323, "TR318", {"laatste_periode": date(2026, 5, 1)}),
    Geval(323, "", {"laatste_periode": date(2026, 4, 1)}),
    Geval(323, "", {"laatste_periode": date(2025, 1, 1)}),
    # 323: clients and lines
    Geval(323, "TR304", {T: _alle_van(ANDER_BSN, bsn="999900031")}),
    Geval(323, "TR304", {}, {f"{PR}/1/ToewijzingNummer": 10074}),
    Geval(323, "TR338", {}, {f"{PR}/1/ToewijzingNummer": 5}),
    Geval(323, "TR338", {T: _een(10072, aanbieder="11111111")}),
    Geval(323, "TR384", {T: _een(10072, **VERWIJDERD)}),
    Geval(323, "TR307", {T: _een(10072, ingang=date(2026, 4, 2))}),
    Geval(323, "TR308", {T: _een(10072, eind=date(2026, 4, 29))}),
    Geval(323, "", {T: _een(10072, eind=None)}),
    Geval(323, "TR387", {}, {f"{PR}/1/ProductPeriode/Begindatum": date(2026, 4, 2)}),
    Geval(
        323,
        "",
        {T: _een(10072, ingang=date(2026, 4, 2))},
        {f"{PR}/1/ProductPeriode/Begindatum": date(2026, 4, 2)},
    ),
    Geval(323, "TR388", {}, {f"{PR}/1/ProductPeriode/Einddatum": date(2026, 4, 29)}),
    Geval(
        323,
        "",
        {T: _een(10072, eind=date(2026, 4, 29))},
        {f"{PR}/1/ProductPeriode/Einddatum": date(2026, 4, 29)},
    ),
    Geval(323, "TR339", {T: _een(10072, categorie="99")}),
    Geval(323, "TR340", {T: _een(10072, code="ANDER")}),
    Geval(323, "", {T: _een(10072, code=None, volume=None, eenheid=None)}),
    Geval(323, "TR341", {T: _een(10072, eenheid="16")}),
    Geval(
        323,
        "TR341",
        {T: _een(10072, code=None, volume=None, eenheid=None)},
        {f"{PR}/1/Eenheid": "16"},
    ),
    Geval(323, "TR321", {T: _een(10072, volume=3)}),
    Geval(323, "", {T: _een(10072, volume=4)}),
    Geval(323, "TR321 TR322", {T: _een(10072, volume=3, frequentie="6")}),
    Geval(323, "TR322", {T: _een(10073, frequentie="6", volume=7)}, _TWEEDE),
    Geval(323, "", {T: _een(10073, frequentie="6", volume=8)}, _TWEEDE),
    Geval(323, "TR369", {T: _een(10072, budget=4999, volume=None, eenheid=None)}),
    Geval(323, "", {T: _een(10072, budget=5000, volume=None, eenheid=None)}),
    Geval(
        323,
        "TR369",
        {
            T: _een(10072, budget=9999, volume=None, eenheid=None),
            P: _debet(nummer=10072),
        },
    ),
    Geval(323, "TR314", {P: _debet(referentie="P1")}),
    Geval(323, "TR389", {P: _debet(**_VAN_P1)}),
    Geval(323, "", {P: _debet(**{**_VAN_P1, "begin": MAART[0], "eind": MAART[1]})}),
    Geval(323, "TR323", {P: lambda rij, wet: []}),
    Geval(323, "TR323", {P: lambda rij, wet: [replace(rij[0], bedrag=4999)]}),
    Geval(323, "TR323", {P: lambda rij, wet: [replace(rij[0], bsn=ANDER_BSN)]}),
    Geval(323, "TR390", {P: _erbij(_credit)}),
    Geval(323, "TR418", {"contract": _tarief(1251)}),
    Geval(323, "", {"contract": _tarief(None)}),
    Geval(323, "TR346", {}, {f"{PR}/1/GeleverdVolume": 5}),
    Geval(323, "TR381", {}, {f"{PR}/1/ProductCode": "ZZ"})._replace(
        stand={T: _een(10072, code=None, volume=None, eenheid=None)}
    ),
    # 325
    Geval(325, "TR337", {"declaraties": {}}),
    Geval(325, "TR371", {"declaraties": _declaratie(xsd_versie=("1.0.0", "1.0.1"))}),
    Geval(325, "TR376", {"declaraties": _declaratie(nummer="ANDER")}),
    Geval(325, "TR304", {"declaraties": _prestatie_in_declaratie(bsn=ANDER_BSN)}),
    Geval(325, "TR366", {"declaraties": _onder_naam("P9")}),
    *(
        Geval(325, "TR367", {"declaraties": _prestatie_in_declaratie(**anders)})
        for anders in (
            {"nummer": 5},
            {"categorie": "99"},
            {"code": "ZZ"},
            {"eind": date(2026, 4, 29)},
            {"volume": 5},
            {"eenheid": "16"},
            {"tarief": None},
            {"bedrag": 1},
        )
    ),
]
