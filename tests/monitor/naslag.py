"""The figures once more, in plain loops: what the engine is held against.

Slow and simple on purpose. Every cell is looked up in the rows by the words of the
definition; nothing is shared with the code it checks but the levering itself.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from statistics import median
from typing import Any

Rij = dict[str, Any]
Cellen = dict[tuple[str, ...], Any]

WETTEN = ("wmo", "jeugdwet", "participatiewet")
DAGEN = {
    "2016Q4": date(2016, 12, 31),
    "2017Q1": date(2017, 3, 31),
    "2017Q2": date(2017, 6, 30),
    "2017Q3": date(2017, 9, 30),
    "2017Q4": date(2017, 12, 31),
}
MEET = list(DAGEN.values())
# Every label in the tree of `cijferproef.SOORTEN`, with the codes it stands for.
SOORTLABELS = {
    "Begeleiding": {"A", "A1", "A2", "A11"},
    "Begeleiding: Groep": {"A2"},
    "Individueel": {"A1", "A11"},
    "Individueel: Groep": {"A11"},
    "Vervoer": {"B"},
    "Totaal": {"A", "A1", "A2", "A11", "B"},
}
GEMEENTEN = {"GM0005": "Bedum", "GM0053": "Winsum", "GM1663": "De Marne"}
PLAATSEN = (*GEMEENTEN.values(), "onbekend", "Totaal")


def loopt(rij: Rij, dag: date) -> bool:
    return rij["startdatum"] <= dag and (
        rij["einddatum"] is None or rij["einddatum"] >= dag
    )


def komt(rij: Rij, vorige: date, dag: date) -> bool:
    return vorige < rij["startdatum"] <= dag


def gaat(rij: Rij, vorige: date, dag: date) -> bool:
    """No longer in force on `dag`, still so on `vorige` or started since."""
    weg = rij["einddatum"] and rij["einddatum"] + timedelta(days=1)
    return bool(weg) and vorige < weg <= dag


def in_plaats(rij: Rij, plaats: str) -> bool:
    return plaats in ("Totaal", GEMEENTEN.get(rij["gemeente"], "onbekend"))


def is_(rij: Rij, kolom: str, waarde: str) -> bool:
    eigen = "onbekend" if rij[kolom] is None else str(rij[kolom])
    return waarde in ("Totaal", eigen)


def uniek(rijen: Iterable[Rij], kolom: str) -> set[str]:
    return {rij[kolom] for rij in rijen if rij[kolom] is not None}


def bereken(
    levering: dict[str, list[Rij]], bekend_op: date | None
) -> dict[str, Cellen]:
    """All tables of 2017Q4, every cell that is not nought (or any, for amounts)."""

    def bekend(bestand: str) -> list[Rij]:
        return [
            rij
            for rij in levering[bestand]
            if bekend_op is None
            or rij["geregistreerd_op"] is None
            or rij["geregistreerd_op"] <= bekend_op
        ]

    voorzieningen, casussen = bekend("voorzieningen"), bekend("casussen")
    uitkeringen = bekend("uitkeringen")
    uit: dict[str, Cellen] = {}
    uit.update(_voorzieningen(voorzieningen))
    uit.update(_klanten(voorzieningen, uitkeringen, levering["gemeenten"]))
    uit.update(_casussen(casussen))
    uit.update(_uitkeringen(uitkeringen, levering["trajecten"]))
    uit["begroting"] = _begroting(levering["begroting"])
    uit["bezwaren"] = _bezwaren(levering["bezwaren"])
    return uit


def _voorzieningen(rijen: list[Rij]) -> dict[str, Cellen]:
    soort: Cellen = {}
    gemeente: Cellen = {}
    verwijzers: Cellen = {}
    stroom: Cellen = {}
    duur: Cellen = {}
    vorige, dag = MEET[-2:]
    for wet in WETTEN:
        eigen = [rij for rij in rijen if rij["wet"] == wet]
        for peil in MEET[1:]:
            actief = [rij for rij in eigen if loopt(rij, peil)]
            iso = peil.isoformat()
            for vorm in ("zin", "pgb", "toeslag", "onbekend", "Totaal"):
                in_vorm = [rij for rij in actief if is_(rij, "vorm", vorm)]
                for label, codes in SOORTLABELS.items():
                    soort[wet, vorm, label, iso] = sum(
                        rij["soort"] in codes for rij in in_vorm
                    )
                for plaats in PLAATSEN:
                    gemeente[wet, vorm, plaats, iso] = sum(
                        in_plaats(rij, plaats) for rij in in_vorm
                    )
            for verwijzer in ("huisarts", "gemeente", "onbekend", "Totaal"):
                for plaats in PLAATSEN:
                    verwijzers[wet, verwijzer, plaats, iso] = sum(
                        in_plaats(rij, plaats) and is_(rij, "verwijzer", verwijzer)
                        for rij in actief
                    )
        for label, codes in SOORTLABELS.items():
            van_soort = [rij for rij in eigen if rij["soort"] in codes]
            for plaats in PLAATSEN:
                hier = [rij for rij in van_soort if in_plaats(rij, plaats)]
                cel = (wet, label, plaats)
                stroom[*cel, "begin"] = sum(loopt(rij, vorige) for rij in hier)
                stroom[*cel, "in"] = sum(komt(rij, vorige, dag) for rij in hier)
                stroom[*cel, "uit"] = sum(gaat(rij, vorige, dag) for rij in hier)
                stroom[*cel, "eind"] = sum(loopt(rij, dag) for rij in hier)
            duren = [
                (rij["einddatum"] - rij["startdatum"]).days + 1
                for rij in van_soort
                if gaat(rij, MEET[0], dag)
            ]
            if duren:
                duur[wet, label, "aantal"] = len(duren)
                duur[wet, label, "gemiddelde"] = _half_omhoog(sum(duren), len(duren))
                duur[wet, label, "mediaan"] = median(duren)
    return {
        "actieve-voorzieningen-soort": soort,
        "actieve-voorzieningen-gemeente": gemeente,
        "verwijzers": verwijzers,
        "in-en-uitstroom-voorzieningen": stroom,
        "duur": duur,
    }


def _half_omhoog(teller: int, noemer: int) -> float:
    """teller / noemer with one decimal, half up, without binary fractions."""
    return (20 * teller + noemer) // (2 * noemer) / 10


def _klanten(
    rijen: list[Rij], uitkeringen: list[Rij], gemeenten: list[Rij]
) -> dict[str, Cellen]:
    klanten: Cellen = {}
    aandeel: Cellen = {}
    wetten: Cellen = {}
    aantallen: Cellen = {}
    for peil in MEET[1:]:
        iso = peil.isoformat()
        actief = [rij for rij in rijen if loopt(rij, peil)]
        uitkering = [
            {**rij, "wet": "participatiewet"} for rij in uitkeringen if loopt(rij, peil)
        ]
        noemers = {
            naam: huishoudens
            for code, naam in GEMEENTEN.items()
            if (huishoudens := _noemer(gemeenten, code, peil)) is not None
        }
        noemers["Totaal"] = sum(noemers.values())
        for plaats in PLAATSEN:
            hier = [rij for rij in actief if in_plaats(rij, plaats)]
            breed = hier + [rij for rij in uitkering if in_plaats(rij, plaats)]
            for wet in WETTEN:
                eigen = [rij for rij in hier if rij["wet"] == wet]
                huishoudens = len(uniek(eigen, "huishouden"))
                klanten[wet, plaats, "clienten", iso] = len(uniek(eigen, "client"))
                klanten[wet, plaats, "huishoudens", iso] = huishoudens
                klanten[wet, plaats, "voorzieningen", iso] = len(eigen)
                if plaats in noemers:
                    deel = _half_omhoog(100 * huishoudens, noemers[plaats])
                    aandeel[wet, plaats, iso] = deel
            for maat, kolom in (("clienten", "client"), ("huishoudens", "huishouden")):
                for wie in uniek(breed, kolom):
                    eigen = [rij for rij in breed if rij[kolom] == wie]
                    samen = "+".join(sorted({rij["wet"] for rij in eigen}))
                    _tel(wetten, (plaats, samen, maat, iso))
                for wie in uniek(hier, kolom):
                    hoeveel = sum(rij[kolom] == wie for rij in hier)
                    tekst = str(hoeveel) if hoeveel < 4 else "4 of meer"
                    _tel(aantallen, (plaats, tekst, maat, iso))
    return {
        "klanten": klanten,
        "aandeel-huishoudens": aandeel,
        "stapeling": wetten,
        "stapeling-aantal": aantallen,
    }


def _tel(cellen: Cellen, cel: tuple[str, ...]) -> None:
    cellen[cel] = cellen.get(cel, 0) + 1


def _noemer(gemeenten: list[Rij], code: str, peil: date) -> int | None:
    eigen = sorted(
        (rij["peildatum"], rij["huishoudens"])
        for rij in gemeenten
        if rij["gemeente"] == code and rij["huishoudens"] is not None
    )
    if not eigen:
        return None
    tot = [aantal for dag, aantal in eigen if dag <= peil]
    return tot[-1] if tot else eigen[0][1]


def _casussen(rijen: list[Rij]) -> dict[str, Cellen]:
    def plaats(rij: Rij) -> tuple[str, str]:
        return rij["type"], rij["gemeente"] or "onbekend"

    def einde(rij: Rij) -> date:
        return rij["einddatum"] or date.max

    vorige, dag = MEET[-2:]
    namen = {rij["casus"] for rij in rijen}
    per_casus = {naam: [rij for rij in rijen if rij["casus"] == naam] for naam in namen}
    eerste = [
        min(eigen, key=lambda rij: (rij["startdatum"], einde(rij), *plaats(rij)))
        for eigen in per_casus.values()
    ]
    laatste = [
        min(
            eigen,
            key=lambda rij: (
                -einde(rij).toordinal(),
                -rij["startdatum"].toordinal(),
                *plaats(rij),
            ),
        )
        for eigen in per_casus.values()
    ]
    tellingen: dict[str, tuple[list[Rij], Callable[[Rij], bool]]] = {
        "caseload": (rijen, lambda rij: loopt(rij, dag)),
        "nieuwe-casussen": (eerste, lambda rij: komt(rij, vorige, dag)),
        "afgeronde-casussen": (laatste, lambda rij: gaat(rij, vorige, dag)),
    }
    return {
        tabel: {
            (waar, type_): len(
                {
                    rij["casus"]
                    for rij in bron
                    if voldoet(rij) and in_plaats(rij, waar) and is_(rij, "type", type_)
                }
            )
            for waar in PLAATSEN
            for type_ in ("Basis", "Licht", "Werkvoorraad", "Totaal")
        }
        for tabel, (bron, voldoet) in tellingen.items()
    }


def _uitkeringen(rijen: list[Rij], trajecten: list[Rij]) -> dict[str, Cellen]:
    stand: Cellen = {}
    stroom: Cellen = {}
    werk: Cellen = {}
    perioden = {naam: (MEET[i], MEET[i + 1]) for i, naam in enumerate(list(DAGEN)[1:])}
    perioden["Totaal"] = (MEET[0], MEET[-1])
    for plaats in PLAATSEN:
        hier = [rij for rij in rijen if in_plaats(rij, plaats)]
        for naam, dag in DAGEN.items():
            stand[plaats, naam] = sum(loopt(rij, dag) for rij in hier)
        for naam, tussen in perioden.items():
            stroom[plaats, "instroom", "Totaal", naam] = sum(
                komt(rij, *tussen) for rij in hier
            )
            for reden in ("werk", "verhuizing", "onbekend", "Totaal"):
                stroom[plaats, "uitstroom", reden, naam] = sum(
                    gaat(rij, *tussen) and is_(rij, "reden_einde", reden)
                    for rij in hier
                )
        for spoor in ("1", "2", "3", "onbekend", "Totaal"):
            weg = [
                rij
                for rij in hier
                if is_(rij, "spoor", spoor)
                and rij["reden_einde"] == "werk"
                and gaat(rij, MEET[0], MEET[-1])
            ]
            werk[plaats, spoor, "personen"] = len(uniek(weg, "client"))
            for maat in ("trajectkosten", "loonkostensubsidie"):
                werk[plaats, spoor, maat] = sum(
                    rij[maat] or 0
                    for rij in trajecten
                    if in_plaats(rij, plaats)
                    and is_(rij, "spoor", spoor)
                    and MEET[0] < rij["datum"] <= MEET[-1]
                )
    return {
        "uitkeringen": stand,
        "in-en-uitstroom": stroom,
        "uitstroom-naar-werk": werk,
    }


def _begroting(rijen: list[Rij]) -> Cellen:
    rijen = [rij for rij in rijen if rij["jaar"] == 2017]
    volgorde = list(dict.fromkeys(rij["versie"] for rij in rijen))
    cellen: Cellen = {}
    for plaats in (*GEMEENTEN.values(), "onbekend"):
        for post in {rij["post"] for rij in rijen}:
            eigen = {
                versie: sum(rij["bedrag"] for rij in bedragen)
                for versie in volgorde
                if (
                    bedragen := [
                        rij
                        for rij in rijen
                        if in_plaats(rij, plaats)
                        and rij["post"] == post
                        and rij["versie"] == versie
                    ]
                )
            }
            bedragen = list(eigen.values())
            if len(bedragen) > 1:
                eigen["verschil"] = bedragen[-1] - bedragen[0]
            for versie, bedrag in eigen.items():
                cellen[plaats, post, versie] = bedrag
                totaal = ("Totaal", post, versie)
                cellen[totaal] = cellen.get(totaal, 0) + bedrag
    return cellen


def _bezwaren(rijen: list[Rij]) -> Cellen:
    vorige, dag = MEET[-2:]
    cellen: Cellen = {}
    for plaats in PLAATSEN:
        for wet in (*WETTEN, "onbekend", "Totaal"):
            for soort in ("bezwaar", "klacht"):
                eigen = [
                    rij
                    for rij in rijen
                    if in_plaats(rij, plaats)
                    and is_(rij, "wet", wet)
                    and rij["soort"] == soort
                ]
                cel = (plaats, wet, soort)
                cellen[*cel, "ingediend"] = sum(
                    vorige < rij["ingediend_op"] <= dag for rij in eigen
                )
                cellen[*cel, "afgehandeld"] = sum(
                    rij["afgehandeld_op"] is not None
                    and vorige < rij["afgehandeld_op"] <= dag
                    for rij in eigen
                )
                cellen[*cel, "open"] = sum(
                    rij["ingediend_op"] <= dag
                    and (rij["afgehandeld_op"] is None or rij["afgehandeld_op"] > dag)
                    for rij in eigen
                )
    return cellen
